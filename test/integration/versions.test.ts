import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { buildWorld, type World } from '../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'versions' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

async function mission(): Promise<{ id: string; version: number; title: string }> {
  const made = await app.ask('mission.create', { project_id: world.a.project, title: 'Générale', start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T18:00:00.000Z' })
  return { id: String(made['id']), version: 1, title: 'Générale' }
}
const update = (id: string, version: number, changes: object) => app.core.execute({ name: 'mission.update', input: { id, version, changes } }, app.owner)

describe('two people who change the same record', () => {
  it('both succeed when they touch different fields', async () => {
    const { id } = await mission()
    expect(isError(await update(id, 1, { title: 'Première' }))).toBe(false)
    expect(isError(await update(id, 1, { priority: 3, day_code: 'J7' }))).toBe(false)
    expect(await app.ask('mission.get', { id })).toMatchObject({ title: 'Première', priority: 3, day_code: 'J7', version: 3 })
  })

  it('the second is refused on the same field, with the value that is there now', async () => {
    const { id } = await mission()
    await update(id, 1, { title: 'Première' })
    const second = await update(id, 1, { title: 'Autre', priority: 2 })
    expect(isError(second) && second.error).toMatchObject({ code: 'concurrency.version_mismatch', details: [{ field: 'title', issue: 'changed_since', expected: '1', found: '"Première"' }] })
    expect(await app.ask('mission.get', { id })).toMatchObject({ title: 'Première', priority: 1 })
    expect(isError(await update(id, 2, { title: 'Autre' }))).toBe(false)
  })

  it('start, end and zone are one: a change of one end disputes the other', async () => {
    const { id } = await mission()
    expect(isError(await update(id, 1, { end_at: '2026-10-26T20:00:00.000Z' }))).toBe(false)
    const second = await update(id, 1, { start_at: '2026-10-26T07:00:00.000Z' })
    expect(isError(second) && second.error).toMatchObject({ code: 'concurrency.version_mismatch', details: [{ field: 'start_at', found: '"2026-10-26T08:00:00.000Z"' }] })
  })

  it('nobody has read a version that is not written yet', async () => {
    const { id } = await mission()
    const answer = await update(id, 7, { title: 'Du futur' })
    expect(isError(answer) && answer.error.code).toBe('concurrency.version_mismatch')
  })

  it('writing what is there already is no change: same version, one lead event all the same', async () => {
    const { id } = await mission()
    const before = await app.ask('audit.list', { filter: { entity_id: id } })
    const answer = await update(id, 1, { title: 'Générale' })
    expect(isError(answer) ? answer : answer.value).toMatchObject({ version: 1 })
    expect((await app.ask('audit.list', { filter: { entity_id: id } }))['total']).toBe(before['total'])
    const [last] = await app.file.readEngine.all('SELECT lead, entity_id FROM audit_event ORDER BY position DESC LIMIT 1', [])
    expect(last).toMatchObject({ lead: 1, entity_id: null })
  })

  it('the refusal shows no column that the person may not read', async () => {
    await app.ask('organization.update', { id: app.org, version: 1, changes: { planners_read_rates: false } })
    const planner = world.personas.find(({ name }) => name === 'planner')
    const id = world.a.rows.get('assignment')
    await app.ask('assignment.update', { id, version: 1, changes: { rate_minor: 66_666 } })
    const answer = await app.core.execute({ name: 'assignment.update', input: { id, version: 1, changes: { rate_minor: 10_000 } } }, planner?.session ?? app.owner)
    expect(isError(answer) && answer.error.code).toBe('concurrency.version_mismatch')
    expect(JSON.stringify(answer)).not.toContain('66666')
  })

  it('versions grow by one for each command that changed the row, whatever it did inside', async () => {
    const { id } = await mission()
    for (let step = 0; step < 5; step++) {
      const [row] = await app.file.readEngine.all('SELECT version FROM mission WHERE id = ?', [id])
      expect(Number(row?.['version'])).toBe(step + 1)
      await update(id, step + 1, { title: `Étape ${step}`, priority: step % 4 })
    }
  })

  it('calls at the same time are one after another: each sees the other', async () => {
    const { id } = await mission()
    const answers = await Promise.all(['Un', 'Deux', 'Trois'].map((title) => update(id, 1, { title })))
    expect(answers.filter((answer) => !isError(answer))).toHaveLength(1)
    expect(answers.filter((answer) => isError(answer) && answer.error.code === 'concurrency.version_mismatch')).toHaveLength(2)
  })

  it('a role taken back while a command waits counts before that command', async () => {
    const session = { user_id: deriveId('versions', 'late'), device: 'test', scope: null }
    const member = await app.ask('member.add', { user_id: session.user_id, name: 'Zéphyrine Tardive', email: 'tard@example.org', role: 'org_admin', project_id: null })
    // Both are known by then: the revocation is first in the queue.
    for (const one of [app.owner, session]) await app.core.execute({ name: 'organization.get', input: {} }, one)
    const [binding] = await app.file.readEngine.all(`SELECT id FROM role_binding WHERE member_id = ?`, [String(member['id'])])
    const [revoked, attempted] = await Promise.all([
      app.core.execute({ name: 'role.revoke', input: { id: String(binding?.['id']) } }, app.owner),
      app.core.execute({ name: 'skill.create', input: { name: 'Trop tard' } }, session),
    ])
    expect(isError(revoked)).toBe(false)
    expect(isError(attempted) && attempted.error.code).toBe('auth.forbidden')
  })
})
