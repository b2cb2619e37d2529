/** What the everyday pages ask of the core with the XL profile: lists with the counts of their filters, what needs somebody, lists on paper. */
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import type { TestOrganization } from '../fixtures/core.ts'
import { figures, median, quantile, sum, timed, type Figures } from './measure.ts'
import { itemsOf } from './world.ts'

const TURNS = 25

/** First pages with the values of two filters and their counts; the reference runs the same statements by hand. */
export async function benchFacets(app: TestOrganization, file: string): Promise<Figures> {
  const database = openDatabase(file, { readonly: true })
  const [project] = itemsOf(await app.ask('project.list', { limit: 1 }))
  const ours: number[] = []
  const raw: number[] = []
  for (const [name, view, base, order, facets] of [
    ['mission.list', 'mission_line', 'mission', 'start_at', ['status', 'kind']],
    ['collaborator.list', 'collaborator_line', 'collaborator', 'display_name', ['kind']],
    ['assignment.list', 'assignment_line', 'assignment', 'start_at', ['state']],
  ] as const) {
    for (const inside of name === 'collaborator.list' ? [false] : [false, true]) {
      const values = inside ? [app.org, String(project?.['id'])] : [app.org]
      const where = `WHERE org_id = ? AND deleted_at IS NULL${inside ? ' AND project_id = ?' : ''}`
      const statements = [
        database.prepare<string[]>(`SELECT * FROM ${view} ${where} ORDER BY ${order}, id LIMIT 51`), database.prepare<string[]>(`SELECT count(*) AS total FROM ${base} ${where}`),
        ...facets.map((column) => database.prepare<string[]>(`SELECT ${column} AS value, count(*) AS total FROM ${base} ${where} GROUP BY ${column} ORDER BY 2 DESC`)),
      ]
      const mine: number[] = []
      const theirs: number[] = []
      for (let turn = 0; turn < TURNS; turn++) {
        mine.push((await timed(() => app.ask(name, { limit: 50, facets, ...(inside ? { project_id: project?.['id'] } : {}) })))[0])
        theirs.push((await timed(() => JSON.stringify(statements.map((statement) => statement.all(...values)))))[0])
      }
      ours.push(median(mine))
      raw.push(median(theirs))
    }
  }
  database.close()
  return figures('list_facets', 'ms', sum(ours) / ours.length, sum(raw) / raw.length, { ratio: 2.5, value: 50 }, `each: ${ours.map((ms) => ms.toFixed(1)).join(', ')}`)
}

/** What needs somebody, derived anew after each change and then only read; the reference reads the coming missions and who is on them. */
export async function benchMatters(app: TestOrganization, file: string): Promise<Figures> {
  const database = openDatabase(file, { readonly: true })
  const reading = database.prepare<string[]>('SELECT a.* FROM mission m JOIN assignment a ON a.org_id = m.org_id AND a.mission_id = m.id WHERE m.org_id = ? AND m.end_at >= ? AND m.start_at < ?')
  const [first, { total }] = await timed(() => app.ask('matter.list', { limit: 100 }))
  const [now, ahead] = ['2026-10-20T09:00:00.000Z', '2026-11-19T09:00:00.000Z']
  const changed: number[] = []
  const again: number[] = []
  const raw: number[] = []
  const [place] = itemsOf(await app.ask('location.list', { limit: 1 }))
  for (let turn = 0, version = Number(place?.['version']); turn < TURNS; turn++, version++) {
    await app.ask('location.update', { id: place?.['id'], version, changes: { access_notes: `turn ${turn}` } })
    changed.push((await timed(() => app.ask('matter.list', { limit: 100 })))[0])
    again.push((await timed(() => app.ask('matter.list', { limit: 100 })))[0])
    raw.push((await timed(() => JSON.stringify(reading.all(app.org, now, ahead))))[0])
  }
  database.close()
  return figures('matters', 'ms', quantile(changed, 0.95), quantile(raw, 0.95), { value: 100 },
    `${String(total)} matters, p95 after a change; the first of all ${first.toFixed(0)} ms, unchanged ${median(again).toFixed(1)} ms`)
}

/** Fifty of the largest team, with the counts of its conflicts; the reference reads the rows it is derived from by hand. */
export async function benchCrew(app: TestOrganization, file: string): Promise<Figures> {
  const database = openDatabase(file, { readonly: true })
  const [largest] = database.prepare<string[], { project_id: string }>('SELECT project_id, COUNT(*) AS n FROM assignment WHERE org_id = ? AND deleted_at IS NULL GROUP BY project_id ORDER BY n DESC LIMIT 1').all(app.org)
  const project = String(largest?.project_id)
  const reading = [
    'SELECT * FROM assignment WHERE org_id = ? AND project_id = ? AND deleted_at IS NULL ORDER BY start_at', 'SELECT * FROM mission WHERE org_id = ? AND project_id = ? AND deleted_at IS NULL',
    'SELECT * FROM collaborator c WHERE c.org_id = ? AND c.id IN (SELECT collaborator_id FROM assignment WHERE project_id = ? AND deleted_at IS NULL)',
  ].map((statement) => database.prepare<string[]>(statement))
  const ours: number[] = []
  const raw: number[] = []
  let total: unknown = 0
  for (let turn = 0; turn < TURNS; turn++) {
    const [ms, answer] = await timed(() => app.ask('collaborator.list_crew', { project_id: project, limit: 50 }))
    total = answer['total']
    ours.push(ms)
    raw.push((await timed(() => JSON.stringify(reading.map((statement) => statement.all(app.org, project)))))[0])
  }
  database.close()
  return figures('crew_page', 'ms', median(ours), median(raw), { ratio: 1.5, value: 10 }, `50 of ${String(total)} people`)
}

/** An address list of 300 people as PDF; the reference prints one person, which is fonts and frame. */
export async function benchDocument(app: TestOrganization): Promise<Figures> {
  const people = [...itemsOf(await app.ask('collaborator.list', { limit: 200 })), ...itemsOf(await app.ask('collaborator.list', { limit: 100, page: 3 }))].map((row) => row['id'])
  const make = (ids: unknown[]) => app.ask('document.make', { document: 'address_list', format: 'pdf', ids })
  const ours: number[] = []
  const one: number[] = []
  for (let turn = 0; turn < 6; turn++) {
    const [ms] = await timed(() => make(people))
    const [oneMs] = await timed(() => make(people.slice(0, 1)))
    if (turn === 0) continue
    ours.push(ms)
    one.push(oneMs)
  }
  return figures('document_300', 'ms', median(ours), median(one), { value: 2_000 }, `${people.length} people; the reference prints one`)
}
