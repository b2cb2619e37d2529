/** Mail through a real mail server that takes, refuses, stalls, hangs up; through kills of the process and several processes at once. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import { openDatabase, sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { openLog } from '../../../sync-server/log/log.ts'
import { createMailer, messageId, type Message, type Patience } from '../../../sync-server/mail/mailer.ts'
import { readMailSettings, type MailSettings } from '../../../sync-server/mail/mail-settings.ts'
import { LEASE_MS, MOST_ATTEMPTS, openMailQueue, type Mailing } from '../../../sync-server/mail/queue.ts'
import { openMailWorker } from '../../../sync-server/mail/worker.ts'
import { openMetrics } from '../../../sync-server/metrics/metrics.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { startSmtp, type TestSmtp } from '../../fixtures/smtp.ts'

const org = deriveId('mail', 'org')
const notificationOf = (n: number) => deriveId('mail', `notification ${n}`)
const SHORT: Patience = { connect: 400, quiet: 400, whole: 1_000 }
const settingsOf = (smtp: { port: number }, more: Partial<MailSettings> = {}): MailSettings => ({ host: '127.0.0.1', port: smtp.port, user: null, password: null, from: 'production@example.org', tls: 'none', ...more })
const messageFor = ({ notification, round }: Mailing, more: Partial<Message> = {}): Message => ({
  to: { name: 'Inès Caron', address: `p-${notification}@example.org` }, from_name: 'Compagnie du Phare', reply_to: { name: 'Camille Roche', address: 'camille@example.org' }, subject: 'Êtes-vous libre ?', text: 'Bonjour,\n\n.\nà bientôt\n',
  html: '<p>Bonjour</p>', message_id: messageId(notification, round, 'callboard.example.org', 'production@example.org'), language: 'fr', ics: null, ...more,
})
const first: Mailing = { org, notification: notificationOf(1), round: 1 }

let smtp: TestSmtp
beforeEach(async () => {
  smtp = await startSmtp()
})
afterEach(() => smtp.stop())

describe('one message', () => {
  const send = (more: Partial<Message> = {}, settings: Partial<MailSettings> = {}) => createMailer(settingsOf(smtp, settings), SHORT).send(messageFor(first, more))

  it('arrives whole: who, about what, in words twice, with its number and its calendar', async () => {
    expect(await send({ ics: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' })).toEqual({ outcome: 'sent' })
    const [{ from, to, headers, raw } = { from: '', to: [], headers: new Map<string, string>(), raw: '' }] = smtp.received
    expect([from, to]).toEqual(['production@example.org', [`p-${first.notification}@example.org`]])
    expect([headers.get('message-id'), headers.get('auto-submitted'), headers.get('content-language')]).toEqual([`<${first.notification}.1@callboard.example.org>`, 'auto-generated', 'fr'])
    expect([headers.get('from'), headers.get('reply-to')]).toEqual(['Compagnie du Phare <production@example.org>', 'Camille Roche <camille@example.org>'])
    for (const part of ['multipart/alternative', 'text/plain; charset=utf-8', 'text/html; charset=utf-8', 'text/calendar; charset=utf-8; method=PUBLISH']) expect(raw).toContain(part)
  })
  it('takes no header, no recipient and no command from a name or a subject', async () => {
    const evil = 'x\r\nBcc: evil@example.org\r\n\r\nbody\u2028\u0000 <evil@example.org>, "evil" <evil2@example.org>'
    expect(await send({ to: { name: evil, address: 'ines@example.org' }, from_name: evil, subject: `${evil}\r\n.\r\nRCPT TO:<evil@example.org>`, reply_to: { name: evil, address: 'camille@example.org' } })).toEqual({ outcome: 'sent' })
    expect(smtp.received.map(({ to }) => to)).toEqual([['ines@example.org']])
    const [{ headers } = { headers: new Map<string, string>() }] = smtp.received
    expect([...headers.keys()].toSorted()).toEqual(['auto-submitted', 'content-language', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'reply-to', 'subject', 'to'])
  })
  it('to what is no single address goes nowhere', async () => {
    for (const address of ['', 'ines', 'a@b.org, c@d.org', 'a@b.org\r\nRCPT TO:<c@d.org>', '<a@b.org>', 'a@b.org>', '"a b"@c.org', 'a@', '@b.org', 'a b@c.org', `${'a'.repeat(65)}@b.org`, 'a@b..org', 'a@-b.org'])
      expect([address, await send({ to: { name: 'x', address } })]).toEqual([address, { outcome: 'refused', code: 'EADDRESS' }])
    expect(smtp.lines()).toBe(0)
  })
  it('refused for good, for now, or with its server: told apart, without the words of the mail server', async () => {
    const words = `5.1.1 <p-${first.notification}@example.org> unknown`
    for (const at of ['rcpt', 'data'] as const) {
      smtp.behave({ at, does: { answer: 550, text: words } })
      expect(await send()).toEqual({ outcome: 'refused', code: '550 5.1.1' })
      smtp.behave({ at, does: { answer: 450, text: '4.2.0 greylisted' } })
      expect(await send()).toEqual({ outcome: 'later', code: '450 4.2.0' })
      smtp.behave({ at, does: { answer: 421, text: 'too many' } })
      expect(await send()).toEqual({ outcome: 'down', code: '421' })
    }
    for (const at of ['connect', 'mail'] as const) {
      smtp.behave({ at, does: { answer: 550, text: 'not you' } })
      expect(await send()).toEqual({ outcome: 'down', code: '550' })
    }
    expect(smtp.received).toEqual([])
  })
  it('waits for a mail server that says nothing, or hangs up, no longer than it may', async () => {
    for (const at of ['connect', 'mail', 'rcpt', 'data'] as const) for (const does of ['stall', 'drop'] as const) {
      smtp.behave({ at, does })
      const began = Date.now()
      expect([at, does, (await send()).outcome]).toEqual([at, does, 'down'])
      expect(Date.now() - began).toBeLessThan(3_000)
    }
  })
  it('signs in where it must, and a wrong password is no fault of the message', async () => {
    const guarded = await startSmtp({ auth: { user: 'callboard', pass: 'juste' } })
    const mailer = (password: string) => createMailer(settingsOf(guarded, { user: 'callboard', password }), SHORT)
    expect(await mailer('faux').send(messageFor(first))).toEqual({ outcome: 'down', code: '535' })
    expect(await mailer('juste').send(messageFor(first))).toEqual({ outcome: 'sent' })
    await guarded.stop()
  })
  it('does not leave in clear where TLS is asked for', async () => {
    expect((await send({}, { tls: 'required' })).outcome).toBe('down')
    expect(smtp.received).toEqual([])
  })
})

describe('settings of mail', () => {
  const read = (given: Record<string, string>) => readMailSettings(given)
  it('are none, or whole', () => {
    expect(read({})).toEqual({ settings: null, problems: [] })
    expect(read({ SMTP_URL: 'smtps://anna:p%40ss@mail.example.org', SMTP_FROM: 'production@example.org' }).settings).toEqual({ host: 'mail.example.org', port: 465, user: 'anna', password: 'p@ss', from: 'production@example.org', tls: 'implicit' })
    expect(read({ SMTP_HOST: 'mail.example.org', SMTP_FROM: 'p@example.org' }).settings).toMatchObject({ port: 587, tls: 'required', user: null })
    expect(read({ SMTP_URL: 'smtp://127.0.0.1:2525', SMTP_FROM: 'p@example.org' }).settings).toMatchObject({ port: 2525, tls: 'opportunistic' })
    for (const given of [{ SMTP_HOST: 'mail.example.org' }, { SMTP_FROM: 'p@example.org' }, { SMTP_URL: 'https://x', SMTP_FROM: 'p@example.org' }, { SMTP_HOST: 'a', SMTP_URL: 'smtp://b', SMTP_FROM: 'p@example.org' },
      { SMTP_HOST: 'a', SMTP_FROM: 'two@example.org, three@example.org' }, { SMTP_HOST: 'a', SMTP_FROM: 'p@example.org', SMTP_USER: 'x' }, { SMTP_HOST: 'mail.example.org', SMTP_FROM: 'p@example.org', SMTP_TLS: 'none' }])
      expect(read(given)).toMatchObject({ settings: null, problems: [expect.stringMatching(/^SMTP_/)] })
  })
  it('never say a password when they are wrong', () => {
    expect(JSON.stringify(read({ SMTP_URL: 'smtp://anna:tr%C3%A8s-secret@', SMTP_PASSWORD: 'tr-s-secret', SMTP_FROM: 'x' }).problems)).not.toContain('secret')
  })
  it('give each message a number of its own, at a name', () => {
    const id = notificationOf(1)
    expect(messageId(id, 2, 'Callboard.Example.org', 'p@example.com')).toBe(`<${id}.2@callboard.example.org>`)
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '', 'a b.org', '10.0.0.4']) expect(messageId(id, 2, host, 'p@example.com')).toBe(`<${id}.2@example.com>`)
  })
})

/** A worker over a database, with a clock, and what it told. */
function working(engine: Engine, mails: readonly Mailing[], port: number, more: { message?: (mailing: Mailing) => Message | null } = {}) {
  let ahead = 0
  const told: string[] = []
  const logged: string[] = []
  const now = () => fromMs(Date.now() + ahead)
  const queue = openMailQueue(engine)
  const source = {
    prepared: () => Promise.resolve(mails),
    message: (mailing: Mailing) => Promise.resolve(more.message ? more.message(mailing) : messageFor(mailing)),
    sent: ({ notification }: Mailing) => Promise.resolve(void told.push(`sent ${notification}`)),
    failed: ({ notification }: Mailing, code: string) => Promise.resolve(void told.push(`failed ${notification} ${code}`)),
  }
  const worker = openMailWorker({ queue, mailer: createMailer(settingsOf({ port }), SHORT), source, metrics: openMetrics(), log: openLog('info', now, (line) => logged.push(line)), now, chance: () => 0 })
  return {
    worker, queue, told, logged, source, now,
    pass(ms: number) {
      ahead += ms
    },
    rows: () => engine.all('SELECT * FROM server_mail ORDER BY notification_id, round', []),
  }
}

