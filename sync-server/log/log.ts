/**
 * Logs of the server: JSON lines with request and correlation ids. They say operations by name, outcomes by code, people and devices by
 * id; never an input, an e-mail, an address in full or a token. What an error says is reduced to words known beforehand.
 */
import { redactMessage, redactName, redactStack } from '../../shared/domain/redaction.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Log {
  write(level: Level, event: string, fields?: Fields): void
  /** An unexpected error: its kind, what may be said of its message, and where it happened. */
  unexpected(error: unknown, fields?: Fields): void
}

const order = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 } as const

export function openLog(least: keyof typeof order, now: () => string, out: (line: string) => void): Log {
  function write(level: Level, event: string, fields: Fields = {}): void {
    if (order[level] < order[least]) return
    out(`${JSON.stringify({ at: now(), level, event, ...fields })}\n`)
  }
  return {
    write,
    unexpected(error, fields = {}) {
      const known = error instanceof Error ? error : new Error(typeof error === 'string' ? error : 'not an error')
      const code = 'code' in known && typeof known.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(known.code) ? known.code : null
      write('error', 'unexpected', { ...fields, error: redactName(known.name), code, message: redactMessage(known.message), stack: redactStack(known.stack ?? '').join(' | ') })
    },
  }
}

/** Of an address what tells networks apart and persons not: the last part of IPv4, the last five of IPv6 are left out. */
export function networkOf(address: string): string {
  if (/^(?:127\.|::1$|::ffff:127\.)/.test(address)) return 'loopback'
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1]
  return v4 ? `${v4}.0` : `${address.split(':').slice(0, 3).join(':')}::`
}
