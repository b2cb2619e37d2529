/**
 * A whole organization made from a seed, through the core's own operations: the demo, the tests and the benches all live in it.
 * The same seed, profile, date, organization and person give the same rows, ids and audit; no clock and no chance but the seed's.
 */
import { isLocalDate, addDays, type LocalDate } from '../../shared/kernel/instants.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import type { Session } from '../../shared/core/session.ts'
import { createAsking, type AskedCore, type Asking } from './asking.ts'
import { daysOf, type DayDraft } from './calendar.ts'
import { makeCatalogues, type Catalogue } from './catalogues.ts'
import { createCrews } from './crews.ts'
import { makeDemo } from './demo.ts'
import type { KeepFile } from './demo-files.ts'
import { DEMO_TODAY } from './demo-world.ts'
import { planProject, projectWindow, type GeneratedMission } from './missions.ts'
import { makePeople, ZONE, type GeneratedPerson } from './people.ts'
import { makePlaces, type GeneratedPlace } from './places.ts'
import { isLong, profiles, type Profile, type ProfileName } from './profiles.ts'
import { createRandom, shares, type Random } from './random.ts'
import { makeSheets } from './sheets.ts'
import { partyOf, titleOf } from './titles.ts'
import { landlineOf } from './contacts.ts'

export interface Progress {
  stage: 'organization' | 'people' | 'places' | 'projects' | 'sheets' | 'members'
  done: number
  total: number
}
export interface GenerateOptions {
  core: AskedCore
  /** A person who may do everything here: the owner. */
  session: Session
  profile: ProfileName
  seed: string
  /** Stands for today; the profile's own fixed date when absent. */
  today?: LocalDate | undefined
  /** True: `today` is past, and nobody of the demo can be asked any more. */
  past?: boolean | undefined
  /** True: the file is empty, and the organization is founded first. */
  found?: boolean | undefined
  /** How many run sheets to make; the profile's own number when absent. */
  sheets?: number | undefined
  /** Where files go beside the rows that name them; the demo has a plan and papers only when there is such a place. */
  keepFile?: KeepFile | undefined
  onProgress?: ((progress: Progress) => void) | undefined
}
export interface Generated {
  people: number
  locations: number
  projects: number
  missions: number
  assignments: number
  sheets: number
  members: number
}

/** The house of a profile: what the organization is called and what it does. */
export function houseOf(name: ProfileName): { organization: string; kind: Profile['kind'] } {
  if (name === 'demo') return { organization: 'Compagnie du Phare', kind: 'event' }
  const { organization, kind } = profiles[name]
  return { organization, kind }
}

async function found(asking: Asking, profile: ReturnType<typeof houseOf>, session: Session): Promise<void> {
  await asking.ask('organization.create', {
    name: profile.organization, kind: profile.kind, language: 'fr', zone: ZONE, currency: 'EUR', owner: { user_id: session.user_id, name: 'Léa Martin', email: 'lea@example.org' }, demo: true,
  })
}

async function makeParties(asking: Asking, random: Random, count: number): Promise<Id[]> {
  const parties: Id[] = []
  for (let index = 0; index < count; index++)
    parties.push(await asking.make('party.create', {
      kind: 'company', name: partyOf(index), address: `${random.between(1, 80)} quai des Cordiers\n17000 La Rochelle`,
      contacts: [{ name: 'Accueil', role: 'standard', phone: landlineOf('ocean', 5000 + index), email: `contact${index}@example.com` }],
    }))
  return parties
}

interface World {
  asking: Asking
  random: Random
  profile: Profile
  today: LocalDate
  catalogue: Catalogue
  people: readonly GeneratedPerson[]
  places: readonly GeneratedPlace[]
  parties: readonly Id[]
}

/** The places of a project: its venue with the rooms there; alone, everything. */
function placesOf({ random, profile, places }: World): GeneratedPlace[] {
  if (isLong(profile)) return [...places]
  const home = random.pick(places)
  return [home, ...places.filter((place) => place.venue === home.venue && place !== home && place.zone === home.zone)].slice(0, 3)
}

/** `counts`: assignments of this project, population by population. */
function poolsOf({ random, profile, people }: World, counts: readonly number[]) {
  return profile.populations.map((population, index) => {
    const everybody = people.filter((person) => person.population === population)
    const assignments = counts[index] ?? 0
    // A production calls back the same dozen people, not the whole directory.
    return { population, assignments, people: isLong(profile) ? everybody : random.some(everybody, Math.min(everybody.length, Math.max(8, Math.ceil(assignments / 3)))) }
  })
}

