import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
afterEach(() => app.close())

/** A job given up for good, as `jobs.test.ts` shows that they are. */
function giveUp(at = '2026-10-20T08:00:00.000Z'): void {
  const database = new Database(join(app.folder, 'app.sqlite'))
  database.prepare("INSERT OR REPLACE INTO job (key, kind, org, state, attempts, run_after, lease_until, error) VALUES (?, 'daily_backup', ?, 'dead', 5, ?, NULL, 'disk full')").run(`daily_backup:${app.org}:2026-10-20`, app.org, at)
  database.close()
}
const matters = async (client = 'lea') => (await app.ask(client, 'matter.list', { filter: { kind: 'job_failed' } }))['items'] as { fingerprint: string; act: unknown; figures: unknown }[]

it('work given up is a matter of those who may retry it, gone at once when it is retried or dropped', async () => {
  app = await openTestHost()
  expect(await matters()).toEqual([])
  giveUp()
  const key = `daily_backup:${app.org}:2026-10-20`
  const [first] = await matters()
  expect(first).toMatchObject({ act: { place: 'data', id: key }, figures: { job: 'daily_backup', attempts: 5 } })

  const heard: unknown[] = []
  const deaf = app.host().onEvent((event) => heard.push(event))
  await app.ask('lea', 'job.retry', { key })
  expect(heard).toContainEqual({ type: 'changed', org: app.org, entities: ['job'], command: '' })
  expect(await matters()).toEqual([])
  deaf()

  giveUp('2026-10-21T08:00:00.000Z')
  const [again] = await matters()
  expect(again?.fingerprint).not.toBe(first?.fingerprint)
  await app.ask('lea', 'job.drop', { key })
  expect(await matters()).toEqual([])

  giveUp()
  const planner = await app.addUser('paul')
  await app.ask('lea', 'member.add', { user_id: planner, name: 'Paul', email: 'paul@example.org', role: 'viewer', project_id: null })
  await app.signIn('paul', 'paul')
  expect(await matters('paul')).toEqual([])
})
