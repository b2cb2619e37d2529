/**
 * Wrong tries at e-mails that nobody has here, counted and answered like those of people who are, so that neither the answer nor the
 * wait tells who signs in on this computer. Only a digest of the e-mail is kept.
 */
import { sha256 } from '../../shared/kernel/hashing.ts'
import { StoreError, type Engine } from '../../shared/store/engine.ts'

/** Beyond them the oldest go: whoever types a thousand e-mails waits nowhere, and learns nothing. */
const MOST = 1_000

export const strangerTable = 'CREATE TABLE stranger (email_digest TEXT PRIMARY KEY, failures INTEGER NOT NULL, retry_at TEXT, tried_at TEXT NOT NULL) STRICT'

export interface Tries {
  failures: number
  retry_at: string | null
}

export interface Strangers {
  of(email: string): Promise<Tries>
  note(email: string, tries: Tries, at: string): Promise<void>
}

export function openStrangers(engine: Engine): Strangers {
  /** What the disk refused to keep. */
  const unkept = new Map<string, Tries>()
  return {
    async of(email) {
      const held = unkept.get(email)
      if (held) return held
      const [row] = await engine.all('SELECT failures, retry_at FROM stranger WHERE email_digest = ?', [sha256(email)])
      return row ? { failures: Number(row['failures']), retry_at: row['retry_at'] === null ? null : String(row['retry_at']) } : { failures: 0, retry_at: null }
    },
    async note(email, { failures, retry_at }, at) {
      try {
        await engine.transaction(async () => {
          await engine.run(
            `INSERT INTO stranger (email_digest, failures, retry_at, tried_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (email_digest) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at, tried_at = excluded.tried_at`,
            [sha256(email), failures, retry_at, at])
          await engine.run('DELETE FROM stranger WHERE email_digest NOT IN (SELECT email_digest FROM stranger ORDER BY tried_at DESC, email_digest LIMIT ?)', [MOST])
        })
        unkept.delete(email)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        if (unkept.size < MOST) unkept.set(email, { failures, retry_at })
      }
    },
  }
}
