/** Answering through a link, over HTTP: once however often it is sent, never by a wrong link, never late, and nothing of it in a log. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { DAY, MINUTE } from '../../../shared/kernel/instants.ts'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { makeToken, type Link } from '../../../sync-server/answers/token.ts'
import { openSecret, secretOf } from '../../../sync-server/secret.ts'
import { openAskedPeople, type AskedPerson, type AskingPeople } from '../../fixtures/asked.ts'
import { auditOf } from '../../fixtures/facts-audit.ts'
import { hour } from '../../fixtures/planned.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { bring, firstAdministrator, startTestServer, type Signed, type TestServer } from '../../fixtures/sync-server.ts'

const NOW = Date.parse('2026-10-20T09:00:00.000Z')
const names = ['plain', 'double', 'condition', 'no', 'late', 'closing', 'form', 'limits', 'head', 'other', 'recovery'] as const
type Name = (typeof names)[number] | 'untold' | 'team' | 'withdrawn' | 'changing' | 'canceled' | 'byHand'

let made: AskingPeople
let server: TestServer
let lea: Signed
const all = new Map<Name, AskedPerson>()

/** People asked in every way, before the organization goes to the server. */
async function ask(people: AskingPeople): Promise<Map<Name, AskedPerson>> {
  const { app } = people
  const found = new Map<Name, AskedPerson>()
  for (const name of names) found.set(name, await people.asked())
  found.set('untold', await people.asked({ told: false }))
  found.set('team', await people.asked({ person: { display_name: 'Roads du Port', kind: 'team', languages: ['en'] }, terms: { quantity: 6 } }))
  found.set('byHand', await people.accepted())
  const [canceled, withdrawn, changing] = [await people.accepted(), await people.asked(), await people.asked()]
  await app.ask('assignment.withdraw_for', { id: canceled.id, source: 'hand', reason: 'dit au téléphone' })
  await app.ask('assignment.cancel', { ids: [withdrawn.id] })
  const { version } = await people.assignment(changing.id)
  await app.ask('assignment.change', { changes: [{ id: changing.id, version, start_at: hour(10), end_at: hour(19) }] })
  return found.set('canceled', canceled).set('withdrawn', withdrawn).set('changing', changing)
}
const standing = (name: Name): AskedPerson => all.get(name) ?? { id: '', acceptance: '' }
const secret = () => openSecret(null, server.folder, () => new Uint8Array(), () => undefined)
const linkOf = (name: Name, more: Partial<Link> = {}): Link => ({ org: made.app.org, id: standing(name).acceptance as Id, purpose: 'answer', round: 1, ...more })
const tokenOf = (name: Name, more: Partial<Link> = {}): string => makeToken(secret(), linkOf(name, more))

