/** Drafts, saved views and marks of each person, in app.sqlite. Every statement names the person: there is no way to another's. */
import { randomBytes } from 'node:crypto'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'

const mostDraftBytes = 200_000
const mostDrafts = 500
const mostViews = 100
const mostMarkBytes = 2_000
/** Beyond it the oldest marks go: what was dismissed that long ago is not shown any more. */
const mostMarks = 5_000
/** Nothing that old is shown any more. */
const KEPT_SHOWN = 30 * DAY

export const personTables = [
  'CREATE TABLE draft (user_id TEXT NOT NULL, org TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, kept_at TEXT NOT NULL, PRIMARY KEY (user_id, org, key)) STRICT',
  `CREATE TABLE saved_view (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, org TEXT NOT NULL, page TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, position INTEGER NOT NULL,
   UNIQUE (user_id, org, page, name)) STRICT`,
  'CREATE TABLE mark (user_id TEXT NOT NULL, org TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, set_at TEXT NOT NULL, PRIMARY KEY (user_id, org, key)) STRICT',
]

/** What was told of on this computer's desktop. */
export const shownTable = 'CREATE TABLE shown_notice (user_id TEXT NOT NULL, org TEXT NOT NULL, id TEXT NOT NULL, shown_at TEXT NOT NULL, PRIMARY KEY (user_id, org, id)) STRICT'

export interface SavedView {
  id: string
  page: string
  name: string
  query: string
  position: number
}

export interface PersonState {
  /** Refused over 200 kB, or over 500 drafts in one organization: `throttling.too_large`. */
  keepDraft(org: string, key: string, value: unknown): Promise<void>
  readDraft(org: string, key: string): Promise<unknown>
  dropDraft(org: string, key: string): Promise<void>
  drafts(org: string): Promise<{ key: string; kept_at: string }[]>
  views(org: string, page: string): Promise<SavedView[]>
  saveView(org: string, view: Pick<SavedView, 'page' | 'name' | 'query'>): Promise<SavedView>
  removeView(id: string): Promise<void>
  setMark(org: string, key: string, value: unknown): Promise<void>
  /** Of these, those that were not shown on this desktop before; from now on they were. */
  showOnce(org: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  marks(org: string, prefix: string): Promise<{ key: string; value: unknown; set_at: string }[]>
}

const tooLarge = (field: string, most: number, found: number): Error => refuse('throttling.too_large', detail(field, 'too_large', String(most), String(found)))
const asView = (row: RawRow): SavedView => ({ id: String(row['id']), page: String(row['page']), name: String(row['name']), query: String(row['query']), position: Number(row['position']) })

export function personState(engine: Engine, user: Id, now: () => Instant): PersonState {
  const count = async (sql: string, values: string[]): Promise<number> => Number((await engine.all(sql, values))[0]?.['n'] ?? 0)
  return {
    async keepDraft(org, key, value) {
      const text = JSON.stringify(value)
      if (Buffer.byteLength(text) > mostDraftBytes) throw tooLarge('value', mostDraftBytes, Buffer.byteLength(text))
      await engine.transaction(async () => {
        const others = await count('SELECT count(*) AS n FROM draft WHERE user_id = ? AND org = ? AND key <> ?', [user, org, key])
        if (others >= mostDrafts) throw tooLarge('key', mostDrafts, others + 1)
        await engine.run(
          'INSERT INTO draft (user_id, org, key, value, kept_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, org, key) DO UPDATE SET value = excluded.value, kept_at = excluded.kept_at',
          [user, org, key, text, now()])
      })
    },
    async readDraft(org, key) {
      const [row] = await engine.all('SELECT value FROM draft WHERE user_id = ? AND org = ? AND key = ?', [user, org, key])
      return row ? (JSON.parse(String(row['value'])) as unknown) : null
    },
    async dropDraft(org, key) {
      await engine.transaction(() => engine.run('DELETE FROM draft WHERE user_id = ? AND org = ? AND key = ?', [user, org, key]))
    },
    drafts: async (org) =>
      (await engine.all('SELECT key, kept_at FROM draft WHERE user_id = ? AND org = ? ORDER BY kept_at DESC, key', [user, org])).map((row) => ({ key: String(row['key']), kept_at: String(row['kept_at']) })),
    views: async (org, page) =>
      (await engine.all('SELECT id, page, name, query, position FROM saved_view WHERE user_id = ? AND org = ? AND page = ? ORDER BY position, name', [user, org, page])).map(asView),
    async saveView(org, { page, name, query }) {
      return engine.transaction(async () => {
        const held = await engine.all('SELECT name, position FROM saved_view WHERE user_id = ? AND org = ? AND page = ? ORDER BY position', [user, org, page])
        if (held.length >= mostViews && !held.some((row) => row['name'] === name)) throw tooLarge('name', mostViews, held.length + 1)
        const position = Number(held.at(-1)?.['position'] ?? -1) + 1
        await engine.run(
          'INSERT INTO saved_view (id, user_id, org, page, name, query, position) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, org, page, name) DO UPDATE SET query = excluded.query',
          [deriveId(randomBytes(32).toString('hex'), 'view'), user, org, page, name, query, position])
        const [saved] = await engine.all('SELECT id, page, name, query, position FROM saved_view WHERE user_id = ? AND org = ? AND page = ? AND name = ?', [user, org, page, name])
        if (!saved) throw new Error('a view that was just saved is not there')
        return asView(saved)
      })
    },
    async removeView(id) {
      await engine.transaction(() => engine.run('DELETE FROM saved_view WHERE id = ? AND user_id = ?', [id, user]))
    },
    async setMark(org, key, value) {
      const text = JSON.stringify(value)
      if (Buffer.byteLength(text) > mostMarkBytes) throw tooLarge('value', mostMarkBytes, Buffer.byteLength(text))
      await engine.transaction(async () => {
        if (value === null) return engine.run('DELETE FROM mark WHERE user_id = ? AND org = ? AND key = ?', [user, org, key])
        await engine.run(
          'INSERT INTO mark (user_id, org, key, value, set_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, org, key) DO UPDATE SET value = excluded.value, set_at = excluded.set_at',
          [user, org, key, text, now()])
        return engine.run(
          'DELETE FROM mark WHERE user_id = ? AND org = ? AND key IN (SELECT key FROM mark WHERE user_id = ? AND org = ? ORDER BY set_at DESC, key LIMIT -1 OFFSET ?)',
          [user, org, user, org, mostMarks])
      })
    },
    async showOnce(org, ids) {
      const since = fromMs(toMs(now()) - KEPT_SHOWN)
      return engine.transaction(async () => {
        await engine.run('DELETE FROM shown_notice WHERE user_id = ? AND shown_at < ?', [user, since])
        const anew = new Set<string>()
        for (const id of ids) if ((await engine.run('INSERT INTO shown_notice (user_id, org, id, shown_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [user, org, id, now()])) > 0) anew.add(id)
        return anew
      })
    },
    marks: async (org, prefix) =>
      (await engine.all('SELECT key, value, set_at FROM mark WHERE user_id = ? AND org = ? AND substr(key, 1, ?) = ? ORDER BY key', [user, org, [...prefix].length, prefix])).map((row) => ({
        key: String(row['key']), value: JSON.parse(String(row['value'])) as unknown, set_at: String(row['set_at']),
      })),
  }
}
