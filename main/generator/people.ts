/** The directory: who there is, what they do, what they hold, when they cannot come. */
import { addDays, fromLocal, type LocalDate } from '../../shared/kernel/instants.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import type { Catalogue, CrewRole } from './catalogues.ts'
import { emailOf, mobileOf } from './contacts.ts'
import { nameOf } from './names.ts'
import type { Population, Profile } from './profiles.ts'
import type { Random } from './random.ts'

export const ZONE = 'Europe/Paris'
const FOREIGN = 0.05

export interface GeneratedPerson {
  id: Id
  name: string
  email: string
  population: Population
  /** The main one first. */
  roles: readonly CrewRole[]
  /** Windows when the person cannot come, in milliseconds. */
  away: readonly (readonly [start: number, end: number])[]
}

interface Draft extends Omit<GeneratedPerson, 'id'> {
  line: Record<string, unknown>
  rows: number
}

/** One crew role in each of two to four departments: the population's own first, a neighbour now and then. */
function rolesFor(random: Random, catalogue: Catalogue, population: Population): CrewRole[] {
  const own = population.departments.filter((code) => catalogue.byDepartment.has(code))
  const all = [...catalogue.byDepartment.keys()]
  const wanted = random.between(2, 4)
  const codes = [...new Set([...random.some(own.length > 0 ? own : all, wanted), ...random.some(all, 4)])].slice(0, wanted)
  return codes.map((code) => {
    const list = catalogue.byDepartment.get(code) ?? []
    const heads = list.filter((role) => role.isHead)
    const hands = list.filter((role) => !role.isHead)
    return random.pick(heads.length > 0 && (hands.length === 0 || random.chance(0.15)) ? heads : hands)
  })
}

function draftOf(random: Random, index: number, population: Population, catalogue: Catalogue, today: LocalDate, spread: number): Draft {
  const name = nameOf(index, random.chance(FOREIGN))
  const roles = rolesFor(random, catalogue, population)
  const certifications = catalogue.certifications
    .filter((kind) => roles.some((role) => kind.departments.includes(role.department)) && random.chance(0.4))
    .map((kind) => {
      const issued_on = addDays(today, -random.between(30, 700))
      // One in ten has run out and nobody noticed.
      return { kind_id: kind.id, number: `${kind.name.slice(0, 3).toUpperCase()}-${String(index).padStart(5, '0')}`, issued_on, expires_on: random.chance(0.1) ? addDays(today, -random.between(1, 25)) : addDays(today, random.between(20, 900)) }
    })
  const blocks = random.chance(0.18) ? random.between(1, 3) : 0
  const availability = Array.from({ length: blocks }, (_, place) => {
    const first = addDays(today, Math.round((place - blocks / 2) * (spread / 3)) + random.between(0, Math.max(1, Math.floor(spread / 3) - 12)))
    return { kind: 'unavailable', zone: ZONE, start_at: fromLocal(first, '00:00', ZONE), end_at: fromLocal(addDays(first, random.between(1, 9)), '08:00', ZONE), reason: random.pick(['Autre employeur', 'Congés', 'Formation', 'Raison familiale']) }
  })
  const consents = random.chance(0.85)
    ? [{ purpose: 'phone_on_sheets', answer: random.chance(0.9) ? 'given' : 'refused', answered_on: addDays(today, -random.between(20, 300)), source: 'fiche de renseignements' }]
    : []
  const skills = random.some(catalogue.skills, random.between(0, 2)).map((skill_id) => ({ skill_id, level: random.between(1, 5) }))
  const display = `${name.first} ${name.family}`
  return {
    name: display, email: emailOf(name, index), population, roles, away: availability.map((one) => [Date.parse(one.start_at), Date.parse(one.end_at)] as const),
    line: {
      display_name: display, first_name: name.first, last_name: name.family, email: emailOf(name, index), phone: mobileOf(index, name.foreign), languages: [...name.languages],
      tags: [population.tag, ...(name.foreign ? ['hors de France'] : [])], external_id: `P${String(index + 1).padStart(5, '0')}`, source: 'generator',
      crew_role_ids: roles.map((role) => role.id), skills, certifications, availability, consents,
    },
    rows: 1 + roles.length + skills.length + certifications.length + availability.length + consents.length,
  }
}

export async function makePeople(asking: Asking, random: Random, profile: Profile, catalogue: Catalogue, today: LocalDate): Promise<GeneratedPerson[]> {
  const drafts: Draft[] = []
  for (const population of profile.populations)
    for (let made = 0; made < population.people; made++) drafts.push(draftOf(random, drafts.length, population, catalogue, today, Math.max(60, profile.spreadDays)))
  const ids = await asking.makeMany('collaborator.create_many', drafts, (people) => ({ people: people.map(({ line }) => line) }), (draft) => draft.rows)
  return drafts.flatMap(({ name, email, population, roles, away }, index) => {
    const id = ids[index]
    return id === undefined ? [] : [{ id, name, email, population, roles, away }]
  })
}
