/**
 * Sends what is to be sent: takes a lease, sends, marks, tells the organization. Killed anywhere, it goes on where it was: before the mail server's 250, nothing
 * was sent; between the 250 and its mark, the message goes out once more with the same Message-ID; after the mark, only the telling is done again.
 */
import { closedBreaker, ended, passing, type Breaker } from '../../shared/kernel/retrying.ts'
import { toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Delivery, Mailer, Message } from './mailer.ts'
import type { Mailing, MailQueue, QueuedMail } from './queue.ts'

/** Where mails come from, and who hears what became of them. Each may be asked again for the same one. */
export interface MailSource {
  /** Everything that is prepared for mail now and may be sent: of organizations that are open (none in recovery, joining or gone). */
  prepared(): Promise<readonly Mailing[]>
  /** The message; null: it is not to be sent any more. Asked right before it is sent: rights and consent are those of now. */
  message(mailing: Mailing): Promise<Message | null>
  sent(mailing: Mailing): Promise<void>
  /** `code`: refused by the mail server (`550 5.1.1`), or how the last attempt ended. */
  failed(mailing: Mailing, code: string): Promise<void>
}

export interface MailWorker {
  /** Does what is due; answers how many mails it dealt with. Turns do not overlap in one process. */
  turn(): Promise<number>
  /** Waits for the turn under way; none begins any more. */
  stop(): Promise<void>
}

interface WorkerParts {
  queue: MailQueue
  mailer: Mailer
  source: MailSource
  metrics: Metrics
  log: Log
  now(): Instant
  /** In [0, 1). */
  chance(): number
}

/** Mails of one turn. */
const MOST = 50

export function openMailWorker({ queue, mailer, source, metrics, log, now, chance }: WorkerParts): MailWorker {
  let breaker: Breaker = closedBreaker
  let under_way: Promise<number> | null = null
  let stopped = false

  function note(delivery: Delivery): void {
    const before = breaker.mode
    breaker = ended(breaker, delivery.outcome === 'down', toMs(now()), chance())
    metrics.count('callboard_mails_total', { outcome: delivery.outcome })
    metrics.set('callboard_mail_breaker', breaker.mode === 'closed' ? 0 : 1)
    if (breaker.mode === before) return
    log.write(breaker.mode === 'open' ? 'warn' : 'info', `mail.${breaker.mode === 'open' ? 'resting' : 'back'}`, { code: delivery.outcome === 'sent' ? null : delivery.code })
  }
  async function tell(mail: QueuedMail): Promise<void> {
    if (mail.state === 'sent') await source.sent(mail)
    else await source.failed(mail, mail.last_error ?? '')
    await queue.told(mail)
  }
  async function send(mail: QueuedMail): Promise<void> {
    const message = await source.message(mail)
    if (message === null) return queue.drop(mail)
    breaker = passing(breaker, toMs(now())).breaker
    const delivery = await mailer.send(message)
    note(delivery)
    if (delivery.outcome === 'sent') {
      await queue.sent(mail)
      await tell({ ...mail, state: 'sent' })
      return
    }
    const isLast = await queue.failed(mail, delivery.code, delivery.outcome === 'refused', now(), chance())
    log.write('warn', 'notification.delivery_failed', { org: mail.org, notification: mail.notification, round: mail.round, attempt: mail.attempts + 1, outcome: delivery.outcome, code: delivery.code, dead: isLast })
    if (isLast) await tell({ ...mail, state: 'failed', last_error: delivery.code })
  }
  /** True: it was dealt with. One that goes wrong keeps no other from being sent. */
  async function deal(mail: QueuedMail): Promise<boolean> {
    const isSending = mail.state === 'waiting' || mail.state === 'sending'
    try {
      if (isSending) {
        if (!passing(breaker, toMs(now())).passes || !(await queue.take(mail, now()))) return false
        await send(mail)
        return true
      }
      if (!(await queue.take(mail, now()))) return false
      await tell(mail)
      return true
    } catch (error) {
      // The lease ends by itself, and it is tried again then.
      log.unexpected(error, { about: 'mail', org: mail.org, notification: mail.notification })
      return false
    }
  }
  async function work(): Promise<number> {
    for (const mailing of await source.prepared()) await queue.add(mailing, now())
    let dealt = 0
    for (const mail of await queue.due(now(), MOST)) {
      if (stopped) break
      if (await deal(mail)) dealt++
    }
    return dealt
  }
  return {
    turn() {
      if (stopped) return Promise.resolve(0)
      under_way ??= work().finally(() => {
        under_way = null
      })
      return under_way
    },
    async stop() {
      stopped = true
      await under_way?.catch(() => undefined)
    },
  }
}
