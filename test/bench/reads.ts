import type Database from 'better-sqlite3'
import { matchOf } from '../../shared/store/search.ts'
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import { fold } from '../../shared/kernel/text.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { figures, median, quantile, sum, timed, type Figures } from './measure.ts'
import { itemsOf } from './world.ts'


/** From a closed file to the first answer; the reference opens the same file and checks it too. */
export async function benchOpen(folder: string, file: string, seed: string): Promise<Figures> {
  const ours: number[] = []
  const raw: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    const [ms, app] = await timed(async () => {
      const opened = await openTestOrganization({ folder, found: false, seed })
      await opened.ask('organization.get', {})
      return opened
    })
    ours.push(ms)
    await app.close()
    raw.push((await timed(() => {
      const database = openDatabase(file)
      database.pragma('quick_check(1)')
      database.prepare('SELECT * FROM organization').all()
      database.close()
    }))[0])
  }
  return figures('open_xl', 'ms', median(ours), median(raw), {}, 'integrity check included in both')
}

interface Page {
  name: string
  input: Record<string, unknown>
  view: string
  where: string
  values: string[]
  order: string
}

/** First pages as the app asks for them, over everything and inside a project. */
function pagesOf(project: string): Page[] {
  const page = (name: string, view: string, order: string, inside: boolean): Page => ({
    name, view, order, input: { limit: 50, ...(inside ? { project_id: project } : {}) }, where: inside ? ' AND project_id = ?' : '', values: inside ? [project] : [],
  })
  return [
    page('assignment.list', 'assignment_line', 'start_at, id', true), page('assignment.list', 'assignment_line', 'start_at, id', false),
    page('mission.list', 'mission_line', 'start_at, id', true), page('mission.list', 'mission_line', 'start_at, id', false),
    page('collaborator.list', 'collaborator_line', 'display_name, id', false), page('location.list', 'location_line', 'name, id', false), page('project.list', 'project_line', 'start_at DESC, id DESC', false),
  ]
}

/** The same joined page by hand: rows, total, JSON text. */
function rawPage(database: Database.Database, org: string, { view, where, order, values }: Page): () => string {
  const rows = database.prepare<string[]>(`SELECT * FROM ${view} WHERE org_id = ? AND deleted_at IS NULL${where} ORDER BY ${order} LIMIT 51`)
  const count = database.prepare<string[]>(`SELECT count(*) AS total FROM ${view} WHERE org_id = ? AND deleted_at IS NULL${where}`)
  return () => JSON.stringify({ items: rows.all(org, ...values).slice(0, 50), total: count.get(org, ...values) })
}

export async function benchList(app: TestOrganization, file: string): Promise<Figures> {
  const database = openDatabase(file, { readonly: true })
  const [project] = itemsOf(await app.ask('project.list', { limit: 1 }))
  const ours: number[] = []
  const raw: number[] = []
  const notes: string[] = []
  for (const page of pagesOf(String(project?.['id']))) {
    const byHand = rawPage(database, app.org, page)
    const mine: number[] = []
    const theirs: number[] = []
    for (let turn = 0; turn < 40; turn++) {
      const [ms, text] = await timed(async () => JSON.stringify(await app.ask(page.name, page.input)))
      const [rawMs, rawText] = await timed(byHand)
      if (text.length < rawText.length / 2) throw new Error(`${page.name}: the reference does not read the same page`)
      if (turn < 5) continue
      mine.push(ms)
      theirs.push(rawMs)
    }
    ours.push(median(mine))
    raw.push(median(theirs))
    notes.push(`${page.name}${page.where ? ' of a project' : ''} ${median(mine).toFixed(2)}/${median(theirs).toFixed(2)}`)
  }
  database.close()
  return figures('list', 'ms', sum(ours) / ours.length, sum(raw) / raw.length, { ratio: 2 }, notes.join(', '))
}

const SEARCH = `SELECT s.entity, s.row_id, s.project_id, s.title FROM search_words w JOIN search_row s ON s.rowid = w.rowid
  WHERE search_words MATCH ? AND s.org_id = ? ORDER BY (substr(s.folded, 1, ?) = ?) DESC, w.rank, s.folded, s.row_id LIMIT 20`

/** What people type: the beginnings of names and titles, a letter at a time, and two beginnings together. */
export async function benchSearch(app: TestOrganization, file: string): Promise<Figures> {
  const database = openDatabase(file, { readonly: true })
  const statement = database.prepare<(string | number)[]>(SEARCH)
  const titles = (await app.file.engine.all('SELECT title FROM search_row WHERE rowid % 211 = 0 LIMIT 60', [])).map((row) => String(row['title']))
  const typed = titles.flatMap((title) => [title.slice(0, 2), title.slice(0, 4), title, title.split(' ').map((word) => word.slice(0, 3)).join(' ')])
  const ours: number[] = []
  const raw: number[] = []
  for (const text of typed) {
    const match = matchOf(text)
    if (match === null) continue
    ours.push((await timed(() => app.ask('search.query', { text })))[0])
    raw.push((await timed(() => statement.all(match, app.org, fold(text).length, fold(text))))[0])
  }
  database.close()
  return figures('search', 'ms', quantile(ours, 0.95), quantile(raw, 0.95), { value: 30 }, `p95 of ${ours.length} searches, median ${median(ours).toFixed(2)} ms`)
}
