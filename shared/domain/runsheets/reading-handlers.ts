/** Reading sheets: the library, one sheet, comparison, preview (checks and files: shared/core). */
import type { Id } from '../../kernel/ids.ts'
import { answer, type AnyOperation, type Condition, type Handler, type Reader } from '../operation.ts'
import { pageRequestOf } from '../records.ts'
import { member } from '../organization/model.ts'
import { mission, project } from '../planning/model.ts'
import { changeLines } from './change-sentences.ts'
import { compareSheets, printedChanges } from './compare.ts'
import type { SheetChange } from './compare.ts'
import { missionsOf, rowsOf } from './material.ts'
import type { RevisionRow } from './material.ts'
import { revision, runSheet, sheetCover } from './model.ts'
import * as operations from './operations.ts'
import { contentOf, printedOf, seenRevision, seenSheet, unpublishedChanges, withoutInternalNotes } from './versions.ts'
import type { SheetSnapshot } from './snapshot.ts'

const revisionCommands = Object.values(operations)
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

/** Sheets of projects where the person only reads: published, and covering a mission they see. */
async function readableSheets(reader: Reader, projects: readonly Id[]): Promise<Id[]> {
  const { items } = await reader.view('run_sheet_line', { where: { project_id: projects, status: 'published' }, sort: ['id'], limit: 100_000 })
  const sheets = items.map((row) => ({ id: row['id'] as Id, lead_mission_id: row['lead_mission_id'] as Id }))
  const ids = sheets.map((row) => row.id)
  const covers = await reader.find(sheetCover, { sheet_id: ids })
  const missions = new Set((await reader.find(mission, { id: [...new Set([...covers.map((row) => row.covered_mission_id), ...sheets.map((row) => row.lead_mission_id)])] })).map((row) => row.id))
  return sheets.filter((row) => missions.has(row.lead_mission_id) || covers.some((cover) => cover.sheet_id === row.id && missions.has(cover.covered_mission_id))).map((row) => row.id)
}

/** What only those who prepare sheets are told. */
const veiled = { next_revision_id: null, next_number: null, next_state: null }

export const readingHandlers: readonly Handler[] = [
  answer(operations.listSheets, async (reader, input) => {
    const where: Record<string, Condition> = {}
    const request = pageRequestOf(input, ['-sheet_date'])
    if (input.project_id !== undefined) where['project_id'] = input.project_id
    const projects = (await reader.find(project, input.project_id === undefined ? {} : { id: input.project_id })).map((row) => row.id)
    const readOnly = projects.filter((id) => !reader.may('sheet:draft', id))
    const readable = readOnly.length === 0 ? [] : await readableSheets(reader, readOnly)
    if (readOnly.length > 0) {
      const prepared = await reader.find(runSheet, { project_id: projects.filter((id) => !readOnly.includes(id)) })
      const ids = [...readable, ...prepared.map((row) => row.id)]
      where['id'] = ids
      // A reader must not find out by filtering or counting what is in preparation.
      if (input.filter?.['next_state'] !== undefined || input.facets?.includes('next_state')) where['project_id'] = projects.filter((id) => !readOnly.includes(id))
    }
    const page = await reader.view('run_sheet_line', { ...request, where })
    return { ...page, items: page.items.map((row) => (readOnly.some((id) => id === row['project_id']) ? { ...row, ...veiled } : row)) }
  }),

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
    const departments = [...new Map([...before.departments, ...after.departments].map((row) => [row.id, row])).values()]
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

/** What became of the row, and whom it says something to: departments by code (`null`: everyone), the person named. */
function concernedBy(change: SheetChange | undefined, departments: SheetSnapshot['departments']): { kind: string; department_codes: string[] | null; person: string | null } {
  const kind = change?.kind ?? 'value_changed'
  if (!change || change.kind === 'value_changed' || change.kind === 'rows_moved') return { kind, department_codes: null, person: null }
  const rows = change.kind === 'row_changed' ? [change.before, change.after] : [change.row]
  const ids = new Set(rows.flatMap((row) => (typeof row['department_id'] === 'string' ? [row['department_id']] : [])))
  const owned = rows.flatMap((row) => (Array.isArray(row['departments']) ? row['departments'].filter((code) => typeof code === 'string') : []))
  const everyone = change.section === 'slots' ? rows.some((row) => row['everyone'] === true) || owned.length === 0 : ids.size === 0
  const person = change.section === 'people' ? (rows.map((row) => row['name']).findLast((name) => typeof name === 'string') ?? null) : null
  return { kind, department_codes: everyone ? null : [...new Set([...departments.filter(({ id }) => ids.has(id)).map(({ code }) => code), ...owned])], person }
}

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
