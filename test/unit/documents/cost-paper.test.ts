/** Costs on paper and in tables: the page's own figures, for who may read them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { day, openSheetWorld, type SheetWorld } from '../runsheets/world.ts'
import { textOf } from './poppler.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
  for (const [index, rate_minor] of [30_000, 20_000].entries()) {
    const { version } = await w.app.ask('assignment.get', { id: w.assignments[index] })
    await w.app.ask('assignment.update', { id: w.assignments[index], version, changes: { rate_basis: 'daily', rate_minor, rate_currency: 'EUR' } })
  }
})
afterEach(() => w.app.close())

const made = async (more: object, session: Session = w.app.owner): Promise<Uint8Array> =>
  new Uint8Array(Buffer.from(String((await w.app.ask('document.make', { document: 'cost_list', project_id: w.project, format: 'csv', language: 'en', ...more }, session))['base64']), 'base64'))
const table = async (costs: object, session?: Session): Promise<string[]> => new TextDecoder().decode(await made({ costs }, session)).replace('\ufeff', '').trim().split('\r\n')
const offered = async (session: Session): Promise<boolean> =>
  ((await w.app.ask('document.list', { project_id: w.project }, session))['items'] as { document: string }[]).some(({ document }) => document === 'cost_list')
const totalsOnly = () => w.app.ask('organization.update', { id: w.app.org, version: 1, changes: { planners_read_rates: false } })

describe('costs as a file', () => {
  it('hold a row a person and the whole below, and say that they are an estimate', async () => {
    const rows = await table({ by: 'person' })
    expect(rows[0]).toBe('Person,Assignments,No rate,Committed,Expected,Total')
    expect(rows.filter((row) => /^(Inès Morvan|Total)/.test(row))).toEqual(['Inès Morvan,1,,0,300,300', 'Total,4,2,0,500,500'])
    expect(textOf(await made({ format: 'pdf', costs: { by: 'person' } }))).toContain('Estimate')
  })

  it('keep to the days asked for, and a currency has a row of its own', async () => {
    const { version } = await w.app.ask('assignment.get', { id: w.assignments[2] })
    await w.app.ask('assignment.update', { id: w.assignments[2], version, changes: { rate_basis: 'daily', rate_minor: 10_000, rate_currency: 'CHF' } })
    expect((await table({ by: 'day' })).at(-1)).toBe('Total,,,0,100,100')
    expect(textOf(await made({ format: 'pdf', costs: { by: 'mission' } }))).toMatch(/CHF/)
    expect((await table({ by: 'day', from: '2026-10-25' })).join('\n')).not.toContain('500')
  })

  it('masks for a planner who reads totals what the page masks, and refuses the breakdowns it refuses', async () => {
    await totalsOnly()
    const planner = await w.member('planner')
    const alone = await w.app.ask('mission.create', { project_id: w.project, title: 'Repérage', start_at: day('08:00', 2), end_at: day('18:00', 2) })
    await w.app.ask('assignment.create', { mission_id: alone['id'], people: [{ collaborator_id: w.people.get('Malik Sow'), rate_basis: 'daily', rate_minor: 77_777, rate_currency: 'EUR' }] })
    const rows = (await table({ by: 'mission' }, planner)).join('\n')
    expect(rows).toContain('masked')
    expect(rows).not.toMatch(/777|Committed|Expected/)
    expect(textOf(await made({ format: 'pdf', costs: { by: 'mission' } }, planner))).not.toMatch(/777/)
    for (const costs of [{ by: 'person' }, { by: 'day', from: '2026-10-24' }])
      expect(await w.app.refused('document.make', { document: 'cost_list', project_id: w.project, format: 'csv', costs }, planner)).toBe('auth.forbidden')
  })

  it('has no amount where the session hides them', async () => {
    const hidden: Session = { ...w.app.owner, amounts: 'hidden' }
    const rows = await table({ by: 'person' }, hidden)
    expect(rows[0]).toBe('Person,Assignments,No rate')
    expect(textOf(await made({ format: 'pdf', costs: { by: 'person' } }, hidden))).not.toMatch(/€|300/)
  })

  it('is offered to those who may have it, and to no other', async () => {
    const planner = await w.member('planner')
    const member = await w.member('member', { collaborator: w.people.get('Inès Morvan') ?? '' })
    expect(await Promise.all([w.app.owner, planner, member, await w.member('viewer')].map(offered))).toEqual([true, true, false, false])
    expect(await w.app.refused('document.make', { document: 'cost_list', project_id: w.project, format: 'csv' }, member)).toBe('auth.forbidden')
  })
})