async function get(path: string, at = server, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${at.url}${path}`, { method, headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
async function post(token: string, form: Record<string, string>, at = server, more: { body?: string; type?: string } = {}) {
  const response = await fetch(`${at.url}/a/${token}`, { method: 'POST', redirect: 'manual', headers: { 'content-type': more.type ?? 'application/x-www-form-urlencoded' }, body: more.body ?? new URLSearchParams(form).toString() })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const page = (name: Name) => get(`/a/${tokenOf(name)}`)

/** Until a device says that it follows, the organization is not the server's. */
const follow = async (at: TestServer, org: string, who: Signed, following = true) => expect((await at.ask('POST', `orgs/${org}/sync/following`, { token: who.access, body: { following } })).status).toBe(200)

/** What the organization's file on the server says. */
function rows<T extends Record<string, unknown>>(sql: string, ...values: string[]): T[] {
  const database = openDatabase(`${server.folder}/organizations/${made.app.org}/organization.sqlite`, { readonly: true })
  try {
    return database.prepare(sql).all(...values) as T[]
  } finally {
    database.close()
  }
}
const acceptanceOf = (name: Name) => rows<{ state: string; source: string | null; opened_at: string | null; conditions: string | null; words: string | null; accepted: number | null; version: number }>('SELECT * FROM acceptance WHERE id = ?', standing(name).acceptance)[0]
const stateOf = (name: Name) => rows('SELECT state FROM assignment WHERE id = ?', standing(name).id)[0]?.['state']
const commands = () => Number(rows('SELECT COUNT(*) AS n FROM command_log')[0]?.['n'])
const audit = async () => auditOf((await server.ask('GET', `orgs/${made.app.org}/facts`, { token: lea.access })).text)

beforeAll(async () => {
  made = await openAskedPeople({ seed: 'answers' })
  for (const [name, one] of await ask(made)) all.set(name, one)
  server = await startTestServer({ LIMIT_ANSWER_ADDRESS: '10000', BODY_SECONDS: '2' })
  server.pass(NOW - Date.now())
  lea = await firstAdministrator(server, made.app)
  await bring(server, made.app, lea)
  await follow(server, made.app.org, lea)
}, 120_000)
afterAll(async () => {
  await server.stop()
  await made.app.close()
})

describe('the page behind a link', () => {
  it('says what is asked, by whom, until when; no fee; for nobody’s frame, cache or index', async () => {
    const { status, text, headers } = await page('plain')
    expect(status).toBe(200)
    for (const part of ['Les Nuits du Phare', 'Montage', 'Inès', 'samedi 24', '10:00 – 19:00 (UTC+2)', 'J’accepte']) expect(text.replace(/\u00a0/g, ' ')).toContain(part)
    expect(text.replace(/<style>[^]*<\/style>/, '')).not.toMatch(/250|25.?000|EUR|€|daily/)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/)
    expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-robots-tag'), headers.get('x-content-type-options')]).toEqual(['no-store', 'no-referrer', 'noindex, nofollow, noarchive', 'nosniff'])
    expect((await get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n')
  })
  it('notes the first time it was opened, and changes nothing else; a look at its head notes nothing', async () => {
    const before = commands()
    expect((await get(`/a/${tokenOf('head')}`, server, {}, 'HEAD')).status).toBe(200)
    expect([commands(), acceptanceOf('head')?.opened_at]).toEqual([before, null])
    for (let times = 0; times < 3; times++) await page('head')
    expect([commands(), acceptanceOf('head')?.state, stateOf('head')]).toEqual([before + 1, 'pending', 'proposed'])
    expect(acceptanceOf('head')?.opened_at).toMatch(/^2026-10-20T09:/)
  })
  it('is in the person’s language, or the one they choose', async () => {
    expect((await page('team')).text).toContain('<html lang="en">')
    expect((await get(`/a/${tokenOf('team')}?lang=fr`)).text).toContain('<html lang="fr">')
    expect((await get(`/a/${tokenOf('plain')}?lang=de`, server, { 'accept-language': 'en' })).text).toContain('<html lang="fr">')
  })
  it('says how it stands where it is no longer asked', async () => {
    for (const [name, title] of [['withdrawn', 'Cette demande a été retirée'], ['changing', 'Les conditions changent'], ['canceled', 'Cette mission est annulée pour vous'], ['byHand', 'Vous avez accepté']] as const) {
      const { status, text } = await page(name)
      expect([name, status, text.includes(`<h1>${title}</h1>`), text.includes('<form')]).toEqual([name, 200, true, false])
      expect((await post(tokenOf(name), { answer: 'decline' })).status).toBe(409)
    }
    expect((await page('byHand')).text).toContain('Réponse notée par la production')
  })
})

describe('an answer', () => {
  it('is written once however often it is sent, in the name of the person, and audited with the network', async () => {
    const token = tokenOf('double')
    const sent = await Promise.all(Array.from({ length: 6 }, () => post(token, { answer: 'accept', lang: 'fr' })))
    expect(sent.map(({ status, headers }) => [status, headers.get('location')])).toEqual(sent.map(() => [303, `${token}?lang=fr`]))
    expect((await post(token, { answer: 'accept', lang: 'fr' })).status).toBe(303)
    expect([acceptanceOf('double')?.state, acceptanceOf('double')?.source, stateOf('double')]).toEqual(['accepted', 'link', 'accepted'])
    expect(acceptanceOf('double')?.version).toBe((acceptanceOf('plain')?.version ?? 0))
    const receipt = await get(`/a/${token}?lang=fr`)
    expect(receipt.text).toContain('<h1>Vous avez accepté</h1>')
    const events = (await audit()).filter(({ action, entity_id }) => action === 'assignment.answer_by_link' && entity_id === standing('double').acceptance)
    const [{ collaborator } = { collaborator: '' }] = rows<{ collaborator: string }>('SELECT collaborator_id AS collaborator FROM acceptance WHERE id = ?', standing('double').acceptance)
    expect(events.map(({ actor_kind, actor, on_behalf_of }) => [actor_kind, actor, on_behalf_of])).toEqual([['system', made.app.org, collaborator]])
    expect((await audit()).some(({ action, changes }) => action === 'security.link.answered' && changes === JSON.stringify({ acceptance: standing('double').acceptance, network: 'loopback' }))).toBe(true)
  })
  it('has its calendar file, of the same event as everywhere', async () => {
    const href = /href="([^"]*\/calendar\.ics)"/.exec((await page('double')).text)?.[1] ?? ''
    const { status, text, headers } = await get(`/a/${href}`)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    for (const line of [`UID:${standing('double').id}`, 'DTSTART:20261024T080000Z', 'DTEND:20261024T170000Z']) expect(text.split('\r\n')).toContain(line)
    // The one opens no answer, the other no calendar; nothing is there before a yes.
    const token = tokenOf('double')
    expect((await get(`/a/${href.replace('/calendar.ics', '')}`)).status).toBe(404)
    expect((await get(`/a/${token}/calendar.ics`)).status).toBe(404)
    expect((await get(`/a/${tokenOf('plain', { purpose: 'calendar' })}/calendar.ics`)).status).toBe(404)
  })
  it('with a condition is a yes that says it; another answer after it changes nothing and says so', async () => {
    const token = tokenOf('condition')
    expect((await post(token, { answer: 'conditions', conditions: '  Je pars à 22 h\r\npour le train <b>\u0000 ' })).status).toBe(303)
    expect([acceptanceOf('condition')?.state, acceptanceOf('condition')?.conditions]).toEqual(['accepted', 'Je pars à 22 h\npour le train <b>'])
    expect((await get(`/a/${token}`)).text).toContain('pour le train &lt;b&gt;')
    const after = await post(token, { answer: 'decline', words: 'finalement non' })
    expect([after.status, after.text.includes('n’y change rien')]).toEqual([409, true])
    expect([acceptanceOf('condition')?.state, stateOf('condition')]).toEqual(['accepted', 'accepted'])
  })
  it('that says no releases, with the words of the person', async () => {
    expect((await post(tokenOf('no'), { answer: 'decline', words: 'Déjà prise' })).status).toBe(303)
    expect([acceptanceOf('no')?.state, acceptanceOf('no')?.words, stateOf('no')]).toEqual(['refused', 'Déjà prise', 'canceled'])
    expect((await page('no')).text).toContain('<h1>Vous avez décliné</h1>')
  })
  it('shows that they were told, whatever the mail server said of it', async () => {
    expect(acceptanceOf('untold')?.state).toBe('draft')
    expect((await page('untold')).text).toContain('J’accepte')
    expect((await post(tokenOf('untold'), { answer: 'accept' })).status).toBe(303)
    expect([acceptanceOf('untold')?.state, stateOf('untold')]).toEqual(['accepted', 'accepted'])
  })
  it('of a team says how many come', async () => {
    const wrong = await post(tokenOf('team'), { answer: 'accept', count: '7' })
    expect([wrong.status, wrong.text.includes('aria-invalid')]).toEqual([422, true])
    expect((await post(tokenOf('team'), { answer: 'accept', count: '4' })).status).toBe(303)
    expect([acceptanceOf('team')?.accepted, (await page('team')).text.includes('Coming: 4 of 6.')]).toEqual([4, true])
  })
  it('that cannot be taken as it is comes back with what is wrong, and nothing is written', async () => {
    const token = tokenOf('form')
    const before = commands()
    for (const form of [{}, { answer: 'peut-être' }, { answer: 'conditions', conditions: ' \n ' }, { answer: 'conditions', conditions: 'é'.repeat(2001) }, { answer: 'decline', words: 'x'.repeat(2001) }] as Record<string, string>[]) {
      const { status, text } = await post(token, form)
      expect([status, text.includes('role="alert"')]).toEqual([422, true])
    }
    for (const [type, body, status] of [['application/json', '{"answer":"accept"}', 422], ['text/plain', 'answer=accept', 422], ['application/x-www-form-urlencoded', `answer=accept&x=${'y'.repeat(40_000)}`, 413]] as const) expect((await post(token, {}, server, { type, body })).status).toBe(status)
    expect([commands(), acceptanceOf('form')?.state]).toEqual([before, 'pending'])
  })
  it('after the deadline is not taken, and the page says until when it was', async () => {
    server.pass(10 * DAY)
    const { text, status } = await page('late')
    const before = commands()
    const sent = [await post(tokenOf('late'), { answer: 'accept' }), await post(tokenOf('late'), { answer: 'decline' })]
    server.pass(-10 * DAY)
    expect([status, text.includes('<h1>Le délai pour répondre est passé</h1>'), text.includes('<form')]).toEqual([200, true, false])
    expect(sent.map((reply) => reply.status)).toEqual([409, 409])
    expect([commands(), acceptanceOf('late')?.state]).toEqual([before, 'pending'])
  })
})

describe('what is no link', () => {
  it('is answered alike, whatever it is, in a page that says nothing of anybody', async () => {
    const token = tokenOf('other')
    const stranger = makeToken(secretOf([Buffer.alloc(32, 7)]), linkOf('other'))
    const wrong = [
      'x', 'a'.repeat(92), token.slice(0, -1), `${token}A`, `${token}.`, `${token}%20`, `${token}%00`, token.toLowerCase(), stranger, tokenOf('other', { round: 2 }), tokenOf('other', { purpose: 'sheet' }), tokenOf('other', { purpose: 'calendar' }),
      tokenOf('other', { id: deriveId('nobody', 'x') }), tokenOf('other', { org: deriveId('nobody', 'x') }), tokenOf('other', { id: made.app.org }), `${token}/`, `${token}/x`, `${token}/calendar.ics`, `${token}//`, '',
    ]
    const answers = await Promise.all(wrong.flatMap((one) => [get(`/a/${one}`), ...(one.endsWith('.ics') ? [] : [post(one, { answer: 'accept' })])]))
    const said = (reply: { status: number; headers: Headers; text: string }) => JSON.stringify([reply.status, reply.text, [...reply.headers].filter(([name]) => !/^(date|x-request-id|x-correlation-id|ratelimit-.*|connection|keep-alive|content-length|transfer-encoding)$/.test(name))])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(new Set(answers.map(said)).size).toBe(1)
    expect(answers[0]?.text.replace(/<style>[^]*<\/style>/, '')).not.toMatch(/Phare|Inès|Montage/)
    expect([acceptanceOf('other')?.state, acceptanceOf('other')?.opened_at]).toEqual(['pending', null])
  })
  it('is in the audit of an organization once for a network, not for each try', async () => {
    for (let tries = 0; tries < 5; tries++) await get(`/a/${tokenOf('other', { round: 9 })}`)
    const events = (await audit()).filter(({ action }) => action === 'security.link.refused')
    expect(events.map(({ changes }) => changes)).toEqual([JSON.stringify({ network: 'loopback', why: 'unknown' })])
    server.pass(11 * MINUTE)
    await get(`/a/${tokenOf('other', { round: 9 })}`)
    expect((await audit()).filter(({ action }) => action === 'security.link.refused')).toHaveLength(2)
  })
  it('and what is one, stands in no log: neither the link nor who it is of', () => {
    const logged = server.logged.join('')
    for (const name of all.keys()) for (const purpose of ['answer', 'calendar'] as const) expect(logged).not.toContain(tokenOf(name, { purpose }).slice(0, 60))
    expect(logged).not.toMatch(/\/a\/(?!\{token\})|Inès|Je pars/)
    expect(logged).toContain('"route":"/a/{token}"')
  })
  it('is counted by address, and too many are sent away on a page', async () => {
    const strict = await startTestServer({ LIMIT_ANSWER_ADDRESS: '5' })
    const answers = []
    for (let tries = 0; tries < 8; tries++) answers.push(await get('/a/x', strict))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 429, 429, 429])
    const last = answers.at(-1)
    expect([Number(last?.headers.get('retry-after')) > 0, last?.headers.get('content-type'), last?.text.includes('<h1>Revenez dans un instant</h1>')]).toEqual([true, 'text/html; charset=utf-8', true])
    await strict.stop()
  })
})

