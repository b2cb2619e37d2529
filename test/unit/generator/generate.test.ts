import { afterEach, describe, expect, it } from 'vitest'
import { generate } from '../../../main/generator/generate.ts'
import { profiles, type ProfileName, type SizedProfile } from '../../../main/generator/profiles.ts'
import { entities } from '../../../shared/domain/registry.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { localDateOf, offsetMinutes, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

const opened: TestOrganization[] = []
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close()
})

async function made(profile: ProfileName, seed: string, today?: string, sheets?: number): Promise<TestOrganization> {
  const app = await openTestOrganization({ found: false, seed: 'generator' })
  opened.push(app)
  await generate({ core: app.core, session: app.owner, profile, seed, found: true, sheets, ...(today === undefined ? {} : { today: today as LocalDate }) })
  return app
}
async function digestOf(app: TestOrganization): Promise<string> {
  const parts: string[] = []
  for (const table of [...entities.keys(), 'audit_event', 'command_log']) parts.push(JSON.stringify(await app.file.engine.all(`SELECT * FROM ${table} ORDER BY id`, [])))
  return sha256(parts.join('\n'))
}
async function one(app: TestOrganization, sql: string): Promise<number> {
  return Number((await app.file.engine.all(sql, []))[0]?.['n'] ?? 0)
}
const within = (found: number, target: number): void => {
  expect(found).toBeGreaterThanOrEqual(target * 0.95)
  expect(found).toBeLessThanOrEqual(target * 1.05)
}

async function checkCounts(app: TestOrganization, name: SizedProfile): Promise<void> {
  const profile = profiles[name]
  const count = (table: string): Promise<number> => one(app, `SELECT count(*) AS n FROM ${table}`)
  within(await count('collaborator'), profile.populations.reduce((sum, one) => sum + one.people, 0))
  within(await count('project'), profile.projects)
  within(await count('mission'), profile.missions)
  within(await count('location'), profile.locations)
  within(await count('cost_centre'), profile.costCentres)
  within(await count('member'), profile.members)
  within(await count('run_sheet'), profile.sheets)
  within(await count('revision'), (profile.sheets * profile.versionTenths) / 10)
  within(await count('sheet_slot'), (profile.sheets * profile.versionTenths * profile.slotsPerSheet) / 10)
  within(await count('assignment'), profile.populations.reduce((sum, one) => sum + one.assignments, 0))
}

describe('the generated organization', () => {
  it('is the same, row for row and event for event, when made again from the same seed', async () => {
    const first = await digestOf(await made('S', 'one', undefined, 8))
    expect(await digestOf(await made('S', 'one', undefined, 8))).toBe(first)
    expect(await digestOf(await made('S', 'two', undefined, 8))).not.toBe(first)
  }, 60_000)

  it('has as much of everything as a small company, and its audit chain holds', async () => {
    const app = await made('S', 'one')
    await checkCounts(app, 'S')
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
  })

  it('has one project of 10 000 assignments for 500 people over the change of clocks, and the same people elsewhere', async () => {
    const app = await made('planning', 'one')
    await checkCounts(app, 'planning')
    const of = (code: string): string => `(SELECT id FROM project WHERE code = '${code}')`
    within(await one(app, `SELECT count(*) AS n FROM assignment WHERE project_id = ${of('P001')}`), 10_000)
    within(await one(app, `SELECT count(*) AS n FROM mission WHERE project_id = ${of('P001')}`), 400)
    expect(await one(app, `SELECT count(DISTINCT collaborator_id) AS n FROM assignment WHERE project_id = ${of('P001')}`)).toBe(500)
    expect(await one(app, `SELECT count(DISTINCT a.collaborator_id) AS n FROM assignment a JOIN assignment b ON b.collaborator_id = a.collaborator_id AND b.project_id <> a.project_id`)).toBeGreaterThan(100)
    expect(await one(app, `SELECT count(*) AS n FROM mission WHERE start_at < '2026-10-25T01:00:00.000Z' AND end_at > '2026-10-25T01:00:00.000Z'`)).toBeGreaterThan(0)
  }, 60_000)

  it('has as much of everything as a festival, with what goes wrong in real ones', async () => {
    const app = await made('M', 'one')
    await checkCounts(app, 'M')
    const assignments = await one(app, 'SELECT count(*) AS n FROM assignment')
    const worked = await app.file.engine.all('SELECT start_at, end_at FROM assignment', [])
    const overnight = worked.filter((row) => localDateOf(String(row['start_at']) as Instant, 'Europe/Paris') !== localDateOf(String(row['end_at']) as Instant, 'Europe/Paris')).length
    expect(overnight / assignments).toBeGreaterThan(0.05)
    expect(overnight / assignments).toBeLessThan(0.15)
    expect(await one(app, `SELECT count(*) AS n FROM collaborator WHERE tags LIKE '%hors de France%'`)).toBeGreaterThan(900 * 0.02)
    expect(await one(app, `SELECT count(*) AS n FROM certification WHERE expires_on < '2026-10-12'`)).toBeGreaterThan(0)
    const doubles = await one(app, `SELECT count(*) AS n FROM assignment a JOIN assignment b ON b.org_id = a.org_id AND b.collaborator_id = a.collaborator_id AND a.id < b.id
      AND a.start_at < b.end_at AND b.start_at < a.end_at`)
    expect(doubles).toBeGreaterThan(0)
    expect(doubles).toBeLessThan(assignments * 0.05)
    const departments = await app.file.engine.all('SELECT count(*) AS n FROM collaborator_role GROUP BY collaborator_id', [])
    expect(Math.min(...departments.map((row) => Number(row['n'])))).toBe(2)
    expect(Math.max(...departments.map((row) => Number(row['n'])))).toBe(4)
    const windows = await app.file.engine.all('SELECT start_at, end_at, zone FROM mission', [])
    const change = windows.filter((row) => offsetMinutes(Date.parse(String(row['start_at'])), String(row['zone'])) !== offsetMinutes(Date.parse(String(row['end_at'])), String(row['zone'])))
    expect(change.length).toBeGreaterThan(0)
  }, 120_000)

  it('moves with the date given as today', async () => {
    const span = async (app: TestOrganization) => (await app.file.engine.all('SELECT min(start_at) AS first FROM mission', []))[0]?.['first']
    const fixed = Date.parse(String(await span(await made('S', 'one', undefined, 0))))
    const moved = Date.parse(String(await span(await made('S', 'one', '2027-10-12', 0))))
    expect(Math.round((moved - fixed) / 86_400_000)).toBe(365)
  })

  it('calls nobody: every telephone number is of a range kept for fiction', async () => {
    const app = await made('S', 'one', undefined, 0)
    const phones = await app.file.engine.all(
      'SELECT phone AS p FROM collaborator UNION ALL SELECT hospital_phone FROM location UNION ALL SELECT contact_phone FROM location', [])
    for (const row of phones) if (row['p'] !== null) expect(String(row['p'])).toMatch(/^(06 39 98|01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \d\d \d\d$|^\+44 7700 900\d{3}$/)
  })
})
