/** The exchange over HTTP: what goes up, what comes down, by whose token, and what is refused. */
import { sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson, sha256 } from '../../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { bytesOf, PROTOCOL, PullPage, trailerOf, type WireCommand } from '../../../shared/sync/wire.ts'
import { ConsoleAnswer, DeviceKeys } from '../../../shared/sync/server-wire.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bring, enter, firstAdministrator, issue, PASSWORD, pullOf, pushOf, signed, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

let app: TestOrganization
let server: TestServer
let lea: Signed
let nils: Signed
let viewer: Signed
let project: string
const ids = { nils: deriveId('exchange', 'nils'), viewer: deriveId('exchange', 'viewer') }
const file = Buffer.from('le plan de feu, en vrai')
const fileName = sha256(file)

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'exchange' })
  project = String((await app.ask('project.create', { code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  await app.ask('member.add', { user_id: ids.nils, name: 'Nils Berger', email: 'nils@example.org', role: 'planner', project_id: project })
  await app.ask('member.add', { user_id: ids.viewer, name: 'Ana Costa', email: 'ana@example.org', role: 'member', project_id: null })
  await app.ask('organization.update', { id: app.org, version: 1, changes: { logo_sha256: fileName } })
  server = await startTestServer()
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  nils = await enter(server, app, lea, ids.nils, 'nils@example.org', testDevice('atelier'))
  viewer = await enter(server, app, lea, ids.viewer, 'ana@example.org', testDevice('maison'))
}, 60_000)
afterAll(async () => {
  await server.stop()
  await app.close()
})

const sync = (what: string, who: { access: string }, body: unknown, more: { zipped?: boolean; headers?: Record<string, string> } = {}) => server.ask('POST', `orgs/${app.org}/sync/${what}`, { token: who.access, body, ...more })
/** As a device sends them: what lies in its outbox, byte for byte. */
const sent = (command: WireCommand): WireCommand => JSON.parse(bytesOf(command)) as WireCommand
const push = (who: Signed, commands: readonly WireCommand[], tokens: Record<string, string> = { [who.user_id]: who.access }) => sync('push', who, pushOf(commands.map(sent), who.user_id, tokens))
async function pullAll(who: Signed): Promise<PullPage> {
  const rows: PullPage['rows'] = []
  const outcomes: PullPage['outcomes'] = []
  let cursor = { epoch: 0, seq: 0 }
  let scope: string | null = null
  for (;;) {
    const reply = await sync('pull', who, { ...pullOf(), cursor, scope })
    if ('recovering' in reply.body) {
      cursor = { epoch: Number(reply.body['epoch']), seq: 0 }
      continue
    }
    const page = PullPage.parse(reply.body)
    expect(page.trailer).toEqual(trailerOf(page))
    rows.push(...page.rows)
    outcomes.push(...page.outcomes)
    cursor = page.to
    scope = page.scope
    if (!page.has_more) return { ...page, rows, outcomes }
  }
}
const mission = (title: string) => issue(app, 'mission.create', { project_id: project, title, start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })

describe('bringing an organization', () => {
  it('takes it once, whole, from an owner of it', async () => {
    const room = (token: string, id: string, name = 'X', key = `room-${id}`) => server.ask('POST', 'orgs', { token, body: { id, name }, headers: { 'idempotency-key': key } })
    const again = await room(lea.access, app.org, 'Compagnie du Phare')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect((await room(lea.access, app.org)).code).toBe('idempotency.payload_mismatch')
    expect((await room(lea.access, app.org, 'X', 'another')).code).toBe('sync.not_empty')
    expect((await room(lea.access, app.org, 'X', 'é')).code).toBe('validation.invalid')
    expect((await room(lea.access, app.org, 'X', 'k'.repeat(129))).code).toBe('validation.invalid')
    expect((await server.ask('POST', 'orgs', { token: lea.access, body: { id: app.org, name: 'X' } })).code).toBe('idempotency.key_required')
    expect((await room(nils.access, deriveId('x', 'org'))).code).toBe('auth.forbidden')
    const foreign = deriveId('foreign', 'org')
    expect((await room(lea.access, foreign)).status).toBe(200)
    const garbage = await server.ask('PUT', `orgs/${foreign}/facts`, { token: lea.access, bytes: Buffer.from('{"format":"no facts"}\n') })
    expect(garbage.status).toBe(422)
    // An organization in which one is nobody: refused whole, and nothing of it stays.
    const other = await openTestOrganization({ seed: 'foreign', found: false })
    expect((await server.ask('PUT', `orgs/${app.org}/facts`, { token: lea.access, bytes: Buffer.from('{}\n') })).code).toBe('sync.not_empty')
    expect((await sync('pull', lea, pullOf())).status).toBe(200)
    expect((await server.ask('POST', `orgs/${foreign}/sync/pull`, { token: lea.access, body: pullOf() })).code).toBe('organization.not_found')
    await other.close()
  })
  it('gives the whole of it to an owner, and to nobody else', async () => {
    const down = await server.ask('GET', `orgs/${app.org}/facts`, { token: lea.access })
    expect(down.status).toBe(200)
    expect(down.headers.get('content-type')).toContain('application/x-ndjson')
    expect(down.text.trim().split('\n').length).toBeGreaterThan(10)
    expect((await server.ask('GET', `orgs/${app.org}/facts`, { token: nils.access })).code).toBe('auth.forbidden')
  })
})

describe('push and pull', () => {
  it('carries a mission from one person to another, and its outcome back to its author', async () => {
    const command = await mission('Montage')
    const reply = await push(lea, [command])
    expect(reply.body).toMatchObject({ taken: [command.id], left: [], recovering: false })
    const mine = await pullAll(lea)
    expect(mine.outcomes).toContainEqual(expect.objectContaining({ id: command.id, outcome: 'applied' }))
    const theirs = await pullAll(nils)
    expect(theirs.rows).toContainEqual(expect.objectContaining({ entity: 'mission', row: expect.objectContaining({ title: 'Montage' }) as unknown }))
    expect(theirs.outcomes).toEqual([])
    const hidden = await pullAll(viewer)
    expect(JSON.stringify(hidden)).not.toContain('Montage')
    // Sent again, it is known.
    expect((await push(lea, [command])).body).toMatchObject({ taken: [command.id] })
    expect((await pullAll(lea)).outcomes.filter(({ id }) => id === command.id)).toHaveLength(1)
  })
  it('takes bodies as gzip and answers so', async () => {
    const reply = await sync('pull', lea, pullOf(), { zipped: true, headers: { 'accept-encoding': 'gzip' } })
    expect([reply.status, reply.headers.get('content-encoding')]).toEqual([200, 'gzip'])
    const byGet = await server.ask('GET', `orgs/${app.org}/sync/pull?epoch=1&seq=0&protocol=${PROTOCOL}`, { token: lea.access })
    expect(byGet.status).toBe(200)
  })
  it('refuses a command of a person whose token did not come, is not theirs, or is of another device', async () => {
    const command = await mission('Faux')
    const left = [{ id: command.id, why: 'token', on: null }]
    const entry = (issuer: Id, tokens: Record<string, string>) => sync('push', nils, { ...pushOf([command], issuer, tokens) })
    const unsaid = (reply: { body: Readonly<Record<string, unknown>> }) => (reply.body['left'] as { id: string; why: string }[]).map(({ id, why }) => ({ id, why, on: null }))
    expect(unsaid(await entry(lea.user_id, { [nils.user_id]: nils.access }))).toEqual(left)
    // Under Léa's name with his own token; with hers, which is of another computer.
    expect(unsaid(await entry(lea.user_id, { [lea.user_id]: nils.access }))).toEqual(left)
    expect(unsaid(await entry(lea.user_id, { [lea.user_id]: lea.access }))).toEqual(left)
    await expect.poll(async () => (await server.ask('GET', `orgs/${app.org}/facts`, { token: lea.access })).text).toContain('token_of_another_person')
    expect(JSON.stringify(await pullAll(lea))).not.toContain('Faux')
  })
  it('keeps what may not be done as refused, for its author to see', async () => {
    const forbidden = await issue(app, 'department.create', { code: 'ZZZ', name: 'Interdit', colour: '#7A3FB0' })
    expect((await push(nils, [forbidden])).body).toMatchObject({ taken: [forbidden.id] })
    expect((await pullAll(nils)).outcomes).toContainEqual(expect.objectContaining({ id: forbidden.id, outcome: 'rejected' }))
  })
  it('tells clients that are too old or too new which of the two must be updated', async () => {
    const too = (protocol: number) => sync('pull', lea, { ...pullOf(), protocol, something: 'of another time' })
    expect([(await too(0)).code, (await too(PROTOCOL + 1)).code]).toEqual(['sync.app_older', 'sync.server_older'])
    expect((await sync('push', lea, { ...pushOf([], lea.user_id, {}), protocol: PROTOCOL + 1 })).code).toBe('sync.server_older')
  })
  it('answers strangers and unknown organizations alike', async () => {
    for (const org of [deriveId('no', 'such'), 'not-an-id', '..%2F..%2Fetc'])
      expect((await server.ask('POST', `orgs/${org}/sync/pull`, { token: lea.access, body: pullOf() })).code).toBe('organization.not_found')
  })
  it('streams all a person sees with a trailer, and compares digests', async () => {
    const reply = await server.ask('GET', `orgs/${app.org}/sync/snapshot`, { token: lea.access })
    const lines = reply.text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toMatchObject({ protocol: PROTOCOL })
    expect(lines.at(-1)).toHaveProperty('trailer')
    const head = lines[0] as { at: { epoch: number; seq: number }; scope: string }
    const verified = await sync('verify', lea, { protocol: PROTOCOL, cursor: head.at, scope: head.scope, entities: { mission: { count: 99, digest: '0' } } })
    expect(verified.body).toMatchObject({ comparable: true })
    expect(verified.body['differing']).toContain('mission')
  })
})

describe('event streams', () => {
  it('say that there is something new, and end with the session', async () => {
    const device = testDevice('veille')
    const listener = signed(await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: device.identity } }), device)
    const response = await fetch(`${server.url}/api/v1/orgs/${app.org}/sync/events`, { headers: { authorization: `Bearer ${listener.access}` } })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.getReader()
    if (!reader) throw new Error('no stream')
    let heard = ''
    let ended = false
    const listening = (async () => {
      for (;;) {
        const next = await reader.read().catch(() => ({ done: true as const, value: undefined }))
        if (next.done) break
        heard += Buffer.from(next.value).toString()
      }
      ended = true
    })()
    await expect.poll(() => heard).toContain('event: head')
    const seqOf = (text: string): number => Number(/.*"seq":(\d+)/s.exec(text)?.[1] ?? -1)
    const before = seqOf(heard)
    await push(lea, [await mission('Réveil')])
    await expect.poll(() => seqOf(heard)).toBeGreaterThan(before)
    expect((await server.ask('GET', '/metrics')).text).toMatch(/^callboard_streams 1$/m)
    await server.ask('POST', 'auth/logout', { token: listener.access, body: {} })
    await expect.poll(() => ended).toBe(true)
    await listening
    expect((await server.ask('GET', '/metrics')).text).toMatch(/^callboard_streams 0$/m)
  })
})

