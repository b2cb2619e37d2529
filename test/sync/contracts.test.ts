/** Contracts made, signed and amended on two laptops that know nothing of each other, and decided by the server one after the other. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { openRecord } from '../../shared/core/sealed-record.ts'
import type { ReceivedCommand } from '../../shared/core/settle.ts'
import type { Session } from '../../shared/core/session.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { findCommand } from '../../shared/store/command-log.ts'
import { heldKeys } from '../../shared/store/sealing.ts'
import { openContracted } from '../fixtures/contracted.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'

const SEED = 'two laptops of contracts'
let folder: string
let template: string
let work: string
let sent: { id: string; version_id: string }
let active: { id: string; version_id: string }
let amending: { id: string; version_id: string; former_id: string }

let one: TestOrganization
let two: TestOrganization
let server: TestOrganization
let run = 0
let calls = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-contracts-'))
  const w = await openContracted({ seed: SEED, folder: join(folder, 'first') })
  work = await w.accepted(w.people[0], w.missions[0], [6, 16])
  sent = await w.generate([await w.accepted(w.people[1], w.missions[0], [6, 16])])
  await w.complete(sent.version_id)
  await w.hand(sent.version_id, 'sent')
  active = await w.generate([await w.accepted(w.people[2], w.missions[0], [6, 16])])
  await w.complete(active.version_id)
  await w.hand(active.version_id, 'active')
  const former = await w.generate([await w.accepted(w.people[0], w.missions[1], [30, 40])])
  await w.complete(former.version_id)
  await w.hand(former.version_id, 'active')
  amending = { id: former.id, former_id: former.version_id, version_id: String((await w.app.ask('contract.amend', { id: former.id }))['version_id']) }
  await w.app.ask('contract.submit', { id: amending.version_id })
  template = w.app.path
  await w.app.file.close()
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

beforeEach(async () => {
  run++
  const open = async (name: string): Promise<TestOrganization> => {
    const at = join(folder, `${run} ${name}`)
    mkdirSync(at)
    copyFileSync(template, join(at, basename(template)))
    const app = await openTestOrganization({ seed: SEED, folder: at, found: false, calls: `on ${name}` })
    app.at('2026-10-21T08:00:00.000Z')
    return app
  }
  one = await open('one')
  two = await open('two')
  server = await open('server')
})
afterEach(async () => {
  for (const app of [one, two, server]) await app.close()
})

const sessionOf = (app: TestOrganization): Session => ({ ...app.owner, device: app === one ? 'laptop one' : 'laptop two' })
/** Does something on a laptop and answers the command as it would be sent. */
async function issue(app: TestOrganization, name: string, input: unknown): Promise<{ command: ReceivedCommand; answer: Record<string, unknown> }> {
  const key = `${app === one ? 'one' : 'two'}-${++calls}`
  const answer = await app.ask(name, input, sessionOf(app), key)
  const logged = await findCommand(app.file.readEngine, app.org, deriveId(app.owner.user_id, `call:${app.org}:${key}`))
  const record = logged && (await openRecord(logged.record, heldKeys(app.file.readEngine, app.org)))
  if (!logged || !record) throw new Error(`${name} was not logged`)
  return { answer, command: { id: logged.id, name: logged.name, record, after: [], v: logged.v, input: input as Json, seed: logged.seed, issued_at: logged.issued_at, group_id: logged.group_id, correlation_id: logged.correlation_id } }
}
const decide = (app: TestOrganization, command: ReceivedCommand) => server.core.settle(command, sessionOf(app))
const count = async (table: string, where = '1 = 1'): Promise<number> => Number((await server.file.readEngine.all(`SELECT COUNT(*) AS n FROM ${table} WHERE deleted_at IS NULL AND ${where}`, []))[0]?.['n'])
const versionOf = async (id: string) => (await server.file.readEngine.all('SELECT state, house_signature, other_signature, signed_at FROM contract_version WHERE id = ?', [id]))[0]

