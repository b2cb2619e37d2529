/** From a question to an answer with no account at all: the server's clock, its mail through a real mail server, the link, the page. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { openAskedPeople, type AskedPerson, type AskingPeople } from '../../fixtures/asked.ts'
import { startSmtp, type TestSmtp } from '../../fixtures/smtp.ts'
import { bring, firstAdministrator, startTestServer, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

const NOW = Date.parse('2026-10-20T09:00:00.000Z')
type Name = 'ines' | 'refused' | 'silent' | 'unknown' | 'nobody'

let made: AskingPeople
let smtp: TestSmtp
let server: TestServer
let lea: Signed
const people = new Map<Name, AskedPerson>()

function rows(sql: string, ...values: string[]): Record<string, unknown>[] {
  const database = openDatabase(`${server.folder}/organizations/${made.app.org}/organization.sqlite`, { readonly: true })
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
const acceptanceOf = (name: Name) => rows('SELECT state, channel, source FROM acceptance WHERE id = ?', people.get(name)?.acceptance ?? '')[0]
const notificationsOf = (name: Name) => rows("SELECT state, figures FROM notification WHERE refs LIKE ? AND type = 'assignment_proposed'", `%${people.get(name)?.acceptance}%`)
async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !what(); tries++) await new Promise((again) => setTimeout(again, 100))
  expect(what()).toBe(true)
}

beforeAll(async () => {
  made = await openAskedPeople({ seed: 'asked by mail' })
  const { app } = made
  const asked = async (name: Name, email: string | null, answer: 'given' | 'refused' | null): Promise<void> => {
    const one = await made.asked({ told: false, person: { first_name: name, ...(email === null ? {} : { email }) } })
    people.set(name, one)
    const [{ id } = { id: '' }] = (await app.file.readEngine.all('SELECT collaborator_id AS id FROM acceptance WHERE id = ?', [one.acceptance])) as { id: string }[]
    if (answer) await app.ask('consent.record', { collaborator_id: id, purpose: 'email', answer, answered_on: '2026-10-01', source: 'au téléphone' })
  }
  await asked('ines', 'ines@example.org', 'given')
  await asked('refused', 'refused@example.org', 'refused')
  await asked('silent', 'silent@example.org', null)
  await asked('unknown', 'unknown@example.org', 'given')
  await asked('nobody', null, 'given')
  smtp = await startSmtp()
  smtp.behave((recipient) => (recipient.startsWith('unknown') ? { at: 'rcpt', does: { answer: 550, text: `5.1.1 <${recipient}> unknown` } } : null))
  server = await startTestServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, SMTP_TLS: 'none', SMTP_FROM: 'production@example.org' })
  server.pass(NOW - Date.now())
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
}, 120_000)
afterAll(async () => {
  await server.stop()
  await smtp.stop()
  await made.app.close()
})

describe('a question by mail', () => {
  it('waits for the laptop that brought the organization to say that it follows', async () => {
    await new Promise((then) => setTimeout(then, 6_500))
    expect([smtp.lines(), acceptanceOf('ines')?.['state']]).toEqual([0, 'draft'])
  })
  it('goes once to who has an address and agreed, with a link that answers; from then on they were told', async () => {
    expect((await server.ask('POST', `orgs/${made.app.org}/sync/following`, { token: lea.access, body: { following: true } })).status).toBe(200)
    await until(() => notificationsOf('ines')[0]?.['state'] === 'dispatched')
    expect(smtp.received.map(({ to }) => to)).toEqual([['ines@example.org']])
    expect(acceptanceOf('ines')).toMatchObject({ state: 'pending', channel: 'email' })
    const { raw, headers } = smtp.received[0] ?? { raw: '', headers: new Map<string, string>() }
    expect(headers.get('from')).toContain('<production@example.org>')
    const text = Buffer.from(raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
    expect(text).toContain('Les Nuits du Phare')
    expect(text).not.toMatch(/250[.,\s]?00|25.?000|EUR|€/)
    const link = new URL(/http:\/\/127\.0\.0\.1:\d+\/a\/[\w-]{92}(?![\w-])/.exec(text)?.[0] ?? 'http://nowhere.example')
    const page = await fetch(link)
    expect(await page.text()).toContain('J’accepte')
    const answer = await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'accept' }) })
    expect([answer.status, (await answer.text()).includes('<h1>Vous avez accepté</h1>')]).toEqual([200, true])
    expect(acceptanceOf('ines')).toMatchObject({ state: 'accepted', source: 'link' })
  })
  it('that the mail server refuses for good says so to production, without the address', async () => {
    await until(() => notificationsOf('unknown')[0]?.['state'] === 'failed')
    expect(JSON.parse(String(notificationsOf('unknown')[0]?.['figures']))).toMatchObject({ failure: '550 5.1.1' })
    expect(acceptanceOf('unknown')).toMatchObject({ state: 'draft' })
    expect(server.logged.join('')).not.toContain('unknown@example.org')
  })
  it('goes to nobody who did not agree or has no address: they are to be told by hand', () => {
    for (const name of ['refused', 'silent', 'nobody'] as const) expect([name, acceptanceOf(name)?.['state'], notificationsOf(name)[0]?.['state']]).toEqual([name, 'draft', 'prepared'])
    expect(smtp.received).toHaveLength(1)
  })
})
