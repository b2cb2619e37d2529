/**
 * The lines of a serving computer: who is at the other end of each, what they bring, what they are told. It relays and decides nothing:
 * no outcome, no number and no row leaves from here, only unsettled commands (decision C44).
 */
import { randomBytes } from 'node:crypto'
import type { VenuePeer } from '../../../shared/domain/sync/states.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { DeviceKey } from '../../../shared/store/carried.ts'
import type { OutboxFile } from '../../../shared/store/outbox-file.ts'
import { shownTo, type ShownCommand } from '../../../shared/sync/replica/shown.ts'
import { bytesOf, WireCommand } from '../../../shared/sync/wire.ts'
import { FromGuest, introduction, MESSAGE_BYTES, MESSAGE_COMMANDS, type FromHost, type Who } from './messages.ts'
import { bytesOfParcel, digestOfParcel, isSignedBy, whyNot, type VenueParcel } from './parcels.ts'
import type { VenueParts } from './parts.ts'
import type { SealedLine } from './sealed-line.ts'

const MOST_LINES = 64
/** Bytes kept for others; what is above waits on the computers it was entered on. */
const MOST_CARRIED = 512 * 1024 * 1024
/** A line without a message for this long is forgotten; its guest begins another. */
const IDLE_MS = 10 * 60_000
/** Who asked within this time is there. */
export const HERE_MS = 60_000

interface Line {
  id: string
  sealed: SealedLine
  last: number
  seenMs: number
  since: Instant
  seen_at: Instant
  who: Who | null
  /** Of the organization's list; null: not on it. */
  known: DeviceKey | null
  /** Messages take turns. */
  turn: Promise<unknown>
}

export interface HostLines {
  /** Begins a line; the oldest that nobody entered makes room. Null: no room. */
  begin(sealed: SealedLine): string | null
  /** `unknown`: no such line. `replayed`: that counter was used. `sealed`: not from the other end of it. */
  answer(id: string, counter: number, bytes: Uint8Array): Promise<Buffer | 'unknown' | 'replayed' | 'sealed'>
  peers(): VenuePeer[]
  /** False: nobody of that id waits. */
  admit(id: string): boolean
}