async function makeProjects(world: World, onProgress: (done: number, total: number) => void): Promise<GeneratedMission[]> {
  const { asking, random, profile, today, parties } = world
  const crewFor = createCrews(random.fork('crews'))
  const alone = isLong(profile)
  const weights = profile.weights ?? Array.from({ length: profile.projects }, () => random.between(9, 17))
  const missionCounts = shares(profile.missions, weights)
  const centreCounts = shares(profile.costCentres, weights)
  const assignmentShares = profile.populations.map((population) => shares(population.assignments, weights))
  const made: GeneratedMission[] = []
  for (const [index, missions] of missionCounts.entries()) {
    const spread = Math.round(((index + 0.5) / profile.projects - 0.5) * profile.spreadDays)
    const days: DayDraft[] = daysOf(random, profile, addDays(today, alone ? profile.firstDay : spread - Math.round(missions / 2)), missions)
    const title = titleOf(index)
    const project = await asking.make('project.create', {
      code: `P${String(index + 1).padStart(3, '0')}`, name: title, zone: ZONE, currency: 'EUR', ...projectWindow(days), document_language: random.chance(0.9) ? 'fr' : 'en',
      sheet_layout: profile.kind === 'film' ? 'film' : profile.kind === 'theatre' ? 'theatre' : 'stage', emergency: { numbers: '112 · SAMU 15 · Pompiers 18', on_site: 'Poste de secours, loge 6' },
      ...(parties.length > 0 ? { client_party_id: random.pick(parties) } : {}), tags: alone ? [] : [random.pick(['création', 'reprise', 'accueil', 'tournée'])],
    })
    for (let centre = 0; centre < (centreCounts[index] ?? 0); centre++) await asking.ask('cost_centre.create', { project_id: project, code: `C${String(centre + 1).padStart(2, '0')}`, name: `Poste ${centre + 1}` })
    const pools = poolsOf(world, assignmentShares.map((share) => share[index] ?? 0))
    made.push(...(await planProject(asking, random, {
      project, days, places: placesOf(world), pools,
      tags: (place, day) => (!alone ? [] : day.kind === 'show' ? [`spectacle ${(place % 60) + 1}`] : profile.kind === 'film' && place % 6 === 0 ? ['seconde équipe'] : []),
    }, world.catalogue, crewFor)))
    onProgress(index + 1, profile.projects)
  }
  return made
}

/** Users of the organization, each linked to a person; planners and managers are bound to projects. */
async function makeMembers({ asking, random, profile, people }: World, projects: readonly Id[], seed: string): Promise<number> {
  const linked = random.some(people, profile.members - 1)
  for (const [index, person] of linked.entries()) {
    const everywhere = index % 12 === 0
    const role = everywhere ? random.pick(['org_admin', 'planner', 'project_manager']) : random.pick(['planner', 'planner', 'project_manager', 'member', 'member', 'viewer'])
    await asking.ask('member.add', {
      user_id: deriveId(seed, `user:${index}`), name: person.name, email: person.email, collaborator_id: person.id, role, project_id: everywhere ? null : random.pick(projects),
    })
  }
  return linked.length + 1
}

export async function generate(options: GenerateOptions): Promise<Generated> {
  const { core, session, profile: name, seed } = options
  const progress = options.onProgress ?? (() => undefined)
  const today = options.today ?? (name === 'demo' ? DEMO_TODAY : (profiles[name].today as LocalDate))
  if (!isLocalDate(today)) throw new Error(`not a date: ${String(today)}`)
  const asking = createAsking(core, session, `${name} ${seed} ${today}`)
  const random = createRandom(`${name} ${seed}`)

  if (options.found) await found(asking, houseOf(name), session)
  const catalogue = await makeCatalogues(asking, random.fork('catalogues'))
  if (name === 'demo') {
    const made = await makeDemo(asking, catalogue, today, options.past !== true, options.keepFile)
    progress({ stage: 'projects', done: 1, total: 1 })
    return { ...made, sheets: 1, members: 1 }
  }
  const profile = profiles[name]
  const parties = await makeParties(asking, random.fork('parties'), profile.parties)
  progress({ stage: 'organization', done: 1, total: 1 })
  const people = await makePeople(asking, random.fork('people'), profile, catalogue, today)
  progress({ stage: 'people', done: people.length, total: people.length })
  const places = await makePlaces(asking, random.fork('places'), profile.locations, name === 'XL')
  progress({ stage: 'places', done: places.length, total: places.length })
  const world: World = { asking, random: random.fork('projects'), profile, today, catalogue, people, places, parties }
  const missions = await makeProjects(world, (done, total) => progress({ stage: 'projects', done, total }))
  const plan = { ...profile, sheets: options.sheets ?? profile.sheets }
  const sheets = await makeSheets(asking, random.fork('sheets'), missions, plan, (done, total) => progress({ stage: 'sheets', done, total }))
  const projects = [...new Set(missions.map(({ project }) => project))]
  const members = await makeMembers({ ...world, random: random.fork('members') }, projects, seed)
  progress({ stage: 'members', done: members, total: members })
  return { people: people.length, locations: places.length, projects: projects.length, missions: missions.length, assignments: missions.reduce((sum, one) => sum + one.picks.length, 0), sheets, members }
}
