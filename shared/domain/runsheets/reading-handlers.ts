/** Reading one sheet: its versions, comparison, preview (the library: library.ts; checks and files: shared/core). */
import { answer, type AnyOperation, type Handler, type Reader } from '../operation.ts'
import { member } from '../organization/model.ts'
import { project } from '../planning/model.ts'
import { changeLines } from './change-sentences.ts'
import { compareSheets, printedChanges } from './compare.ts'
import { concernedBy, departmentsOf } from './concern.ts'
import { missionsOf, rowsOf } from './material.ts'
import type { RevisionRow } from './material.ts'
import { revision } from './model.ts'
import * as distribution from './distribution-operations.ts'
import * as operations from './operations.ts'
import { contentOf, printedOf, seenRevision, seenSheet, unpublishedChanges, withoutInternalNotes } from './versions.ts'
import type { SheetSnapshot } from './snapshot.ts'

const revisionCommands = Object.values({ ...operations, ...distribution })
  .filter((value): value is typeof operations.publishSheet => typeof value === 'object' && 'kind' in value && value.kind === 'command')
  .filter(({ target }) => target.kind === 'rows' && target.entity === 'revision') as unknown as readonly AnyOperation[]

/** What this person may do next with a version. */
const possibleNext = (reader: Reader, row: RevisionRow): string[] =>
  revisionCommands.filter((one) => reader.may(one.permission, row.project_id) && (one.possible === null || one.possible(row))).map((one) => one.name)

const asRecord = (value: object): Record<string, unknown> => ({ ...value })

/** A version without its frozen content, which sheet.preview answers. */
const header = (reader: Reader, { snapshot: _, ...row }: RevisionRow, archived: boolean, names: ReadonlyMap<string, string>): Record<string, unknown> => ({
  ...row, validated_by_name: names.get(row.validated_by ?? '') ?? null, published_by_name: names.get(row.published_by ?? '') ?? null, created_by_name: names.get(row.created_by) ?? null,
  can: archived ? [] : possibleNext(reader, { ...row, snapshot: null }),
})

export const readingHandlers: readonly Handler[] = [
  answer(operations.getSheet, async (reader, { id }) => {
    const { sheet, sight } = await seenSheet(reader, id)
    const archived = (await reader.get(project, sheet.project_id))?.status === 'archived'
    const all = await reader.find(revision, { sheet_id: id }, { sort: ['-number'] })
    const published = all.find((row) => row.state === 'published')
    const inWork = sight.whole ? all.find((row) => row.state === 'draft' || row.state === 'validated') : undefined
    const names = new Map((await reader.find(member, {})).map((one): [string, string] => [one.user_id ?? '', one.name]))
    const unpublished = sight.whole ? await unpublishedChanges(reader, published, inWork) : []
    return {
      ...sheet,
      missions: await missionsOf(reader, sheet),
      revisions: all.filter((row) => sight.whole || row.state === 'published').map((row) => header(reader, row, archived, names)),
      published_revision_id: published?.id ?? null,
      work: inWork ? { ...header(reader, inWork, archived, names), ...(await rowsOf(reader, inWork.id)) } : null,
      unpublished_changes: unpublished.length > 0,
      /** The same in words, for who prepares the next version. */
      unpublished: unpublished.map(asRecord),
    }
  }),

  answer(operations.compareSheet, async (reader, input) => {
    const to = await seenRevision(reader, input.to_revision_id)
    const from = input.from_revision_id === null ? null : await seenRevision(reader, input.from_revision_id, true)
    const after = await contentOf(reader, to.row)
    const before = from === null ? emptyOf(after) : await contentOf(reader, from.row)
    const internal = reader.may('note:internal', to.row.project_id)
    const changes = internal ? compareSheets(before, after) : printedChanges(compareSheets(before, after), 'field')
    const printed = printedChanges(changes, internal ? 'full' : 'field')
    const departments = departmentsOf(before, after)
    const lines = changeLines(printed, { zone: after.zone, date: after.date, language: after.language })
    return {
      changes: changes.map(asRecord), lines: lines.map((line, index) => ({ ...line, ...concernedBy(printed[index], departments) })), zone: after.zone, date: after.date,
      departments: departments.map(asRecord),
    }
  }),

  answer(operations.previewSheet, async (reader, input) => {
    const { row } = await seenRevision(reader, input.revision_id)
    const { snapshot, issue, changes, variant } = await printedOf(reader, row, input)
    return {
      variant, issue: asRecord(issue), changes: printedChanges(changes, variant).map(asRecord),
      snapshot: asRecord(variant === 'field' ? withoutInternalNotes(snapshot) : snapshot),
    }
  }),
]

/** Nothing said yet, on the same day at the same house. */
function emptyOf(sheet: SheetSnapshot): SheetSnapshot {
  return {
    ...sheet, headline: null, day: null, unit: null, colour: null, key_times: [], alerts: [], slots: [], departments: [], people: [], location: null,
    emergency: { numbers: [], on_site: null, hospital: null },
    practical: { weather: null, sun: { rise_at: null, set_at: null, next_rise_at: null }, catering: [], channels: [], safety: [] },
    notes: [], transport: [], lodging: [], local_crew: [], hospitality: [], equipment: [], scenes: [], cast: [], extras: [], department_notes: [],
    advance: [], contacts: [], attachments: [], legal_note: null, validator: null, distribution_count: null,
  }
}