export function openHostLines(parts: VenueParts, clock: () => number): HostLines {
  const { org, journal } = parts
  const lines = new Map<string, Line>()
  /** Let in by the person who serves: `user device key`. */
  const admitted = new Set<string>()
  const nameOf = ({ user_id, device, key }: Who): string => `${user_id} ${device} ${key}`
  const isIn = (line: Line): boolean => line.who !== null && (line.known !== null || admitted.has(nameOf(line.who)))
  const refused = (why: string, line: Line): void => journal.write('warn', 'venue.refused', { org, why, device: line.who?.device ?? null, user: line.who?.user_id ?? null })

  function sweep(): void {
    for (const [id, { seenMs }] of lines) if (clock() - seenMs > IDLE_MS) lines.delete(id)
  }
  async function ownWho(transcript: string): Promise<Who> {
    const { person, device } = parts
    const who = { org, user_id: person.user_id, device: device.id }
    return { ...who, name: person.name.slice(0, 120) || '-', device_name: device.name.slice(0, 120) || '-', key: await parts.publicKey(person.user_id), signature: await parts.sign(person.user_id, introduction(transcript, 'host', who)) }
  }
  async function enter(line: Line, who: Who, keys: readonly DeviceKey[]): Promise<FromHost> {
    if (who.org !== org) {
      refused('organization', line)
      return { kind: 'refused', why: 'organization' }
    }
    if (!isSignedBy(who.key, introduction(line.sealed.transcript, 'guest', who), who.signature)) {
      refused('signature', line)
      return { kind: 'refused', why: 'signature' }
    }
    const listed = keys.find(({ user_id, device }) => user_id === who.user_id && device === who.device) ?? null
    if (listed !== null && listed.public_key !== who.key) {
      refused('key', line)
      return { kind: 'refused', why: 'key' }
    }
    for (const [id, other] of lines) if (other !== line && other.who && nameOf(other.who) === nameOf(who)) lines.delete(id)
    line.who = who
    line.known = listed
    journal.write('info', 'venue.entered', { org, user: who.user_id, device: who.device, known: listed !== null })
    parts.changed()
    return { kind: 'entered', who: await ownWho(line.sealed.transcript), admitted: isIn(line) }
  }

  /** Keeps what was brought for the server and shows it here; answers the digests it kept. */
  async function take(line: Line, who: Who, parcels: readonly VenueParcel[], outbox: OutboxFile, keys: readonly DeviceKey[]): Promise<string[]> {
    const keyOf = (user: Id): string | null => keys.find(({ user_id, device }) => user_id === user && device === who.device)?.public_key ?? (user === who.user_id ? who.key : null)
    const kept: string[] = []
    let news = false
    if (parcels.length > 0 && (await outbox.carried.bytes()) > MOST_CARRIED) {
      refused('full', line)
      return kept
    }
    for (const parcel of parcels) {
      const why = whyNot(parcel, org, who.device, keyOf)
      if (why !== null) {
        refused(`parcel ${why}`, line)
        continue
      }
      await outbox.carried.keep({ device: parcel.device, bytes: bytesOfParcel(parcel), received_at: parts.now(), commands: parcel.entries.map(({ command }) => command.id) })
      const taken = await outbox.carry(parcel.entries.map(({ issuer, command }) => ({ id: command.id, issuer: issuer, issued_at: command.issued_at, bytes: bytesOf(command) })))
      news ||= taken.length > 0
      kept.push(digestOfParcel(parcel))
    }
    if (news) await parts.catchUp()
    return kept
  }
  async function news(seen: number, outbox: OutboxFile, shown: (commands: readonly ShownCommand[]) => Promise<ShownCommand[]>): Promise<{ seen: number; more: boolean; commands: ShownCommand[] }> {
    const entries = await outbox.entries(seen, MESSAGE_COMMANDS, true)
    const some: ShownCommand[] = []
    let size = 0
    let at = seen
    for (const entry of entries) {
      if (size > 0 && size + entry.bytes.length > MESSAGE_BYTES / 2) break
      at = entry.position
      if (entry.bytes.length > MESSAGE_BYTES / 2) continue
      size += entry.bytes.length
      some.push({ issuer: entry.issuer, command: WireCommand.parse(JSON.parse(entry.bytes)) })
    }
    return { seen: at, more: at < (entries.at(-1)?.position ?? seen), commands: await shown(some) }
  }
  async function answerTo(line: Line, message: FromGuest): Promise<FromHost> {
    const { who } = line
    if (message.kind === 'leave') {
      lines.delete(line.id)
      parts.changed()
      return { kind: 'told', admitted: false, peers: 0, seen: 0, more: false, commands: [], kept: [] }
    }
    return parts.hold(async ({ view, outbox }) => {
      const keys = await outbox.carried.keys()
      if (message.kind === 'enter') return enter(line, message.who, keys)
      if (who === null) return { kind: 'refused', why: 'message' }
      const peers = peersOf().length
      if (!isIn(line)) return { kind: 'told', admitted: false, peers, seen: message.seen, more: false, commands: [], kept: [] }
      const kept = await take(line, who, message.parcels, outbox, keys)
      // Somebody whose key is not known here is told nothing, whoever they say they are.
      if (line.known === null) return { kind: 'told', admitted: true, peers, seen: message.seen, more: false, commands: [], kept }
      const told = await news(message.seen, outbox, (commands) => shownTo({ engine: view.file.engine, org, core: view.core }, who.user_id, commands))
      return { kind: 'told', admitted: true, peers, ...told, kept }
    })
  }
  const peersOf = (): VenuePeer[] =>
    [...lines.values()].flatMap((line) => (line.who ? [{ id: line.id, name: line.who.name, device: line.who.device_name, since: line.since, last_seen_at: line.seen_at, admitted: isIn(line) }] : []))

  return {
    begin(sealed) {
      sweep()
      if (lines.size >= MOST_LINES) {
        const [oldest] = [...lines.values()].filter(({ who }) => who === null).sort((a, b) => a.seenMs - b.seenMs)
        if (!oldest) return null
        lines.delete(oldest.id)
      }
      const id = randomBytes(16).toString('hex')
      lines.set(id, { id, sealed, last: 0, seenMs: clock(), since: parts.now(), seen_at: parts.now(), who: null, known: null, turn: Promise.resolve() })
      return id
    },
    async answer(id, counter, bytes) {
      sweep()
      const line = lines.get(id)
      if (!line) return 'unknown'
      if (counter <= line.last) {
        refused('replayed', line)
        return 'replayed'
      }
      const plain = line.sealed.open(bytes, counter)
      if (plain === null) {
        refused('sealed', line)
        return 'sealed'
      }
      line.last = counter
      line.seenMs = clock()
      line.seen_at = parts.now()
      const read = FromGuest.safeParse(parsed(plain))
      if (!read.success) {
        refused('message', line)
        return line.sealed.seal(Buffer.from(JSON.stringify({ kind: 'refused', why: 'message' } satisfies FromHost)), counter)
      }
      const mine = line.turn.then(() => answerTo(line, read.data))
      line.turn = mine.catch(() => undefined)
      return line.sealed.seal(Buffer.from(JSON.stringify(await mine)), counter)
    },
    peers: peersOf,
    admit(id) {
      const who = lines.get(id)?.who
      if (!who) return false
      admitted.add(nameOf(who))
      journal.write('warn', 'venue.admitted', { org, user: who.user_id, device: who.device, by: parts.person.user_id })
      parts.changed()
      return true
    },
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
