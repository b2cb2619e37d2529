/** What other contexts ask of the sheets: is something of this mission or project published? And what goes with a mission. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Reader, Transaction } from '../operation.ts'
import { restoreParts } from '../parts.ts'
import type { RevisionRow } from './material.ts'
import { keyTime, revision, runSheet, sheetCover, sheetNote, sheetPerson, sheetRow, sheetSlot } from './model.ts'

const frozen = ['published', 'archived']

/** Asked of the frozen contents, because a mission may have left the sheet since. */
const names = (row: RevisionRow, mission_id: Id): boolean => {
  const missions = row.snapshot?.['missions']
  return Array.isArray(missions) && missions.some((one: unknown) => typeof one === 'object' && one !== null && 'id' in one && one.id === mission_id)
}

export async function missionHasPublishedSheet(tx: Reader, mission_id: Id): Promise<boolean> {
  const sheets = new Set((await tx.find(sheetCover, { covered_mission_id: mission_id }, { removed: true })).map((cover) => cover.sheet_id))
  for (const sheet_id of sheets)
    if ((await tx.find(revision, { sheet_id, state: frozen })).some((row) => names(row, mission_id))) return true
  return false
}

export async function projectHasPublishedSheet(tx: Transaction, project_id: Id): Promise<boolean> {
  return (await tx.find(revision, { project_id, state: frozen }, { limit: 1 })).length > 0
}

/** Removes a draft with its rows. */
export async function removeVersion(tx: Transaction, id: Id): Promise<void> {
  for (const part of [keyTime, sheetSlot, sheetPerson, sheetNote, sheetRow])
    for (const row of await tx.find(part, { revision_id: id })) await tx.remove(part, row.id)
  await tx.remove(revision, id)
}

/** Removes a sheet that has no version left, so that its missions are free again. */
export async function removeEmptySheet(tx: Transaction, sheet_id: Id): Promise<void> {
  if ((await tx.find(revision, { sheet_id }, { limit: 1 })).length > 0) return
  for (const cover of await tx.find(sheetCover, { sheet_id })) await tx.remove(sheetCover, cover.id)
  await tx.remove(runSheet, sheet_id)
}

/** Drafts go with their mission; a validated one is taken back first. */
export async function removeSheetsOf(tx: Transaction, mission_id: Id): Promise<void> {
  for (const cover of await tx.find(sheetCover, { covered_mission_id: mission_id })) {
    await tx.remove(sheetCover, cover.id)
    const sheet = await tx.get(runSheet, cover.sheet_id)
    if (!sheet || sheet.lead_mission_id !== mission_id) continue
    for (const one of await tx.find(revision, { sheet_id: sheet.id, state: ['draft', 'validated'] })) {
      if (one.state === 'validated') await tx.update(revision, one.id, { state: 'draft', validated_by: null, validated_at: null })
      await removeVersion(tx, one.id)
    }
    await removeEmptySheet(tx, sheet.id)
  }
}

/** The other way round: the drafts that went with the mission come back as drafts. */
export async function restoreSheetsOf(tx: Transaction, mission_id: Id, at: Instant): Promise<void> {
  for (const sheet_id of await restoreParts(tx, runSheet, { lead_mission_id: mission_id }, at)) {
    await restoreParts(tx, sheetCover, { sheet_id }, at)
    for (const revision_id of await restoreParts(tx, revision, { sheet_id }, at))
      for (const part of [keyTime, sheetSlot, sheetPerson, sheetNote, sheetRow]) await restoreParts(tx, part, { revision_id }, at)
  }
  await restoreParts(tx, sheetCover, { covered_mission_id: mission_id }, at)
}
