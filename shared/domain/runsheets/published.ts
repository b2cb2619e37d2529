/** What other contexts ask of the sheets: is something of this mission or project published? */
import type { Id } from '../../kernel/ids.ts'
import type { Transaction } from '../operation.ts'
import { revision, runSheet, sheetCover } from './model.ts'

export async function missionHasPublishedSheet(tx: Transaction, mission_id: Id): Promise<boolean> {
  for (const cover of await tx.find(sheetCover, { covered_mission_id: mission_id }))
    if ((await tx.find(revision, { sheet_id: cover.sheet_id, state: ['published', 'archived'] }, { limit: 1 })).length > 0) return true
  return false
}

export async function projectHasPublishedSheet(tx: Transaction, project_id: Id): Promise<boolean> {
  return (await tx.find(revision, { project_id, state: ['published', 'archived'] }, { limit: 1 })).length > 0
}

/** Drafts go with their mission. */
export async function removeSheetsOf(tx: Transaction, mission_id: Id): Promise<void> {
  for (const cover of await tx.find(sheetCover, { covered_mission_id: mission_id })) {
    await tx.remove(sheetCover, cover.id)
    const sheet = await tx.get(runSheet, cover.sheet_id)
    if (!sheet || sheet.lead_mission_id !== mission_id) continue
    for (const one of await tx.find(revision, { sheet_id: sheet.id })) await tx.remove(revision, one.id)
    await tx.remove(runSheet, sheet.id)
  }
}