describe('while a restored server waits for its devices', () => {
  it('nothing is decided: the page can be read, an answer is asked for later', async () => {
    const database = openDatabase(`${server.folder}/organizations/${made.app.org}/organization.sqlite`)
    const mode = (to: string) => database.prepare('UPDATE sync_head SET mode = ?').run(to)
    mode('recovery')
    const before = commands()
    expect((await page('recovery')).status).toBe(200)
    const { status, text } = await post(tokenOf('recovery'), { answer: 'accept' })
    expect([status, text.includes('Rien n’a été enregistré')]).toEqual([503, true])
    expect([commands(), acceptanceOf('recovery')?.state]).toEqual([before, 'pending'])
    mode('open')
    database.close()
    expect((await post(tokenOf('recovery'), { answer: 'accept' })).status).toBe(303)
  })
})

describe('once the organization has gone home', () => {
  it('no answer is taken that would stay behind', async () => {
    await follow(server, made.app.org, lea, false)
    expect((await post(tokenOf('closing'), { answer: 'accept' })).status).toBe(503)
    expect(acceptanceOf('closing')?.state).toBe('pending')
    await follow(server, made.app.org, lea)
    expect((await post(tokenOf('closing'), { answer: 'accept' })).status).toBe(303)
  })
})

describe('two processes on PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 120_000)
  afterAll(() => postgres.stop())
  it('take one answer once, whichever is asked, with one secret from the folder they share', async () => {
    const url = await postgres.database('answers')
    if (url === null) return expect(postgres.kind).toContain('PGlite')
    const engaged = await openAskedPeople({ seed: 'answers on postgres' })
    const asked = await engaged.asked()
    const one = await startTestServer({ DATABASE_URL: url })
    const two = await startTestServer({ DATABASE_URL: url }, { folder: one.folder })
    for (const each of [one, two]) each.pass(NOW - Date.now())
    const owner = await firstAdministrator(one, engaged.app)
    await bring(one, engaged.app, owner)
    await follow(one, engaged.app.org, owner)
    const token = makeToken(openSecret(null, one.folder, () => new Uint8Array(), () => undefined), { org: engaged.app.org, id: asked.acceptance as Id, purpose: 'answer', round: 1 })
    for (const each of [one, two]) expect((await get(`/a/${token}`, each)).text).toContain('J’accepte')
    const sent = await Promise.all(Array.from({ length: 10 }, (_none, n) => post(token, { answer: 'accept' }, n % 2 === 0 ? one : two)))
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 303))
    for (const each of [one, two]) expect((await get(`/a/${token}`, each)).text).toContain('<h1>Vous avez accepté</h1>')
    await two.stop()
    await one.stop()
    await engaged.app.close()
  })
})
