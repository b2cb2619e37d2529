/** What the log answers to who reads it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditLine } from '../../../shared/domain/audit/operations.ts'
import { openSheetWorld, type SheetWorld } from '../runsheets/world.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const linesOf = async (input: object, session = w.app.owner): Promise<AuditLine[]> => (await w.app.ask('audit.list', input, session))['items'] as AuditLine[]

describe('the log', () => {
  it('names the records that a change points to', async () => {
    const [assigned] = await linesOf({ entity: 'assignment' })
    const changes = assigned?.changes as Record<string, [unknown, unknown]>
    const person = String(changes['collaborator_id']?.[1])
    expect(assigned?.names[person]).toBe([...w.people].find(([, id]) => id === person)?.[0])
    expect(assigned?.names[String(changes['crew_role_id']?.[1])]).toBeTruthy()
  })

  it('counts itself whole at once, and exactly under any filter', async () => {
    const whole = await w.app.ask('audit.list', { limit: 1 })
    let counted = 0
    for (let cursor: unknown = undefined; ; ) {
      const page = await w.app.ask('audit.list', { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
      counted += (page['items'] as unknown[]).length
      cursor = page['next_cursor']
      if (cursor === null) break
    }
    expect(whole['total']).toBe(counted)
    const roles = await w.app.ask('audit.list', { entity: 'crew_role', limit: 200 })
    expect(roles['total']).toBe((roles['items'] as unknown[]).length)
  })

  it('says how far each person sees, and a member finds their own timeline only', async () => {
    expect((await w.app.ask('audit.list', {}))['sight']).toBe('organization')
    const manager = await w.member('project_manager')
    expect((await w.app.ask('audit.list', {}, manager))['sight']).toBe('projects')
    const inès = await w.member('member', { collaborator: w.people.get('Inès Morvan') ?? '' })
    const own = await w.app.ask('audit.list', {}, inès)
    expect(own['sight']).toBe('own')
    for (const line of own['items'] as AuditLine[]) expect([line.actor === inès.user_id, line.entity_id === w.people.get('Inès Morvan')]).toContain(true)
    expect(await w.app.refused('audit.verify', {}, inès)).toBe('auth.forbidden')
  })

  it('is found by who did it, by correlation and by time', async () => {
    const [line] = await linesOf({ entity: 'project' })
    const together = await linesOf({ correlation_id: line?.correlation_id })
    expect(together.length).toBeGreaterThan(0)
    expect(new Set(together.map((one) => one.correlation_id))).toEqual(new Set([line?.correlation_id]))
    expect(await linesOf({ actor: '00000000-0000-4000-8000-00000000dead' })).toEqual([])
    expect(await linesOf({ to: '2020-01-01T00:00:00.000Z' })).toEqual([])
  })
})
