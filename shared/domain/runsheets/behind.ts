/** Which published sheets print otherwise than what their missions say now. */
import type { Id } from '../../kernel/ids.ts'
import type { Reader } from '../operation.ts'
import { location } from '../locations/model.ts'
import { assignment, mission, need } from '../planning/model.ts'
import { revision, sheetCover } from './model.ts'
import { hasUnpublishedChanges } from './versions.ts'

/**
 * Sheets of these with a published version: whether something changed since (decision C11). Only those under which a row was written
 * after they were published, or whose next version is in work, are compared in full.
 */
export async function publishedAndBehind(reader: Reader, sheet_ids: readonly Id[]): Promise<ReadonlyMap<Id, boolean>> {
  const revisions = await reader.find(revision, { sheet_id: sheet_ids, state: ['draft', 'validated', 'published'] })
  const inWork = new Map(revisions.filter((row) => row.state !== 'published').map((row) => [row.sheet_id, row]))
  const published = new Map(revisions.filter((row) => row.state === 'published').map((row) => [row.sheet_id, row]))
  const covers = await reader.find(sheetCover, { sheet_id: [...published.keys()] })
  const mission_id = [...new Set(covers.map((row) => row.covered_mission_id))]
  const missions = await reader.find(mission, { id: mission_id }, { removed: true })
  const places = new Map((await reader.getMany(location, [...new Set(missions.flatMap((row) => row.location_id ?? []))])).map((row) => [row.id, row.updated_at]))
  const written = new Map<string, string>()
  const note = (id: string, at: string): void => void (at > (written.get(id) ?? '') && written.set(id, at))
  for (const row of missions) {
    note(row.id, row.updated_at)
    note(row.id, (row.location_id && places.get(row.location_id)) ?? '')
  }
  for (const row of await reader.find(assignment, { mission_id }, { removed: true })) note(row.mission_id, row.updated_at)
  for (const row of await reader.find(need, { mission_id }, { removed: true })) note(row.mission_id, row.updated_at)
  const found = new Map<Id, boolean>()
  for (const [sheet_id, row] of published) {
    const last = covers.filter((cover) => cover.sheet_id === sheet_id).reduce((latest, cover) => (latest > (written.get(cover.covered_mission_id) ?? '') ? latest : (written.get(cover.covered_mission_id) ?? '')), '')
    const suspect = inWork.has(sheet_id) || last > (row.published_at ?? '')
    found.set(sheet_id, suspect && (await hasUnpublishedChanges(reader, row, inWork.get(sheet_id))))
  }
  return found
}
