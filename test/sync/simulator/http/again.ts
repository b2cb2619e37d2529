/**
 * The server's order of commits, decided once more by an authority in memory: each command must come to the same outcome and all of them to
 * the same rows, whatever database the server kept them in and whichever of its processes decided. On the way it is looked at what everybody could read.
 */
import type { Authority } from '../../../../shared/sync/contracts.ts'
import { PROTOCOL, type PushEntry } from '../../../../shared/sync/wire.ts'
import type { Id } from '../../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../../shared/kernel/instants.ts'
import type { Engine } from '../../../../shared/store/engine.ts'
import { logOf } from '../entered.ts'
import { LawBroken } from '../evidence.ts'
import { createLife, memoryDatabase, type MemoryDatabase } from '../mortal.ts'
import { difference, rowsOf } from '../rows.ts'
import { createSight, movesSight, type Sight } from '../sight.ts'
import { org, world } from '../world.ts'

const LAW = 'the order of commits decided again comes to the same'

export interface AgainOptions {
  /** The rows the history began with, and those it came to. */
  before: Buffer
  after: MemoryDatabase
  since: number
  persons: readonly Id[]
  /** What a device sent, by the id of the command. */
  arrived: ReadonlyMap<string, PushEntry>
  open(engine: Engine, now: () => Instant): Promise<Authority>
}

export async function decideAgain({ before, after, since, persons, arrived, open }: AgainOptions): Promise<Sight> {
  const sight = createSight(persons, (await world()).markers)
  const memory = memoryDatabase(before)
  memory.database.pragma('foreign_keys = ON')
  const times = new Map(after.database.prepare<[string], { id: string; at: string; device: string }>(
    'SELECT command_id AS id, MIN(recorded_at) AS at, MIN(device) AS device FROM audit_event WHERE org_id = ? AND command_id IS NOT NULL GROUP BY command_id').all(org).map(({ id, ...told }) => [id, told]))
  const inputs = new Map(after.database.prepare<[string], { id: string; input: string }>("SELECT id, input FROM command_log WHERE org_id = ? AND actor_kind = 'system'").all(org).map(({ id, input }) => [id, JSON.parse(input) as unknown]))
  let clock: Instant = fromMs(Date.now())
  const authority = await open(memory.open(createLife()), () => clock)
  await sight.note(authority.core)
  for (const { id, seq, name, outcome, actor } of logOf(after.database, since)) {
    const told = times.get(id)
    if (actor === org) {
      // The clock of the server's own processes: what it did is done at its instant.
      if (told) clock = told.at as Instant
      await authority.core.act(name, inputs.get(id) ?? {}, { id: id as Id })
      continue
    }
    const entry = arrived.get(id)
    if (!entry) throw new LawBroken('only what a device sent is executed, and what the clock of the server did', `${name} ${id}`)
    // Deadlines are judged by the time of the server, which was about now.
    clock = fromMs(Date.now())
    await authority.push([{ ...entry, prev: null }], { device: told?.device ?? 'again', actors: new Set([actor as Id]), app_version: 'simulator', protocol: PROTOCOL, waiting: 0 })
    const [line] = logOf(memory.database, seq - 1)
    if (line?.id !== id || line.outcome !== outcome) throw new LawBroken(LAW, `${name} ${id} at ${seq} was ${outcome}, again ${line?.id === id ? line.outcome : 'nothing'}`)
    if (outcome === 'applied' && movesSight(name)) await sight.note(authority.core)
  }
  const [rows, once] = [rowsOf(memory.database), rowsOf(after.database)]
  for (const [key, { row }] of once) {
    const other = rows.get(key)
    const differs = other ? difference(row, other.row) : 'nothing'
    if (differs !== null) throw new LawBroken(LAW, `${key} (server / again): ${differs}`)
  }
  for (const key of rows.keys()) if (!once.has(key)) throw new LawBroken(LAW, `${key} is there only again`)
  memory.close()
  return sight
}
