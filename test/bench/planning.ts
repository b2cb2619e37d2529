/** The window of a planning with 10,000 assignments and 500 people: the core's answer and the page's check of it. */
import { planningWindow } from '../../shared/domain/planning/window-operations.ts'
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import type { TestOrganization } from '../fixtures/core.ts'
import { figures, median, timed, type Figures } from './measure.ts'
import { itemsOf } from './world.ts'

const TURNS = 15
const ANSWER_MS = 150
const CHECK_MS = 40

/** The same rows read by hand, whole, with better-sqlite3 alone: of the project, and of the people who work there. */
const ofProject = ['mission', 'assignment', 'need', 'milestone', 'dependency', 'revision', 'sheet_cover'].map((table) => `SELECT * FROM ${table} WHERE org_id = @org AND project_id = @project AND deleted_at IS NULL`)
const crew = 'SELECT collaborator_id FROM assignment WHERE org_id = @org AND project_id = @project'
const ofPeople = [
  `SELECT * FROM collaborator WHERE org_id = @org AND id IN (${crew})`, `SELECT * FROM collaborator_role WHERE org_id = @org AND collaborator_id IN (${crew})`,
  `SELECT * FROM availability WHERE org_id = @org AND collaborator_id IN (${crew})`, `SELECT * FROM assignment WHERE org_id = @org AND project_id <> @project AND collaborator_id IN (${crew})`,
]

export async function benchPlanning(app: TestOrganization, file: string): Promise<Figures[]> {
  const [project] = itemsOf(await app.ask('project.list', { sort: ['code'], limit: 1 }))
  const project_id = String(project?.['id'])
  const database = openDatabase(file, { readonly: true })
  const statements = [...ofProject, ...ofPeople].map((text) => database.prepare<{ org: string; project: string }>(text))
  const [first] = await timed(() => app.ask('planning.window', { project_id }))
  const ours: number[] = []
  const raw: number[] = []
  const parsed: number[] = []
  const checked: number[] = []
  let text = ''
  for (let turn = 0; turn < TURNS; turn++) {
    const [ms, answer] = await timed(() => app.ask('planning.window', { project_id }))
    ours.push(ms)
    raw.push((await timed(() => statements.map((statement) => statement.all({ org: app.org, project: project_id }))))[0])
    text = JSON.stringify(answer)
    const [parseMs, value] = await timed((): unknown => JSON.parse(text))
    parsed.push(parseMs)
    const [checkMs, { success }] = await timed(() => planningWindow.output.safeParse(value))
    if (!success) throw new Error('the answer is not what the operation declares')
    checked.push(checkMs)
  }
  database.close()
  const bars = planningWindow.output.parse(JSON.parse(text)).assignments.id.length
  return [
    figures('planning_window', 'ms', median(ours), median(raw), { ratio: 2, value: ANSWER_MS }, `${bars} assignments, ${(text.length / 1e6).toFixed(2)} MB as JSON; the first, with all conflicts, ${first.toFixed(0)} ms`),
    figures('planning_check', 'ms', median(checked), median(parsed), { value: CHECK_MS }, 'the page’s check of the answer, beside reading its JSON'),
  ]
}
