/** The next version of a sheet, made from one that went out. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { revisionColour, settingsOf } from './layout-settings.ts'
import { rowsOf } from './material.ts'
import type { RevisionRow, SheetRow } from './material.ts'
import { keyTime, revision, sheetLayoutSetting, sheetNote, sheetPerson, sheetRow, sheetSlot } from './model.ts'
import * as operations from './operations.ts'

export async function checkNothingInWork(tx: Transaction, sheet_id: Id): Promise<void> {
  const [inWork] = await tx.find(revision, { sheet_id, state: ['draft', 'validated'] }, { limit: 1 })
  if (inWork) throw refuse('sheet.in_work', detail('id', inWork.state, null, inWork.id))
}

/** The name that the organization gives to its versions of this number; null when it gives none. */
export async function colourOf(tx: Transaction, sheet: SheetRow, number: number): Promise<string | null> {
  const [setting = null] = await tx.find(sheetLayoutSetting, { layout: sheet.layout })
  return revisionColour(settingsOf(sheet.layout, setting), number)
}

/** Copies a version and its rows into the next; rows keep their line. */
export async function copyVersion(tx: Transaction, from: RevisionRow, number: number, colour: string | null): Promise<RevisionRow> {
  const { project_id, sheet_id } = from
  const kept = Object.fromEntries(operations.draftFields.map((name) => [name, from[name]]))
  const copy = await tx.insert(revision, 'revision', { ...kept, project_id, sheet_id, number, language: from.language, source_revision_id: from.id, ...(colour === null ? {} : { colour }) })
  const rows = await rowsOf(tx, from.id)
  const target = { project_id, revision_id: copy.id }
  for (const { id, line_id, position, code, label, at, place } of rows.key_times)
    await tx.insert(keyTime, `copy:${id}`, { ...target, line_id, position, code, label, at, place })
  for (const { id, line_id, position, kind, label, detail: words, start_at, end_at, place, departments, everyone, person, important } of rows.slots)
    await tx.insert(sheetSlot, `copy:${id}`, { ...target, line_id, position, kind, label, detail: words, start_at, end_at, place, departments, everyone, person, important })
  for (const { id, assignment_id, meal_at, call_at, call_base, channel, remarks } of rows.people)
    await tx.insert(sheetPerson, `copy:${id}`, { ...target, assignment_id, meal_at, call_at, call_base, channel, remarks })
  for (const { id, line_id, position, visibility, text, author, noted_at } of rows.notes)
    await tx.insert(sheetNote, `copy:${id}`, { ...target, line_id, position, visibility, text, author, noted_at })
  for (const { id, line_id, position, section, body } of rows.rows) await tx.insert(sheetRow, `copy:${id}`, { ...target, line_id, position, section, body })
  return copy
}
