/** The rows that timers look at, and what was committed and not told yet. Read inside the writer's turn that does what is due. */
import { availabilityRequest } from '../domain/availability/model.ts'
import type { DueAcceptance, DueAssignment, DueLate, DueRows, DueTelling } from '../domain/engagement/due.ts'
import { acceptance, reminder } from '../domain/engagement/model.ts'
import { acceptFor, acceptOwn, declineFor, declineOwn } from '../domain/engagement/operations.ts'
import { makeNotifications } from '../domain/notifications/operations.ts'
import { notification } from '../domain/notifications/model.ts'
import { isWorthTelling } from '../domain/notifications/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { missingDocuments } from '../domain/paperwork/missing.ts'
import { member, permissionGrant } from '../domain/organization/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import type { Row } from '../domain/entity.ts'
import type { Id } from '../kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import type { Engine, RawRow } from '../store/engine.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Outcome } from '../store/command-log.ts'
import { whyOf } from './kept-open.ts'
import { questionKeyOf, writesOf } from './telling.ts'
import { dueContracts } from './timer-contracts.ts'

type AcceptanceRow = Row<typeof acceptance>

const among = (engine: Engine): string => (engine.dialect === 'sqlite' ? 'SELECT value FROM json_each(?)' : 'SELECT json_array_elements_text(?::json)')

/** Drafts and pending ones, and the last of who had accepted, is to answer again, and let the question pass. */
async function openQuestions(reader: Reader): Promise<AcceptanceRow[]> {
  const open = await reader.find(acceptance, { state: ['draft', 'pending'] })
  const asked = new Set(open.map(({ assignment_id }) => assignment_id))
  const again = (await reader.values(assignment, 'id', { reconfirm_since: { not: null } })).filter((id) => !asked.has(id))
  const last = new Map<string, AcceptanceRow>()
  for (const row of again.length === 0 ? [] : await reader.find(acceptance, { assignment_id: again }, { sort: ['created_at', 'id'] })) last.set(row.assignment_id, row)
  return [...open, ...[...last.values()].filter(({ state }) => state === 'expired')]
}

async function acceptancesOf(reader: Reader): Promise<DueAcceptance[]> {
  const open = await openQuestions(reader)
  if (open.length === 0) return []
  const work = new Map((await reader.getMany(assignment, [...new Set(open.map(({ assignment_id }) => assignment_id))])).map((row) => [row.id, row]))
  const drafts = open.filter(({ state }) => state === 'draft')
  const linked = new Set(drafts.length === 0 ? [] : await reader.values(member, 'collaborator_id', { status: 'active', collaborator_id: drafts.map(({ collaborator_id }) => collaborator_id) }))
  const told = new Set(drafts.length === 0 ? [] : (await reader.find(notification, { key: drafts.map(questionKeyOf) })).map(({ key }) => key))
  return open.flatMap((row) => {
    const of = work.get(row.assignment_id)
    if (!of) return []
    const { id, project_id, mission_id, assignment_id, state, deadline_at, tell_at, asked_at } = row
    return [{ id, project_id, mission_id, assignment_id, state, deadline_at, tell_at, asked_at, has_inbox: linked.has(row.collaborator_id), told: told.has(questionKeyOf(row)), assignment: { state: of.state, start_at: of.start_at, reconfirm_since: of.reconfirm_since } }]
  })
}

/** Confirmed work whose attendance is entered: few, for it is done as soon as it is over. */
async function workOf(reader: Reader, engine: Engine, org: Id): Promise<DueAssignment[]> {
  const rows = await reader.pick(assignment, ['id', 'project_id', 'mission_id', 'end_at', 'presence', 'created_at'], { state: 'confirmed', presence: { not: null } })
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const yes = new Map((await reader.pick(acceptance, ['id', 'assignment_id'], { assignment_id: ids, state: 'accepted' }, { sort: ['answered_at', 'id'] })).map((row) => [row.assignment_id, row.id]))
  const confirmed = await engine.all(
    `SELECT entity_id, MAX(recorded_at) AS at FROM audit_event WHERE org_id = ? AND entity = 'assignment' AND entity_id IN (${among(engine)}) AND changes LIKE '%"state":[%,"confirmed"]%' GROUP BY entity_id`, [org, JSON.stringify(ids)])
  const since = new Map(confirmed.map((row) => [String(row['entity_id']), String(row['at']) as Instant]))
  return rows.map(({ id, project_id, mission_id, end_at, presence, created_at }) => ({ id, project_id, mission_id, end_at, presence, acceptance_id: yes.get(id) ?? null, confirmed_at: since.get(id) ?? created_at }))
}

/** `tellings`, `late`: by `untold`. */
export async function dueRows(reader: Reader, engine: Engine, org: Id, now: Instant, { tellings, late }: Pick<Untold, 'tellings' | 'late'>): Promise<DueRows> {
  const acceptances = await acceptancesOf(reader)
  const homes = await reader.pick(project, ['id', 'zone', 'document_language'], { status: 'active' })
  const zones = new Map(homes.map(({ id, zone }) => [id as string, zone]))
  const { contracts, missing: unsigned } = await dueContracts(reader, engine, org, now, homes)
  const missing = [...unsigned, ...(await missingDocuments(reader, zones))]
  const awaited = [...acceptances.filter(({ state }) => state !== 'draft').map(({ id }) => id as string), ...missing.map(({ subject_id }) => subject_id)]
  return {
    zones,
    locked: new Set(await reader.values(mission, 'id', { locked: true })),
    acceptances, tellings, late, contracts, missing,
    assignments: await workOf(reader, engine, org),
    requests: (await reader.pick(availabilityRequest, ['id', 'deadline_at'], { state: 'asked', deadline_at: { not: null } })).flatMap(({ id, deadline_at }) => (deadline_at === null ? [] : [{ id, deadline_at }])),
    grants: (await reader.pick(permissionGrant, ['id', 'until_at'], { until_at: { not: null } })).flatMap(({ id, until_at }) => (until_at === null ? [] : [{ id, until_at }])),
    given: awaited.length === 0 ? [] : await reader.pick(reminder, ['kind', 'subject_id', 'anchor', 'bucket'], { subject_id: awaited }),
  }
}

