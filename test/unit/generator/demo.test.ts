import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { generate } from '../../../main/generator/generate.ts'
import { planImage } from '../../../main/generator/demo-plan.ts'
import { imageHead } from '../../../shared/kernel/images.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let opened: TestOrganization | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})
async function demo(today?: string): Promise<TestOrganization> {
  const app = (opened = await openTestOrganization({ found: false, seed: 'demo' }))
  await generate({ core: app.core, session: app.owner, profile: 'demo', seed: 'demo', found: true, ...(today === undefined ? {} : { today: today as LocalDate }) })
  return app
}
const items = (value: Record<string, unknown>) => value['items'] as Record<string, unknown>[]

describe('the demo production', () => {
  it('is Les Nuits du Phare: 47 people, 26 assignments on J3, four days, a night when clocks go back', async () => {
    const app = await demo()
    expect((await app.ask('organization.get', {}))['organization']).toMatchObject({ name: 'Compagnie du Phare' })
    expect((await app.ask('collaborator.list', {}))['total']).toBe(47)
    const project = items(await app.ask('project.list', {})).find((one) => one['code'] === 'NDP')
    const missions = items(await app.ask('mission.list', { project_id: project?.['id'], limit: 50 }))
    expect(new Set(missions.flatMap((one) => (one['day_code'] === null ? [] : [one['day_code']])))).toEqual(new Set(['J1', 'J2', 'J3', 'J4']))
    const ofDay = missions.filter((one) => one['day_code'] === 'J3').map((one) => one['id'])
    expect((await app.ask('assignment.list', { filter: { mission_id: ofDay }, limit: 100 }))['total']).toBe(26)
    const strike = missions.find((one) => one['title'] === 'Démontage & chargement')
    expect((Date.parse(String(strike?.['end_at'])) - Date.parse(String(strike?.['start_at']))) / 3_600_000).toBe(7.5)
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
  })

  it('shows one of each kind of trouble that can be computed today', async () => {
    const app = await demo()
    app.at('2026-10-23T08:00:00.000Z')
    const kinds = new Set(items(await app.ask('conflict.list', { limit: 500 })).map((one) => one['kind']))
    expect([...kinds].sort()).toEqual([
      'certification_missing', 'day_long', 'dependency_blocked', 'location_deprecated', 'location_offline', 'location_overlap', 'need_open', 'option_expired', 'outside_mission',
      'outside_project', 'over_capacity', 'person_overlap', 'rate_mismatch', 'rest_short', 'skill_missing', 'slot_collision', 'unavailable', 'week_long',
    ])
  })

  it('asks for one person in two of its projects at once', async () => {
    const app = await demo()
    const overlaps = items(await app.ask('conflict.list', { limit: 500 })).filter((one) => one['kind'] === 'person_overlap')
    const projects = overlaps.map((one) => new Set((one['records'] as Record<string, unknown>[]).map((record) => record['project_id'])).size)
    expect(Math.max(...projects)).toBe(2)
  })

  it('has published the sheet of J3 three times', async () => {
    const app = await demo()
    const [sheet] = items(await app.ask('sheet.list', {}))
    const about = await app.ask('sheet.get', { id: sheet?.['id'] })
    expect(about['revisions']).toMatchObject([{ number: 3, state: 'published' }, { number: 2, state: 'archived' }, { number: 1, state: 'archived' }])
    expect(about['unpublished_changes']).toBe(false)
  })

  it('has people who said yes, who are waited for and confirmed, a condition, a contract to sign and one to finish', async () => {
    const app = await demo()
    const project = items(await app.ask('project.list', {})).find((one) => one['code'] === 'NDP')
    const states = items(await app.ask('assignment.list', { project_id: project?.['id'], limit: 200 })).map((one) => String(one['state']))
    const count = (state: string): number => states.filter((one) => one === state).length
    expect({ planned: count('planned'), proposed: count('proposed'), confirmed: count('confirmed') }).toEqual({ planned: 6, proposed: 6, confirmed: 17 })
    expect(count('accepted')).toBe(states.length - 29)
    const contracts = items(await app.ask('contract.list', { project_id: project?.['id'] }))
    expect(contracts.map((one) => one['state']).sort()).toEqual(['draft_preview', 'sent'])
    expect(await app.file.readEngine.all('SELECT conditions FROM acceptance WHERE conditions IS NOT NULL', [])).toHaveLength(1)
  })

  it('asks nobody when its show is past', async () => {
    const app = (opened = await openTestOrganization({ found: false, seed: 'demo' }))
    app.at('2026-11-23T08:00:00.000Z')
    await generate({ core: app.core, session: app.owner, profile: 'demo', seed: 'demo', found: true, past: true })
    expect(items(await app.ask('assignment.list', { limit: 200 })).filter((one) => one['state'] === 'proposed')).toEqual([])
  })

  it('moves by whole days with the date given as today', async () => {
    const app = await demo('2027-03-12')
    const dates = items(await app.ask('mission.list', { limit: 50 })).filter((one) => one['day_code'] === 'J3').map((one) => String(one['start_at']).slice(0, 10))
    expect(new Set(dates)).toEqual(new Set(['2027-03-13']))
  })

  it('has the run of show of J3 with what four departments do, and a cast next door', async () => {
    const app = await demo()
    const missions = items(await app.ask('mission.list', { limit: 50 }))
    const show = missions.find((one) => one['title'] === '« Marée haute »')
    const cues = items(await app.ask('cue.list', { filter: { mission_id: show?.['id'] }, limit: 50 }))
    expect(cues.filter((one) => one['kind'] === 'cue')).toHaveLength(12)
    expect(new Set(cues.flatMap((one) => Object.keys(one['departments'] as object)))).toEqual(new Set(['LUM', 'SON', 'VID', 'PLT']))
    expect((await app.ask('mission.get', { id: show?.['id'] }))['checklist']).toHaveLength(5)
    expect(items(await app.ask('cast_role.list', {})).map((one) => one['name'])).toEqual(['Le narrateur', 'La marinière', 'La criée (voix)'])
  })

  it('keeps the plan of the hall and its papers where files are kept: a real image, the same every time', async () => {
    const app = (opened = await openTestOrganization({ found: false, seed: 'demo' }))
    const kept: Uint8Array[] = []
    const keepFile = (bytes: Uint8Array) => {
      kept.push(bytes)
      return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.byteLength }
    }
    await generate({ core: app.core, session: app.owner, profile: 'demo', seed: 'demo', found: true, keepFile })
    const [plan] = kept
    expect(plan && imageHead(plan)).toEqual({ type: 'png', width: 960, height: 600 })
    expect(plan).toEqual(planImage())
    const hall = items(await app.ask('location.list', { limit: 50 })).find((one) => one['name'] === 'Grande Halle du Port')
    expect(hall?.['plan_sha256']).toBe(createHash('sha256').update(plan ?? new Uint8Array()).digest('hex'))
    expect((await app.ask('attachment.list', { filter: { entity: 'location', entity_id: hall?.['id'] } }))['total']).toBe(2)
  })
})