describe('attached files', () => {
  const at = (name: string) => `orgs/${app.org}/blobs/${name}`
  it('come up by parts, are checked when whole, and come down by ranges', async () => {
    const empty = await server.ask('HEAD', at(fileName), { token: lea.access })
    expect([empty.status, empty.headers.get('upload-offset')]).toEqual([204, '0'])
    const part = (from: number, to: number) => server.ask('PUT', at(fileName), { token: lea.access, bytes: file.subarray(from, to + 1), headers: { 'content-range': `bytes ${from}-${to}/${file.length}` } })
    expect((await part(0, 9)).body).toMatchObject({ received: 10, whole: false })
    expect((await server.ask('HEAD', at(fileName), { token: lea.access })).headers.get('upload-offset')).toBe('10')
    const torn = await part(15, file.length - 1)
    expect([torn.status, torn.code, (torn.body['error'] as { details: unknown[] }).details]).toEqual([416, 'attachment.offset', [expect.objectContaining({ expected: '10' })]])
    expect((await server.ask('GET', at(fileName), { token: lea.access })).code).toBe('attachment.not_uploaded')
    expect((await part(10, file.length - 1)).body).toMatchObject({ received: file.length, whole: true })
    const whole = await server.ask('HEAD', at(fileName), { token: lea.access })
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, String(file.length)])
    expect((await server.ask('GET', at(fileName), { token: nils.access })).text).toBe(file.toString())
    const range = await server.ask('GET', at(fileName), { token: lea.access, headers: { range: 'bytes=3-6' } })
    expect([range.status, range.text, range.headers.get('content-range')]).toEqual([206, 'plan', `bytes 3-6/${file.length}`])
    expect((await server.ask('GET', at(fileName), { token: lea.access, headers: { range: `bytes=${file.length}-` } })).status).toBe(416)
  })
  it('are refused when their bytes are not those of their name', async () => {
    const wanted = sha256('attendu')
    await push(lea, [await issue(app, 'organization.update', { id: app.org, version: 2, changes: { logo_sha256: wanted } })])
    const sent = await server.ask('PUT', at(wanted), { token: lea.access, bytes: Buffer.from('tout autre') })
    expect([sent.status, sent.code]).toEqual([422, 'attachment.digest'])
    expect((await server.ask('HEAD', at(wanted), { token: lea.access })).headers.get('upload-offset')).toBe('0')
  })
  it('are said to be there only to who sees a row that names them, whatever the name tries', async () => {
    const unknown = sha256('jamais vu')
    expect((await server.ask('HEAD', at(unknown), { token: lea.access })).status).toBe(404)
    expect((await server.ask('PUT', at(unknown), { token: lea.access, bytes: Buffer.from('jamais vu') })).code).toBe('attachment.not_found')
    for (const trick of ['..%2F..%2Fserver.sqlite', `${fileName}%00`, fileName.toUpperCase(), 'parts', '%2e%2e'])
      expect([400, 404]).toContain((await server.ask('GET', at(trick), { token: lea.access })).status)
  })
})

