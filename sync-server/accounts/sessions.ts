/**
 * Opaque tokens, kept as SHA-256. One sign-in is a family: an access token of 15 minutes and a refresh token of 30 days without use, which
 * gives the next pair once. A refresh token that comes a second time has been copied: its family ends, whoever holds it.
 */
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, fromMs, MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'
import { seal, unseal } from './sealed.ts'

export const ACCESS_MS = 15 * MINUTE
export const REFRESH_MS = 30 * DAY

export interface Tokens {
  access: string
  access_expires_at: Instant
  refresh: string
  refresh_expires_at: Instant
}

/** Whose token it is. `revoked`: the device was shut out by its own person; it may only hand over what it had not sent. */
export interface Holder {
  user_id: Id
  device: string
  family: string
  expires_at: Instant
  revoked: boolean
}

export type EndedWhy = 'signed_out' | 'reused' | 'password' | 'revoked'
/**
 * `ended`: this server gave that token and has ended its session (signed out, password changed) or let it expire. `refused`: it knows no such
 * token, which a server that lost its data says as well: nobody takes it for an end.
 */
export type Refreshed = { outcome: 'renewed'; holder: Holder; tokens: Tokens } | { outcome: 'refused' } | { outcome: 'ended' } | { outcome: 'revoked' } | { outcome: 'reused'; holder: Holder }

export interface Sessions {
  start(user_id: Id, device: string, now: Instant): Promise<Tokens>
  byAccess(token: string, now: Instant): Promise<Holder | null>
  /** Any token that held when its device was shut out, or holds now: enough to hand over, for nothing else. */
  byAny(token: string, now: Instant): Promise<Holder | null>
  /** The same `key` again gets the same pair while it is unused, also when the first answer was never given because the process ended. */
  refresh(token: string, now: Instant, key?: string | null): Promise<Refreshed>
  end(family: string, why: EndedWhy, now: Instant): Promise<void>
  /** Ends those of a person: all, those of one device, or all but one. */
  endOf(user_id: Id, which: { device?: string; but?: string }, why: EndedWhy, now: Instant): Promise<void>
  /** Forgets what has expired. */
  prune(now: Instant): Promise<void>
}

/** Beside the answers of calls: kept as long, with the very commit that gave the pair. */
const REFRESHED = 'refreshed'
const FIND = `SELECT t.kind, t.expires_at, t.used_at, f.id, f.user_id, f.device, f.ended_at, f.ended_why FROM server_token t JOIN server_family f ON f.id = t.family WHERE t.digest = ?`

