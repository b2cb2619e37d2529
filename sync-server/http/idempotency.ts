/**
 * Idempotency-Key: the first answer to a call is kept 24 hours and given again when the same caller sends the same key. It is sealed under
 * that key, which is not kept: who reads the database finds no token in it.
 */
import { detail, refuse } from '../../shared/domain/errors.ts'
import { hmacSha256, sha256 } from '../../shared/kernel/hashing.ts'
import { DAY, fromMs, MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { seal, unseal } from '../accounts/sealed.ts'

export interface Kept {
  status: number
  body: string
}
export interface Idempotency {
  /**
   * Runs `work`, or answers what it answered before. `idempotency.payload_mismatch`: the key was used for something else. `repeatable`: done
   * twice it is one thing, so that nobody waits for a first call whose process may have ended.
   */
  once(key: string, caller: string, payload: string, now: Instant, repeatable: boolean, work: () => Promise<Kept>): Promise<{ kept: Kept; replayed: boolean }>
  prune(now: Instant): Promise<void>
}

const KEY = /^[\x21-\x7e]{1,128}$/
/** After this long without an answer the first call is taken for lost (its process ended). */
const LOST_MS = 2 * MINUTE

export const isKey = (key: string): boolean => KEY.test(key)

export function openIdempotency(engine: Engine): Idempotency {
  return {
    async once(key, caller, payload, now, repeatable, work) {
      if (!isKey(key)) throw refuse('validation.invalid', detail('Idempotency-Key', 'ascii', '1 to 128 ASCII characters'))
      const digest = sha256(`${caller} ${key}`)
      const who = [caller, digest] as const
      // Under the key too: a password in the call is not to be found out from this.
      const payload_digest = hmacSha256(key, payload).toString('hex')
      const known = await engine.transaction(async () => {
        const [row] = await engine.all('SELECT payload, status, body, at FROM server_idempotency WHERE caller = ? AND key_digest = ?', [...who])
        const at = row ? Date.parse(String(row['at'])) : 0
        const isOld = row !== undefined && (toMs(now) - at > DAY || (Number(row['status']) === 0 && toMs(now) - at > LOST_MS))
        if (row && !isOld) return row
        if (row) await engine.run('DELETE FROM server_idempotency WHERE caller = ? AND key_digest = ?', [...who])
        await engine.run('INSERT INTO server_idempotency (caller, key_digest, payload, status, at) VALUES (?, ?, ?, 0, ?)', [...who, payload_digest, now])
        return null
      })
      if (known) {
        if (known['payload'] !== payload_digest) throw refuse('idempotency.payload_mismatch', detail('Idempotency-Key', 'used'))
        if (Number(known['status']) === 0 && !repeatable) throw refuse('idempotency.in_progress')
        if (Number(known['status']) !== 0) return { kept: { status: Number(known['status']), body: unseal(key, caller, String(known['body'])) }, replayed: true }
      }
      try {
        const kept = await work()
        await engine.run('UPDATE server_idempotency SET status = ?, body = ? WHERE caller = ? AND key_digest = ?', [kept.status, seal(key, caller, kept.body), ...who])
        return { kept, replayed: false }
      } catch (error) {
        // Nothing was done: the same key may try again. What is refused for good is refused again by the same rules.
        await engine.run('DELETE FROM server_idempotency WHERE caller = ? AND key_digest = ?', [...who]).catch((second: unknown) => {
          if (error instanceof Refusal) throw second
        })
        throw error
      }
    },
    async prune(now) {
      await engine.run('DELETE FROM server_idempotency WHERE at < ?', [fromMs(toMs(now) - DAY)])
    },
  }
}
