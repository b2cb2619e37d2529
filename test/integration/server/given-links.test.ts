/** Links given out by hand: to who may ask the person or give the sheet, audited before they leave; revoked, they are worth no more than a wrong one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { DAY } from '../../../shared/kernel/instants.ts'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { auditOf } from '../../fixtures/facts-audit.ts'
import { bring, enter, firstAdministrator, issue, pushOf, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { openSheetWorld, type SheetWorld } from '../../unit/runsheets/world.ts'

const NOW = Date.parse('2026-10-20T09:00:00.000Z')
const CLOSES = '2026-10-23T16:00:00.000Z'
let w: SheetWorld
let server: TestServer
let lea: Signed
let revision: string
let question: string
let stranger: Signed
let onlooker: Signed

const person = (name: string): string => w.people.get(name) ?? ''
function rows(sql: string, ...values: string[]): Record<string, unknown>[] {
  const database = openDatabase(`${server.folder}/organizations/${w.app.org}/organization.sqlite`, { readonly: true })
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
const audit = async () => auditOf((await server.ask('GET', `orgs/${w.app.org}/facts`, { token: lea.access })).text)
const ask = async (body: unknown, token = lea.access, org: string = w.app.org) => {
  const { status, body: said } = await server.ask('POST', `orgs/${org}/links`, { token, body })
  return { status, said: said as { url: string; until: string | null; error?: { code: string } } }
}
const ofQuestion = (id = question) => ({ kind: 'answer', acceptance_id: id })
const ofSheet = (name: string, id = revision) => ({ kind: 'sheet', revision_id: id, collaborator_id: person(name) })
const codeOf = ({ status, said }: { status: number; said: { error?: { code: string } } }) => [status, said.error?.code]
const given = async () => (await audit()).filter(({ action }) => action === 'security.link.copied').map(({ changes }) => JSON.parse(String(changes)) as Record<string, string>)
async function send(...issued: Awaited<ReturnType<typeof issue>>[]): Promise<void> {
  const reply = await server.ask('POST', `orgs/${w.app.org}/sync/push`, { token: lea.access, body: pushOf(issued, lea.user_id, { [lea.user_id]: lea.access }) })
  expect([reply.status, reply.text.includes('"left":[]')]).toEqual([200, true])
}
/** Wrong, revoked, of nobody: one and the same page. */
const page = async (url: string) => {
  const response = await fetch(url, { redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}

beforeAll(async () => {
  w = await openSheetWorld()
  const { app } = w
  revision = (await w.prepare()).revision
  await app.ask('sheet.publish', { revision_id: revision })
  const [row] = (await app.file.readEngine.all('SELECT id, version FROM assignment WHERE collaborator_id = ?', [person('Karim Benali')])) as { id: string; version: number }[]
  await app.ask('assignment.change_rate', { ids: [row?.id], rate_basis: 'daily', rate_minor: 25_000, rate_currency: 'EUR' })
  const [asked = ''] = (await app.ask('assignment.propose', { changes: [{ id: row?.id, version: Number(row?.version) + 1, deadline_at: CLOSES }] }))['acceptance_ids'] as string[]
  question = asked
  const seeing = await w.member('viewer')
  const foreign = await w.member('member', { name: 'Sans lien' })
  server = await startTestServer({ LIMIT_ANSWER_ADDRESS: '10000' })
  server.pass(NOW - Date.now())
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  onlooker = await enter(server, app, lea, seeing.user_id, 'm1@example.org', testDevice('vigie'))
  stranger = await enter(server, app, lea, foreign.user_id, 'm2@example.org', testDevice('ailleurs'))
}, 120_000)
afterAll(async () => {
  await server.stop()
  await w.app.close()
})

describe('a link to give out by hand', () => {
  it('is made by no server whose the organization is not yet', async () => {
    expect([codeOf(await ask(ofQuestion())), codeOf(await ask(ofSheet('Karim Benali')))]).toEqual([[503, 'server.stopping'], [503, 'server.stopping']])
    expect(await given()).toEqual([])
    expect((await server.ask('POST', `orgs/${w.app.org}/sync/following`, { token: lea.access, body: { following: true } })).status).toBe(200)
  })
  it('opens the question or the sheet, says nothing of anybody in its address, and is in the log each time', async () => {
    const [asked, sheet] = [await ask(ofQuestion()), await ask(ofSheet('Karim Benali'))]
    expect([asked.status, asked.said.until, sheet.status, sheet.said.until]).toEqual([200, CLOSES, 200, null])
    expect([asked.said.url.slice(0, server.url.length + 3), sheet.said.url.slice(0, server.url.length + 3)]).toEqual([`${server.url}/a/`, `${server.url}/s/`])
    for (const { said: { url } } of [asked, sheet]) expect(Buffer.from(url.slice(server.url.length + 3), 'base64url').toString('latin1')).not.toMatch(/karim|benali|06 ?39|J3|EUR/i)
    expect([(await page(asked.said.url)).text.includes('J’accepte'), (await page(sheet.said.url)).text.includes('Chef électro')]).toEqual([true, true])
    expect((await ask(ofSheet('Karim Benali'))).said.url).toBe(sheet.said.url)
    const [delivery] = rows('SELECT id FROM sheet_delivery WHERE collaborator_id = ?', person('Karim Benali'))
    expect(await given()).toEqual([{ acceptance: question }, { delivery: delivery?.['id'] }, { delivery: delivery?.['id'] }])
    // Copied is not told: that is for who sends it to say.
    expect(rows('SELECT state FROM acceptance WHERE id = ?', question)).toEqual([{ state: 'draft' }])
    expect(rows('SELECT sent_at FROM sheet_delivery WHERE id = ?', String(delivery?.['id']))).toEqual([{ sent_at: null }])
  })
  it('is refused to who may not ask or give, audited; what one does not see, and what is not here, are answered alike', async () => {
    const before = (await given()).length
    expect([codeOf(await ask(ofQuestion(), onlooker.access)), codeOf(await ask(ofSheet('Karim Benali'), onlooker.access))]).toEqual([[403, 'auth.forbidden'], [403, 'auth.forbidden']])
    const nobody = deriveId('nobody', 'x')
    const alike = [await ask(ofQuestion(nobody)), await ask(ofSheet('Karim Benali', nobody)), await ask({ ...ofSheet('Karim Benali'), collaborator_id: nobody }), await ask(ofQuestion(nobody), stranger.access)]
    expect(new Set(alike.map((one) => codeOf(one).join(' ')))).toEqual(new Set(['404 link.not_there']))
    const there = deriveId('another organization', 'x')
    expect(codeOf(await ask(ofQuestion(), lea.access, there))).toEqual([404, 'organization.not_found'])
    expect((await server.ask('POST', `orgs/${w.app.org}/links`, { body: ofQuestion() })).status).toBe(401)
    const denied = (await audit()).filter(({ action, changes }) => action === 'security.permission.denied' && String(changes).includes('links.give')).map(({ changes }) => JSON.parse(String(changes)) as unknown)
    expect(denied).toEqual([{ operation: 'links.give', permission: 'assignment:plan' }, { operation: 'links.give', permission: 'sheet:draft' }])
    expect(await given()).toHaveLength(before)
  })
})

describe('revoked', () => {
  it('by who may give them, links of a question are worth as much as a wrong one; the next is another', async () => {
    const { url } = (await ask(ofQuestion())).said
    const [{ version } = { version: 0 }] = (await w.app.file.readEngine.all('SELECT version FROM acceptance WHERE id = ?', [question])) as { version: number }[]
    await send(await issue(w.app, 'acceptance.revoke_link', { id: question, version }))
    expect(await page(url)).toEqual(await page(`${server.url}/a/${'a'.repeat(92)}`))
    const next = (await ask(ofQuestion())).said.url
    expect([next === url, (await page(next)).text.includes('J’accepte')]).toEqual([false, true])
  })
  it('links of a sheet, of whichever version, open nothing; those of the others stay', async () => {
    const [karim, malik] = [(await ask(ofSheet('Karim Benali'))).said.url, (await ask(ofSheet('Malik Sow'))).said.url]
    await send(await issue(w.app, 'sheet.revoke_link', { revision_id: revision, collaborator_id: person('Karim Benali'), round: 1 }))
    const wrong = await page(`${server.url}/s/${'a'.repeat(92)}`)
    expect([wrong.status, await page(karim), await page(`${karim}/sheet.pdf`)]).toEqual([404, wrong, wrong])
    const posted = await fetch(karim, { method: 'POST', body: new URLSearchParams({ version: '1' }) })
    expect([posted.status, await posted.text()]).toEqual([404, wrong.text])
    expect((await page(malik)).status).toBe(200)
    const next = (await ask(ofSheet('Karim Benali'))).said.url
    expect([next === karim, (await page(next)).status]).toEqual([false, 200])
    // Said again by a computer that had not heard of it, it takes the new one from nobody.
    await send(await issue(w.app, 'sheet.revoke_link', { revision_id: revision, collaborator_id: person('Karim Benali'), round: 1 }))
    expect((await page(next)).status).toBe(200)
    const changes = (await audit()).filter(({ action, changes }) => action === 'sheet.revoke_link' && changes !== null).map(({ changes }) => JSON.parse(String(changes)) as unknown)
    expect(changes).toContainEqual({ round: [null, 2] })
  })
  it('are made by nobody who may not give the sheet, nor for who is not here', async () => {
    const input = { revision_id: revision, collaborator_id: person('Malik Sow'), round: 1 }
    expect(await w.app.refused('sheet.revoke_link', input, await w.member('viewer'))).toBe('auth.forbidden')
    expect(await w.app.refused('sheet.revoke_link', { ...input, collaborator_id: w.mission })).toBe('collaborator.not_found')
    expect(await w.app.refused('sheet.revoke_link', { ...input, revision_id: w.mission })).toBe('revision.not_found')
  })
})

describe('what is over', () => {
  it('gives no link any more', async () => {
    const later = async (days: number, body: unknown) => {
      server.pass(days * DAY)
      lea = { ...lea, ...((await server.ask('POST', 'auth/refresh', { body: { refresh: lea.refresh } })).body as { access: string; refresh: string }) }
      return ask(body)
    }
    expect([codeOf(await later(4, ofQuestion())), (await ask(ofSheet('Malik Sow'))).status]).toEqual([[409, 'link.closed'], 200])
    expect(codeOf(await later(8, ofSheet('Malik Sow')))).toEqual([409, 'link.closed'])
    server.pass(-12 * DAY)
  })
})
