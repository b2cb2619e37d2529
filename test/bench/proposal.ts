import { fromMs, MINUTE, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import type { TestOrganization } from '../fixtures/core.ts'
import { figures, median, quantile, timed, type Figures } from './measure.ts'
import { itemsOf } from './world.ts'

/** One step of a drag looked at: what it would change and break. The reference moves the row, reads the rows it is judged by, and rolls back. */
export async function benchProposal(app: TestOrganization, file: string): Promise<Figures> {
  await app.ask('conflict.list', { limit: 1 })
  const rows = itemsOf(await app.ask('assignment.list', { limit: 200, filter: { state: ['planned', 'proposed', 'accepted'] } }))
  const ours: number[] = []
  const raw: number[] = []
  let broken = 0
  const database = openDatabase(file)
  const move = database.prepare<[string, string, string, string]>('UPDATE assignment SET start_at = ?, end_at = ? WHERE org_id = ? AND id = ?')
  const read = [
    database.prepare<string[]>('SELECT * FROM assignment WHERE org_id = ? AND collaborator_id = ? AND deleted_at IS NULL'),
    database.prepare<string[]>('SELECT * FROM availability WHERE org_id = ? AND collaborator_id = ? AND deleted_at IS NULL'),
    database.prepare<string[]>('SELECT * FROM certification WHERE org_id = ? AND collaborator_id = ? AND deleted_at IS NULL'),
    database.prepare<string[]>('SELECT * FROM collaborator_skill WHERE org_id = ? AND collaborator_id = ? AND deleted_at IS NULL'),
  ]
  const ofMission = database.prepare<string[]>('SELECT * FROM assignment WHERE org_id = ? AND mission_id = ? AND deleted_at IS NULL')
  for (const row of rows) {
    const [start_at, end_at] = [row['start_at'], row['end_at']].map((instant) => fromMs(toMs(String(instant) as Instant) + 45 * MINUTE))
    if (start_at === undefined || end_at === undefined) continue
    const commands = [{ operation: 'assignment.change', input: { changes: [{ id: row['id'], version: row['version'], start_at, end_at }] } }]
    const [ms, seen] = await timed(() => app.ask('proposal.preview', { commands }))
    if (seen['refusal'] !== null) continue
    ours.push(ms)
    broken += Array.isArray(seen['broken']) ? seen['broken'].length : 0
    raw.push((await timed(() => {
      database.exec('BEGIN IMMEDIATE')
      move.run(start_at, end_at, app.org, String(row['id']))
      for (const statement of read) statement.all(app.org, String(row['collaborator_id']))
      ofMission.all(app.org, String(row['mission_id']))
      database.exec('ROLLBACK')
    }))[0])
  }
  database.close()
  return figures('proposal', 'ms', quantile(ours, 0.95), quantile(raw, 0.95), { value: 30 }, `p95 of ${ours.length} moves by 45 minutes, median ${median(ours).toFixed(2)} ms, ${broken} conflicts foreseen`)
}