// ---------------------------------------------------------------------------------------------- what was committed and is not told

/** Commits looked at in one turn: others wait for their turn meanwhile. */
const PAGE = 200
/** Commits before the last that was told, of which one may not have been. */
const BESIDE = 1000
/** How far back is looked for the last that was told; nothing was ever told: commits of the last week are. */
const BACK = 20_000
const FIRST = 7 * DAY

export interface Untold {
  tellings: DueTelling[]
  late: DueLate[]
  /** Everything up to this place of the log has been looked at. */
  upTo: number
  /** There is more of the log to look at. */
  isFull: boolean
}

/** From where on commits may not have been told: behind the last that was. */
export async function firstUntold(engine: Engine, org: Id, now: Instant): Promise<number> {
  const one = async (sql: string, values: (string | number)[]): Promise<number | null> => {
    const value = (await engine.all(sql, values))[0]?.['seq']
    return value === null || value === undefined ? null : Number(value)
  }
  const last = (await one('SELECT MAX(seq) AS seq FROM command_log WHERE org_id = ?', [org])) ?? 0
  const rows = await engine.all(
    `SELECT input FROM command_log WHERE org_id = ? AND seq > ? AND name = '${makeNotifications.name}' AND actor_kind = 'system' AND input LIKE '%"command"%' ORDER BY seq DESC LIMIT 1`, [org, last - BACK])
  const told = rows[0] ? String((JSON.parse(String(rows[0]['input'])) as { id: string }).id) : null
  const place = told === null ? null : await one('SELECT seq FROM command_log WHERE org_id = ? AND id = ?', [org, told])
  const recent = await one('SELECT MIN(seq) AS seq FROM command_log WHERE org_id = ? AND seq > ? AND issued_at >= ?', [org, last - BACK, fromMs(toMs(now) - FIRST)])
  const week = recent === null ? last : recent - 1
  // One that was refused beside it, by a process killed before it could say so, lies a little before.
  return place === null ? week : Math.max(Math.min(place, week), place - BESIDE)
}

const COLUMNS = 'SELECT seq, id, name, issued_at, outcome, input, answer FROM command_log WHERE org_id = ?'
const saidYes: ReadonlyMap<string, boolean> = new Map([[acceptOwn.name, true], [acceptFor.name, true], [declineOwn.name, false], [declineFor.name, false]])

/** An answer that was kept, of a question that it names. */
function lateOf(row: RawRow): DueLate[] {
  const yes = saidYes.get(String(row['name']))
  const { acceptance_id } = JSON.parse(String(row['input'])) as { acceptance_id?: unknown }
  if (yes === undefined || typeof acceptance_id !== 'string') return []
  const why = whyOf({ outcome: String(row['outcome']) as Outcome, answer: JSON.parse(String(row['answer'])) as Json })
  return [{ command_id: String(row['id']) as Id, acceptance_id: acceptance_id as Id, answer: yes ? 'accepted' : 'refused', at: String(row['issued_at']) as Instant, why: why.slice(0, 80) }]
}
async function heardOf(engine: Engine, org: Id, rows: readonly RawRow[]): Promise<Pick<Untold, 'tellings' | 'late'>> {
  const applied = rows.filter((row) => row['outcome'] === 'applied')
  const writes = await writesOf(engine, org, applied.map((row) => String(row['id']) as Id))
  return {
    tellings: applied.flatMap((row) => {
      const id = String(row['id']) as Id
      return writes.get(id)?.some(isWorthTelling) ? [{ command_id: id, committed_at: String(row['issued_at']) as Instant }] : []
    }),
    late: rows.filter((row) => row['outcome'] !== 'applied').flatMap(lateOf),
  }
}

/** Commits after that place, in their order, that somebody may have to hear of. */
export async function untold(engine: Engine, org: Id, after: number): Promise<Untold> {
  const rows = await engine.all(`${COLUMNS} AND seq > ? ORDER BY seq LIMIT ?`, [org, after, PAGE])
  return { ...(await heardOf(engine, org, rows)), upTo: Number(rows.at(-1)?.['seq'] ?? after), isFull: rows.length === PAGE }
}

/** The same of these ids, of which some may be no command's. */
export async function untoldAmong(engine: Engine, org: Id, ids: readonly string[]): Promise<Pick<Untold, 'tellings' | 'late'>> {
  return ids.length === 0 ? { tellings: [], late: [] } : heardOf(engine, org, await engine.all(`${COLUMNS} AND id IN (${among(engine)})`, [org, JSON.stringify(ids)]))
}

/** Of these ids of commands, those that this authority itself has done. */
export async function doneAmong(engine: Engine, org: Id, ids: readonly Id[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await engine.all(`SELECT id FROM command_log WHERE org_id = ? AND actor_kind = 'system' AND actor = ? AND id IN (${among(engine)})`, [org, org, JSON.stringify(ids)])
  return new Set(rows.map((row) => String(row['id'])))
}
