/** A computer that is served by another on the local network: brings what was entered here, shows what others entered, resumes after every drop. */
import { randomBytes } from 'node:crypto'
import { normalCode } from '../../../shared/domain/organization/invitation-code.ts'
import type { VenueState } from '../../../shared/domain/sync/states.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { bytesOf } from '../../../shared/sync/wire.ts'
import { FromHost, HelloAnswer, introduction, MESSAGE_BYTES, type FromGuest, type Who } from './messages.ts'
import { digestOfParcel, isSignedBy, unbrought } from './parcels.ts'
import type { VenueParts } from './parts.ts'
import { codeOf, drawLineKey, openHostKey, openLine, proofOf, secretOfCode, type SealedLine } from './sealed-line.ts'

const POLL_MS = 2_000
const SOON_MS = 150
const LONGEST_MS = 30_000
const ANSWER_MS = 15_000
const SALT = 16

/** Why nothing goes on. `code`: it is not the one on that screen (any more). `delayed`: too many tries. `refused`: that computer does not take this one. */
export type VenueProblem = 'unreachable' | 'code' | 'delayed' | 'refused'
export class VenueTrouble extends Error {
  readonly problem: VenueProblem
  readonly retryMs: number | null
  constructor(problem: VenueProblem, about: string, retryMs: number | null = null) {
    super(`${problem}: ${about}`)
    this.name = 'VenueTrouble'
    this.problem = problem
    this.retryMs = retryMs
  }
}

export interface VenueGuest {
  state(): VenueState
  /** Something was entered here: it is brought soon. */
  nudge(): void
  /** Told to the one that serves, when it can be. */
  close(): Promise<void>
}

interface Line {
  id: string
  sealed: SealedLine
  counter: number
  host: Who
  /** Position of the last command that was told. */
  seen: number
  brought: Set<string>
}

