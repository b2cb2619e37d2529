/** What this computer keeps for each person: drafts, saved views, marks; and that nobody reads another's. */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAppFile } from '../../../main/host/app-file.ts'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
beforeAll(async () => {
  app = await openTestHost()
  const user_id = await app.addUser('ines')
  await app.ask('lea', 'member.add', { user_id, name: 'Inès', email: 'ines@example.org', role: 'planner', project_id: null })
  await app.signIn('ines', 'ines')
})
afterAll(() => app.close())

const draft = (key: string) => ({ org: app.org, key })

describe('a draft', () => {
  it('is found again as it was typed, also after a restart, until it is let go', async () => {
    await app.ask('lea', 'draft.keep', { ...draft('mission.new'), value: { title: 'Marée haute', minutes: [30, null] } })
    await app.ask('lea', 'draft.keep', { ...draft('mission.new'), value: { title: 'Marée basse', minutes: [45] } })
    await app.reopen()
    await app.signIn('lea', 'lea')
    await app.signIn('ines', 'ines')
    expect(await app.ask('lea', 'draft.read', draft('mission.new'))).toEqual({ value: { title: 'Marée basse', minutes: [45] } })
    expect(await app.ask('lea', 'draft.list', { org: app.org })).toMatchObject({ items: [{ key: 'mission.new' }] })
    await app.ask('lea', 'draft.drop', draft('mission.new'))
    expect(await app.ask('lea', 'draft.read', draft('mission.new'))).toEqual({ value: null })
  })

  it('is never another person’s, nor a narrowed session’s, nor a stranger’s to the organization', async () => {
    await app.ask('lea', 'draft.keep', { ...draft('note'), value: 'Cachet à revoir' })
    expect(await app.ask('ines', 'draft.read', draft('note'))).toEqual({ value: null })
    expect(await app.ask('ines', 'draft.list', { org: app.org })).toEqual({ items: [] })
    await app.ask('ines', 'draft.drop', draft('note'))
    expect(await app.ask('lea', 'draft.read', draft('note'))).toEqual({ value: 'Cachet à revoir' })
    await app.signIn('narrow', 'lea', ['project:read'])
    expect(await app.code('narrow', 'draft.read', draft('note'))).toBe('auth.scope')
    await app.addUser('paul')
    await app.signIn('paul', 'paul')
    expect(await app.code('paul', 'draft.keep', { ...draft('note'), value: 'x' })).toBe('organization.not_found')
    expect(await app.code('nobody', 'draft.read', draft('note'))).toBe('auth.required')
  })

  it('has a size, and there are not more than five hundred', async () => {
    expect(await app.code('lea', 'draft.keep', { ...draft('long'), value: 'é'.repeat(100_001) })).toBe('throttling.too_large')
    for (let at = 0; at < 500; at++) await app.ask('ines', 'draft.keep', { ...draft(`d${at}`), value: at })
    expect(await app.code('ines', 'draft.keep', { ...draft('one more'), value: 1 })).toBe('throttling.too_large')
    expect(await app.code('ines', 'draft.keep', { ...draft('d3'), value: 'again' })).toBe('done')
  })
})

describe('a saved view', () => {
  it('keeps its place and its name; the same name is replaced; only its person removes it', async () => {
    const page = { org: app.org, page: 'missions' }
    const first = await app.ask('lea', 'view.save', { ...page, name: 'Cette semaine', query: 'from=2026-10-20' })
    await app.ask('lea', 'view.save', { ...page, name: 'Sans lieu', query: 'location=null' })
    await app.ask('lea', 'view.save', { ...page, name: 'Cette semaine', query: 'from=2026-10-27' })
    const listed = { items: [{ id: first['id'], page: 'missions', name: 'Cette semaine', query: 'from=2026-10-27', position: 0 }, expect.objectContaining({ name: 'Sans lieu', position: 1 }) as unknown] }
    expect(await app.ask('lea', 'view.list', page)).toEqual(listed)
    expect(await app.ask('ines', 'view.list', page)).toEqual({ items: [] })
    await app.ask('ines', 'view.remove', { id: first['id'] })
    expect(await app.ask('lea', 'view.list', page)).toEqual(listed)
    await app.ask('lea', 'view.remove', { id: first['id'] })
    expect(await app.ask('lea', 'view.list', page)).toMatchObject({ items: [{ name: 'Sans lieu' }] })
  })
})

describe('a mark', () => {
  it('is listed by the beginning of its key, literally, and taken away with null', async () => {
    const set = (client: string, key: string, value: unknown) => app.ask(client, 'mark.set', { org: app.org, key, value })
    const keys = async (client: string, prefix: string) => ((await app.ask(client, 'mark.list', { org: app.org, prefix }))['items'] as { key: string }[]).map(({ key }) => key)
    await set('lea', 'matter:a', { until: '2026-10-20' })
    await set('lea', 'matter:b', true)
    await set('lea', 'pin:%', true)
    await set('ines', 'matter:c', true)
    expect(await keys('lea', 'matter:')).toEqual(['matter:a', 'matter:b'])
    expect(await keys('lea', '%')).toEqual([])
    await set('lea', 'matter:a', null)
    expect(await keys('lea', '')).toEqual(['matter:b', 'pin:%'])
    expect(await app.code('lea', 'mark.set', { org: app.org, key: 'k', value: 'x'.repeat(3000) })).toBe('throttling.too_large')
  })
})

describe('the file of a released version', () => {
  it('comes up with its users and settings', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-app-'))
    const path = join(folder, 'app.sqlite')
    const old = new Database(path)
    old.exec(`CREATE TABLE device (id TEXT PRIMARY KEY, code TEXT NOT NULL) STRICT;
      CREATE TABLE user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, password TEXT NOT NULL, failures INTEGER NOT NULL, retry_at TEXT) STRICT;
      CREATE TABLE known_organization (id TEXT PRIMARY KEY, name TEXT NOT NULL, keepers TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
      CREATE TABLE setting (user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name)) STRICT;
      INSERT INTO device VALUES ('d', 'KP4'); INSERT INTO user VALUES ('u', 'Léa', 'lea@example.org', 'x', 2, NULL); INSERT INTO setting VALUES ('u', 'theme', '"dark"');
      PRAGMA user_version = 1;`)
    old.close()
    for (let time = 0; time < 2; time++) {
      const file = await openAppFile(path, {})
      expect(file.device.code).toBe('KP4')
      expect(await file.userByEmail('lea@example.org')).toMatchObject({ id: 'u', failures: 2, pin: null, must_change: false, opened_at: null })
      expect(await file.setting('u', 'theme')).toBe('dark')
      await file.close()
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
})
