/** What is said of a version beside its content, and who may see which. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Reader, Transaction } from '../operation.ts'
import { organization } from '../organization/model.ts'
import { mission } from '../planning/model.ts'
import { waysOf } from '../transitions.ts'
import { buildSnapshot } from './build-snapshot.ts'
import { changeLines } from './change-sentences.ts'
import type { ChangeLine } from './change-sentences.ts'
import { compareSheets, printedChanges } from './compare.ts'
import type { SheetChange } from './compare.ts'
import { contentHash } from './content-hash.ts'
import { materialOf } from './material.ts'
import type { RevisionRow, SheetRow } from './material.ts'
import { revision, runSheet, sheetCover } from './model.ts'
import { revisionTransitions } from './rules.ts'
import type { RevisionState } from './rules.ts'
import { sheetSnapshotSchema } from './snapshot.ts'
import type { Language, SheetIssue, SheetSnapshot } from './snapshot.ts'

const asSnapshot = (value: Record<string, unknown>): SheetSnapshot => sheetSnapshotSchema.parse(value)

/** What the version says: as it was frozen, or as its rows and its missions are now. */
export async function contentOf(reader: Reader, row: RevisionRow, language?: Language): Promise<SheetSnapshot> {
  return row.snapshot === null ? buildSnapshot(await materialOf(reader, row), language) : asSnapshot(row.snapshot)
}

const isFrozen = (row: RevisionRow): boolean => row.state === 'published' || row.state === 'archived'

/** The version that this one replaces on paper: what it replaced when published; for a draft, the published one. */
export async function formerOf(reader: Reader, row: RevisionRow): Promise<RevisionRow | null> {
  if (isFrozen(row)) return row.replaces_revision_id === null ? null : reader.get(revision, row.replaces_revision_id)
  const [published] = await reader.find(revision, { sheet_id: row.sheet_id, state: 'published' })
  return published ?? null
}

export interface Printed {
  snapshot: SheetSnapshot
  issue: SheetIssue
  /** Since the version it replaces; none for a first version. */
  changes: SheetChange[]
  variant: 'full' | 'field'
}

export async function printedOf(reader: Reader, row: RevisionRow, asked: { language?: Language | undefined; variant?: 'full' | 'field' | undefined }): Promise<Printed> {
  const snapshot = await contentOf(reader, row, asked.language)
  const former = await formerOf(reader, row)
  const [next] = row.state === 'archived' ? await reader.find(revision, { replaces_revision_id: row.id, state: ['published', 'archived'] }) : []
  const before = former?.snapshot ? asSnapshot(former.snapshot) : null
  const variant = reader.may('note:internal', row.project_id) ? (asked.variant ?? 'full') : 'field'
  return {
    snapshot, variant,
    changes: before === null ? [] : compareSheets(before, snapshot),
    issue: {
      version: row.number, device_code: row.device_code, state: row.state, published_at: row.published_at,
      generated_at: row.published_at ?? reader.call.now,
      content_hash: row.content_hash ?? contentHash(snapshot),
      superseded_by: next?.number ?? null,
      replaces: former?.published_at == null ? null : { version: former.number, published_at: former.published_at },
      demo: (await reader.need(organization, reader.call.org)).demo,
    },
  }
}

/** What the field copy leaves out, taken out of what is answered as well. */
export const withoutInternalNotes = (snapshot: SheetSnapshot): SheetSnapshot => ({ ...snapshot, notes: snapshot.notes.filter((note) => note.visibility === 'field') })

/** What the sheet prints otherwise than it was published, in words. Empty when nothing was published: there is nothing to differ from. */
export async function unpublishedChanges(reader: Reader, published: RevisionRow | undefined, inWork: RevisionRow | undefined): Promise<ChangeLine[]> {
  if (!published?.snapshot) return []
  const frozen = asSnapshot(published.snapshot)
  const now = buildSnapshot(await materialOf(reader, inWork ?? published), frozen.language)
  const variant = reader.may('note:internal', published.project_id) ? 'full' : 'field'
  return changeLines(printedChanges(compareSheets(frozen, now), variant), { zone: now.zone, date: now.date, language: now.language })
}

export const hasUnpublishedChanges = async (reader: Reader, published: RevisionRow | undefined, inWork: RevisionRow | undefined): Promise<boolean> =>
  (await unpublishedChanges(reader, published, inWork)).length > 0

export interface Sight {
  /** Drafts, former versions, internal notes: who prepares sheets in the project. Others see what is published. */
  whole: boolean
}

/** The sheet as this person may see it, or not found. */
export async function seenSheet(reader: Reader, id: Id): Promise<{ sheet: SheetRow; sight: Sight }> {
  const sheet = await reader.need(runSheet, id)
  if (reader.may('sheet:draft', sheet.project_id)) return { sheet, sight: { whole: true } }
  const covered = (await reader.find(sheetCover, { sheet_id: id })).map((cover) => cover.covered_mission_id)
  const [mine] = await reader.find(mission, { id: [sheet.lead_mission_id, ...covered] })
  const [published] = await reader.find(revision, { sheet_id: id, state: 'published' }, { limit: 1 })
  if (!mine || !published) throw refuseFor('run_sheet', 'not_found', detail('id', 'not_found', null, id))
  return { sheet, sight: { whole: false } }
}

/** A version as this person may see it, or not found. `former`: archived ones too, to compare with. */
export async function seenRevision(reader: Reader, id: Id, former = false): Promise<{ row: RevisionRow; sight: Sight }> {
  const missing = () => refuseFor('revision', 'not_found', detail('id', 'not_found', null, id))
  const row = await reader.get(revision, id)
  if (!row) throw missing()
  const { sight } = await seenSheet(reader, row.sheet_id)
  if (!sight.whole && row.state !== 'published' && !(former && row.state === 'archived')) throw missing()
  return { row, sight }
}

/** Takes a version one step along, when the table has a way and the person holds its permission. */
export function checkStep(reader: Reader, row: RevisionRow, to: RevisionState): void {
  const ways = waysOf(revisionTransitions, row.state, to)
  if (ways.length === 0) throw refuseFor('revision', 'transition_rejected', detail('state', 'transition', row.state, to))
  const allowed = ways.some(({ permission }) => permission !== 'system' && reader.may(permission, row.project_id))
  if (!allowed) throw refuse('auth.forbidden', detail(null, 'permission', ways[0]?.permission ?? null))
}

/** Numbers are labels: the next one that no version of the sheet bears, or bore before a restore. */
export async function nextNumber(tx: Transaction, sheet_id: Id): Promise<number> {
  const numbers = (await tx.find(revision, { sheet_id })).map((row) => row.number)
  return Math.max(0, ...numbers, ...(await tx.lostNumbers(revision, sheet_id))) + 1
}
