/**
 * Looking at an import and bringing it in. Nothing is written before `import.apply`; what it writes is one group of commands, and a
 * refusal half-way takes back those already done.
 */
import { issueText } from '../documents/import/messages.ts'
import type { FieldChange, ImportPreview, PreviewRow, Proposal } from '../documents/import/preview-types.ts'
import { strikeOutSealed } from '../documents/import/sealed-values.ts'
import { rejectedRowsCsv } from '../documents/import/rejected-rows.ts'
import { detail, refuse } from '../domain/errors.ts'
import { applyImport, previewImportFile, previewRows, rejectedRows, writeImport, type ApplyImport, type ImportPreviewAnswer } from '../domain/imports/operations.ts'
import type { Reader } from '../domain/operation.ts'
import type { Id } from '../kernel/ids.ts'
import { commandsOfGroup, undoneBy, type LoggedCommand } from '../store/command-log.ts'
import { importListHandlers } from './import-list.ts'
import { importMemoryHandlers } from './import-memory.ts'
import { chunksOf, inputOf, itemsOf, type ImportItem } from './import-rows.ts'
import { digestText, readImport, type ReadImport } from './import-source.ts'
import { compositeHandler, coreHandler, type AnyHandler, type Composer } from './core-handler.ts'
import { takeBack } from './taking-back.ts'

/** Rows with issues shown beyond the first ones. */
const issueRows = 2_000
const namesShown = 500
const headersOffered = 25

function shownRows(rows: readonly PreviewRow[]): PreviewRow[] {
  const first = rows.slice(0, previewRows)
  return [...first, ...rows.slice(previewRows).filter((row) => row.issues.length > 0).slice(0, issueRows)]
}

/** Whom someone must recognise comes first and whole; what is the same on both sides is not shown. */
function shownProposals<Draft extends object>(proposals: readonly Proposal<Draft>[], read: ReadImport) {
  const open = proposals.filter(({ candidates }) => candidates !== undefined)
  const others = proposals.filter((one) => one.candidates === undefined && (one.decision !== 'skip' || one.left === true))
  return [...open.slice(0, issueRows), ...others.slice(0, previewRows)].map(({ key, rows, decision, match, draft, changes, candidates, unsure, left }) => ({
    key, rows, decision, match, draft: Object.fromEntries(Object.entries(draft)), changes: withPlaces(changes, read), candidates: [...(candidates ?? [])], unsure: unsure === true, left: left === true,
  }))
}

/** Those of the directory whom the shown proposals name, as far as the person may see them. */
function knownPeople({ known }: ReadImport, shown: readonly { match: { id: string } | null; candidates: readonly string[] }[]) {
  const named = new Set(shown.flatMap(({ match, candidates }) => [...(match ? [match.id] : []), ...candidates]))
  return known.existing.people.filter(({ id }) => named.has(id)).map(({ id, full_name, email, phone, crew_role, birth_date }) => ({
    id, name: full_name, email, phone, crew_role, birth_year: birth_date ? Number(birth_date.slice(0, 4)) : null,
  }))
}

/** How the first rows begin, for a person to know the header among them. Numbers that must not come in are struck out here too. */
function firstRows({ table }: ReadImport): { line: number; text: string }[] {
  const sheet = table?.source.sheets[table.sheet]
  return (sheet?.rows ?? []).slice(0, headersOffered).map((row, index) => ({
    line: sheet?.lines[index] ?? index + 1, text: row.filter((cell) => cell.trim() !== '').slice(0, 4).map((cell) => strikeOutSealed(cell).slice(0, 24)).join(', '),
  }))
}

function leftOut({ people, missions, assignments }: ImportPreview['proposals']): ImportPreviewAnswer['left'] {
  const count = (proposals: readonly Proposal<unknown>[], isNew: boolean): number => proposals.filter((one) => one.left === true && (one.match === null) === isNew).length
  return {
    'people:new': count(people, true), 'people:known': count(people, false), 'missions:new': count(missions, true), 'missions:known': count(missions, false),
    'assignments:new': count(assignments, true), 'assignments:known': count(assignments, false),
  }
}

