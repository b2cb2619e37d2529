/**
 * Unsent commands in a file that a person carries (sneakernet): signed by the key of each issuer on this computer, taken by the
 * server as if they had come by themselves. A file that was taken here waits beside the organization until the server has it.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, sha256 } from '../../shared/kernel/hashing.ts'
import { refuse } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { OutboxFile } from '../../shared/store/outbox-file.ts'
import { WireParcel } from '../../shared/sync/server-wire.ts'
import { PROTOCOL, type WireCommand } from '../../shared/sync/wire.ts'
import type { ServerWay } from './servers.ts'
import type { z } from 'zod'

type Parcel = z.infer<typeof WireParcel>
type Entry = Parcel['entries'][number]

/** Everything unsent on this computer, each issuer's signature beside. */
export async function makeParcel(outbox: OutboxFile, way: ServerWay, org: Id, device: string, now: Instant): Promise<Parcel> {
  const previous = new Map<Id, Id>()
  const entries: Entry[] = []
  for (const { id, issuer, bytes, carried } of await outbox.entries(0, 50_000, true)) {
    // What came from another computer was signed there.
    if (carried) continue
    entries.push({ issuer, prev: previous.get(issuer) ?? null, command: JSON.parse(bytes) as WireCommand })
    previous.set(issuer, id)
  }
  const unsigned = { format: 'callboard-parcel' as const, version: 1 as const, org, device, made_at: now, entries }
  const text = canonicalJson(unsigned)
  const signatures: Record<string, string> = {}
  for (const issuer of previous.keys()) signatures[issuer] = await way.credentials.sign(issuer, text)
  return { ...unsigned, signatures }
}

/** `sync.parcel` for any text that is no parcel of this organization. */
export function readParcel(text: string, org: Id): Parcel {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw refuse('sync.parcel')
  }
  const read = WireParcel.safeParse(given)
  if (!read.success || read.data.org !== org) throw refuse('sync.parcel')
  return read.data
}

const placeOf = (folder: string): string => join(folder, 'carried')

export function keepParcel(folder: string, parcel: Parcel): void {
  const place = placeOf(folder)
  mkdirSync(place, { recursive: true })
  const text = JSON.stringify(parcel)
  const file = join(place, `${sha256(text)}.json`)
  writeFileSync(`${file}.next`, text, { flush: true })
  renameSync(`${file}.next`, file)
}

/** Delivers what waits here, with anybody's token; one that the server refuses for good is put aside, not asked about again. Answers how many were delivered. */
export async function deliverParcels(folder: string, way: ServerWay, org: Id, as: Id, appVersion: string): Promise<number> {
  const place = placeOf(folder)
  let delivered = 0
  let names: string[]
  try {
    names = readdirSync(place).filter((name) => name.endsWith('.json')).sort()
  } catch {
    return 0
  }
  for (const name of names) {
    const parcel = WireParcel.parse(JSON.parse(readFileSync(join(place, name), 'utf8')))
    const reply = await way.sessions.ask(as, (token) => way.calls.parcel(token, org, { protocol: PROTOCOL, app_version: appVersion, parcel }))
    if (reply.ok) {
      // What waits for another command is taken by a later delivery of the same file.
      if (reply.value.left.some(({ why }) => why === 'missing' || why === 'waits')) continue
      rmSync(join(place, name), { force: true })
      delivered++
    } else if (reply.problem === 'refused') renameSync(join(place, name), join(place, `${name}.refused`))
    else return delivered
  }
  return delivered
}
