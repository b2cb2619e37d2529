/** The exchange over HTTP: what the authority of an organization promises, for the people whose tokens came. */
import { createPublicKey, verify as verifySignature } from 'node:crypto'
import { detail, refuse, refuseFor } from '../../shared/domain/errors.ts'
import { member } from '../../shared/domain/organization/model.ts'
import { canonicalJson, sha256 } from '../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { toMs } from '../../shared/kernel/instants.ts'
import type { Refusal } from '../../shared/kernel/result.ts'
import type { Sender, Viewer } from '../../shared/sync/contracts.ts'
import { PullRequest, type PullPage, type PullRefusal, type PushAnswer, type PushEntry } from '../../shared/sync/wire.ts'
import { linesAnswer } from './answers.ts'
import type { Asked, HandlersOf, Place, Server } from './asked.ts'

type Handled = 'sync.push' | 'sync.security' | 'sync.pull' | 'sync.pull_get' | 'sync.snapshot' | 'sync.events' | 'sync.verify' | 'sync.reoffer' | 'sync.parcels' | 'sync.keys' | 'sync.handover' | 'sync.following'

/** People who share a computer. */
const MOST_TOKENS = 50
/** Bundles one device may have waiting. */
const MOST_ASIDE = 20

const notAMember = (): Refusal => refuseFor('organization', 'not_found', detail(null, 'membership', 'a member of the organization'))
const viewerOf = (asked: Asked<unknown>): Viewer => ({ user_id: asked.caller().holder.user_id, device: asked.caller().holder.device })