describe('the worker', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = sqliteEngine(openDatabase(':memory:'))
    await migrateServer(engine)
  })
  afterEach(() => engine.close())
  const mails = (count: number): Mailing[] => Array.from({ length: count }, (_none, n) => ({ org, notification: notificationOf(n + 1), round: 1 }))

  it('sends each once, tells it once, and remembers it', async () => {
    const one = working(engine, mails(3), smtp.port)
    expect([await one.worker.turn(), await one.worker.turn()]).toEqual([3, 0])
    one.pass(86_400_000)
    expect(await one.worker.turn()).toBe(0)
    expect(smtp.received.map(({ headers }) => headers.get('message-id')).toSorted()).toEqual(mails(3).map(({ notification }) => `<${notification}.1@callboard.example.org>`).toSorted())
    expect(one.told.toSorted()).toEqual(mails(3).map(({ notification }) => `sent ${notification}`).toSorted())
    expect((await one.rows()).map(({ state, attempts }) => [state, attempts])).toEqual([['done', 1], ['done', 1], ['done', 1]])
  })
  it('tries again later what was refused for now, with the same number', async () => {
    const one = working(engine, mails(1), smtp.port)
    smtp.behave({ at: 'rcpt', does: { answer: 450, text: 'greylisted' } })
    expect([await one.worker.turn(), await one.worker.turn()]).toEqual([1, 0])
    smtp.behave(null)
    one.pass(5_001)
    expect(await one.worker.turn()).toBe(1)
    expect([smtp.received.length, one.told]).toEqual([1, [`sent ${first.notification}`]])
  })
  it('gives up after ten attempts, or at once when the person is refused for good; it can be seen, and says no address', async () => {
    const one = working(engine, mails(2), smtp.port)
    smtp.behave((recipient) => (recipient.includes(notificationOf(1)) ? { at: 'rcpt', does: { answer: 550, text: `5.1.1 <${recipient}> unknown` } } : { at: 'rcpt', does: { answer: 450, text: `4.2.2 <${recipient}> full` } }))
    for (let turns = 0; turns < 20; turns++) {
      await one.worker.turn()
      one.pass(300_000)
    }
    expect(one.told.toSorted()).toEqual([`failed ${notificationOf(1)} 550 5.1.1`, `failed ${notificationOf(2)} 450 4.2.2`].toSorted())
    const dead = (await one.queue.dead(org)).map(({ notification, attempts, last_error }) => [notification, attempts, last_error])
    expect(dead.toSorted()).toEqual([[notificationOf(1), 1, '550 5.1.1'], [notificationOf(2), MOST_ATTEMPTS, '450 4.2.2']].toSorted())
    expect(JSON.stringify([await one.rows(), one.logged])).not.toMatch(/@/)
    expect(one.logged.filter((line) => line.includes('notification.delivery_failed'))).toHaveLength(11)
  })
  it('of another round is sent again', async () => {
    await working(engine, mails(1), smtp.port).worker.turn()
    await working(engine, [{ ...first, round: 2 }], smtp.port).worker.turn()
    expect(smtp.received.map(({ headers }) => headers.get('message-id'))).toEqual([1, 2].map((round) => `<${first.notification}.${round}@callboard.example.org>`))
  })
  it('lets be what is not to be sent any more, and no one’s trouble is another’s', async () => {
    const one = working(engine, mails(3), smtp.port, {
      message(mailing) {
        if (mailing.notification === notificationOf(1)) return null
        if (mailing.notification === notificationOf(2)) throw new Error('cannot be written')
        return messageFor(mailing)
      },
    })
    await one.worker.turn()
    expect(smtp.received).toHaveLength(1)
    expect((await one.rows()).map(({ state }) => state).toSorted()).toEqual(['done', 'sending'])
  })
  it('leaves a mail server alone that fails, looks after a minute, and goes on by itself', async () => {
    const one = working(engine, mails(12), smtp.port)
    smtp.behave({ at: 'connect', does: 'drop' })
    await one.worker.turn()
    expect(smtp.lines()).toBe(5)
    one.pass(25_000)
    await one.worker.turn()
    expect(smtp.lines()).toBe(5)
    one.pass(10_000)
    await one.worker.turn()
    expect(smtp.lines()).toBe(6)
    smtp.behave(null)
    one.pass(60_000)
    await one.worker.turn()
    expect(smtp.received).toHaveLength(12)
    expect(one.logged.map((line) => (JSON.parse(line) as { event: string }).event).filter((event) => event !== 'notification.delivery_failed')).toEqual(['mail.resting', 'mail.resting', 'mail.back'])
  })
  it('tells again what could not be told, without sending again', async () => {
    const one = working(engine, mails(1), smtp.port)
    const { sent } = one.source
    one.source.sent = () => Promise.reject(new Error('the database does not answer'))
    await one.worker.turn()
    one.source.sent = sent
    expect(await one.worker.turn()).toBe(1)
    one.pass(LEASE_MS)
    await one.worker.turn()
    expect([smtp.received.length, one.told, (await one.rows()).map(({ state }) => state)]).toEqual([1, [`sent ${first.notification}`], ['done']])
  })
  it('stops when it is told to, and begins nothing more', async () => {
    const one = working(engine, mails(3), smtp.port)
    const turn = one.worker.turn()
    await one.worker.stop()
    await turn
    const before = smtp.received.length
    expect(await one.worker.turn()).toBe(0)
    expect(smtp.received.length).toBe(before)
  })
})

