import { afterEach, describe, expect, it } from 'vitest'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

interface Found {
  revisions: { number: number; state: string; published_by_name: string | null; validated_by_name: string | null }[]
  work: { headline: string | null; source_revision_id: string | null } | null
  unpublished: { section: string; runs: { text: string }[] }[]
}
const sheetOf = async ({ app }: SheetWorld, id: string) => (await app.ask('sheet.get', { id })) as unknown as Found

async function twice(): Promise<{ opened: SheetWorld; sheet: string; first: string; second: string }> {
  const opened = (world = await openSheetWorld())
  const { sheet, revision: first } = await opened.prepare()
  await opened.app.ask('sheet.update_draft', { revision_id: first, version: 1, changes: { headline: 'première idée' } })
  await opened.app.ask('sheet.publish', { revision_id: first })
  const { revision_id: second } = await opened.app.ask('sheet.revise', { id: sheet })
  await opened.app.ask('sheet.update_draft', { revision_id: second, version: 1, changes: { headline: 'seconde idée' } })
  await opened.app.ask('sheet.publish', { revision_id: second })
  return { opened, sheet, first, second: String(second) }
}

describe('the library', () => {
  interface Line {
    id: string
    published_by_name: string | null
    unpublished_changes: boolean | null
    covered: { code: string | null; title: string }[]
  }
  const listed = async (opened: SheetWorld, more: Record<string, unknown> = {}, session = opened.app.owner) =>
    (await opened.app.ask('sheet.list', { project_id: opened.project, sort: ['sheet_date'], ...more }, session)) as unknown as { items: Line[]; total: number; facets?: Record<string, { value: unknown; count: number }[]> }

  /** One sheet over two missions, published; another in work. */
  async function library(): Promise<{ opened: SheetWorld; sheet: string; second: string; other: string }> {
    const opened = (world = await openSheetWorld())
    const { app, project } = opened
    const second = await app.ask('mission.create', { project_id: project, title: 'Atelier', day_code: 'J3b', start_at: day('08:00'), end_at: day('10:00') })
    const prepared = await app.ask('sheet.prepare', { mission_id: opened.mission, covers: [second['id']] })
    await app.ask('sheet.publish', { revision_id: prepared['revision_id'] })
    const third = await app.ask('mission.create', { project_id: project, title: 'Lendemain', day_code: 'J4', start_at: day('08:00', 2), end_at: day('20:00', 2) })
    const other = await app.ask('sheet.prepare', { mission_id: third['id'] })
    return { opened, sheet: String(prepared['id']), second: String(second['id']), other: String(other['id']) }
  }

  it('says who published, which missions each sheet covers, and whether something changed since', async () => {
    const { opened } = await library()
    const said = async () => (await listed(opened)).items.map(({ published_by_name, unpublished_changes, covered }) => [published_by_name, unpublished_changes, covered.map(({ title }) => title)])
    expect(await said()).toEqual([['Léa Martin', false, ['Marée haute', 'Atelier']], [null, null, ['Lendemain']]])
    await opened.app.ask('assignment.cancel', { ids: [opened.assignments[0]] })
    expect(await said()).toEqual([['Léa Martin', true, ['Marée haute', 'Atelier']], [null, null, ['Lendemain']]])
  })

  it('is filtered by each of them, and counts the values under the other filters', async () => {
    const { opened, sheet, second, other } = await library()
    const idsOf = async (filter: Record<string, unknown>) => (await listed(opened, { filter })).items.map(({ id }) => id)
    expect(await idsOf({ unpublished_changes: true })).toEqual([])
    await opened.app.ask('assignment.cancel', { ids: [opened.assignments[0]] })
    expect(await idsOf({ unpublished_changes: true })).toEqual([sheet])
    expect(await idsOf({ unpublished_changes: { not: true } })).toEqual([other])
    expect(await idsOf({ covered_mission_id: second })).toEqual([sheet])
    expect(await idsOf({ covered_mission_id: { not: [second] } })).toEqual([other])
    expect(await idsOf({ published_by_name: 'Léa Martin' })).toEqual([sheet])
    expect(await idsOf({ covered_mission_id: second, status: 'draft' })).toEqual([])
    const { facets } = await listed(opened, { facets: ['unpublished_changes', 'covered_mission_id', 'published_by_name'], filter: { unpublished_changes: true } })
    expect(facets?.['unpublished_changes']).toEqual(expect.arrayContaining([{ value: true, count: 1 }, { value: null, count: 1 }]))
    expect(facets?.['covered_mission_id']).toEqual(expect.arrayContaining([{ value: second, count: 1 }, { value: opened.mission, count: 1 }]))
    expect(facets?.['published_by_name']).toEqual([{ value: 'Léa Martin', count: 1 }])
  })

  it('tells a reader nothing of what is being prepared', async () => {
    const { opened, sheet } = await library()
    await opened.app.ask('assignment.cancel', { ids: [opened.assignments[0]] })
    const viewer = await opened.member('viewer')
    const { items, total } = await listed(opened, {}, viewer)
    expect([items.map(({ id, unpublished_changes }) => [id, unpublished_changes]), total]).toEqual([[[sheet, null]], 1])
    expect((await listed(opened, { filter: { unpublished_changes: true } }, viewer)).total).toBe(0)
  })
})