describe('keys of computers', () => {
  it('are told to members, of members, without those that were shut out', async () => {
    const found = DeviceKeys.parse((await server.ask('GET', `orgs/${app.org}/sync/keys`, { token: nils.access })).body).items
    expect(found).toContainEqual({ user_id: lea.user_id, device: lea.device.identity.id, name: lea.device.identity.name, key: lea.device.identity.key })
    expect(found.map(({ user_id }) => user_id)).toContain(nils.user_id)
    expect((await server.ask('GET', `orgs/${app.org}/sync/keys`, {})).code).toBe('auth.required')
    expect((await server.ask('GET', `orgs/${lea.user_id}/sync/keys`, { token: nils.access })).code).toBe('organization.not_found')
  })
})

describe('parcels', () => {
  it('are taken in their author’s name when the device that made them signed them', async () => {
    const command = await mission('Par clé USB')
    const parcel = { format: 'callboard-parcel' as const, version: 1 as const, org: app.org, device: lea.device.identity.id, made_at: server.now(), entries: [{ issuer: lea.user_id, prev: null, command }] }
    const signature = (key: typeof lea.device.key, what: unknown) => sign(null, Buffer.from(canonicalJson(what)), key).toString('base64')
    const send = (who: Signed, given: unknown) => sync('parcels', who, { protocol: PROTOCOL, app_version: 'test', parcel: given })
    const forged = await send(nils, { ...parcel, signatures: { [lea.user_id]: signature(nils.device.key, parcel) } })
    expect(forged.body).toMatchObject({ taken: [] })
    const altered = await send(nils, { ...parcel, made_at: '2026-01-01T00:00:00.000Z', signatures: { [lea.user_id]: signature(lea.device.key, parcel) } })
    expect(altered.body).toMatchObject({ taken: [] })
    const carried = await send(nils, { ...parcel, signatures: { [lea.user_id]: signature(lea.device.key, parcel) } })
    expect(carried.body).toMatchObject({ taken: [command.id] })
    const page = await pullAll(lea)
    expect(page.outcomes).toContainEqual(expect.objectContaining({ id: command.id, outcome: 'applied', issuer: lea.user_id }))
  })
})

