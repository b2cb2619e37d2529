/** The local log: JSON lines, one file a day, the last 30 kept. Calls by name, code and duration; never inputs, never personal data. */
import { appendFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface Journal {
  write(level: 'info' | 'warn' | 'error', event: string, fields: Record<string, string | number | boolean | null>): void
}

const KEPT_DAYS = 30

export function openJournal(folder: string, now: () => string): Journal {
  const old = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort().slice(0, -KEPT_DAYS)
  for (const name of old) rmSync(join(folder, name), { force: true })
  return {
    write(level, event, fields) {
      const at = now()
      try {
        appendFileSync(join(folder, `${at.slice(0, 10)}.jsonl`), `${JSON.stringify({ at, level, event, ...fields })}\n`)
      } catch (error) {
        // A full or read-only disk must not stop work; standard error is all that is left.
        process.stderr.write(`callboard: the log cannot be written: ${error instanceof Error ? error.message : String(error)}\n`)
      }
    },
  }
}
