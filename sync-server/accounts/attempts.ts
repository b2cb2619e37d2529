/**
 * Delays that grow with wrong tries in a row, for an account (known or not: nobody learns which) and for an address. Kept in the database,
 * so that all processes and restarts count together. What cannot be counted is refused.
 */
import { fromMs, HOUR, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Engine } from '../../shared/store/engine.ts'

export interface Attempts {
  /** Throws `auth.delayed` with `retry_at` while one of the two must wait. */
  mustWait(account: string, address: string, now: Instant): Promise<void>
  failed(account: string, address: string, now: Instant): Promise<void>
  succeeded(account: string, now: Instant): Promise<void>
}

/** Many people sign in behind one address; wrong tries of a whole office are more than those of one person. */
const FREE = { account: 3, address: 30 } as const
const MAX_WAIT_MS = 15 * 60_000
/** Tries this old are forgotten. */
const FORGOTTEN_MS = 24 * HOUR

export const waitMs = (failures: number, kind: keyof typeof FREE): number => (failures <= FREE[kind] ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** Math.min(20, failures - FREE[kind] - 1)))

export function openAttempts(engine: Engine): Attempts {
  const subjects = (account: string, address: string) => [['account', `account:${sha256(account)}`], ['address', `address:${sha256(address)}`]] as const
  async function of(subject: string, now: Instant): Promise<{ failures: number; retry_at: string | null }> {
    const [row] = await engine.all('SELECT failures, retry_at, at FROM server_attempt WHERE subject = ?', [subject])
    if (!row || toMs(now) - Date.parse(String(row['at'])) > FORGOTTEN_MS) return { failures: 0, retry_at: null }
    return { failures: Number(row['failures']), retry_at: row['retry_at'] === null ? null : String(row['retry_at']) }
  }
  return {
    async mustWait(account, address, now) {
      for (const [, subject] of subjects(account, address)) {
        const { retry_at } = await of(subject, now)
        // One longer than any there is was counted by a clock that was ahead.
        if (retry_at !== null && retry_at > now && Date.parse(retry_at) - toMs(now) <= MAX_WAIT_MS) throw refuse('auth.delayed', detail(null, 'retry_at', null, retry_at))
      }
    },
    async failed(account, address, now) {
      await engine.transaction(async () => {
        for (const [kind, subject] of subjects(account, address)) {
          const failures = (await of(subject, now)).failures + 1
          const wait = waitMs(failures, kind)
          await engine.run('INSERT INTO server_attempt (subject, failures, retry_at, at) VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at, at = excluded.at',
            [subject, failures, wait === 0 ? null : fromMs(toMs(now) + wait), now])
        }
      })
    },
    async succeeded(account, now) {
      const [[, subject]] = subjects(account, '')
      if ((await of(subject, now)).failures > 0) await engine.run('DELETE FROM server_attempt WHERE subject = ?', [subject])
    },
  }
}
