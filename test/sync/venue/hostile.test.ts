import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VenueHost } from '../../../main/sync/venue/host.ts'
import { FromHost, HelloAnswer, introduction, MESSAGE_BYTES } from '../../../main/sync/venue/messages.ts'
import { unbrought, type VenueParcel } from '../../../main/sync/venue/parcels.ts'
import { codeOf, drawLineKey, openHostKey, openLine, proofOf, secretOfCode, type SealedLine } from '../../../main/sync/venue/sealed-line.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { openLab, org, type Lab, type Laptop } from './laptops.ts'

let lab: Lab
let manager: Laptop
let planner: Laptop
let host: VenueHost
beforeEach(async () => {
  lab = await openLab()
  manager = await lab.laptop('manager')
  planner = await lab.laptop('second planner')
  await lab.cutOff()
  host = await manager.serve()
})
afterEach(async () => {
  await host.close()
  await lab.close()
})
const whys = () => manager.noted.filter(({ event }) => event === 'venue.refused').map(({ fields }) => fields['why'])
const post = (path: string, type: string, body: Uint8Array | string) => fetch(`${host.serving().url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: typeof body === 'string' ? body : Uint8Array.from(body) })

interface RawLine {
  id: string
  sealed: SealedLine
  send(counter: number, message: unknown): Promise<{ status: number; answer: FromHost | null; bytes: Buffer }>
}
async function greet(code = host.serving().code): Promise<RawLine | number> {
  const own = drawLineKey()
  const salt = randomBytes(16)
  const secret = secretOfCode(code)
  const hello = await post('/venue/v1/hello', 'application/json', JSON.stringify({ version: 1, key: own.publicBytes.toString('base64'), salt: salt.toString('base64'), proof: proofOf(secret, own.publicBytes, salt).toString('base64') }))
  if (hello.status !== 200) return hello.status
  const { line, key } = HelloAnswer.parse(await hello.json())
  const bytes = Buffer.from(key, 'base64')
  const hostKey = openHostKey(secret, bytes.subarray(32), own.publicBytes)
  if (!hostKey) throw new Error('no key')
  expect(codeOf(hostKey)).toBe(code)
  const sealed = openLine('guest', own, hostKey, secret, bytes.subarray(0, 32))
  return {
    id: line, sealed,
    async send(counter, message) {
      const head = Buffer.alloc(8)
      head.writeBigUInt64BE(BigInt(counter))
      const sent = Buffer.concat([head, sealed.seal(Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)), counter)])
      const response = await post(`/venue/v1/line/${line}`, 'application/octet-stream', sent)
      const plain = response.status === 200 ? sealed.open(Buffer.from(await response.arrayBuffer()), counter) : null
      return { status: response.status, answer: plain ? FromHost.parse(JSON.parse(plain.toString())) : null, bytes: sent }
    },
  }
}
async function entered(as: Laptop = planner): Promise<RawLine> {
  const line = await greet()
  if (typeof line === 'number') throw new Error(`answered ${line}`)
  const who = { org, user_id: as.user, device: as.parts.device.id }
  const { answer } = await line.send(1, {
    kind: 'enter',
    who: { ...who, name: 'x', device_name: 'y', key: await as.parts.publicKey(as.user), signature: await as.parts.sign(as.user, introduction(line.sealed.transcript, 'guest', who)) },
  })
  expect(answer).toMatchObject({ kind: 'entered', admitted: true })
  return line
}
async function signedParcel(laptop: Laptop): Promise<VenueParcel> {
  await laptop.ask('mission.create', { project_id: lab.world.projects[0], title: 'Montage', start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T18:00:00.000Z' })
  const [parcel] = await unbrought(laptop.parts, await laptop.views.outbox(org), new Set())
  if (!parcel) throw new Error('nothing to bring')
  return parcel
}
const bring = (parcels: unknown[], seen = 0) => ({ kind: 'bring', seen, parcels })

describe('a hostile neighbour on the network', () => {
  it('learns nothing without the code, not even the key of who serves', async () => {
    const seen = await post('/venue/v1/hello', 'application/json', JSON.stringify({ version: 1, key: drawLineKey().publicBytes.toString('base64'), salt: randomBytes(16).toString('base64'), proof: randomBytes(32).toString('base64') }))
    expect(seen.status).toBe(403)
    expect(await seen.text()).toBe('')
    expect((await post('/venue/v1/hello', 'text/plain', '{}')).status).toBe(404)
    expect((await post('/api/v1/call', 'application/json', '{}')).status).toBe(404)
    expect((await fetch(host.serving().url)).status).toBe(404)
    expect((await post('/venue/v1/hello', 'application/json', 'x'.repeat(5_000))).status).toBe(413)
    expect((await post(`/venue/v1/line/${'0'.repeat(32)}`, 'application/octet-stream', new Uint8Array(40))).status).toBe(404)
  })

  it('gains nothing by sending again what was overheard', async () => {
    const line = await entered()
    const parcel = await signedParcel(planner)
    const first = await line.send(2, bring([parcel]))
    expect(first.answer).toMatchObject({ kind: 'told', kept: [expect.any(String)] })
    const again = await post(`/venue/v1/line/${line.id}`, 'application/octet-stream', first.bytes)
    expect(again.status).toBe(409)
    const renumbered = Buffer.from(first.bytes)
    renumbered.writeBigUInt64BE(9n)
    expect((await post(`/venue/v1/line/${line.id}`, 'application/octet-stream', renumbered)).status).toBe(403)
    const flipped = Buffer.from(first.bytes)
    flipped.writeBigUInt64BE(10n)
    flipped[20] = (flipped[20] ?? 0) ^ 1
    expect((await post(`/venue/v1/line/${line.id}`, 'application/octet-stream', flipped)).status).toBe(403)
    // On a line of their own, with the right code, an overheard message means nothing either.
    const other = await greet()
    if (typeof other === 'number') throw new Error('no line')
    expect((await post(`/venue/v1/line/${other.id}`, 'application/octet-stream', first.bytes)).status).toBe(403)
    expect(whys()).toEqual(['replayed', 'sealed', 'sealed', 'sealed'])
    expect((await manager.outbox()).length).toBe(1)
    // Who was overheard goes on undisturbed.
    expect((await line.send(3, bring([parcel]))).status).toBe(200)
    expect((await manager.outbox()).length).toBe(1)
    expect(await (await manager.views.outbox(org)).carried.parcels()).toHaveLength(1)
  })

  it('can neither say nothing of who they are, nor bring in another’s name', async () => {
    const nobody = await greet()
    if (typeof nobody === 'number') throw new Error('no line')
    const parcel = await signedParcel(planner)
    expect((await nobody.send(1, bring([parcel]))).answer).toEqual({ kind: 'refused', why: 'message' })
    const who = { org, user_id: planner.user, device: planner.parts.device.id, name: 'x', device_name: 'y', key: await planner.parts.publicKey(planner.user) }
    // Signed for another line.
    expect((await nobody.send(2, { kind: 'enter', who: { ...who, signature: await planner.parts.sign(planner.user, introduction('0'.repeat(64), 'guest', who)) } })).answer).toEqual({ kind: 'refused', why: 'signature' })

    const line = await entered()
    const { signatures: _gone, ...unsigned } = parcel
    const wrong: [string, VenueParcel][] = [
      ['parcel signature', { ...parcel, made_at: parcel.made_at.replace('2', '1') as VenueParcel['made_at'] }],
      ['parcel organization', { ...parcel, org: planner.user }],
      ['parcel device', { ...parcel, device: manager.parts.device.id }],
      ['parcel issuer', { ...parcel, entries: parcel.entries.flatMap((entry) => [entry, { ...entry, issuer: manager.user }]) }],
      ['parcel key', { ...parcel, entries: parcel.entries.map((entry) => ({ ...entry, issuer: manager.user })), signatures: { [manager.user]: await planner.parts.sign(planner.user, canonicalJson(unsigned)) } }],
    ]
    const before = whys().length
    const told = await line.send(2, bring(wrong.map(([, one]) => one)))
    expect(told.answer).toMatchObject({ kind: 'told', kept: [] })
    expect(whys().slice(before)).toEqual(wrong.map(([why]) => why))
    expect(await manager.outbox()).toEqual([])
    expect((await line.send(3, { kind: 'bring', seen: 0, parcels: [{ hello: 1 }] })).answer).toEqual({ kind: 'refused', why: 'message' })
    expect((await line.send(4, 'not JSON')).answer).toEqual({ kind: 'refused', why: 'message' })
    expect((await line.send(5, bring([parcel]))).answer).toMatchObject({ kept: [expect.any(String)] })
  })

  it('is cut where they send too much, and waits where they send too often', async () => {
    const line = await entered()
    const large = await post(`/venue/v1/line/${line.id}`, 'application/octet-stream', new Uint8Array(MESSAGE_BYTES + 1)).then(({ status }) => status, () => 'cut')
    expect([413, 'cut']).toContain(large)
    expect(whys()).toEqual(['too_large'])
    const counted = new Map<string, number>()
    for (let n = 0; n < 10; n++)
      for (const status of await Promise.all(Array.from({ length: 30 }, () => post('/venue/v1/nothing', 'application/json', '{}').then(({ status, headers }) => `${status} ${headers.get('retry-after') ?? ''}`))))
        counted.set(status, (counted.get(status) ?? 0) + 1)
    expect(counted.get('429 1')).toBeGreaterThan(50)
    expect(counted.get('404 ')).toBeGreaterThan(50)
    expect(counted.size).toBe(2)
  })

  it('cannot keep others out by opening lines and entering none', async () => {
    const lines = []
    for (let n = 0; n < 70; n++) lines.push(await greet())
    expect(lines.every((line) => typeof line !== 'number')).toBe(true)
    const line = await entered()
    expect((await line.send(2, bring([]))).status).toBe(200)
    expect(host.serving().peers).toHaveLength(1)
  }, 60_000)
})
