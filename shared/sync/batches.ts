/** What of an outbox goes up, and in which pieces: windows read at once, of them what may go, in batches of the wire's limits. */
import type { Id } from '../kernel/ids.ts'
import type { OutboxHead } from '../store/outbox-file.ts'
import type { OutboxEntry } from './contracts.ts'
import { PUSH_BYTES, PUSH_COMMANDS, type WireCommand } from './wire.ts'

/** Entries read from the outbox at once: whichever comes first. */
const WINDOW = 500
const WINDOW_BYTES = 4 * PUSH_BYTES

export interface Sendable {
  entry: OutboxEntry
  command: WireCommand
  prev: Id | null
}

/** Entries in order, as many as are read at once. */
export function windowsOf(heads: readonly OutboxHead[]): OutboxHead[][] {
  const windows: OutboxHead[][] = []
  let bytes = Infinity
  for (const head of heads) {
    const window = windows.at(-1)
    if (!window || window.length >= WINDOW || bytes + head.bytes > WINDOW_BYTES) {
      windows.push([head])
      bytes = head.bytes
    } else {
      window.push(head)
      bytes += head.bytes
    }
  }
  return windows
}

/**
 * What may go, in issue order: neither of somebody without token, nor built on such work, nor unknown to the server (its issuer's later ones
 * wait behind it). Asked of one window of the outbox after another.
 */
export function sorter(hasToken: (user: Id) => boolean, known: (user: Id, name: string) => boolean): (entries: readonly OutboxEntry[]) => Sendable[] {
  const waiting = new Set<Id>()
  const stopped = new Set<Id>()
  const previous = new Map<Id, Id>()
  return (entries) =>
    entries.flatMap((entry) => {
      // Its parcel goes, or the computer it came from sends it: what was built on it is told `waits` until then.
      if (entry.carried) return []
      const command = JSON.parse(entry.bytes) as WireCommand
      if (!hasToken(entry.issuer) || (!entry.no_wait && command.after.some((id) => waiting.has(id)))) {
        waiting.add(entry.id)
        return []
      }
      if (stopped.has(entry.issuer) || !known(entry.issuer, command.name)) {
        stopped.add(entry.issuer)
        return []
      }
      const prev = previous.get(entry.issuer) ?? null
      previous.set(entry.issuer, entry.id)
      return [{ entry, command, prev }]
    })
}

/** Batches of the wire's limits; a command larger than a batch goes alone. */
export function batchesOf(ready: readonly Sendable[]): Sendable[][] {
  const batches: Sendable[][] = []
  let batch: Sendable[] = []
  let bytes = 0
  for (const one of ready) {
    const size = one.entry.bytes.length + 200
    if (batch.length > 0 && (batch.length >= PUSH_COMMANDS || bytes + size > PUSH_BYTES)) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
    batch.push(one)
    bytes += size
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