describe('the console', () => {
  it('shows devices, accounts, conflicts and storage to owners and administrators', async () => {
    const found = ConsoleAnswer.parse((await server.ask('GET', `orgs/${app.org}/console`, { token: lea.access })).body)
    expect(found.devices).toContainEqual(expect.objectContaining({ device: 'regie', device_name: 'Ordinateur regie' }))
    expect(found.accounts).toContainEqual(expect.objectContaining({ user_id: ids.nils, status: 'active' }))
    expect(found.conflicts).toContainEqual(expect.objectContaining({ user_id: ids.nils, open: 1 }))
    expect(found.storage.blobs).toBe(1)
    expect(found.storage.rows).toBeGreaterThan(0)
  })
  it('walks the audit chain', async () => {
    expect((await server.ask('POST', `orgs/${app.org}/console/verify-audit`, { token: lea.access, body: {} })).body).toMatchObject({ ok: true, broken_at: null })
  })
  it('shuts a device out; what it hands over is taken up by somebody with the right', async () => {
    const device = testDevice('exclue')
    const out = signed(await server.ask('POST', 'auth/login', { body: { email: 'nils@example.org', password: PASSWORD, device: device.identity } }), device)
    const unsent = await issue(app, 'mission.create', { project_id: project, title: 'Jamais envoyée', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' })
    const handover = () => sync('handover', out, { protocol: PROTOCOL, app_version: 'test', commands: [{ issuer: out.user_id, prev: null, command: unsent }] })
    expect((await handover()).code).toBe('auth.forbidden')
    expect((await server.ask('POST', `orgs/${app.org}/console/revoke`, { token: lea.access, body: { device: 'exclue', reason: 'Ordinateur volé' } })).status).toBe(200)
    expect((await sync('pull', out, pullOf())).code).toBe('auth.device_revoked')
    expect((await push(out, [unsent])).code).toBe('auth.device_revoked')
    expect((await handover()).body).toEqual({ taken: 1 })
    expect((await handover()).body).toEqual({ taken: 1 })
    const { aside } = ConsoleAnswer.parse((await server.ask('GET', `orgs/${app.org}/console`, { token: lea.access })).body)
    expect(aside).toEqual([expect.objectContaining({ user_id: ids.nils, device: 'exclue', commands: 1 })])
    const decide = (decision: string) => server.ask('POST', `orgs/${app.org}/console/aside`, { token: lea.access, body: { id: aside[0]?.id, decision } })
    expect((await decide('take_over')).body).toEqual({ applied: 1, kept: 0, known: 0 })
    expect((await decide('take_over')).status).toBe(404)
    const page = await pullAll(lea)
    expect(page.rows).toContainEqual(expect.objectContaining({ entity: 'mission', row: expect.objectContaining({ title: 'Jamais envoyée' }) as unknown }))
    // The original is refused for good: its author learns who took it over, and it never runs twice.
    const refused = (await pullAll(nils)).outcomes.find(({ id }) => id === unsent.id)
    expect(refused).toMatchObject({ outcome: 'rejected', command: unsent })
    // Both receipts hold for what they are about, so that neither is lost with an older state of the server (rule 22b).
    const anew = page.outcomes.find(({ receipt, issuer }) => issuer === lea.user_id && receipt.command_id === deriveId(unsent.id, `taken over by ${lea.user_id}`))
    const again = (who: Signed, command: WireCommand | undefined, receipt: unknown) => sync('reoffer', who, { protocol: PROTOCOL, epoch: 1, done: false, numbers: [], commands: [{ issuer: who.user_id, command, receipt }] })
    expect((await again(nils, refused?.command, refused?.receipt)).body).toMatchObject({ taken: 1 })
    expect((await again(lea, { ...unsent, id: deriveId(unsent.id, `taken over by ${lea.user_id}`) }, anew?.receipt)).body).toMatchObject({ taken: 1 })
    expect((await again(nils, refused?.command, anew?.receipt)).body).toMatchObject({ taken: 0 })
  })
})

describe('bodies', () => {
  it('are refused when they are no JSON, not what they say, too deep, too large, or a bomb', async () => {
    const send = (bytes: Uint8Array, headers: Record<string, string> = {}) => server.ask('POST', `orgs/${app.org}/sync/pull`, { token: lea.access, bytes, headers: { 'content-type': 'application/json', ...headers } })
    expect((await send(Buffer.from('{"protocol":'))).code).toBe('validation.invalid')
    expect((await send(Buffer.from('[]'))).code).toBe('validation.invalid')
    expect((await send(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).code).toBe('validation.invalid')
    expect((await send(Buffer.from('['.repeat(5000) + ']'.repeat(5000)))).code).toBe('validation.invalid')
    expect((await send(Buffer.from('not gzip'), { 'content-encoding': 'gzip' })).code).toBe('validation.invalid')
    expect((await send(Buffer.from('{}'), { 'content-encoding': 'br' })).code).toBe('validation.invalid')
    expect((await send(Buffer.from('{}'), { 'content-type': 'text/plain' })).code).toBe('validation.invalid')
    const bomb = await send(gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip' })
    expect([bomb.status, bomb.code]).toEqual([413, 'throttling.too_large'])
    const large = await send(Buffer.alloc(2 * 1024 * 1024, ' '))
    expect([large.status, large.code]).toEqual([413, 'throttling.too_large'])
  })
})
