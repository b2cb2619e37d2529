import type { Commit } from '../../shared/core/organization-core.ts'
import { createConflictWatch } from '../../shared/core/conflict-watch.ts'
import { fromMs, MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import type { TestOrganization } from '../fixtures/core.ts'
import { figures, median, quantile, timed, type Figures } from './measure.ts'
import { itemsOf } from './world.ts'

const read = ['assignment', 'mission', 'project', 'need', 'dependency', 'collaborator', 'availability', 'certification', 'collaborator_skill', 'location', 'rate_card']
/** The date the XL profile takes for today. */
const now = (): Instant => '2026-10-12T08:00:00.000Z' as Instant

/** Everything at once, then again after one assignment moved by a quarter of an hour; the reference only reads the rows concerned. */
export async function benchConflicts(app: TestOrganization, file: string): Promise<Figures[]> {
  const database = openDatabase(file, { readonly: true })
  const tables = read.map((table) => database.prepare<string[]>(`SELECT * FROM ${table} WHERE org_id = ? AND deleted_at IS NULL`))
  const full: number[] = []
  const reading: number[] = []
  let watch = createConflictWatch(() => app.core.reader(), now)
  let found = 0
  for (let turn = 0; turn < 3; turn++) {
    watch = createConflictWatch(() => app.core.reader(), now)
    const [ms, index] = await timed(() => watch.current())
    found = index.counts().total
    full.push(ms)
    reading.push((await timed(() => tables.map((statement) => statement.all(app.org).length)))[0])
  }

  const commits: Commit[] = []
  const forget = app.core.onCommit((commit) => commits.push(commit))
  const one: number[] = []
  const readingOne: number[] = []
  const ofPerson = database.prepare<string[]>('SELECT * FROM assignment WHERE org_id = ? AND collaborator_id = ? AND deleted_at IS NULL')
  const ofMission = database.prepare<string[]>('SELECT * FROM assignment WHERE org_id = ? AND mission_id = ? AND deleted_at IS NULL')
  for (const row of itemsOf(await app.ask('assignment.list', { limit: 100, filter: { state: 'planned' } }))) {
    const moved = fromMs(toMs(String(row['end_at']) as Instant) + 15 * MINUTE)
    await app.ask('assignment.update', { id: row['id'], version: row['version'], changes: { end_at: moved } })
    const writes = commits.at(-1)?.writes ?? []
    one.push((await timed(() => {
      watch.note(writes)
      return watch.current()
    }))[0])
    readingOne.push((await timed(() => [ofPerson.all(app.org, String(row['collaborator_id'])), ofMission.all(app.org, String(row['mission_id']))]))[0])
  }
  forget()
  database.close()
  return [
    figures('conflicts_full', 'ms', median(full), median(reading), { value: 2000 }, `${found} conflicts; the reference only reads the rows`),
    figures('conflicts_one', 'ms', quantile(one, 0.95), quantile(readingOne, 0.95), { value: 10 }, `p95 of ${one.length} changes, median ${median(one).toFixed(2)} ms; the reference only reads the rows`),
  ]
}