describe('two laptops that are offline', () => {
  it('make the contract of the same assignment: one stands, the other is kept, and its printed reference is still read in it', async () => {
    const [first, second] = [await issue(one, 'contract.generate', { assignment_ids: [work] }), await issue(two, 'contract.generate', { assignment_ids: [work] })]
    expect(first.answer['reference']).not.toBe(second.answer['reference'])
    const before = await count('contract')
    expect(await decide(one, first.command)).toMatchObject({ outcome: 'applied' })
    const outcome = await decide(two, second.command)
    expect(outcome.outcome).not.toBe('applied')
    expect(await count('contract')).toBe(before + 1)
    expect(await count('contract_assignment', `assignment_id = '${work}'`)).toBe(1)
    expect(await server.ask('contract.get', { id: first.answer['id'] })).toMatchObject({ contract: { reference: first.answer['reference'] } })
    // Whoever holds the second print can say which it was: the kept command still says so.
    expect(JSON.stringify(second.command.record)).toContain(String(second.answer['reference']))
    const kept = await findCommand(server.file.readEngine, server.org, second.command.id)
    expect(kept?.outcome).toBe(outcome.outcome)
    expect(JSON.stringify(kept?.record)).toContain(String(second.answer['reference']))
  })

  it('both enter the signature of the same side: the first stands, the second is kept and changes nothing', async () => {
    const sign = (app: TestOrganization, name: string) => issue(app, 'contract.sign', { id: sent.version_id, side: 'house', name })
    const [first, second] = [await sign(one, 'Léa Martin'), await sign(two, 'Quelqu’un d’autre')]
    expect(await decide(one, first.command)).toMatchObject({ outcome: 'applied' })
    const stood = await versionOf(sent.version_id)
    expect((await decide(two, second.command)).outcome).not.toBe('applied')
    expect(await versionOf(sent.version_id)).toEqual(stood)
    expect(String(stood?.['house_signature'])).toContain('Léa Martin')
    expect(stood?.['state']).toBe('sent')
  })

  const names = { house: 'Léa Martin', other: 'Tom Lacaze' } as const
  const onPaper = (app: TestOrganization, version_id: string, side: 'house' | 'other') => issue(app, 'contract.sign', { id: version_id, side, name: names[side] })
  const onScreen = (app: TestOrganization, version_id: string, side: 'house' | 'other') =>
    issue(app, 'contract.sign_on_screen', { id: version_id, side, name: names[side], type: 'image/png', size: 900, sha256: (side === 'house' ? 'c' : 'd').repeat(64) })
  const signedRow = async (app: TestOrganization, id: string) => (await app.file.readEngine.all('SELECT state, state_reason, signed_at, house_signature, other_signature FROM contract_version WHERE id = ?', [id]))[0]

  it.each([['house', 'other'], ['other', 'house']] as const)('each enter another side, the %s first: it is signed by both, once, wherever which of them came first, and neither drawing is lost', async (early, late) => {
    one.at('2026-10-21T08:00:00.000Z')
    const first = await onScreen(one, sent.version_id, early)
    two.at('2026-10-21T08:30:00.000Z')
    const second = await onScreen(two, sent.version_id, late)
    server.at('2026-10-21T09:00:00.000Z')
    expect(await decide(one, first.command)).toMatchObject({ outcome: 'applied' })
    expect(await signedRow(server, sent.version_id)).toMatchObject({ state: 'sent', signed_at: null })
    expect(await decide(two, second.command)).toMatchObject({ outcome: 'applied' })
    const stands = await signedRow(server, sent.version_id)
    expect(stands).toMatchObject({ state: 'signed', signed_at: second.command.issued_at })
    // Each laptop hears of the other's after its own: the same row comes of it.
    for (const [app, { command }, by] of [[one, second, two], [two, first, one]] as const) {
      app.at('2026-10-21T09:00:00.000Z')
      expect(await app.core.settle(command, sessionOf(by))).toMatchObject({ outcome: 'applied' })
      expect(await signedRow(app, sent.version_id)).toEqual(stands)
    }
    expect((await server.file.readEngine.all("SELECT sha256 FROM contract_document WHERE contract_version_id = ? AND kind = 'signature' ORDER BY sha256", [sent.version_id])).map((row) => row['sha256'])).toEqual(['c'.repeat(64), 'd'.repeat(64)])
    // Sent again by a laptop that did not hear: nothing more happens.
    for (const [app, { command }] of [[one, first], [two, second]] as const) expect(await decide(app, command)).toMatchObject({ outcome: 'applied' })
    expect(await signedRow(server, sent.version_id)).toEqual(stands)
    expect(await count('contract_document', "kind = 'signature'")).toBe(2)
  })

  it('each enter another side of an amendment: it takes the place of its former', async () => {
    const [first, second] = [await onPaper(one, amending.version_id, 'other'), await onPaper(two, amending.version_id, 'house')]
    expect(await decide(one, first.command)).toMatchObject({ outcome: 'applied' })
    expect(await versionOf(amending.former_id)).toMatchObject({ state: 'active' })
    expect(await decide(two, second.command)).toMatchObject({ outcome: 'applied' })
    expect([(await versionOf(amending.version_id))?.['state'], (await versionOf(amending.former_id))?.['state']]).toEqual(['amendment_signed', 'archived'])
    expect(await server.ask('contract.get', { id: amending.id })).toMatchObject({ contract: { active_version_id: amending.version_id } })
  })

  it('one enters both sides and puts it in force, the other enters one of them: what was decided first stands, and the other is kept', async () => {
    const [house, other, running] = [await onPaper(one, sent.version_id, 'house'), await onPaper(one, sent.version_id, 'other'), await issue(one, 'contract.activate', { id: sent.version_id })]
    for (const { command } of [house, other, running]) expect(await decide(one, command)).toMatchObject({ outcome: 'applied' })
    expect((await decide(two, (await onPaper(two, sent.version_id, 'other')).command)).outcome).not.toBe('applied')
    expect(await versionOf(sent.version_id)).toMatchObject({ state: 'active' })
  })

  it('one has it turned down, the other enters what completed it: whichever is decided first stands', async () => {
    server.at('2026-10-21T08:00:00.000Z')
    const house = await onPaper(two, sent.version_id, 'house')
    const other = await onPaper(two, sent.version_id, 'other')
    const down = await issue(one, 'contract.reject', { id: sent.version_id, reason: 'Renonce' })
    expect(await decide(two, house.command)).toMatchObject({ outcome: 'applied' })
    expect(await decide(one, down.command)).toMatchObject({ outcome: 'applied' })
    expect((await decide(two, other.command)).outcome).not.toBe('applied')
    expect(await versionOf(sent.version_id)).toMatchObject({ state: 'rejected', signed_at: null, other_signature: null })
  })

  it('one completes it, the other had it turned down meanwhile: it stays signed, and the other is kept', async () => {
    const down = await issue(one, 'contract.reject', { id: sent.version_id, reason: 'Renonce' })
    for (const side of ['house', 'other'] as const) expect(await decide(two, (await onPaper(two, sent.version_id, side)).command)).toMatchObject({ outcome: 'applied' })
    expect(await decide(one, down.command)).toMatchObject({ outcome: 'conflict', why: 'value' })
    expect(await versionOf(sent.version_id)).toMatchObject({ state: 'signed' })
  })

  it('both draft an amendment: one is drafted, the other is kept; the contract stays in force', async () => {
    const [first, second] = [await issue(one, 'contract.amend', { id: active.id }), await issue(two, 'contract.amend', { id: active.id })]
    expect(await decide(one, first.command)).toMatchObject({ outcome: 'applied' })
    expect((await decide(two, second.command)).outcome).not.toBe('applied')
    expect(await count('contract_version', `contract_id = '${active.id}'`)).toBe(2)
    expect(await versionOf(active.version_id)).toMatchObject({ state: 'active' })
  })

  it('one makes it void while the other signs: whichever is decided first stands, and a void contract is never signed', async () => {
    const asking = await issue(one, 'contract.request_void', { id: sent.id, reason: 'erreur' })
    const signing = await issue(two, 'contract.sign', { id: sent.version_id, side: 'house', name: 'Léa Martin' })
    expect(await decide(one, asking.command)).toMatchObject({ outcome: 'applied' })
    expect((await decide(two, signing.command)).outcome).not.toBe('applied')
    expect(await versionOf(sent.version_id)).toMatchObject({ state: 'sent', house_signature: null })
  })
})
