/** A call sheet by mail and behind a link: to whom it says something, read on a telephone, confirmed once; never by a wrong link, never after its day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { DAY } from '../../../shared/kernel/instants.ts'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { makeToken, type Link } from '../../../sync-server/answers/token.ts'
import { openSecret, secretOf } from '../../../sync-server/secret.ts'
import { auditOf } from '../../fixtures/facts-audit.ts'
import { startSmtp, type TestSmtp } from '../../fixtures/smtp.ts'
import { bring, firstAdministrator, issue, pushOf, startTestServer, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { textOf } from '../../unit/documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from '../../unit/runsheets/world.ts'

const NOW = Date.parse('2026-10-20T09:00:00.000Z')
let w: SheetWorld
let smtp: TestSmtp
let server: TestServer
let lea: Signed
let sheet: string
let first: string

function rows<T extends Record<string, unknown>>(sql: string, ...values: string[]): T[] {
  const database = openDatabase(`${server.folder}/organizations/${w.app.org}/organization.sqlite`, { readonly: true })
  try {
    return database.prepare(sql).all(...values) as T[]
  } finally {
    database.close()
  }
}
interface Delivery extends Record<string, unknown> {
  id: string
  channel: string | null
  sent_at: string | null
  opened_at: string | null
  confirmed_at: string | null
  confirm_source: string | null
  mail_state: string | null
  mail_failure: string | null
}
const person = (name: string): string => w.people.get(name) ?? ''
const deliveryOf = (name: string, revision = first): Delivery | undefined => rows<Delivery>('SELECT * FROM sheet_delivery WHERE collaborator_id = ? AND revision_id = ?', person(name), revision)[0]
const commands = () => Number(rows('SELECT COUNT(*) AS n FROM command_log')[0]?.['n'])
const secret = () => openSecret(null, server.folder, () => new Uint8Array(), () => undefined)
const linkOf = (name: string, more: Partial<Link> = {}): Link => ({ org: w.app.org, id: (deliveryOf(name)?.id ?? '') as Id, purpose: 'sheet', round: 1, ...more })
const tokenOf = (name: string, more: Partial<Link> = {}): string => makeToken(secret(), linkOf(name, more))
const audit = async () => auditOf((await server.ask('GET', `orgs/${w.app.org}/facts`, { token: lea.access })).text)

async function get(path: string, method = 'GET') {
  const response = await fetch(`${server.url}${path}`, { method, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
async function post(token: string, form: Record<string, string>) {
  const response = await fetch(`${server.url}/s/${token}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const plain = (text: string): string => text.replace(/<style>[^]*<\/style>/, '').replace(/[\u00a0\u202f]/g, ' ')
async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 250 && !what(); tries++) await new Promise((again) => setTimeout(again, 100))
  expect(what()).toBe(true)
}
async function send(...issued: Awaited<ReturnType<typeof issue>>[]): Promise<void> {
  const reply = await server.ask('POST', `orgs/${w.app.org}/sync/push`, { token: lea.access, body: pushOf(issued, lea.user_id, { [lea.user_id]: lea.access }) })
  expect([reply.status, reply.text.includes('"left":[]')]).toEqual([200, true])
}
const mailOf = (address: string): string[] => smtp.received.filter(({ to }) => to.includes(address)).map(({ raw }) => {
  const [, body = ''] = /Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/.exec(raw) ?? []
  return Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
})
/** Moves the focus of the lighting people. */
async function nextVersion(): Promise<string> {
  const revise = await issue(w.app, 'sheet.revise', { id: sheet })
  const { work } = (await w.app.ask('sheet.get', { id: sheet })) as unknown as { work: { id: string; slots: { id: string; version: number; label: string }[] } }
  const focus = work.slots.find(({ label }) => label === 'Focus')
  const change = await issue(w.app, 'sheet.update_slot', { id: focus?.id, version: focus?.version, changes: { start_at: day('14:30') } })
  await send(revise, change, await issue(w.app, 'sheet.publish', { revision_id: work.id }))
  return work.id
}

