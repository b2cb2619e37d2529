/**
 * The ledger of a replica: a command goes to the outbox first, then into the view, with the rows it wrote, the server's rows beneath
 * them and what it had looked at (sync rules 3, 17r, 23). Nothing is audited, numbered or sent here; what the core saw beside the data waits
 * to be reported.
 */
import { enteredFields, keyOf, recordOf, sameValue, type Pending, type Write } from '../../store/write-set.ts'
import type { KeptCommand, Ledger, ReadSet, Unsettled } from '../../core/ledger.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendCommand } from '../../store/command-log.ts'
import type { Engine } from '../../store/engine.ts'
import type { OutboxFile } from '../../store/outbox-file.ts'
import { changedSince, noteChange } from '../../store/replica-changes.ts'
import { addPending, addPendingWrite, layShadow, writesTo, type PendingCommand } from '../../store/replica-store.ts'
import { seenOf } from '../security.ts'
import { bytesOf, type WireCommand } from '../wire.ts'
import { printOf } from './view.ts'

const MADE = '+'
const REMOVED = '-'
const RESTORED = '~'

function fieldsOf({ entity, op, before, after }: Write): string[] {
  if (op === 'insert') return [MADE]
  const changed = enteredFields(entity).filter((name) => !sameValue(before?.[name], after[name]))
  return op === 'update' ? changed : [op === 'remove' ? REMOVED : RESTORED, ...changed]
}

export const readsOf = (reads: ReadSet): PendingCommand['reads'] => ({ rows: [...reads.rows], ranges: [...reads.ranges.values()].map(({ entity, where }) => ({ entity, where: where as Json })) })

/** Puts what a command wrote beside its rows: shadows, digests. */
export async function layDown(engine: Engine, org: Id, command_id: Id, position: number, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    const { entity, id, before, after } = write
    const fields = fieldsOf(write)
    await layShadow(engine, org, { entity: entity.name, id, row: before === null ? null : { ...before } })
    await addPendingWrite(engine, org, { command_id, entity: entity.name, id, position, fields, digest: printOf(after) })
  }
}

/** What a screen that shows the row as it was is judged by. Performed again, a command passes through versions that nobody is shown: there the view tells, when it closes. */
async function noteChanges(engine: Engine, org: Id, writes: readonly Write[]): Promise<void> {
  for (const { entity, id, before, after } of writes) {
    const changed = before === null ? [] : Object.keys(entity.fields).filter((name) => !sameValue(before[name], after[name]))
    if (changed.length > 0) await noteChange(engine, org, entity.name, id, Number(after['version']), changed)
  }
}

/** Rows that a written row refers to, and lives in. */
const referredBy = ({ entity, after }: Write): { entity: string; id: string }[] =>
  [...Object.entries(entity.fields).map(([name, field]) => [field.references, after[name]] as const), ['project', after['project_id']] as const, ['mission', after['mission_id']] as const]
    .flatMap(([name, id]) => (name !== null && typeof id === 'string' ? [{ entity: name, id }] : []))

async function unsettledBefore(engine: Engine, org: Id, writes: readonly Write[]): Promise<Unsettled> {
  const rows = new Map(writes.flatMap((write) => [{ entity: write.entity.name, id: write.id }, ...referredBy(write)]).map((row) => [keyOf(row.entity, row.id), row]))
  const written = await writesTo(engine, org, [...rows.values()])
  const byRow = new Map<string, typeof written>()
  for (const one of written) byRow.set(keyOf(one.entity, one.id), [...(byRow.get(keyOf(one.entity, one.id)) ?? []), one])
  const makers = new Map(written.filter(({ fields }) => fields.includes(MADE)).map(({ id, command_id }) => [id as string, command_id]))
  const from: Pending = (entity, id, field) =>
    (byRow.get(keyOf(entity, id)) ?? []).findLast(({ fields }) => fields.includes(field) || fields.includes(MADE))?.command_id ?? null
  const after = new Set<Id>()
  for (const write of writes) {
    for (const { fields, command_id } of byRow.get(keyOf(write.entity.name, write.id)) ?? []) if ([MADE, REMOVED, RESTORED].some((mark) => fields.includes(mark))) after.add(command_id)
    for (const cell of Object.values(recordOf(write, from, () => true).fields)) if (cell.from !== null) after.add(cell.from)
    for (const { id } of referredBy(write)) {
      const maker = makers.get(id)
      if (maker !== undefined) after.add(maker)
    }
  }
  return { from, after: [...after] }
}

export function wireOf({ call, logged, input, record }: KeptCommand): WireCommand {
  return {
    id: logged.id, name: logged.name, v: logged.v, input, record, after: [...logged.after], seed: logged.seed, issued_at: logged.issued_at,
    correlation_id: call.correlation_id, group_id: logged.group_id,
  }
}

/** `issued`: told of what was put in the outbox, so that it is taken back when the view cannot be written. */
export function replicaLedger({ engine, org, outbox, issued }: { engine: Engine; org: Id; outbox: OutboxFile; issued: (id: Id) => void }): Ledger {
  return {
    kind: 'replica',
    uniqueBy: 'look',
    // Who read no version saw no row: all of it is new to them.
    changedSince: async (entity, id, version) => (version < 1 ? new Set(Object.keys(entity.fields)) : changedSince(engine, org, entity.name, id, version)),
    unsettled: (writes) => unsettledBefore(engine, org, writes),
    async keep(kept) {
      const bytes = bytesOf(wireOf(kept))
      const { id, issued_at, actor } = kept.logged
      const issuer = actor as Id
      // What was in the outbox before (a view cut off after it) is nobody's to take back.
      const known = await outbox.find(id)
      const position = known?.position ?? (await outbox.append({ id, issuer, issued_at, bytes }))
      if (!known) issued(id)
      await addPending(engine, org, { id, position, issuer, bytes, outcome: 'applied', reason: null, converged: [], reads: readsOf(kept.reads) })
      await layDown(engine, org, id, position, kept.writes)
      await noteChanges(engine, org, kept.writes)
      await appendCommand(engine, org, kept.logged)
    },
    async keepGesture(logged) {
      await appendCommand(engine, org, logged)
    },
    keepRefused: () => Promise.reject(new Error('a replica decides nothing for good')),
    // Kept beside the outbox until the server has them: the audit table of a replica is a copy of the server's (rule 6).
    security: (events) => outbox.security.append(events.map(seenOf)),
  }
}