/** A change of place says the names of both, not their ids. */
function withPlaces(changes: readonly FieldChange[], { known, preview }: ReadImport): FieldChange[] {
  if (!changes.some(({ field }) => field === 'location_id')) return [...changes]
  const nameOf = (id: unknown): unknown =>
    known.existing.locations.find((place) => place.id === id)?.name ?? preview.proposals.locations.find(({ key }) => key === id)?.draft.name ?? id
  return changes.map((change) => (change.field === 'location_id' ? { ...change, old: nameOf(change.old), new: nameOf(change.new) } : change))
}

const named = (rows: readonly { name: string }[]): string[] => rows.slice(0, namesShown).map(({ name }) => name)

function previewAnswer(read: ReadImport, reader: Reader): ImportPreviewAnswer {
  const { preview, table, language } = read
  const { proposals, counts, groups, choices, header, mapping, ready, source } = preview
  const suggested = table?.suggestion.columns ?? []
  const people = shownProposals(proposals.people, read)
  return {
    digest: digestText(read.digest), source, ready, header, mapping, choices, counts,
    format: table?.source.format ?? 'ics',
    sheets: (table?.source.sheets ?? []).map(({ name, rows, header_row }) => ({ name, rows: rows.length, header_row })),
    sheet: table?.sheet ?? 0, header_row: table?.header_row ?? null, encoding: table?.source.encoding ?? null, separator: table?.source.separator ?? null,
    quote_errors: (table?.source.quote_errors ?? []).slice(0, previewRows),
    first_rows: firstRows(read),
    problems: read.problems.slice(0, issueRows),
    undecided: preview.undecided, left: leftOut(proposals), writes: chunksOf(itemsOf(preview, read.known)).length,
    date_order: table?.date_order ?? 'dmy', name_order: table?.name_order ?? 'first_last', known_people: knownPeople(read, people),
    remembered: table?.remembered ? { id: table.remembered.id, label: table.remembered.label, at: table.remembered.at, used: table.remembered.used } : null,
    columns: suggested.map((column) => ({ ...column, transform: column.transform === null ? null : { ...column.transform }, readings: table?.readings[column.column] ?? [] })),
    names: { crew_role: named(read.known.catalogue.crew_roles), skills: named(read.known.catalogue.skills), location: named(read.known.existing.locations) },
    may: { merge: reader.may('collaborator:merge', read.known.project.id), catalogue: reader.may('catalogue:write', null) },
    rows: shownRows(preview.rows).map((row) => ({ ...row, issues: row.issues.map((issue) => ({ ...issue, message: issueText(issue.message_code, language, issue) })) })),
    groups: groups.map((group) => {
      const example = preview.rows.find((row) => row.index === group.rows[0])?.issues.find((issue) => issue.message_code === group.message_code && issue.field === group.field)
      return { ...group, message: issueText(group.message_code, language, example ?? { found: group.founds[0]?.found ?? '' }) }
    }),
    proposals: {
      locations: shownProposals(proposals.locations, read), people, missions: shownProposals(proposals.missions, read),
      assignments: shownProposals(proposals.assignments, read),
    },
  }
}

/** What the commands of this import have written so far, when the same call was cut short before. */
interface Progress {
  /** Rows that stand, by key. */
  written: Map<string, { id: Id; created: boolean }>
  /** Commands ever issued, undone ones included. */
  issued: number
  finished: boolean
}

async function progressOf({ inner, group_id }: Composer): Promise<Progress> {
  const progress: Progress = { written: new Map(), issued: 0, finished: false }
  const group = (await commandsOfGroup(inner.engine, inner.org, group_id)).filter(({ name, actor }) => name === writeImport.name && actor === inner.person.user_id)
  for (const command of group) {
    progress.issued++
    if (isLast(command)) progress.finished = true
    if ((await undoneBy(inner.engine, inner.org, command.id)) !== null) continue
    note(progress, command.answer)
  }
  return progress
}

const isLast = ({ input }: LoggedCommand): boolean => typeof input === 'object' && input !== null && !Array.isArray(input) && input['last'] === true

function note(progress: Progress, answer: unknown): void {
  const { created, updated } = writeImport.output.parse(answer)
  for (const [key, id] of Object.entries(created)) progress.written.set(key, { id: id as Id, created: true })
  for (const [key, id] of Object.entries(updated)) progress.written.set(key, { id: id as Id, created: false })
}