export function openSessions(engine: Engine, random: (bytes: number) => Uint8Array): Sessions {
  const draw = (): string => Buffer.from(random(32)).toString('base64url')
  const after = (now: Instant, ms: number): Instant => fromMs(toMs(now) + ms)
  const find = async (token: string): Promise<RawRow | undefined> => (token.length > 200 ? undefined : (await engine.all(FIND, [sha256(token)]))[0])
  const holderOf = (row: RawRow): Holder => ({
    user_id: String(row['user_id']) as Id, device: String(row['device']), family: String(row['id']), expires_at: String(row['expires_at']) as Instant, revoked: row['ended_why'] === 'revoked',
  })
  async function give(family: string, now: Instant): Promise<Tokens> {
    const tokens = { access: draw(), access_expires_at: after(now, ACCESS_MS), refresh: draw(), refresh_expires_at: after(now, REFRESH_MS) }
    const insert = 'INSERT INTO server_token (digest, kind, family, expires_at) VALUES (?, ?, ?, ?)'
    await engine.run(insert, [sha256(tokens.access), 'access', family, tokens.access_expires_at])
    await engine.run(insert, [sha256(tokens.refresh), 'refresh', family, tokens.refresh_expires_at])
    return tokens
  }
  /** What that refresh gave, unless its refresh token was used since. */
  async function givenFor(secret: string): Promise<Tokens | null> {
    const [kept] = await engine.all('SELECT body FROM server_idempotency WHERE caller = ? AND key_digest = ?', [REFRESHED, sha256(secret)])
    if (!kept) return null
    const tokens = JSON.parse(unseal(secret, REFRESHED, String(kept['body']))) as Tokens
    return (await find(tokens.refresh))?.['used_at'] === null ? tokens : null
  }
  const end = async (family: string, why: EndedWhy, now: Instant): Promise<void> => {
    await engine.run('UPDATE server_family SET ended_at = ?, ended_why = ? WHERE id = ? AND ended_at IS NULL', [now, why, family])
  }
  return {
    start: (user_id, device, now) =>
      engine.transaction(async () => {
        const family = draw()
        // One session for each person on a computer: the former one was lost, or is left behind.
        await engine.run('UPDATE server_family SET ended_at = ?, ended_why = ? WHERE user_id = ? AND device = ? AND ended_at IS NULL', [now, 'signed_out', user_id, device])
        await engine.run('INSERT INTO server_family (id, user_id, device, created_at, used_at) VALUES (?, ?, ?, ?, ?)', [family, user_id, device, now, now])
        return give(family, now)
      }),
    async byAccess(token, now) {
      const row = await find(token)
      if (!row || row['kind'] !== 'access' || String(row['expires_at']) <= now) return null
      return row['ended_at'] === null || row['ended_why'] === 'revoked' ? holderOf(row) : null
    },
    async byAny(token, now) {
      const row = await find(token)
      if (!row) return null
      if (row['ended_why'] === 'revoked') return holderOf(row)
      return row['kind'] === 'access' && row['ended_at'] === null && String(row['expires_at']) > now ? holderOf(row) : null
    },
    refresh: (token, now, key = null) =>
      engine.transaction(async (): Promise<Refreshed> => {
        const row = await find(token)
        if (!row || row['kind'] !== 'refresh') return { outcome: 'refused' }
        if (row['ended_at'] !== null) return { outcome: row['ended_why'] === 'revoked' ? 'revoked' : 'ended' }
        const holder = holderOf(row)
        const secret = key === null ? null : `${token} ${key}`
        const given = row['used_at'] === null || secret === null ? null : await givenFor(secret)
        if (given) return { outcome: 'renewed', holder, tokens: given }
        if (row['used_at'] !== null) {
          await end(holder.family, 'reused', now)
          return { outcome: 'reused', holder }
        }
        if (String(row['expires_at']) <= now) return { outcome: 'ended' }
        await engine.run('UPDATE server_token SET used_at = ? WHERE digest = ?', [now, sha256(token)])
        await engine.run('UPDATE server_family SET used_at = ? WHERE id = ?', [now, holder.family])
        await engine.run('UPDATE server_device SET last_seen_at = ? WHERE user_id = ? AND device = ?', [now, holder.user_id, holder.device])
        const tokens = await give(holder.family, now)
        if (secret !== null)
          await engine.run('INSERT INTO server_idempotency (caller, key_digest, payload, status, body, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (caller, key_digest) DO NOTHING',
            [REFRESHED, sha256(secret), '', 200, seal(secret, REFRESHED, JSON.stringify(tokens)), now])
        return { outcome: 'renewed', holder, tokens }
      }),
    end,
    async endOf(user_id, { device, but }, why, now) {
      await engine.run(`UPDATE server_family SET ended_at = ?, ended_why = ? WHERE user_id = ? AND ended_at IS NULL${device === undefined ? '' : ' AND device = ?'}${but === undefined ? '' : ' AND id <> ?'}`,
        [now, why, user_id, ...(device === undefined ? [] : [device]), ...(but === undefined ? [] : [but])])
    },
    async prune(now) {
      const long = fromMs(toMs(now) - 365 * DAY)
      // Tokens of a shut-out device stay a year: it may come back late to hand over. So does the last refresh token of each session, by which
      // a device that comes back late is told that it ended.
      await engine.run("DELETE FROM server_token WHERE expires_at < ? AND NOT (kind = 'refresh' AND used_at IS NULL AND expires_at > ?) AND family NOT IN (SELECT id FROM server_family WHERE ended_why = 'revoked' AND ended_at > ?)", [now, long, long])
      await engine.run('DELETE FROM server_family WHERE used_at < ? AND id NOT IN (SELECT family FROM server_token)', [fromMs(toMs(now) - REFRESH_MS)])
    },
  }
}
