/** Parcels of a venue: what a computer has not sent, signed so that the server takes it from whoever carries it. One issuer each. */
import type { z } from 'zod'
import { canonicalJson, sha256 } from '../../../shared/kernel/hashing.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { isSignedBy } from '../../../shared/kernel/signatures.ts'
import type { OutboxFile, OutboxLine } from '../../../shared/store/outbox-file.ts'
import type { WireParcel } from '../../../shared/sync/server-wire.ts'
import { PUSH_BYTES, WireCommand } from '../../../shared/sync/wire.ts'
import { MESSAGE_BYTES, MESSAGE_COMMANDS } from './messages.ts'
import type { VenueParts } from './parts.ts'

export { isSignedBy }
export type VenueParcel = z.infer<typeof WireParcel>

export const bytesOfParcel = (parcel: VenueParcel): string => canonicalJson(parcel)
export const digestOfParcel = (parcel: VenueParcel): string => sha256(bytesOfParcel(parcel))
const signedText = ({ signatures: _signatures, ...rest }: VenueParcel): string => canonicalJson(rest)

/** The same commands make the same parcel, however often it is made. */
async function parcelOf(parts: VenueParts, issuer: Id, lines: readonly { line: OutboxLine; prev: Id | null }[]): Promise<VenueParcel | null> {
  const last = lines.at(-1)?.line
  if (!last) return null
  const entries = lines.map(({ line, prev }) => ({ issuer, prev, command: WireCommand.parse(JSON.parse(line.bytes)) }))
  const bare: VenueParcel = { format: 'callboard-parcel', version: 1, org: parts.org, device: parts.device.id, made_at: last.issued_at, entries, signatures: {} }
  return { ...bare, signatures: { [issuer]: await parts.sign(issuer, signedText(bare)) } }
}

/** What was entered on this computer, is unsent, and was not brought yet: in issue order, within one message. */
export async function unbrought(parts: VenueParts, outbox: OutboxFile, brought: ReadonlySet<string>): Promise<VenueParcel[]> {
  // Asked every two seconds: the commands themselves are only read when there is one to bring.
  if (!(await outbox.heads()).some(({ id, carried, settled }) => !carried && !settled && !brought.has(id))) return []
  const previous = new Map<Id, Id>()
  const parcels: VenueParcel[] = []
  let run: { line: OutboxLine; prev: Id | null }[] = []
  let size = 0
  let total = 0
  let count = 0
  const finish = async (): Promise<void> => {
    const [first] = run
    const parcel = first && (await parcelOf(parts, first.line.issuer, run))
    if (parcel) parcels.push(parcel)
    run = []
    size = 0
  }
  for (const line of await outbox.entries(0, undefined, true)) {
    if (line.carried || !(await parts.isRegistered(line.issuer))) continue
    const prev = previous.get(line.issuer) ?? null
    previous.set(line.issuer, line.id)
    // One that is larger than a message waits for the server.
    if (brought.has(line.id) || line.bytes.length > MESSAGE_BYTES / 2) continue
    if (run.length > 0 && (run[0]?.line.issuer !== line.issuer || size + line.bytes.length > PUSH_BYTES)) await finish()
    if ((count > 0 && total + line.bytes.length > MESSAGE_BYTES / 2) || count >= MESSAGE_COMMANDS || parcels.length >= 99) break
    run.push({ line, prev })
    size += line.bytes.length
    total += line.bytes.length
    count += 1
  }
  await finish()
  return parcels
}

/** Why a parcel is not taken; null: it is. `keyOf`: the key of a person on that computer. */
export function whyNot(parcel: VenueParcel, org: Id, device: string, keyOf: (user: Id) => string | null): 'organization' | 'device' | 'issuer' | 'key' | 'signature' | null {
  if (parcel.org !== org) return 'organization'
  if (parcel.device !== device) return 'device'
  const issuers = new Set(parcel.entries.map(({ issuer }) => issuer))
  const [issuer] = issuers
  if (issuer === undefined || issuers.size !== 1) return 'issuer'
  const key = keyOf(issuer)
  if (key === null) return 'key'
  return isSignedBy(key, signedText(parcel), parcel.signatures[issuer] ?? '') ? null : 'signature'
}