async function post(url: string, type: string, body: Uint8Array, signal: AbortSignal): Promise<{ status: number; bytes: Buffer; retryMs: number | null }> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: Uint8Array.from(body), redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) })
    const parts: Uint8Array[] = []
    let size = 0
    const reader = response.body?.getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.byteLength
      if (size > MESSAGE_BYTES) {
        await reader?.cancel()
        throw new VenueTrouble('unreachable', 'too large an answer')
      }
      parts.push(part.value)
    }
    const retry = Number(response.headers.get('retry-after'))
    return { status: response.status, bytes: Buffer.concat(parts), retryMs: retry > 0 ? Math.min(retry * 1000, 15 * 60_000) : null }
  } catch (error) {
    if (error instanceof VenueTrouble) throw error
    throw new VenueTrouble('unreachable', error instanceof Error ? error.message : String(error))
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** `url`: as the serving computer shows it. Rejects with VenueTrouble when it cannot be joined now. */
export async function joinVenue(parts: VenueParts, { url, code }: { url: string; code: string }): Promise<VenueGuest> {
  const base = url.replace(/\/+$/, '')
  const secret = secretOfCode(code)
  const { org, journal } = parts
  const stop = new AbortController()
  const since: Instant = parts.now()
  let line: Line | null = null
  let trouble: VenueState['trouble'] = null
  let peers = 1
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  let under: Promise<void> | null = null
  let again = false

  async function greet(): Promise<Line> {
    const own = drawLineKey()
    const salt = randomBytes(SALT)
    const hello = { version: 1, key: own.publicBytes.toString('base64'), salt: salt.toString('base64'), proof: proofOf(secret, own.publicBytes, salt).toString('base64') }
    const { status, bytes, retryMs } = await post(`${base}/venue/v1/hello`, 'application/json', Buffer.from(JSON.stringify(hello)), stop.signal)
    if (status === 403) throw new VenueTrouble('code', 'the code was refused')
    if (status === 429) throw new VenueTrouble('delayed', 'too many tries', retryMs)
    const read = HelloAnswer.safeParse(status === 200 ? parsed(bytes) : undefined)
    if (!read.success) throw new VenueTrouble('unreachable', `no serving computer (${status})`)
    const answer = Buffer.from(read.data.key, 'base64')
    const full = answer.subarray(0, 2 * SALT)
    const hostKey = openHostKey(secret, answer.subarray(2 * SALT), own.publicBytes)
    // Whoever answers knows the code; only the one whose screen shows it has the key it was made from.
    if (hostKey === null || !full.subarray(0, SALT).equals(salt) || codeOf(hostKey) !== normalCode(code)) throw new VenueTrouble('code', 'another key than the code says')
    const begun = { id: read.data.line, sealed: openLine('guest', own, hostKey, secret, full), counter: 0, seen: 0, brought: new Set<string>() }
    const { person, device } = parts
    const who = { org, user_id: person.user_id, device: device.id }
    const entered = await ask(begun, {
      kind: 'enter',
      who: { ...who, name: person.name.slice(0, 120) || '-', device_name: device.name.slice(0, 120) || '-', key: await parts.publicKey(person.user_id), signature: await parts.sign(person.user_id, introduction(begun.sealed.transcript, 'guest', who)) },
    })
    if (entered.kind !== 'entered') throw new VenueTrouble('refused', entered.kind === 'refused' ? entered.why : 'no answer')
    const host = entered.who
    const listed = (await parts.hold(({ outbox }) => outbox.carried.keys())).find(({ user_id, device: name }) => user_id === host.user_id && name === host.device)
    const isThem = host.org === org && isSignedBy(host.key, introduction(begun.sealed.transcript, 'host', host), host.signature) && (listed === undefined || listed.public_key === host.key)
    if (!isThem) throw new VenueTrouble('refused', 'that computer is not who it says')
    trouble = entered.admitted ? null : 'waiting'
    return { ...begun, host }
  }
  async function ask(on: Omit<Line, 'host'>, message: FromGuest): Promise<FromHost> {
    const counter = ++on.counter
    const head = Buffer.alloc(8)
    head.writeBigUInt64BE(BigInt(counter))
    const { status, bytes, retryMs } = await post(`${base}/venue/v1/line/${on.id}`, 'application/octet-stream', Buffer.concat([head, on.sealed.seal(Buffer.from(JSON.stringify(message)), counter)]), stop.signal)
    // It started again, or forgot this line: another is begun with the same code.
    if (status === 404 || status === 403 || status === 409) line = null
    if (status !== 200) throw new VenueTrouble(status === 429 ? 'delayed' : 'unreachable', `answered ${status}`, retryMs)
    const plain = on.sealed.open(bytes, counter)
    const read = FromHost.safeParse(plain && parsed(plain))
    if (!read.success) throw new VenueTrouble('unreachable', 'an answer that is none')
    return read.data
  }

  /** One message there and back; answers whether more is to go or to come. */
  async function exchange(): Promise<boolean> {
    line ??= await greet()
    const on = line
    const parcels = await parts.hold(({ outbox }) => unbrought(parts, outbox, on.brought))
    const answer = await ask(on, { kind: 'bring', seen: on.seen, parcels })
    if (answer.kind !== 'told') throw new VenueTrouble('refused', answer.kind === 'refused' ? answer.why : 'no answer')
    const kept = new Set(answer.kept)
    const taken = parcels.filter((parcel) => kept.has(digestOfParcel(parcel)))
    for (const { entries } of taken) for (const { command } of entries) on.brought.add(command.id)
    await parts.hold(async ({ outbox }) => {
      const shown = await outbox.carry(answer.commands.map(({ issuer, command }) => ({ id: command.id, issuer: issuer, issued_at: command.issued_at, bytes: bytesOf(command) })))
      if (shown.length > 0) await parts.catchUp()
    })
    on.seen = answer.seen
    peers = Math.max(1, answer.peers)
    trouble = answer.admitted ? null : 'waiting'
    return answer.more || taken.length > 0
  }

  function plan(ms: number): void {
    if (stop.signal.aborted || trouble === 'closed') return
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => void run(), ms)
    timer.unref()
  }
  function run(): Promise<void> {
    if (under) {
      again = true
      return under
    }
    const before = JSON.stringify([trouble, peers])
    under = exchange()
      .then((more) => {
        failures = 0
        plan(more || again ? SOON_MS : POLL_MS)
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return
        failures += 1
        const problem = error instanceof VenueTrouble ? error.problem : 'unreachable'
        trouble = problem === 'code' || problem === 'refused' ? 'closed' : 'unreachable'
        if (problem !== 'unreachable' || failures === 1 || !(error instanceof VenueTrouble)) journal.write('warn', 'venue.guest', { org, problem, why: error instanceof Error ? error.message : String(error) })
        const backoff = Math.min(LONGEST_MS, POLL_MS * 2 ** Math.min(failures - 1, 5))
        // Closed: another code is shown there now, which somebody has to type. Trying the old one again would only count as guessing.
        plan(error instanceof VenueTrouble && error.retryMs !== null ? error.retryMs : backoff)
      })
      .finally(() => {
        under = null
        again = false
        if (JSON.stringify([trouble, peers]) !== before) parts.changed()
      })
    return under
  }

  line = await greet()
  const { host } = line
  journal.write('info', 'venue.joined', { org, host: host.user_id, device: host.device })
  plan(0)
  return {
    state: () => ({ role: 'guest', name: `${host.name} (${host.device_name})`, peers, since, trouble, serving: null }),
    nudge: () => plan(SOON_MS),
    async close() {
      if (timer) clearTimeout(timer)
      await under?.catch(() => undefined)
      if (timer) clearTimeout(timer)
      if (line && trouble !== 'unreachable') await ask(line, { kind: 'leave' }).catch(() => undefined)
      stop.abort()
      journal.write('info', 'venue.left', { org })
    },
  }
}
