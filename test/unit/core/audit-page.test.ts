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
    const [assigned] = await linesOf({ filter: { entity: 'assignment' } })
    const changes = assigned?.changes as Record<string, [unknown, unknown]>
    const person = String(changes['collaborator_id']?.[1])
    expect(assigned?.names[person]).toBe([...w.people].find(([, id]) => id === person)?.[0])
    expect(assigned?.names[String(changes['crew_role_id']?.[1])]).toBeTruthy()
  })

  it('names whom the facts of a security event are about', async () => {
    const owner = w.app.owner.user_id
    await w.app.core.record(w.app.owner, 'security.sign_in.reset', { by: owner, at: 'here' })
    const [line] = await linesOf({ filter: { action: 'security.sign_in.reset' } })
    expect(line?.names).toEqual({ [owner]: 'Léa Martin' })
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
    const roles = await w.app.ask('audit.list', { filter: { entity: 'crew_role' }, limit: 200 })
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
    const [line] = await linesOf({ filter: { entity: 'project' } })
    const together = await linesOf({ filter: { correlation_id: line?.correlation_id } })
    expect(together.length).toBeGreaterThan(0)
    expect(new Set(together.map((one) => one.correlation_id))).toEqual(new Set([line?.correlation_id]))
    expect(await linesOf({ filter: { actor: '00000000-0000-4000-8000-00000000dead' } })).toEqual([])
    expect(await linesOf({ filter: { occurred_at: { lt: '2020-01-01T00:00:00.000Z' } } })).toEqual([])
  })

  it('is a list like the others: pages by number, counts of values, ids of all that the filters name', async () => {
    const [first, second] = await Promise.all([1, 2].map(async (page) => await w.app.ask('audit.list', { limit: 10, page })))
    const positions = [first, second].flatMap((page) => (page?.['items'] as AuditLine[]).map((line) => line.position ?? 0))
    expect(positions).toEqual(Array.from({ length: 20 }, (_, index) => Number(first?.['total']) - index))
    const asked = await w.app.ask('audit.list', { filter: { entity: 'crew_role' }, facets: ['entity', 'op'], ids: true, limit: 1, sort: ['position'] })
    const facets = asked['facets'] as Record<string, { value: string | null; count: number }[]>
    expect(facets['entity']?.find((one) => one.value === 'crew_role')?.count).toBe(asked['total'])
    expect(facets['entity']?.length).toBeGreaterThan(3)
    expect(facets['op']?.reduce((sum, one) => sum + one.count, 0)).toBe(asked['total'])
    expect((asked['ids'] as string[]).length).toBe(asked['total'])
    expect((asked['items'] as AuditLine[])[0]?.id).toBe((asked['ids'] as string[])[0])
    expect((await linesOf({ filter: { id: (asked['ids'] as string[]).slice(0, 2) } })).length).toBe(2)
  })

  it('counts nothing for a person but what they see', async () => {
    const inès = await w.member('member', { collaborator: w.people.get('Inès Morvan') ?? '' })
    const own = await w.app.ask('audit.list', { facets: ['actor', 'entity'], ids: true }, inès)
    const facets = own['facets'] as Record<string, { count: number }[]>
    expect(facets['actor']?.reduce((sum, one) => sum + one.count, 0)).toBe(own['total'])
    expect((own['ids'] as string[]).length).toBe(own['total'])
    expect(own['total']).toBeLessThan(Number((await w.app.ask('audit.list', {}))['total']))
  })
})
