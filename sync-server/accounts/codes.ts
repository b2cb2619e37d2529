/**
 * Codes that let somebody make an account: the first one, printed once; others of whoever runs the server; and those of an organization for
 * one of its members. Each is used once, is kept as its digest, and names whom it is for when it is for one person.
 */
import { ACCOUNT_CODE_LETTERS, codeAlphabet, normalCode } from '../../shared/domain/organization/invitation-code.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Engine } from '../../shared/store/engine.ts'

export type CodeKind = 'first' | 'server' | 'access'
export interface Code {
  digest: string
  kind: CodeKind
  user_id: Id | null
  org_id: Id | null
  used_by: Id | null
}

/** Days in which a code opens. The first one opens until it is used. */
export const CODE_DAYS = { first: null, server: 14, access: 3 } as const

export interface Codes {
  make(kind: CodeKind, about: { user_id: Id | null; org_id: Id | null; made_by: string | null }, now: Instant): Promise<{ code: string; expires_at: Instant | null }>
  /** Also a used one, so that the same call made again can be known. */
  find(code: string, now: Instant): Promise<Code | null>
  /** False: somebody else was faster. To be called in the transaction that makes the account. */
  use(digest: string, by: Id, now: Instant): Promise<boolean>
  /** The printed code: null when there is an account, or a first code that still opens. */
  first(now: Instant, renew: boolean): Promise<string | null>
}

const digestOf = (code: string): string => sha256(`server code ${normalCode(code)}`)

/** `K7QM-2XPB-9RTA-HW4C`: 77 bits, drawn evenly. */
function draw(random: (bytes: number) => Uint8Array): string {
  const letters: string[] = []
  const size = codeAlphabet.length
  while (letters.length < ACCOUNT_CODE_LETTERS) for (const byte of random(32)) if (byte < size * Math.floor(256 / size)) letters.push(codeAlphabet[byte % size] ?? '')
  return normalCode(letters.slice(0, ACCOUNT_CODE_LETTERS).join(''))
}

export function openCodes(engine: Engine, random: (bytes: number) => Uint8Array): Codes {
  const insert = async (kind: CodeKind, about: { user_id: Id | null; org_id: Id | null; made_by: string | null }, now: Instant) => {
    const code = draw(random)
    const days = CODE_DAYS[kind]
    const expires_at = days === null ? null : fromMs(toMs(now) + days * DAY)
    await engine.run('INSERT INTO server_code (digest, kind, user_id, org_id, made_by, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [digestOf(code), kind, about.user_id, about.org_id, about.made_by, now, expires_at])
    return { code, expires_at }
  }
  return {
    make: (kind, about, now) =>
      engine.transaction(async () => {
        // A member has one code at a time: the last one given.
        if (kind === 'access') await engine.run("DELETE FROM server_code WHERE kind = 'access' AND user_id = ? AND used_at IS NULL", [about.user_id])
        return insert(kind, about, now)
      }),
    async find(code, now) {
      const [row] = await engine.all('SELECT kind, user_id, org_id, expires_at, used_by FROM server_code WHERE digest = ?', [digestOf(code)])
      if (!row || (row['expires_at'] !== null && String(row['expires_at']) <= now)) return null
      const idOf = (value: unknown): Id | null => (typeof value === 'string' ? (value as Id) : null)
      return { digest: digestOf(code), kind: row['kind'] as CodeKind, user_id: idOf(row['user_id']), org_id: idOf(row['org_id']), used_by: idOf(row['used_by']) }
    },
    use: async (digest, by, now) => (await engine.run('UPDATE server_code SET used_at = ?, used_by = ? WHERE digest = ? AND used_at IS NULL', [now, by, digest])) === 1,
    first: (now, renew) =>
      engine.transaction(async () => {
        const [anybody] = await engine.all('SELECT 1 AS one FROM server_account LIMIT 1', [])
        if (anybody) return null
        const [waiting] = await engine.all("SELECT 1 AS one FROM server_code WHERE kind = 'first' AND used_at IS NULL LIMIT 1", [])
        if (waiting && !renew) return null
        await engine.run("DELETE FROM server_code WHERE kind = 'first' AND used_at IS NULL", [])
        return (await insert('first', { user_id: null, org_id: null, made_by: null }, now)).code
      }),
  }
}