/** Ed25519 over the canonical JSON, by the key the device registered; anything that is no key or no signature does not hold. */
export function signatureHolds(publicKey: string, signed: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verifySignature(null, Buffer.from(signed), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** Leaving takes the organization away: an owner does. */
const isOwner = (person: Place['person']): boolean => person.bindings.some(({ role, project_id }) => role === 'org_owner' && project_id === null)

export function syncHandlers(server: Server): HandlersOf<Handled> {
  const { sessions, accounts, organizations, metrics, streams, log } = server

  function notePush(place: Place, answer: PushAnswer): PushAnswer {
    metrics.count('callboard_pushes_total')
    metrics.count('callboard_push_commands_total', { became: 'taken' }, answer.taken.length)
    for (const { why } of answer.left) metrics.count('callboard_push_commands_total', { became: why })
    if (answer.taken.length > 0) void noteOutcomes(place, answer.taken).catch((error: unknown) => log.unexpected(error, { about: 'counting outcomes' }))
    return answer
  }
  async function noteOutcomes({ org, hosted }: Place, ids: readonly Id[]): Promise<void> {
    for (let at = 0; at < ids.length; at += 200) {
      const some = ids.slice(at, at + 200)
      for (const row of await hosted.readEngine.all(`SELECT outcome, COUNT(*) AS n FROM command_log WHERE org_id = ? AND id IN (${some.map(() => '?').join(', ')}) GROUP BY outcome`, [org, ...some]))
        metrics.count('callboard_commands_total', { outcome: String(row['outcome']) }, Number(row['n']))
    }
  }

  /** Those of the batch whose token holds, is theirs, is of this very device, and who are members. Nobody else's command is taken. */
  async function actorsOf({ org, hosted, person }: Place, device: string, tokens: Readonly<Record<string, string>>, asked: Asked<unknown>, operation: 'sync.push' | 'sync.security'): Promise<Set<Id>> {
    const entries = Object.entries(tokens)
    if (entries.length > MOST_TOKENS) throw refuse('throttling.too_large', detail('tokens', 'count', String(MOST_TOKENS)))
    const actors = new Set<Id>([person.user_id])
    for (const [issuer, token] of entries) {
      const holder = await sessions.byAccess(token, asked.now)
      if (!holder || holder.revoked) continue
      if (holder.user_id !== issuer || holder.device !== device) {
        log.write('warn', 'push.forged', { request_id: asked.request_id, org, user: person.user_id, device })
        organizations.record([org], asked.caller().holder, 'security.permission.denied', { operation, why: holder.user_id !== issuer ? 'token_of_another_person' : 'token_of_another_device' })
        continue
      }
      if (actors.has(holder.user_id) || (await organizations.person(hosted, holder.user_id, device))) actors.add(holder.user_id)
    }
    return actors
  }

  async function pull(asked: Asked<unknown>, request: PullRequest): Promise<PullPage | PullRefusal> {
    const page = await asked.place().hosted.authority.pull(request, viewerOf(asked))
    if (!page) throw notAMember()
    metrics.count('callboard_pulls_total')
    if ('rows' in page) metrics.count('callboard_rows_total', {}, page.rows.length)
    return page
  }

  return {
    async 'sync.push'(asked) {
      const { body } = asked
      const { device } = asked.caller().holder
      const place = asked.place()
      const actors = await actorsOf(place, device, body.tokens, asked, 'sync.push')
      const sender: Sender = { device, actors, app_version: body.app_version, protocol: body.protocol, waiting: body.waiting }
      return notePush(place, await place.hosted.authority.push(body.commands, sender, body.epoch))
    },
    async 'sync.security'(asked) {
      const { tokens, events, app_version, protocol } = asked.body
      const { device, user_id } = asked.caller().holder
      const place = asked.place()
      const actors = await actorsOf(place, device, tokens, asked, 'sync.security')
      return place.hosted.authority.security(events, { device, actors, app_version, protocol, waiting: 0 }, user_id)
    },
    'sync.pull': (asked) => pull(asked, asked.body),
    'sync.pull_get'(asked) {
      const { epoch, seq, scope, ...rest } = asked.query
      const { data, error } = PullRequest.safeParse({ ...rest, cursor: { epoch, seq }, scope: scope ?? null })
      if (!data) throw refuse('validation.invalid', ...error.issues.slice(0, 10).map(({ path, code }) => detail(path.join('.'), code)))
      return pull(asked, data)
    },
    async 'sync.snapshot'(asked) {
      const { org, hosted } = asked.place()
      const entity = asked.query['entity']
      const lines = await hosted.authority.snapshot(viewerOf(asked), typeof entity === 'string' ? entity : undefined)
      if (!lines) throw notAMember()
      metrics.count('callboard_snapshots_total')
      return linesAnswer(asked.c.req.raw, lines, new Headers(), (error) => log.unexpected(error, { about: 'snapshot', org }))
    },
    async 'sync.events'(asked) {
      const { org, hosted } = asked.place()
      const { holder, token } = asked.caller()
      const stream = streams.open({
        org, user_id: holder.user_id, device: holder.device, until_ms: toMs(holder.expires_at) - toMs(asked.now),
        async head() {
          const { epoch, seq, mode } = await hosted.authority.head()
          return { epoch, seq, mode }
        },
        async holds() {
          const still = await sessions.byAccess(token, server.now())
          return still !== null && !still.revoked && !(await accounts.isShutOut(org, holder.device)) && (await organizations.person(hosted, holder.user_id, holder.device)) !== null
        },
      })
      if (!stream) throw refuse('throttling.limited', detail(null, 'streams', String(server.settings.streams_per_user)))
      return new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' } })
    },
    async 'sync.verify'(asked) {
      const answer = await asked.place().hosted.authority.verify(asked.body, viewerOf(asked))
      if (!answer) throw notAMember()
      return answer
    },
    async 'sync.reoffer'(asked) {
      const { user_id, device } = asked.caller().holder
      return asked.place().hosted.authority.reoffer(asked.body, { device, actors: new Set([user_id]), app_version: '', protocol: asked.body.protocol, waiting: 0 })
    },
    async 'sync.parcels'(asked) {
      const { parcel, app_version, protocol } = asked.body
      const place = asked.place()
      if (parcel.org !== place.org) throw refuse('validation.invalid', detail('parcel.org', 'other_organization'))
      const { signatures, ...signed } = parcel
      const bytes = canonicalJson(signed)
      const isShutOut = await accounts.isShutOut(place.org, parcel.device)
      const actors = new Set<Id>()
      for (const [issuer, signature] of Object.entries(signatures).slice(0, MOST_TOKENS)) {
        const known = await accounts.device(issuer as Id, parcel.device)
        if (!known || known.revoked_at !== null || isShutOut || !signatureHolds(known.public_key, bytes, signature)) continue
        if (await organizations.person(place.hosted, known.user_id, parcel.device)) actors.add(known.user_id)
      }
      if (actors.size === 0) {
        organizations.record([place.org], asked.caller().holder, 'security.permission.denied', { operation: 'sync.parcels', why: isShutOut ? 'device_shut_out' : 'signature' })
        if (isShutOut) throw refuse('auth.device_revoked', detail('parcel.device', 'shut_out'))
      }
      return notePush(place, await place.hosted.authority.push(parcel.entries, { device: parcel.device, actors, app_version, protocol, waiting: 0 }))
    },
    async 'sync.keys'(asked) {
      const { org, hosted } = asked.place()
      const active = (await hosted.authority.core.reader().find(member, { status: 'active' })).map(({ user_id }) => user_id)
      const shutOut = await accounts.shutOutOf(org)
      const devices = await accounts.devicesOf(active)
      return { items: devices.filter(({ device }) => !shutOut.has(device)).map(({ user_id, device, name, public_key }) => ({ user_id, device, name, key: public_key })) }
    },
    async 'sync.handover'(asked) {
      const { org, hosted, person } = asked.place()
      const { device, revoked } = asked.caller().holder
      if (!revoked && !(await accounts.isShutOut(org, device))) throw refuse('auth.forbidden', detail(null, 'device', 'one that was shut out'))
      const bundles = new Map<Id, PushEntry[]>()
      for (const entry of asked.body.commands) bundles.set(entry.issuer, [...(bundles.get(entry.issuer) ?? []), entry])
      let taken = 0
      await hosted.engine.transaction(async () => {
        const [open] = await hosted.engine.all('SELECT COUNT(*) AS n FROM sync_aside WHERE org_id = ? AND device = ? AND closed_at IS NULL', [org, device])
        if (Number(open?.['n'] ?? 0) + bundles.size > MOST_ASIDE) throw refuse('storage.quota', detail(null, 'aside', String(MOST_ASIDE)))
        for (const [issuer, entries] of bundles) {
          // The same handover again is the same bundle.
          const id = deriveId(org, `aside:${device}:${issuer}:${sha256(entries.map(({ command }) => command.id).join(' '))}`)
          const reason = issuer === person.user_id ? 'device_shut_out' : 'device_shut_out_by_another'
          await hosted.engine.run('INSERT INTO sync_aside (org_id, id, user_id, device, command, reason, received_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (org_id, id) DO NOTHING',
            [org, id, issuer, device, JSON.stringify(entries), reason, asked.now])
          taken += entries.length
        }
      })
      if (taken > 0) organizations.record([org], { user_id: person.user_id, device }, 'security.device.handed_over', { device, commands: taken })
      return { taken }
    },
    async 'sync.following'(asked) {
      const { org, person } = asked.place()
      const { device } = asked.caller().holder
      const { following } = asked.body
      if (!following && !isOwner(person)) throw refuse('auth.forbidden', detail(null, 'owner', 'an owner of the organization'))
      const joined = (await organizations.known(org))?.created_by === person.user_id
      const before = await server.timers.standing(org)
      const clock = await server.timers.follows(org, device, { following, joined })
      if (clock !== before) organizations.record([org], { user_id: person.user_id, device }, 'security.server.clock', { clock })
      return { clock }
    },
  }
}