describe('a killed process', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-mail-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const child = new URL('../../fixtures/mailing-child.ts', import.meta.url).pathname
  // The mail server is in this very process: waited for without standing still.
  const run = async (ends: string, ahead: number) => {
    const started = spawn(process.execPath, [child, join(folder, 'server.sqlite'), String(smtp.port), ends, String(ahead), join(folder, 'told')], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    started.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const signal = await new Promise<string | null>((resolve) => started.on('exit', (_code, by) => resolve(by)))
    return { signal, said }
  }
  const told = (): string => (existsSync(join(folder, 'told')) ? readFileSync(join(folder, 'told'), 'utf8') : '')

  for (const [ends, messages, tellings] of [['before_send', 1, 1], ['after_send', 2, 1], ['after_mark', 1, 1], ['after_tell', 1, 2]] as const) {
    it(`${ends.replace('_', ' ')} goes on where it was: ${messages === 1 ? 'one message' : 'one duplicate with the same number'}`, async () => {
      expect((await run(ends, 0)).signal).toBe('SIGKILL')
      // Its lease holds still: nobody takes it up, whoever looks.
      await run('nowhere', 1_000)
      expect(smtp.received.length).toBe(ends === 'before_send' ? 0 : 1)
      const after = await run('nowhere', LEASE_MS + 1_000)
      expect(JSON.parse(after.said)).toMatchObject({ state: 'done' })
      await run('nowhere', 2 * LEASE_MS + 1_000)
      expect(smtp.received.length).toBe(messages)
      expect(new Set(smtp.received.map(({ headers }) => headers.get('message-id'))).size).toBe(1)
      expect(told()).toBe('sent\n'.repeat(tellings))
    })
  }
})

describe('several processes', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 120_000)
  afterAll(() => postgres.stop())
  it('share the mails of one database: each is sent by one of them', async () => {
    const engine = await postgres.engine('mails')
    await migrateServer(engine)
    const mails = Array.from({ length: 40 }, (_none, n): Mailing => ({ org, notification: notificationOf(n + 1), round: 1 }))
    const workers = [1, 2, 3].map(() => working(engine, mails, smtp.port))
    await Promise.all(workers.map(({ worker }) => worker.turn()))
    expect(smtp.received.map(({ headers }) => headers.get('message-id')).toSorted()).toEqual(mails.map(({ notification }) => `<${notification}.1@callboard.example.org>`).toSorted())
    expect(workers.flatMap(({ told }) => told)).toHaveLength(40)
    expect(workers.filter(({ told }) => told.length > 0).length).toBeGreaterThan(1)
    await engine.close()
  })
})
