/** Mails in an organization's own words, taken back by those who do not want them, and given up: seen, tried again, let be by the keepers of the organization alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { openAskedPeople, type AskedPerson, type AskingPeople } from '../../fixtures/asked.ts'
import { startSmtp, type TestSmtp } from '../../fixtures/smtp.ts'
import { bring, enter, firstAdministrator, startTestServer, testDevice, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'

const NOW = Date.parse('2026-10-20T09:00:00.000Z')
type Name = 'ines' | 'declined' | 'unknown' | 'dropped'
interface Stuck { kind: string; key: string; what: string; who: string | null; at: string; attempts: number; error: string | null }

let made: AskingPeople
let smtp: TestSmtp
let server: TestServer
let lea: Signed
let viewer: Signed
const people = new Map<Name, AskedPerson & { id: string }>()

function rows(sql: string, ...values: string[]): Record<string, unknown>[] {
  const database = openDatabase(`${server.folder}/organizations/${made.app.org}/organization.sqlite`, { readonly: true })
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
const notificationOf = (name: Name) => rows("SELECT id, state, round, figures FROM notification WHERE refs LIKE ? AND type = 'assignment_proposed'", `%${people.get(name)?.acceptance}%`)[0]
const path = (more = ''): string => `orgs/${made.app.org}/console${more}`
const stuck = async (): Promise<Stuck[]> => ((await server.ask('GET', path(), { token: lea.access })).body as { stuck: Stuck[] }).stuck
const settle = (body: object, token = lea.access) => server.ask('POST', path('/stuck'), { token, body })
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await what()); tries++) await new Promise((again) => setTimeout(again, 100))
  expect(await what()).toBe(true)
}
const textOf = (raw: string): string => Buffer.from(raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')

beforeAll(async () => {
  made = await openAskedPeople({ seed: 'given up' })
  const { app } = made
  for (const name of ['ines', 'declined', 'unknown', 'dropped'] as const) {
    const one = await made.asked({ told: false, person: { first_name: name, display_name: `Personne ${name}`, email: `${name}@example.org` } })
    const [{ id } = { id: '' }] = (await app.file.readEngine.all('SELECT collaborator_id AS id FROM acceptance WHERE id = ?', [one.acceptance])) as { id: string }[]
    people.set(name, { ...one, id })
    await app.ask('consent.record', { collaborator_id: id, purpose: 'email', answer: 'given', answered_on: '2026-10-01', source: 'au téléphone' })
  }
  await app.ask('notification_preference.save_for', { collaborator_id: people.get('declined')?.id, no_mail: ['assignment_proposed'] })
  await app.ask('message_template.create', { type: 'assignment_proposed', language: 'fr', subject: 'Coucou {person} : {what}', title: 'On pense à vous', body: 'un mot de {organization}.\nAppelez {contact}.', link_text: 'Dire oui ou non' })
  await app.ask('member.add', { user_id: deriveId('given up', 'viewer'), name: 'Vera Lindqvist', email: 'vera@example.org', role: 'viewer', project_id: made.project })
  smtp = await startSmtp()
  smtp.behave((recipient) => (/^(?:unknown|dropped)/.test(recipient) ? { at: 'rcpt', does: { answer: 550, text: `5.1.1 <${recipient}> unknown` } } : null))
  server = await startTestServer({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, SMTP_TLS: 'none', SMTP_FROM: 'production@example.org' })
  server.pass(NOW - Date.now())
  lea = await firstAdministrator(server, app)
  await bring(server, app, lea)
  viewer = await enter(server, app, lea, deriveId('given up', 'viewer'), 'vera@example.org', testDevice('vera'))
  await server.ask('POST', `orgs/${app.org}/sync/following`, { token: lea.access, body: { following: true } })
  await until(() => notificationOf('ines')?.['state'] === 'dispatched' && notificationOf('unknown')?.['state'] === 'failed' && notificationOf('dropped')?.['state'] === 'failed')
}, 120_000)
afterAll(async () => {
  await server.stop()
  await smtp.stop()
  await made.app.close()
})

describe('a mail', () => {
  it('is written in the organization’s own words, with what every mail must say', () => {
    const [{ raw, headers } = { raw: '', headers: new Map<string, string>() }] = smtp.received
    expect(headers.get('subject')).toContain('Coucou')
    const text = textOf(raw)
    for (const part of ['On pense à vous', 'Dire oui ou non', 'Répondez avant le', 'Compagnie du Phare', '/a/']) expect(text).toContain(part)
    expect(text).not.toContain('{')
  })
  it('does not go to who took mails of its type back: they are to be told by hand', async () => {
    expect(smtp.received.map(({ to }) => to)).toEqual([['ines@example.org']])
    expect(notificationOf('declined')).toMatchObject({ state: 'prepared' })
    made.app.at('2026-10-20T09:00:00.000Z')
    const told = (await made.app.ask('notification.to_tell', {}))['items'] as { collaborator_id: string; why: string }[]
    expect(told.find(({ collaborator_id }) => collaborator_id === people.get('declined')?.id)?.why).toBe('refused')
  })
})

describe('what was given up', () => {
  it('is shown to who keeps the organization: what, of whom, how often, and why, without an address', async () => {
    const found = (await stuck()).toSorted((one, other) => String(one.who).localeCompare(String(other.who)))
    expect(found.map(({ at: _, key: __, ...one }) => one)).toEqual(['dropped', 'unknown'].map((name) => ({ kind: 'mail', what: 'assignment_proposed', who: `Personne ${name}`, attempts: 1, error: '550 5.1.1' })))
    expect(JSON.stringify(found)).not.toContain('@')
  })
  it('is nothing for anybody else, nor in another organization', async () => {
    const [one] = await stuck()
    const body = { kind: 'mail', key: one?.key, decision: 'retry' }
    expect((await settle(body, viewer.access)).status).toBe(403)
    expect((await server.ask('POST', `orgs/${deriveId('given up', 'elsewhere')}/console/stuck`, { token: lea.access, body })).status).toBe(404)
    expect((await stuck())).toHaveLength(2)
  })
  it('goes out again in another round when a keeper says so, once', async () => {
    smtp.behave(null)
    const one = (await stuck()).find(({ who }) => who === 'Personne unknown')
    const body = { kind: 'mail', key: one?.key, decision: 'retry' }
    expect((await settle(body)).status).toBe(200)
    await until(() => notificationOf('unknown')?.['state'] === 'dispatched')
    expect(notificationOf('unknown')).toMatchObject({ round: 2, figures: '{}' })
    expect(smtp.received.map(({ to }) => to)).toEqual([['ines@example.org'], ['unknown@example.org']])
    expect(smtp.received[1]?.headers.get('message-id')).toContain('.2@')
    expect((await settle(body)).status).toBe(404)
    expect((await stuck()).map(({ who }) => who)).toEqual(['Personne dropped'])
  })
  it('is let be when a keeper says so, and stays given up', async () => {
    const [one] = await stuck()
    expect((await settle({ kind: 'mail', key: one?.key, decision: 'drop' })).status).toBe(200)
    expect(await stuck()).toEqual([])
    expect(notificationOf('dropped')).toMatchObject({ state: 'failed', round: 1 })
  })
  it('each decision stands in the log with who took it', async () => {
    await until(() => rows("SELECT 1 FROM audit_event WHERE action LIKE 'security.stuck.%'").length === 2)
    const said = rows("SELECT action, actor, changes FROM audit_event WHERE action LIKE 'security.stuck.%' ORDER BY position")
    expect(said.map(({ action, actor }) => [action, actor])).toEqual([['security.stuck.retried', lea.user_id], ['security.stuck.dropped', lea.user_id]])
    for (const { changes } of said) expect(String(changes)).toContain('550 5.1.1')
  })
})
