/** From the input of an import to its preview: the bytes read, the columns guessed, matched with what exists. Writes nothing. */
import { previewCalendar } from '../documents/import/calendar-preview.ts'
import type { CalendarProblem } from '../documents/import/calendar-event.ts'
import { suggestMapping, type MappingSuggestion } from '../documents/import/columns.ts'
import { IMPORT_FIELDS, type ColumnMapping, type ImportField } from '../documents/import/fields.ts'
import { readCalendar } from '../documents/import/ics.ts'
import { headerOf, previewImport, rowsUnderHeader, rulesOf, type PreviewInput } from '../documents/import/preview.ts'
import { sampleReadings, type SampleReading } from '../documents/import/sample-readings.ts'
import { correctRows } from '../documents/import/corrections.ts'
import type { ImportPreview, Proposal } from '../documents/import/preview-types.ts'
import { IMPORT_LIMITS } from '../documents/import/problems.ts'
import { readTable, type SourceTable } from '../documents/import/read-table.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { ImportSource } from '../domain/imports/operations.ts'
import type { Reader } from '../domain/operation.ts'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'
import { loadKnown, type Known } from './import-existing.ts'
import { recall, type Remembered } from './import-memory.ts'
import { settlePreview } from './import-settle.ts'

export interface ReadImport {
  preview: ImportPreview
  known: Known
  language: 'fr' | 'en'
  /** Of a table; null for a calendar. */
  table: ReadTable | null
  problems: CalendarProblem[]
  digest: Digest
}
export interface ReadTable {
  source: SourceTable
  sheet: number
  header_row: number | null
  suggestion: MappingSuggestion
  readings: (SampleReading | null)[][]
  date_order: string
  name_order: string
  remembered: (Remembered & { used: boolean }) | null
}
export interface Digest {
  /** The file and every setting. */
  asked: string
  /** What would be written, as the records stand. */
  found: string
}

function bytesOf(input: ImportSource): Uint8Array {
  if ((input.content_base64 === undefined) === (input.text === undefined)) throw refuse('validation.invalid', detail('content_base64', 'one_of', 'content_base64 or text'))
  const bytes = input.text !== undefined ? new TextEncoder().encode(input.text) : Buffer.from(input.content_base64 ?? '', 'base64')
  if (bytes.length > IMPORT_LIMITS.max_bytes)
    throw refuse('validation.file', detail('content_base64', 'import.file_too_large', `${IMPORT_LIMITS.max_bytes} bytes`, `${bytes.length} bytes`))
  return bytes
}

/** A calendar says so at its beginning, whatever its name. */
const isCalendar = (bytes: Uint8Array): boolean => /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(new TextDecoder().decode(bytes.subarray(0, 200)))

function mappingOf(given: readonly (string | null)[], width: number): ColumnMapping {
  if (given.length > width) throw refuse('validation.invalid', detail('mapping', 'too_many', String(width), String(given.length)))
  return Array.from({ length: width }, (_, column) => {
    const name = given[column] ?? null
    const field: ImportField | undefined = IMPORT_FIELDS.find((one) => one === name)
    if (name !== null && field === undefined) throw refuse('validation.invalid', detail(`mapping.${column}`, 'unknown_field', null, name))
    return field ?? null
  })
}

const sourceName = (input: ImportSource): string =>
  input.source ?? (input.file_name.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '').slice(0, 80).trim() || 'import')

/** Proposals that would be written, without versions: an edit of something else does not make another import of it. */
const wanted = <Draft>(proposals: readonly Proposal<Draft>[]) => proposals.filter(({ decision }) => decision !== 'skip')

function digestOf(input: ImportSource, bytes: Uint8Array, preview: ImportPreview): Digest {
  const { content_base64: _content, text: _text, ...settings } = input
  const { locations, people, missions, assignments } = preview.proposals
  return {
    asked: sha256(`${canonicalJson(settings)} ${sha256(bytes)}`),
    found: sha256(canonicalJson([wanted(locations), wanted(people), wanted(missions), wanted(assignments), preview.counts.rejected])),
  }
}

export const digestText = ({ asked, found }: Digest): string => `${asked}.${found}`

function calendarOf(input: ImportSource, bytes: Uint8Array, known: Known): Pick<ReadImport, 'preview' | 'problems'> {
  const { zone, start_at, end_at } = known.project
  const reading = readCalendar(bytes, { zone, window: { start: start_at, end: end_at } })
  const preview = previewCalendar({
    reading, source: sourceName(input), country: input.country ?? 'FR', attendees: input.attendees ?? 'ignore', existing: known.existing,
    skipped_rows: input.skipped_rows ?? [], identities: input.identities, leave: input.leave,
  })
  return { preview, problems: reading.problems }
}