beforeAll(async () => {
  w = await openSheetWorld()
  const { app } = w
  for (const [name, email, answer] of [['Karim Benali', 'karim@example.org', 'given'], ['Jeanne Roux', 'jeanne@example.org', 'given'], ['Malik Sow', 'malik@example.org', 'given'], ['Inès Morvan', 'ines@example.org', 'refused']] as const) {
    const [{ version } = { version: 1 }] = (await app.file.readEngine.all('SELECT version FROM collaborator WHERE id = ?', [person(name)])) as { version: number }[]
    await app.ask('collaborator.update', { id: person(name), version, changes: { email, first_name: name.split(' ')[0], languages: [name === 'Malik Sow' ? 'en' : 'fr'] } })
    await app.ask('consent.record', { collaborator_id: person(name), purpose: 'email', answer, answered_on: '2026-10-01', source: 'au téléphone' })
  }
  await app.ask('consent.record', { collaborator_id: person('Jeanne Roux'), purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-10-01', source: 'au téléphone' })
  const made = await w.prepare()
  sheet = made.sheet
  first = made.revision
  for (const [label, start, end, departments] of [['Accueil', '12:00', '12:30', []], ['Focus', '14:00', '15:00', ['LUM']], ['Balances', '15:00', '16:30', ['SON']]] as const)
    await app.ask('sheet.add_slot', { revision_id: first, label, start_at: day(start), end_at: day(end), departments, everyone: departments.length === 0 })
  await app.ask('sheet.add_note', { revision_id: first, visibility: 'internal', text: 'Cachet du guitariste à revoir' })
  smtp = await startSmtp()
  smtp.behave((recipient) => (recipient.startsWith('jeanne') ? { at: 'rcpt', does: { answer: 550, text: `5.1.1 <${recipient}> unknown` } } : null))
  server = await startTestServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, SMTP_TLS: 'none', SMTP_FROM: 'production@example.org', LIMIT_ANSWER_ADDRESS: '10000' })
  server.pass(NOW - Date.now())
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  expect((await server.ask('POST', `orgs/${app.org}/sync/following`, { token: lea.access, body: { following: true } })).status).toBe(200)
  await send(await issue(app, 'sheet.publish', { revision_id: first }))
}, 120_000)
afterAll(async () => {
  await server.stop()
  await smtp.stop()
  await w.app.close()
})

describe('a published sheet', () => {
  it('is mailed once to who has an address and agreed, in their language, with a link and no personal data in it', async () => {
    await until(() => deliveryOf('Karim Benali')?.mail_state === 'sent' && deliveryOf('Malik Sow')?.mail_state === 'sent')
    expect(deliveryOf('Karim Benali')).toMatchObject({ channel: 'email', opened_at: null, confirmed_at: null })
    const [text = '', ...others] = mailOf('karim@example.org')
    expect(others).toEqual([])
    expect(plain(text)).toMatch(/Bonjour Karim,[^]*Votre convocation : 14:00 \(UTC\+2\)[^]*Grande Halle du Port/)
    expect(plain(mailOf('malik@example.org')[0] ?? '')).toMatch(/Hello Malik,[^]*Your call: 14:00/)
    const link = /http:\/\/127\.0\.0\.1:\d+\/s\/([\w-]{92})(?![\w-])/.exec(text)
    expect(link?.[1]).toBe(tokenOf('Karim Benali'))
    expect(Buffer.from(link?.[1] ?? '', 'base64url').toString('latin1')).not.toMatch(/karim|benali|06 ?39|J3/i)
  })
  it('that the mail server refuses is to be told in another way, and the list says so', async () => {
    await until(() => deliveryOf('Jeanne Roux')?.mail_state === 'failed')
    expect(deliveryOf('Jeanne Roux')).toMatchObject({ sent_at: null, channel: null, mail_failure: '550 5.1.1' })
    // Nobody was told by a mail that was given up, nor who did not agree.
    expect(deliveryOf('Inès Morvan')).toBeUndefined()
    expect(mailOf('ines@example.org')).toEqual([])
  })
})

