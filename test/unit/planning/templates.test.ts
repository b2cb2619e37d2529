import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { addDays, localDateOf, toLocal, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

interface Mission {
  id: string
  title: string
  start_at: Instant
  end_at: Instant
  zone: string
  series_id: string | null
  needs: { crew_role_id: string; head_count: number }[]
  milestones: { label: string; at: Instant }[]
}

async function opened(zone: string): Promise<{ app: TestOrganization; project: string; role: string; mission: (id: string) => Promise<Mission> }> {
  const app = await openTestOrganization({ seed: `templates ${zone}` })
  const made = async (name: string, input: Record<string, unknown>): Promise<string> => String((await app.ask(name, input))['id'])
  const project = await made('project.create', { code: 'NDP', name: 'Les Nuits', zone, currency: 'EUR', start_at: '2026-01-01T00:00:00.000Z', end_at: '2027-12-31T00:00:00.000Z' })
  const role = await made('crew_role.create', { name: 'Électro de jeu' })
  return { app, project, role, mission: async (id) => (await app.ask('mission.get', { id })) as unknown as Mission }
}

describe.each(['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'])('a template in %s', (zone) => {
  it('makes missions at its clock time on any date, as long as it says, that share a series', async () => {
    const { app, project, role, mission } = await opened(zone)
    const template_id = String((await app.ask('mission_template.create', {
      name: 'Jour de jeu', title: 'Représentation', start_time: '13:30', duration_minutes: 630, needs: [{ crew_role_id: role, head_count: 2, skill_ids: [], certification_kind_ids: [] }], milestones: [{ label: 'Portes', after_minutes: 330 }],
    }))['id'])
    const dates = fc.sample(fc.uniqueArray(fc.integer({ min: 0, max: 360 }), { minLength: 8, maxLength: 8 }), 1)[0] ?? []
    const asked = [...new Set([...dates.map((day) => addDays('2026-01-03' as LocalDate, day)), '2026-10-25', '2026-03-29', '2026-04-05', '2026-11-01'])]
    const { ids } = (await app.ask('mission.create_from_template', { template_id, project_id: project, dates: asked })) as unknown as { ids: string[] }
    const missions = await Promise.all(ids.map(mission))
    expect(missions.map((one) => localDateOf(one.start_at, zone))).toEqual(asked)
    for (const one of missions) {
      expect(toLocal(one.start_at, zone).time).toBe('13:30')
      expect((toMs(one.end_at) - toMs(one.start_at)) / 60_000).toBe(630)
      expect(one.needs).toMatchObject([{ crew_role_id: role, head_count: 2 }])
      expect((toMs(one.milestones[0]?.at ?? one.end_at) - toMs(one.start_at)) / 60_000).toBe(330)
    }
    expect(new Set(missions.map((one) => one.series_id)).size).toBe(1)
    expect(missions[0]?.series_id).not.toBeNull()
    await app.close()
  })

  it('of a mission makes that mission again; repeated, it keeps its clock on each date, and is undone as one', async () => {
    const { app, project, role, mission } = await opened(zone)
    const first = String((await app.ask('mission.create', { project_id: project, title: 'Montage', start_at: '2026-03-20T02:15:00.000Z', end_at: '2026-03-20T11:00:00.000Z' }))['id'])
    await app.ask('need.create', { mission_id: first, crew_role_id: role, head_count: 3 })
    const source = await mission(first)
    const template_id = String((await app.ask('mission_template.from_mission', { mission_id: first, name: 'Montage type' }))['id'])
    const { ids: [copy = ''] } = (await app.ask('mission.create_from_template', { template_id, project_id: project, dates: ['2026-03-27'] })) as unknown as { ids: string[] }
    const again = await mission(copy)
    expect(again).toMatchObject({ title: 'Montage', series_id: null, needs: [{ crew_role_id: role, head_count: 3 }] })
    expect(toLocal(again.start_at, zone).time).toBe(toLocal(source.start_at, zone).time)

    const dates = ['2026-03-29', '2026-03-30', '2026-04-05', '2026-10-25'] as LocalDate[]
    const answer = await app.core.execute({ name: 'mission.repeat', input: { id: first, dates, with_assignments: false, with_run_of_show: false }, id: 'repeat' }, app.owner)
    if ('error' in answer) throw new Error(answer.error.code)
    const { ids } = answer.value as { ids: string[] }
    const copies = await Promise.all(ids.map(mission))
    const clock = toLocal(source.start_at, zone).time
    // A time that the clocks skip moves on by what they skip.
    for (const [index, one] of copies.entries()) {
      const local = toLocal(one.start_at, zone)
      expect(local.date).toBe(dates[index])
      expect([clock, clock.replace(/^02/, '03'), clock.replace(':15', ':45')]).toContain(local.time)
    }
    expect(new Set([...copies, await mission(first)].map((one) => one.series_id)).size).toBe(1)
    await app.close()
  })
})

describe('repeating', () => {
  it('refuses the mission’s own day and more rows than one command may write, and writes nothing then', async () => {
    const { app, project } = await opened('Europe/Paris')
    const id = String((await app.ask('mission.create', { project_id: project, title: 'Jeu', start_at: '2026-06-01T12:00:00.000Z', end_at: '2026-06-01T20:00:00.000Z' }))['id'])
    const ask = (dates: readonly string[]) => app.refused('mission.repeat', { id, dates, with_assignments: true, with_run_of_show: true })
    expect(await ask(['2026-06-08', '2026-06-01'])).toBe('validation.invalid')
    for (let index = 0; index < 6; index++) await app.ask('milestone.create', { mission_id: id, label: `Repère ${index}`, at: '2026-06-01T13:00:00.000Z' })
    expect(await app.refused('mission.repeat', { id, dates: ['2026-06-08', '2026-06-08'], with_assignments: false, with_run_of_show: false })).toBe('validation.invalid')
    expect((await app.ask('mission.list', { project_id: project }))['total']).toBe(1)
    await app.close()
  })
})

describe('a template made on many days', () => {
  it('writes no more than one gesture may, and on days that exist', async () => {
    const { app, project, role } = await opened('Europe/Paris')
    const template_id = String((await app.ask('mission_template.create', {
      name: 'Gros jour', title: 'Gros jour', start_time: '13:30', duration_minutes: 60, milestones: [{ label: 'Portes', after_minutes: 30 }],
      needs: Array.from({ length: 98 }, () => ({ crew_role_id: role, head_count: 1, skill_ids: [], certification_kind_ids: [] })),
    }))['id'])
    const made = (dates: string[]) => ({ template_id, project_id: project, dates })
    const days = (count: number): string[] => Array.from({ length: count }, (_, day) => addDays('2026-06-01' as LocalDate, day))
    expect(await app.refused('mission.create_from_template', made(days(6)))).toBe('validation.invalid')
    expect((await app.ask('mission.create_from_template', made(days(5))))['ids']).toHaveLength(5)
    const first = String((await app.ask('mission.create', { project_id: project, title: 'Montage', start_at: '2026-03-20T02:15:00.000Z', end_at: '2026-03-20T11:00:00.000Z' }))['id'])
    for (const day of ['0000-01-01', '0099-06-01', '9999-12-31']) {
      expect(await app.refused('mission.create_from_template', made([day]))).toBe('validation.invalid')
      expect(await app.refused('mission.repeat', { id: first, dates: [day], with_assignments: false, with_run_of_show: false })).toBe('validation.invalid')
    }
    await app.close()
  })
})
