/** Skills, certifications and rate cards of the organization; its departments and crew roles come from its kind of work. */
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import type { Random } from './random.ts'

export interface CrewRole {
  id: Id
  name: string
  department: string
  isHead: boolean
}
export interface Catalogue {
  roles: readonly CrewRole[]
  /** Crew roles by department code. */
  byDepartment: ReadonlyMap<string, readonly CrewRole[]>
  skills: readonly Id[]
  certifications: readonly { id: Id; name: string; departments: readonly string[] }[]
  /** Card of a crew role: id and daily amount in cents. */
  cards: ReadonlyMap<Id, { id: Id; amount: number }>
  departments: ReadonlyMap<string, Id>
}

const skills = ['Anglais de scène', 'Pupitre lumière', 'Pupitre son', 'Poursuite', 'Liaison HF', 'Mapping', 'Menuiserie', 'Soudure', 'Couture', 'Conduite de nuit', 'Encadrement', 'Langue des signes']
/** Kind, months it stays valid, departments where it is common. */
const certifications: readonly [name: string, months: number | null, departments: readonly string[]][] = [
  ['Travail en hauteur', 36, ['RIG', 'PLT', 'LUM', 'MAC']], ['CACES R489', 60, ['LOG', 'PLT', 'MAC']], ['Habilitation électrique BR', 36, ['LUM', 'VID']],
  ['SSIAP 2', 36, ['SEC']], ['Sauveteur secouriste du travail', 24, ['REG', 'ACC', 'PRD', 'SEC']], ['Permis C', 60, ['LOG']], ['HACCP', null, ['CAT']],
]

const rowsOf = (value: Json, name: string): Record<string, Json>[] => {
  const list = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : null
  return Array.isArray(list) ? list.filter((row): row is Record<string, Json> => typeof row === 'object' && row !== null && !Array.isArray(row)) : []
}

export async function makeCatalogues(asking: Asking, random: Random): Promise<Catalogue> {
  const about = await asking.ask('organization.get', {})
  const departments = new Map(rowsOf(about, 'departments').map((row) => [String(row['code']), String(row['id']) as Id]))
  const codeOf = new Map([...departments].map(([code, id]) => [String(id), code]))
  const roles = rowsOf(about, 'crew_roles').map((row): CrewRole => ({
    id: String(row['id']) as Id, name: String(row['name']), department: codeOf.get(String(row['department_id'])) ?? 'REG', isHead: row['is_head'] === true,
  }))
  const known = (list: string): Map<string, Id> => new Map(rowsOf(about, list).map((row) => [String(row['name']), String(row['id']) as Id]))
  const knownSkills = known('skills')
  const knownKinds = known('certification_kinds')
  const knownCards = known('rate_cards')

  const skillIds: Id[] = []
  for (const name of skills) skillIds.push(knownSkills.get(name) ?? (await asking.make('skill.create', { name })))
  const kinds: Catalogue['certifications'][number][] = []
  for (const [name, months_valid, where] of certifications) {
    const id = knownKinds.get(name) ?? (await asking.make('certification_kind.create', { name, ...(months_valid === null ? {} : { months_valid }) }))
    kinds.push({ id, name, departments: where })
  }
  const cards = new Map<Id, { id: Id; amount: number }>()
  for (const role of roles) {
    const amount = (role.isHead ? 24_000 : 16_500) + random.between(0, 12) * 500
    const name = `Tarif ${role.name}`
    const id = knownCards.get(name) ?? (await asking.make('rate_card.create', { name, crew_role_id: role.id, basis: role.department === 'ART' ? 'cachet' : 'daily', amount_minor: amount, currency: 'EUR' }))
    cards.set(role.id, { id, amount })
  }
  return { roles, byDepartment: Map.groupBy(roles, (role) => role.department), skills: skillIds, certifications: kinds, cards, departments }
}
