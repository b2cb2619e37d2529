/**
 * Memory of the mails of this server: which round of which notification was tried how often, who is at it, when next, how it ended. The list of what is to be sent
 * is the notifications themselves; this only remembers, because two databases cannot commit together. Processes that share the database never take the same one.
 */
import { delayAfter } from '../../shared/kernel/retrying.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'

/** Attempts at one message before it is for a person to look at (domain chapter 13). */
export const MOST_ATTEMPTS = 10
/** Longer than one sending may take: what is under a lease that ended is sent by nobody any more. */
export const LEASE_MS = 60_000
const KEPT_MS = 90 * 86_400_000

/**
 * `waiting` for its time, `sending` under a lease, `sent` and not yet told to the organization, `done`, `failed` for good and not yet told, `dead`: failed, and a
 * person can see it.
 */
export type MailState = 'waiting' | 'sending' | 'sent' | 'done' | 'failed' | 'dead'

export interface Mailing {
  org: Id
  notification: Id
  /** Counted from 1: a person who tries again begins another. */
  round: number
}
export interface QueuedMail extends Mailing {
  state: MailState
  attempts: number
  next_at: Instant
  /** A code, never words of a mail server (they repeat addresses). */
  last_error: string | null
}

export interface MailQueue {
  /** Known already: nothing changes. */
  add(mailing: Mailing, now: Instant): Promise<void>
  /** What is to be done now, longest due first: to be sent, taken up after a lost lease, or told. */
  due(now: Instant, most: number): Promise<QueuedMail[]>
  /** True: it is this process's until the lease ends. */
  take(mail: QueuedMail, now: Instant): Promise<boolean>
  sent(mailing: Mailing): Promise<void>
  /** `final`: trying again is of no use. Answers whether it was the last attempt. */
  failed(mail: QueuedMail, code: string, final: boolean, now: Instant, random: number): Promise<boolean>
  /** The organization was told of `sent` or `failed`. */
  told(mail: QueuedMail): Promise<void>
  /** Not to be sent any more (withdrawn, read, without a right to it). */
  drop(mailing: Mailing): Promise<void>
  /** For a person: what was given up. */
  dead(org: Id): Promise<QueuedMail[]>
  prune(now: Instant): Promise<void>
  forget(org: Id): Promise<void>
}

const WHICH = 'org_id = ? AND notification_id = ? AND round = ?'
const COLUMNS = 'org_id, notification_id, round, attempts, lease_until, next_at, state, last_error'
const keyOf = ({ org, notification, round }: Mailing): [string, string, number] => [org, notification, round]

function asMail(row: RawRow): QueuedMail {
  const [org, notification] = [row['org_id'], row['notification_id']]
  if (!isId(org) || !isId(notification)) throw new Error('a mail of nobody')
  return {
    org, notification, round: Number(row['round']), state: String(row['state']) as MailState, attempts: Number(row['attempts']), next_at: String(row['next_at']) as Instant,
    last_error: row['last_error'] === null || row['last_error'] === undefined ? null : String(row['last_error']),
  }
}

/** `engine`: of the whole server's tables (accounts/schema.ts). */
export function openMailQueue(engine: Engine): MailQueue {
  const write = (sql: string, values: (string | number | null)[]): Promise<number> => engine.transaction(() => engine.run(sql, values))
  return {
    async add(mailing, now) {
      await write("INSERT INTO server_mail (org_id, notification_id, round, attempts, lease_until, next_at, state, last_error) VALUES (?, ?, ?, 0, NULL, ?, 'waiting', NULL) ON CONFLICT (org_id, notification_id, round) DO NOTHING", [...keyOf(mailing), now])
    },
    async due(now, most) {
      const rows = await engine.all(`SELECT ${COLUMNS} FROM server_mail WHERE state IN ('waiting', 'sending', 'sent', 'failed') AND next_at <= ? AND (lease_until IS NULL OR lease_until <= ?) ORDER BY next_at, org_id, notification_id, round LIMIT ?`, [now, now, most])
      return rows.map(asMail)
    },
    async take(mail, now) {
      // The attempt is counted before it is made: one that kills the process is counted too.
      const counts = mail.state === 'waiting' || mail.state === 'sending' ? 1 : 0
      const lease = fromMs(toMs(now) + LEASE_MS)
      return (await write(`UPDATE server_mail SET attempts = attempts + ?, lease_until = ?, state = CASE WHEN state = 'waiting' THEN 'sending' ELSE state END WHERE ${WHICH} AND state = ? AND attempts = ? AND (lease_until IS NULL OR lease_until <= ?)`,
        [counts, lease, ...keyOf(mail), mail.state, mail.attempts, now])) > 0
    },
    async sent(mailing) {
      await write(`UPDATE server_mail SET state = 'sent', lease_until = NULL, last_error = NULL WHERE ${WHICH}`, keyOf(mailing))
    },
    async failed(mail, code, final, now, random) {
      const attempts = mail.attempts + 1
      const isLast = final || attempts >= MOST_ATTEMPTS
      const next = isLast ? now : fromMs(toMs(now) + delayAfter(attempts, random))
      await write(`UPDATE server_mail SET state = ?, lease_until = NULL, next_at = ?, last_error = ? WHERE ${WHICH} AND state = 'sending'`, [isLast ? 'failed' : 'waiting', next, code.slice(0, 40), ...keyOf(mail)])
      return isLast
    },
    async told(mail) {
      await write(`UPDATE server_mail SET state = CASE WHEN state = 'sent' THEN 'done' ELSE 'dead' END, lease_until = NULL WHERE ${WHICH} AND state IN ('sent', 'failed')`, keyOf(mail))
    },
    async drop(mailing) {
      await write(`DELETE FROM server_mail WHERE ${WHICH}`, keyOf(mailing))
    },
    dead: async (org) => (await engine.all(`SELECT ${COLUMNS} FROM server_mail WHERE org_id = ? AND state = 'dead' ORDER BY next_at DESC, notification_id, round`, [org])).map(asMail),
    async prune(now) {
      await write("DELETE FROM server_mail WHERE state IN ('done', 'dead') AND next_at < ?", [fromMs(toMs(now) - KEPT_MS)])
    },
    async forget(org) {
      await write('DELETE FROM server_mail WHERE org_id = ?', [org])
    },
  }
}
