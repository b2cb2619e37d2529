/** What a refusal tells: never more than the answer would. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
let mission: unknown
let stranger: unknown
const planner: Session = { user_id: deriveId('refusals', 'planner'), device: 'test', scope: null }
const viewer: Session = { user_id: deriveId('refusals', 'viewer'), device: 'test', scope: null }

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'refusals' })
  const project = await app.ask('project.create', {
    code: 'A', name: 'A', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr',
  })
  mission = (await app.ask('mission.create', { project_id: project['id'], title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id']
  stranger = (await app.ask('collaborator.create', { display_name: 'Tom Lacaze' }))['id']
  await app.ask('availability.set', { collaborator_id: stranger, kind: 'unavailable', start_at: '2026-10-24T00:00:00.000Z', end_at: '2026-10-25T00:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })
  for (const [session, role] of [[planner, 'planner'], [viewer, 'viewer']] as const)
    await app.ask('member.add', { user_id: session.user_id, name: role, email: `${role}@example.org`, role, project_id: project['id'] })
})
afterAll(() => app.close())

describe('a refusal', () => {
  it('of an undo does not show the rate that someone else set to a person who may not read rates', async () => {
    const made = await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: stranger, rate_minor: 100, rate_basis: 'daily', rate_currency: 'EUR' }] }, planner)
    const undo = (await app.ask('history.list', {}, planner))['undo']
    const about = await app.ask('organization.get', {})
    const { id, version } = about['organization'] as { id: string; version: number }
    await app.ask('organization.update', { id, version, changes: { planners_read_rates: false } })
    await app.ask('assignment.update', { id: (made['ids'] as string[])[0], version: 1, changes: { rate_minor: 98_765 } })
    const answer = await app.core.execute({ name: 'history.undo', input: { command_id: undo } }, planner)
    expect(isError(answer) && answer.error.code).toBe('undo.moved')
    expect(JSON.stringify(answer)).not.toContain('98765')
  })
  it('meets whoever asks about the calendar of a person they may not see', async () => {
    const input = { mission_id: mission, collaborator_ids: [stranger] }
    expect(await app.refused('conflict.preview', input, viewer)).toBe('auth.forbidden')
    expect(((await app.ask('conflict.preview', input))['people'] as { conflicts: unknown[] }[])[0]?.conflicts.length).toBeGreaterThan(0)
  })
})
