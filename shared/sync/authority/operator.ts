/** What the operator of a restored server looks at before they close its recovery (sync rule 31; the table of product decisions in sync.md). */
import { changesRights } from '../../core/session.ts'
import type { RecoveryDevice, RecoveryRight, RecoveryState } from '../../domain/sync/recovery.ts'
import { member, roleBinding } from '../../domain/organization/model.ts'
import { project } from '../../domain/planning/model.ts'
import { sha256 } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { DAY, toMs, type Instant } from '../../kernel/instants.ts'
import type { RecordedRow } from '../../store/write-set.ts'
import { followers, readHead, reoffers, type Follower, type OfferedAgain, type SyncHead } from '../../store/sync-log.ts'
import { Receipt, WireCommand } from '../wire.ts'
import { missingNumbers } from './numbers.ts'
import type { AuthorityParts } from './parts.ts'

/** Computers seen so long before are waited for. */
const SEEN_DAYS = 30

interface Offered {
  by: Id
  command: WireCommand
}
/** Those that come back by being done again, and change who may do or see what. */
function rightsAmong(offered: readonly OfferedAgain[]): Offered[] {
  return offered.flatMap((one) => {
    if (Receipt.parse(JSON.parse(one.receipt)).outcome !== 'applied') return []
    const command = WireCommand.parse(JSON.parse(one.command))
    return command.record.rows.some(({ entity }) => changesRights({ name: entity })) ? [{ by: one.user_id, command }] : []
  })
}
/** Of the rights that come back: other ones, another word. Null: none do. */
export function reviewOf(offered: readonly OfferedAgain[]): string | null {
  const ids = rightsAmong(offered).map(({ command }) => command.id).sort()
  return ids.length === 0 ? null : sha256(ids.join(' ')).slice(0, 16)
}

const lastContact = ({ pulled_at, pushed_at }: Follower): Instant | null => (pulled_at === null ? pushed_at : pushed_at === null || pulled_at > pushed_at ? pulled_at : pushed_at)

/** As the restored state knew them; thirty days before it ended, not before now: an old backup waits for its people all the same. */
async function devicesOf({ engine, org, core }: AuthorityParts, head: SyncHead): Promise<RecoveryDevice[]> {
  const active = new Set((await core.reader().find(member, { status: 'active' })).map(({ user_id }) => String(user_id)))
  const all = (await followers(engine, org)).filter(({ user_id }) => active.has(user_id))
  const before = all.flatMap((one) => lastContact(one) ?? []).sort().at(-1) ?? head.since
  return all.map((one) => {
    const [came, at] = [one.epoch === head.epoch, lastContact(one)]
    return { device: one.device, user_id: one.user_id, last_contact_at: at, came, expected: at !== null && toMs(at) >= toMs(before) - SEEN_DAYS * DAY }
  })
}

async function rightsOf({ core }: AuthorityParts, offered: readonly OfferedAgain[]): Promise<RecoveryRight[]> {
  const reader = core.reader()
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const found: RecoveryRight[] = []
  const said = (row: RecordedRow | WireCommand['record']['rows'][number], name: string): string | null => text(row.fields[name]?.mine) ?? text(row.fields[name]?.base)
  const coming = rightsAmong(offered)
  // Who comes back with them has no row here yet.
  const names = new Map(coming.flatMap(({ command }) => command.record.rows.flatMap((row): [string, string | null][] => (row.entity === member.name ? [[row.id, said(row, 'name')]] : []))))
  for (const { by, command } of coming) {
    for (const row of command.record.rows.filter(({ entity }) => changesRights({ name: entity }))) {
      const [binding] = row.entity === roleBinding.name ? await reader.find(roleBinding, { id: row.id }, { removed: true }) : []
      const member_id = (row.entity === member.name ? row.id : row.entity === roleBinding.name ? (said(row, 'member_id') ?? binding?.member_id ?? null) : null) as Id | null
      const [person] = member_id === null ? [] : await reader.find(member, { id: member_id }, { removed: true })
      const project_id = (row.entity === roleBinding.name ? (said(row, 'binding_project_id') ?? binding?.binding_project_id ?? null) : null) as Id | null
      const [place] = project_id === null ? [] : await reader.find(project, { id: project_id }, { removed: true })
      const name = person?.name ?? (member_id === null ? null : names.get(member_id))
      found.push({
        id: command.id, name: command.name, at: command.issued_at, by, entity: row.entity, op: row.op, role: row.entity === roleBinding.name ? (said(row, 'role') ?? binding?.role ?? null) : null,
        status: row.entity === member.name ? text(row.fields['status']?.mine) : null, member: member_id === null ? null : { id: member_id, name: name ?? '' }, project: project_id === null ? null : { id: project_id, name: place?.name ?? '' },
      })
    }
  }
  return found
}

/** Null: the server is open. */
export async function recoveryState(parts: AuthorityParts): Promise<RecoveryState | null> {
  const { engine, org } = parts
  const head = await readHead(engine, org)
  if (head?.mode !== 'recovery') return null
  const offered = await reoffers(engine, org)
  const devices = await devicesOf(parts, head)
  const [last] = await engine.all('SELECT MAX(recorded_at) AS at FROM audit_event WHERE org_id = ? AND recorded_at <= ?', [org, head.since])
  return {
    since: head.since, epoch: head.epoch, restored_seq: head.restored_seq, restored_at: last?.['at'] === null || last?.['at'] === undefined ? null : (String(last['at']) as Instant),
    offered: offered.length, devices, heard: devices.some(({ expected }) => expected) && devices.every(({ came, expected }) => came || !expected), rights: await rightsOf(parts, offered), review: reviewOf(offered),
  }
}

/** Whether nobody has to look: everybody who is waited for came, no role comes back, no number is missing without a reason. */
export async function closesItself(parts: AuthorityParts): Promise<boolean> {
  const state = await recoveryState(parts)
  if (!state?.heard || state.review !== null) return false
  return (await missingNumbers(parts)).every(({ expected, reason }) => expected || reason !== null)
}