/** Fields of a file's own kind; others are left aside. */
function knownFields<V>(given: Readonly<Record<string, V>> | undefined): Partial<Record<ImportField, V>> {
  const kept: Partial<Record<ImportField, V>> = {}
  for (const field of IMPORT_FIELDS) {
    const value = given?.[field]
    if (value !== undefined) kept[field] = value
  }
  return kept
}

const constantsOf = (input: Pick<ImportSource, 'constants'>) =>
  (input.constants ?? []).map(({ field, value }, index) => {
    const known = IMPORT_FIELDS.find((one) => one === field)
    if (known === undefined) throw refuse('validation.invalid', detail(`constants.${index}`, 'unknown_field', null, field))
    return { field: known, value }
  })

async function tableOf(reader: Reader, asked: ImportSource, bytes: Uint8Array, known: Known, language: 'fr' | 'en'): Promise<Pick<ReadImport, 'preview' | 'table'>> {
  const read = readTable(bytes, asked.file_name, { ...(asked.separator ? { separator: asked.separator } : {}), ...(asked.encoding ? { encoding: asked.encoding } : {}) })
  if (!read.ok) throw refuse('validation.file', detail(read.error.where, read.error.code, read.error.expected, read.error.found))
  const source = read.value
  const position = asked.sheet ?? Math.max(source.sheets.findIndex((one) => one.rows.length > 0), 0)
  const guessed = source.sheets[position]
  if (!guessed) throw refuse('validation.invalid', detail('sheet', 'not_found', String(source.sheets.length), String(position)))
  const header_row = asked.header_row === undefined ? guessed.header_row : asked.header_row
  if (header_row !== null && header_row >= guessed.rows.length) throw refuse('validation.invalid', detail('header_row', 'not_found', String(guessed.rows.length), String(header_row)))
  const sheet = { ...guessed, header_row }
  const header = headerOf(sheet, language)
  const remembered = header_row === null ? null : await recall(reader, asked.kind, header)
  const used = remembered !== null && asked.recall !== false && asked.mapping === undefined
  const input: ImportSource = used ? { ...remembered.settings, ...asked } : asked
  const country = input.country ?? 'FR'
  const year = input.year === undefined ? {} : { year: input.year }
  const suggestion = suggestMapping(input.kind, header, rowsUnderHeader(sheet).rows, { country, language, ...year })
  const mapping = input.mapping ? mappingOf(input.mapping, header.length) : used ? remembered.mapping : suggestion.mapping
  const asking: PreviewInput = {
    kind: input.kind, sheet, mapping, source: sourceName(input), zone: known.project.zone, language,
    currency: known.project.currency, country, ...year, ...(input.date_order ? { date_order: input.date_order } : {}), edits: input.edits ?? [],
    replacements: input.replacements ?? [], skipped_rows: input.skipped_rows ?? [], existing: known.existing, catalogue: known.catalogue,
    constants: constantsOf(input), name_order: input.name_order, list_marks: knownFields(input.list_marks), identities: input.identities, apart_rows: input.apart_rows,
    leave: input.leave,
  }
  const preview = previewImport(asking)
  const rules = rulesOf(asking, correctRows(rowsUnderHeader(sheet).rows, asking), preview.mapping)
  const readings = sampleReadings(preview.mapping, suggestion.columns.map(({ samples }) => samples), rules, known.catalogue)
  return {
    preview,
    table: {
      source, sheet: position, header_row, suggestion, readings, date_order: rules.dates.order, name_order: rules.names,
      remembered: remembered === null ? null : { ...remembered, used },
    },
  }
}

/** Reads the file against the records that `reader` sees. Refuses a file that cannot be read, with the reason. */
export async function readImport(reader: Reader, input: ImportSource): Promise<ReadImport> {
  const bytes = bytesOf(input)
  const known = await loadKnown(reader, input.project_id)
  const language = input.language ?? known.organization.default_language
  const read = isCalendar(bytes) ? { ...calendarOf(input, bytes, known), table: null } : { ...(await tableOf(reader, input, bytes, known, language)), problems: [] }
  const preview = settlePreview(read.preview, known, reader)
  return { ...read, preview, known, language, digest: digestOf(input, bytes, preview) }
}
