/** The organization of the sync bench: people, and missions on days of their own, so that nobody is planned twice at once. */
import { valueOf } from '../../../main/sync/server-calls.ts'
import type { ServerWay } from '../../../main/sync/servers.ts'
import { isId, type Id } from '../../../shared/kernel/ids.ts'
import { DAY, fromMs } from '../../../shared/kernel/instants.ts'
import type { RawRow } from '../../../shared/store/engine.ts'
import { giveFacts } from '../../../shared/sync/facts/give.ts'
import { openTestOrganization } from '../../fixtures/core.ts'
import { z } from 'zod'

/** Rows of one command. */
export const TOGETHER = 500

const Ids = z.array(z.custom<Id>((value) => typeof value === 'string' && isId(value)))
const Roles = z.array(z.looseObject({ id: z.string() }))

type Ask = (name: string, input: unknown) => Promise<Record<string, unknown>>

export interface World {
  org: Id
  owner: Id
  project: Id
  /** Assignments there are when the bench begins. */
  held: number
  /** The next assignments, never the same twice; each person once a day. */
  next(count: number): Record<string, unknown>[]
  /** Plans that many more by commands of 500, as an import does. */
  plan(ask: Ask, count: number): Promise<void>
}

export interface WorldOptions {
  folder: string
  seed: string
  way: ServerWay
  /** Owner of another organization of the same server; left out: the first person there, by the printed code. */
  owner?: Id
  code: string
  /** Assignments to begin with, and how many the bench may add. */
  held: number
  more: number
  people: number
}

export const EMAIL = 'lea@example.org'
export const PASSWORD = 'trois-petits-praticables'

/** Makes the organization in a file and gives it to the server, as a device that joins does; `way` is signed in afterwards. */
export async function makeWorld({ folder, seed, way, owner, code, held, more, people }: WorldOptions): Promise<World> {
  const app = await openTestOrganization({ folder, seed, found: false })
  const user = owner ?? app.owner.user_id
  const ask: Ask = (name, input) => app.ask(name, input, { ...app.owner, user_id: user })
  await ask('organization.create', { name: 'Compagnie du Phare', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: user, name: 'Léa Martin', email: EMAIL } })
  const first = Date.parse('2026-01-01T00:00:00.000Z')
  const days = Math.ceil((held + more) / people) + 1
  const [project] = Ids.parse([(await ask('project.create', {
    code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: fromMs(first), end_at: fromMs(first + (days + 1) * DAY),
  }))['id']])
  if (!project) throw new Error('no project')
  const roles = Roles.parse((await ask('organization.get', {}))['crew_roles']).map(({ id }) => id)
  const crew: Id[] = []
  for (let start = 0; start < people; start += 250)
    crew.push(...Ids.parse((await ask('collaborator.create_many', { people: Array.from({ length: Math.min(250, people - start) }, (_, index) => ({ display_name: `Personne ${start + index}` })) }))['ids']))
  const missions: Id[] = []
  for (let start = 0; start < days; start += 250)
    missions.push(...Ids.parse((await ask('mission.create_many', {
      project_id: project,
      missions: Array.from({ length: Math.min(250, days - start) }, (_, index) => ({ title: `Jour ${start + index}`, start_at: fromMs(first + (start + index) * DAY + DAY / 3), end_at: fromMs(first + (start + index) * DAY + DAY * 0.7) })),
    }))['ids']))
  let made = 0
  const next: World['next'] = (count) =>
    Array.from({ length: count }, () => {
      const index = made++
      return { mission_id: missions[Math.floor(index / people)], collaborator_id: crew[index % people], crew_role_id: roles[index % roles.length], source: 'import', external_id: `R${index}` }
    })
  const plan: World['plan'] = async (by, count) => {
    for (let start = 0; start < count; start += TOGETHER) await by('assignment.create_many', { project_id: project, assignments: next(Math.min(TOGETHER, count - start)) })
  }
  await plan(ask, held)
  if (!owner) {
    const entered = valueOf(await way.calls.register({ code, user_id: user, name: 'Léa Martin', email: EMAIL, password: PASSWORD, device: await way.identity(user) }))
    await way.credentials.keep(user, entered)
  }
  const token = valueOf(await way.sessions.access(user))
  valueOf(await way.calls.makeRoom(token, app.org, 'Compagnie du Phare'))
  valueOf(await way.calls.factsUp(token, app.org, giveFacts(app.file.readEngine, app.org, { app_version: 'bench', at: fromMs(Date.now()) })))
  await app.close()
  return { org: app.org, owner: user, project, held, next, plan }
}

/** Another computer of the same person. */
export async function signIn(way: ServerWay, user: Id): Promise<void> {
  await way.credentials.keep(user, valueOf(await way.calls.login({ email: EMAIL, password: PASSWORD, device: await way.identity(user) })))
}

/** Assignments of a file as they lie there, by the number they were made under. */
export const assignmentsOf = (engine: { all(sql: string, values: (string | number)[]): Promise<RawRow[]> }, from: number, count: number): Promise<RawRow[]> =>
  engine.all(`SELECT * FROM assignment WHERE CAST(substr(external_id, 2) AS INTEGER) >= ? AND CAST(substr(external_id, 2) AS INTEGER) < ? ORDER BY CAST(substr(external_id, 2) AS INTEGER)`, [from, from + count])