describe('versions of a sheet', () => {
  it('the next one may go on from any that was published', async () => {
    const { opened, sheet, first } = await twice()
    await opened.app.ask('sheet.revise', { id: sheet, from_revision_id: first })
    const { work, revisions } = await sheetOf(opened, sheet)
    expect(work).toMatchObject({ headline: 'première idée', source_revision_id: first })
    expect(revisions.map(({ number, state }) => `v${number} ${state}`)).toEqual(['v3 draft', 'v2 published', 'v1 archived'])
  })

  it('the next one cannot go on from the version of another sheet', async () => {
    const { opened, sheet } = await twice()
    const other = await opened.app.ask('mission.create', { project_id: opened.project, title: 'Autre soir', day_code: 'J4', start_at: day('08:00', 2), end_at: day('20:00', 2) })
    const made = await opened.app.ask('sheet.prepare', { mission_id: other['id'] })
    await expect(opened.app.ask('sheet.revise', { id: sheet, from_revision_id: made['revision_id'] })).rejects.toThrow('revision.not_found')
  })

  it('say by name who validated and published them', async () => {
    const { opened, sheet } = await twice()
    for (const row of (await sheetOf(opened, sheet)).revisions) expect(row).toMatchObject({ validated_by_name: 'Léa Martin', published_by_name: 'Léa Martin' })
  })

  it('keep why one was withdrawn in the audit log', async () => {
    const { opened, second } = await twice()
    await opened.app.ask('sheet.archive', { revision_id: second, reason: 'Représentation annulée' })
    const { items } = (await opened.app.ask('audit.list', { limit: 5 })) as unknown as { items: { action: string; reason: string | null }[] }
    expect(items.find(({ action }) => action === 'sheet.archive')?.reason).toBe('Représentation annulée')
  })

  it('say in words what the missions changed since the published one, and the next draft holds it', async () => {
    const { opened, sheet } = await twice()
    expect((await sheetOf(opened, sheet)).unpublished).toEqual([])
    await opened.app.ask('assignment.cancel', { ids: [opened.assignments[0]] })
    const { unpublished } = await sheetOf(opened, sheet)
    expect(unpublished.map(({ section, runs }) => `${section}: ${runs.map(({ text }) => text).join('')}`)).toContainEqual(expect.stringMatching(/^people: .*Inès Morvan/))
    const { revision_id } = await opened.app.ask('sheet.revise', { id: sheet })
    const { snapshot } = (await opened.app.ask('sheet.preview', { revision_id })) as unknown as { snapshot: { people: { name: string }[] } }
    expect(snapshot.people.map(({ name }) => name)).not.toContain('Inès Morvan')
  })

  it('are compared with whom each change concerns', async () => {
    const { opened, sheet, second } = await twice()
    const { revision_id } = await opened.app.ask('sheet.revise', { id: sheet })
    await opened.app.ask('sheet.add_slot', { revision_id, label: 'Balances', start_at: day('15:00'), departments: ['SON'] })
    await opened.app.ask('sheet.add_slot', { revision_id, label: 'Repas', start_at: day('17:00'), everyone: true })
    const { lines } = (await opened.app.ask('sheet.compare', { from_revision_id: second, to_revision_id: revision_id })) as unknown as {
      lines: { section: string; kind: string; department_codes: string[] | null }[]
    }
    expect(lines.filter(({ section }) => section === 'slots')).toEqual([
      expect.objectContaining({ kind: 'row_added', department_codes: ['SON'] }), expect.objectContaining({ kind: 'row_added', department_codes: null }),
    ])
  })
})