describe('the page behind its link', () => {
  it('has the person’s own lines, the day, telephones of who agreed; no internal note, for nobody’s frame, cache or index', async () => {
    const { status, text, headers } = await get(`/s/${tokenOf('Karim Benali')}`)
    expect(status).toBe(200)
    for (const part of ['<html lang="fr">', 'samedi 24 octobre 2026', 'Chef électro', 'Grande Halle du Port', 'Focus', 'Balances', 'CH du Littoral', '06 39 98 10 03', 'J’ai lu et pris connaissance']) expect(plain(text)).toContain(part)
    expect(plain(text)).not.toMatch(/Cachet du guitariste|06 39 98 10 01|06 39 98 10 04|<script/)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-robots-tag')]).toEqual(['no-store', 'no-referrer', 'noindex, nofollow, noarchive'])
    expect((await get(`/s/${tokenOf('Malik Sow')}?lang=fr`)).text).toContain('<html lang="fr">')
  })
  it('was noted as opened, once and nothing else; a look at its head notes nothing', async () => {
    expect(deliveryOf('Karim Benali')?.opened_at).toMatch(/^2026-10-20T/)
    const before = commands()
    await get(`/s/${tokenOf('Karim Benali')}`)
    expect((await get(`/s/${tokenOf('Jeanne Roux')}`, 'HEAD')).status).toBe(200)
    expect([commands(), deliveryOf('Jeanne Roux')?.opened_at, deliveryOf('Karim Benali')?.confirmed_at]).toEqual([before, null, null])
  })
  it('gives the copy of that person as a file', async () => {
    const response = await fetch(`${server.url}/s/${tokenOf('Karim Benali')}/sheet.pdf`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const text = textOf(new Uint8Array(await response.arrayBuffer()))
    expect(text).toContain('Exemplaire de Karim Benali')
    expect(text).not.toContain('Cachet du guitariste')
  })
  it('takes "read" once however often it is sent, in the name of the person, audited with the network', async () => {
    const token = tokenOf('Karim Benali')
    const sent = await Promise.all(Array.from({ length: 4 }, () => post(token, { version: '1', lang: 'fr' })))
    expect(sent.map(({ status, headers }) => [status, headers.get('location')])).toEqual(sent.map(() => [303, `${token}?lang=fr`]))
    expect(deliveryOf('Karim Benali')).toMatchObject({ confirm_source: 'link', confirmed_at: expect.stringMatching(/^2026-10-20T/) as string, confirmed_by: null })
    const { text } = await get(`/s/${token}`)
    expect([text.includes('Vous avez dit avoir lu'), text.includes('<form')]).toEqual([true, false])
    const events = await audit()
    expect(new Set(events.filter(({ action }) => action === 'sheet.confirm_by_link').map(({ actor_kind, on_behalf_of }) => `${actor_kind} ${on_behalf_of}`))).toEqual(new Set([`system ${person('Karim Benali')}`]))
    expect(events.some(({ action, changes }) => action === 'security.link.read' && changes === JSON.stringify({ delivery: deliveryOf('Karim Benali')?.id, network: 'loopback' }))).toBe(true)
  })
  it('of a version that is not shown is not taken: the page comes back as it is', async () => {
    for (const version of ['2', '', '1 ', 'x']) {
      const { status, text } = await post(tokenOf('Malik Sow'), { version })
      expect([version, status, text.includes('role="alert"')]).toEqual([version, 409, true])
    }
    expect(deliveryOf('Malik Sow')?.confirmed_at).toBeNull()
  })
})

describe('what is no link', () => {
  it('is answered alike, whatever it is, and writes nothing', async () => {
    const token = tokenOf('Malik Sow')
    const before = commands()
    const wrong = [
      'x', 'a'.repeat(92), token.slice(0, -1), `${token}A`, token.toLowerCase(), makeToken(secretOf([Buffer.alloc(32, 7)]), linkOf('Malik Sow')), tokenOf('Malik Sow', { round: 2 }), tokenOf('Malik Sow', { purpose: 'answer' }),
      tokenOf('Malik Sow', { purpose: 'calendar' }), tokenOf('Malik Sow', { id: deriveId('nobody', 'x') }), tokenOf('Malik Sow', { org: deriveId('nobody', 'x') }), tokenOf('Malik Sow', { id: first as Id }), `${token}/x`, '',
    ]
    const answers = await Promise.all(wrong.flatMap((one) => [get(`/s/${one}`), post(one, { version: '1' })]))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(404)
    expect(plain(answers[0]?.text ?? '')).not.toMatch(/Phare|Malik|J3/)
    // A link to a sheet answers no question, and the other way round.
    expect((await get(`/a/${token}`)).status).toBe(404)
    expect((await get(`/s/${'a'.repeat(92)}/sheet.pdf`)).status).toBe(404)
    expect(commands()).toBe(before)
  })
  it('and what is one stands in no log', () => {
    const logged = server.logged.join('')
    for (const name of ['Karim Benali', 'Malik Sow']) expect(logged).not.toContain(tokenOf(name).slice(0, 60))
    expect(logged).not.toMatch(/\/s\/(?!\{token\})|karim@|Benali/)
    expect(logged).toContain('"route":"/s/{token}"')
  })
})

describe('a revision', () => {
  let next: string
  it('is mailed to those it changes something for, and to nobody else', async () => {
    next = await nextVersion()
    await until(() => deliveryOf('Karim Benali', next)?.mail_state === 'sent')
    const [, text = ''] = mailOf('karim@example.org')
    expect(plain(text)).toMatch(/nouvelle version[^]*Focus[^]*16:30/)
    // Longer than a turn of the mail: who works on sound has nothing new.
    await new Promise((then) => setTimeout(then, 6_500))
    expect([mailOf('malik@example.org').length, deliveryOf('Malik Sow', next)]).toEqual([1, undefined])
  }, 30_000)
  it('is what a link to the former version shows, and says so; opened and read are noted of what was shown', async () => {
    const { text, status } = await get(`/s/${tokenOf('Karim Benali')}`)
    expect([status, plain(text).includes('La version v1 de votre message a été remplacée : voici la version v2.')]).toEqual([200, true])
    expect(deliveryOf('Karim Benali', next)).toMatchObject({ opened_at: expect.stringMatching(/^2026-10-20/) as string, confirmed_at: null })
    expect((await post(tokenOf('Karim Benali'), { version: '1' })).status).toBe(409)
    expect((await post(tokenOf('Karim Benali'), { version: '2' })).status).toBe(303)
    expect(deliveryOf('Karim Benali', next)).toMatchObject({ confirm_source: 'link' })
    // Whom nothing was mailed of it: their old link makes its delivery when it is opened.
    await get(`/s/${tokenOf('Malik Sow')}`)
    expect(deliveryOf('Malik Sow', next)).toMatchObject({ mail_state: null, sent_at: null, opened_at: expect.stringMatching(/^2026-10-20/) as string })
  })
  it('is shown no more once the day is long over', async () => {
    server.pass(12 * DAY)
    const before = commands()
    const page = await get(`/s/${tokenOf('Karim Benali')}`)
    const sent = await post(tokenOf('Karim Benali'), { version: '2' })
    const file = await get(`/s/${tokenOf('Karim Benali')}/sheet.pdf`)
    server.pass(-12 * DAY)
    expect([page.status, plain(page.text).includes('Cette journée est passée'), plain(page.text).includes('Chef électro')]).toEqual([200, true, false])
    expect([sent.status, file.status, commands()]).toEqual([409, 410, before])
  })
})
