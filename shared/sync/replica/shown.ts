/**
 * Unsettled commands as one other person may see them (venue mode): their own whole, those of others without input, restricted to rows and
 * columns that this view holds and their rights reach. Those rights are what the server last said: nothing unsettled gives sight, and a row
 * shows where its place at the server and its place here are both permitted (17r).
 */
import type { AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import { readableBy } from '../../core/lens.ts'
import type { OrganizationCore } from '../../core/organization-core.ts'
import type { Id } from '../../kernel/ids.ts'
import { allShadows, dropRow, putRow, rowOf, shadowOf, type StoredRow } from '../../store/replica-store.ts'
import type { Engine } from '../../store/engine.ts'
import type { WireCommand } from '../wire.ts'
import { keyOf } from '../../store/write-set.ts'

export interface ShownCommand {
  issuer: Id
  command: WireCommand
}
export interface Showing {
  engine: Engine
  org: Id
  core: Pick<OrganizationCore, 'viewer'>
}
type Recorded = WireCommand['record']['rows'][number]
/** A row as it stands here, and at the server. */
interface Places {
  here: StoredRow | null
  server: StoredRow | null
}

/** Rows by which it is told what somebody sees. */
const TELLING = ['organization', 'member', 'role_binding', 'project', 'mission', 'assignment']

/** As its own record says, for one this view does not hold. */
function madeBy(entity: AnyEntity, org: Id, recorded: Recorded): StoredRow {
  const row: StoredRow = { org_id: org, id: recorded.id, project_id: recorded.fields['project_id']?.mine ?? null, mission_id: recorded.fields['mission_id']?.mine ?? null }
  for (const [name, field] of Object.entries(entity.fields)) row[name] = recorded.fields[name]?.mine ?? field.initial ?? null
  return row
}

async function placesOf({ engine, org }: Showing, entity: AnyEntity, recorded: Recorded): Promise<Places> {
  const here = await rowOf(engine, org, entity, recorded.id)
  if (here === null) return recorded.op === 'insert' ? { here: madeBy(entity, org, recorded), server: null } : { here: null, server: null }
  const shadow = await shadowOf(engine, org, entity.name, recorded.id)
  return { here, server: shadow ? shadow.row : here }
}

const keep = <C>(cells: Readonly<Record<string, C>>, readable: (name: string) => boolean): Record<string, C> => Object.fromEntries(Object.entries(cells).filter(([name]) => readable(name)))

/** What of these commands this person sees; those of which nothing is left are left out. Changes nothing. */
export async function shownTo(showing: Showing, user: Id, commands: readonly ShownCommand[]): Promise<ShownCommand[]> {
  const { engine, org, core } = showing
  if (commands.length === 0) return []
  const shown: ShownCommand[] = []
  const over = new Error('looked at')
  try {
    await engine.transaction(async () => {
      const places = new Map<string, Places>()
      for (const { command } of commands)
        for (const recorded of command.record.rows) {
          const entity = entities.get(recorded.entity)
          if (entity) places.set(keyOf(recorded.entity, recorded.id), await placesOf(showing, entity, recorded))
        }
      for (const name of TELLING) {
        const entity = entities.get(name)
        if (entity) for (const { id, row } of await allShadows(engine, org, name)) await (row ? putRow(engine, org, entity, row) : dropRow(engine, org, entity, id))
      }
      const viewer = await core.viewer({ user_id: user, device: '', scope: null })
      if (viewer === null) throw over
      const { person, lens } = viewer
      for (const { issuer, command } of commands) {
        if (issuer === user) {
          shown.push({ issuer, command })
          continue
        }
        const rows: Recorded[] = []
        for (const recorded of command.record.rows) {
          const entity = entities.get(recorded.entity)
          const { here, server } = places.get(keyOf(recorded.entity, recorded.id)) ?? { here: null, server: null }
          if (!entity || !here || !(await lens.sees(entity, here)) || (server && !(await lens.sees(entity, server)))) continue
          const readable = (name: string): boolean => name in entity.fields ? readableBy(person, entity, here, name) && (!server || readableBy(person, entity, server, name)) : name === 'project_id' || name === 'mission_id'
          const { beside, ...rest } = recorded
          rows.push({ ...rest, fields: keep(recorded.fields, readable), ...(beside ? { beside: keep(beside, readable) } : {}) })
        }
        if (rows.some(({ op, fields }) => op !== 'update' || Object.keys(fields).length > 0)) shown.push({ issuer, command: { ...command, input: null, record: { rows } } })
      }
      // Rights were looked at as the server has them; what lies here stays.
      throw over
    })
  } catch (error) {
    if (error !== over) throw error
  }
  return shown
}
