/**
 * Sends one message to one person, within bounds of time, and says what became of it. What is given cannot add a header, a recipient or a
 * command. The answers of mail servers often repeat the address: only their codes go any further.
 */
import { createTransport } from 'nodemailer'
import type { Id } from '../../shared/kernel/ids.ts'
import { isAddress, type MailSettings } from './mail-settings.ts'

export interface Message {
  to: { name: string; address: string }
  /** Shown before the address that mail comes from: the organization. */
  from_name: string
  /** Who answers; null: nobody in particular. */
  reply_to: { name: string; address: string } | null
  subject: string
  text: string
  html: string
  message_id: string
  language: 'fr' | 'en'
  /** Of the calendar file that goes with it; null: none. */
  ics: string | null
}

/**
 * `refused`: this person, or this message, will never be taken; trying again is of no use. `later`: not now, for this message. `down`: the mail server cannot be
 * reached or does not let us in: nothing to do with this message. `code`: what was said, without its words (`550 5.1.1`, `ETIMEDOUT`).
 */
export type Delivery = { outcome: 'sent' } | { outcome: 'refused' | 'later' | 'down'; code: string }

export interface Mailer {
  /** Never rejects, and does not outlast its patience. */
  send(message: Message): Promise<Delivery>
}

/** How long the mail server may take: to be reached, to say nothing, for all of it. ms. */
export interface Patience {
  connect: number
  quiet: number
  whole: number
}
/** The whole is below the lease of a message (queue.ts): who takes it up after the lease knows that nobody sends it any more. */
export const usualPatience: Patience = { connect: 10_000, quiet: 20_000, whole: 45_000 }

/** One line, without what ends or hides a line. */
const oneLine = (text: string, most: number): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim().slice(0, most)

/** `<id.round@host>`: the same whenever it is sent again, so that a mail program shows it once. `host`: of the server's address; an address without a name gives way to that of `from`. */
export function messageId(id: Id, round: number, host: string, from: string): string {
  const isName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]$/i.test(host)
  return `<${id}.${round}@${isName ? host.toLowerCase() : (from.split('@').at(-1) ?? 'callboard')}>`
}

/** What nodemailer says of a failure. */
interface Said {
  code: string
  /** Of the SMTP answer; null: there was none. */
  answer: number | null
  enhanced: string | null
  command: string
}
function saidBy(error: unknown): Said {
  const read = (name: string): unknown => (typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined)
  const [code, answer, response, command] = [read('code'), read('responseCode'), read('response'), read('command')]
  const enhanced = typeof response === 'string' ? (/^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null) : null
  return { code: typeof code === 'string' && /^E[A-Z0-9]{2,20}$/.test(code) ? code : 'EUNKNOWN', answer: typeof answer === 'number' ? answer : null, enhanced, command: typeof command === 'string' ? command : '' }
}

/** By what was said and at which step. A sender or a password that is refused is the setting's fault, not the person's. */
export function deliveryOf(error: unknown): Delivery {
  const { code, answer, enhanced, command } = saidBy(error)
  const said = answer === null ? code : `${answer}${enhanced === null ? '' : ` ${enhanced}`}`
  const aboutMessage = command === 'RCPT TO' || command === 'DATA'
  if (answer !== null && aboutMessage && answer !== 421) return { outcome: answer >= 500 ? 'refused' : 'later', code: said }
  // What we give is wrong in itself: an address no server would take, a message larger than this one takes.
  if (answer === null && (code === 'EENVELOPE' || code === 'EMESSAGE')) return { outcome: 'refused', code: said }
  return { outcome: 'down', code: said }
}

export function createMailer(settings: MailSettings, patience: Patience = usualPatience): Mailer {
  const { host, port, tls, user, password, from } = settings
  const transport = createTransport({
    host, port, secure: tls === 'implicit', requireTLS: tls === 'required', ignoreTLS: tls === 'none', opportunisticTLS: tls === 'opportunistic',
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: tls !== 'opportunistic' },
    connectionTimeout: patience.connect, greetingTimeout: patience.connect, socketTimeout: patience.quiet, dnsTimeout: patience.connect, socketCloseTimeout: 1_000, maxResponseSize: 64 * 1024,
    disableFileAccess: true, disableUrlAccess: true, logger: false,
  })
  return {
    async send(message) {
      if (!isAddress(message.to.address)) return { outcome: 'refused', code: 'EADDRESS' }
      const reply = message.reply_to && isAddress(message.reply_to.address) ? message.reply_to : null
      try {
        await transport.sendMail({
          from: { name: oneLine(message.from_name, 120), address: from }, to: { name: oneLine(message.to.name, 160), address: message.to.address },
          ...(reply ? { replyTo: { name: oneLine(reply.name, 160), address: reply.address } } : {}),
          // Not read from the headers: whatever stands in a name, one person gets it.
          envelope: { from, to: [message.to.address] },
          subject: oneLine(message.subject, 250), text: message.text, html: message.html, messageId: message.message_id,
          // No List-Unsubscribe: it would lead nowhere that a program may press. Its text says whom to tell.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.language },
          ...(message.ics === null ? {} : { attachments: [{ filename: 'callboard.ics', content: message.ics, contentType: 'text/calendar; charset=utf-8; method=PUBLISH' }] }),
          signal: AbortSignal.timeout(patience.whole),
        })
        return { outcome: 'sent' }
      } catch (error) {
        return deliveryOf(error)
      }
    },
  }
}