/** Nothing may be refused for its form once the first command is written. */
function checkForm(chunks: readonly ImportItem[][], project_id: Id, source: string): void {
  for (const chunk of chunks) {
    const parsed = writeImport.input.safeParse(inputOf(chunk, project_id, source, new Map()))
    if (!parsed.success)
      throw refuse('import.refused_rows', ...parsed.error.issues.slice(0, 50).map((issue) => detail(issue.path.join('.') || null, issue.message)))
  }
}

type Kind = 'locations' | 'people' | 'missions' | 'assignments'
const kinds: readonly (readonly [string, Kind])[] = [['l', 'locations'], ['p', 'people'], ['m', 'missions'], ['a', 'assignments']]

function summary(group_id: Id, progress: Progress, { counts, proposals }: ImportPreview) {
  const count = (made: boolean | null) => {
    const found: Record<Kind, number> = { locations: 0, people: 0, missions: 0, assignments: 0 }
    for (const [letter, kind] of kinds)
      for (const [key, { created }] of progress.written) if (key.startsWith(letter) && (made === null || created === made)) found[kind]++
    return found
  }
  const written = count(null)
  const skipped = Object.fromEntries(kinds.map(([, kind]) => [kind, proposals[kind].length - written[kind]])) as Record<Kind, number>
  return { group_id, created: count(true), updated: count(false), skipped, rejected: counts.rejected, chunks: progress.issued }
}

async function apply(reader: Reader, { digest, ...input }: ApplyImport, composer: Composer) {
  const read = await readImport(reader, input)
  const progress = await progressOf(composer)
  const [asked] = digest.split('.')
  // The same call again: what it wrote itself has changed the records, so only the file and the settings can be compared.
  const same = progress.issued > 0 ? asked === read.digest.asked : digest === digestText(read.digest)
  if (!same) throw refuse('import.changed', detail('digest', asked === read.digest.asked ? 'records_changed' : 'file_changed', digestText(read.digest), digest))
  if (progress.finished) return summary(composer.group_id, progress, read.preview)
  if (read.preview.choices.length > 0) throw refuse('validation.invalid', ...read.preview.choices.map(({ field, columns }) => detail('mapping', 'choice', field, columns.join(', '))))
  if (read.preview.undecided > 0) throw refuse('validation.invalid', detail('identities', 'undecided', null, String(read.preview.undecided)))
  if (read.known.project.status === 'archived') throw refuse('project.archived', detail('project_id', 'archived', null, read.known.project.name))
  const items = itemsOf(read.preview, read.known).filter(({ row }) => !progress.written.has(row.key))
  const chunks = chunksOf(items)
  checkForm(chunks, input.project_id, read.preview.source)
  await writeChunks(chunks, read, composer, progress, input.project_id)
  return summary(composer.group_id, progress, read.preview)
}

async function writeChunks(chunks: readonly ImportItem[][], read: ReadImport, composer: Composer, progress: Progress, project_id: Id): Promise<void> {
  const start = progress.issued
  for (const [index, chunk] of chunks.entries()) {
    const ids = new Map([...progress.written].map(([key, { id }]) => [key, id]))
    const first = start + index === 0 && read.preview.counts.rejected > 0 ? { refused: read.preview.counts.rejected } : {}
    const last = index === chunks.length - 1 ? { last: true as const } : {}
    try {
      const { value } = await composer.execute(writeImport.name, { ...inputOf(chunk, project_id, read.preview.source, ids), ...first, ...last }, `write:${start + index}`)
      progress.issued++
      note(progress, value)
    } catch (error) {
      const standing = await commandsOfGroup(composer.inner.engine, composer.inner.org, composer.group_id)
      await takeBack(error, composer, standing.filter(({ name }) => name === writeImport.name).map(({ id }) => id))
    }
  }
}

export const importFileHandlers: readonly AnyHandler[] = [
  ...importMemoryHandlers, ...importListHandlers,
  coreHandler(previewImportFile, async (reader, input) => previewAnswer(await readImport(reader, input), reader)),
  compositeHandler(applyImport, apply),
  coreHandler(rejectedRows, async (reader, input) => {
    const { preview, language } = await readImport(reader, input)
    const word = language === 'fr' ? 'refus' : 'rejected'
    return { file_name: `${preview.source} ${word}.csv`, rows: preview.counts.rejected, csv: rejectedRowsCsv(preview, language) }
  }),
]
