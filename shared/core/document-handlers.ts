/**
 * Lists on paper and in tables. What a person may not see is neither printed nor counted. Each file made to be kept or printed is an export
 * in the audit; a preview is reading, like the page itself.
 */
import { documentFormats, makeDocument, listDocuments as listDocumentsOperation } from '../domain/documents/operations.ts'
import type { DocumentName, MakeDocument, Paper } from '../domain/documents/operations.ts'
import { detail, refuse } from '../domain/errors.ts'
import { locationHandlers } from '../domain/locations/handlers.ts'
import { organization } from '../domain/organization/model.ts'
import type { Reader } from '../domain/operation.ts'
import { peopleHandlers } from '../domain/people/handlers.ts'
import { planningHandlers } from '../domain/planning/handlers.ts'
import { project } from '../domain/planning/model.ts'
import { runSheetHandlers } from '../domain/runsheets/handlers.ts'
import type { Language } from '../domain/runsheets/snapshot.ts'
import { hashOf, imagesOf, rowCount, tablesOf, withColumns } from '../documents/list/content.ts'
import type { Drawing, Issue, ListContent } from '../documents/list/content.ts'
import { listCsv } from '../documents/list/csv.ts'
import type { Desk } from '../documents/list/desk.ts'
import type { Printed, Printer } from '../documents/printing.ts'
import { listXlsx } from '../documents/list/xlsx.ts'
import { draw } from '../documents/draw.ts'
import { documentTitles } from '../documents/words/documents.ts'
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { toLocal } from '../kernel/instants.ts'
import { fileWord } from '../kernel/text.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { auditHandlers } from './audit-handlers.ts'
import { contractCoreHandlers } from './contract-handlers.ts'
import { costHandlers } from './cost-handlers.ts'
import { crewHandlers } from './crew-handlers.ts'
import { coreHandler, type AnyHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { listDocuments, type DocumentEntry } from './list-documents.ts'
import { matterHandlers } from './matter-handlers.ts'
import { overviewHandlers } from './overview-handlers.ts'
import { planningWindowHandlers } from './planning-window-handlers.ts'
import type { Person } from './session.ts'

/** The questions whose answers are printed: the very ones the pages ask. */
const asked: ReadonlyMap<string, AnyHandler> = new Map(
  [...planningHandlers, ...peopleHandlers, ...locationHandlers, ...runSheetHandlers, ...auditHandlers, ...matterHandlers, ...overviewHandlers, ...crewHandlers, ...planningWindowHandlers, ...costHandlers, ...contractCoreHandlers].map((handler) => [handler.operation.name, handler]),
)
const PAGE = 200

async function ask(reader: Reader, inner: Inner, name: string, input: unknown): Promise<unknown> {
  const handler = asked.get(name)
  if (!handler || 'compose' in handler) throw new Error(`no question ${name}`)
  const parsed = handler.operation.input.safeParse(input)
  if (!parsed.success) throw refuse('validation.invalid', ...parsed.error.issues.slice(0, 20).map((issue) => detail(['list', ...issue.path].join('.'), issue.code, issue.message)))
  return handler.run(reader as OpenTransaction, parsed.data, inner)
}

interface Page {
  items: unknown[]
  next_cursor: string | null
}
const isPage = (value: unknown): value is Page => typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items) && 'next_cursor' in value

async function allRows(reader: Reader, inner: Inner, name: string, input: Record<string, unknown>): Promise<unknown[]> {
  const items: unknown[] = []
  for (let cursor: string | null | undefined = undefined; cursor !== null; ) {
    const page: unknown = await ask(reader, inner, name, { ...input, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    if (!isPage(page)) throw new Error(`${name} is no list`)
    items.push(...page.items)
    cursor = page.next_cursor
  }
  return items
}

/** Everywhere, in the project, or on own records where the lens leaves these alone. */
function mayMake(person: Person, entry: DocumentEntry, project_id: Id | null): boolean {
  if (entry.may && project_id !== null && !entry.may(person, project_id)) return false
  const held = person.holding(entry.permission)
  if (held.everywhere) return true
  const own = entry.own && (held.ownEverywhere || (project_id === null ? held.ownProjects.size > 0 : held.ownProjects.has(project_id)))
  return own || (project_id === null ? held.projects.size > 0 : held.projects.has(project_id))
}

interface Asked {
  project_id?: Parameters<Reader['may']>[1] | undefined
  language?: Language | undefined
}

async function deskOf(reader: Reader, inner: Inner, input: Asked & Pick<Partial<MakeDocument>, 'ids' | 'list' | 'timeline' | 'costs'>): Promise<Desk> {
  const house = await reader.need(organization, reader.call.org)
  const on = input.project_id ? await reader.need(project, input.project_id) : null
  const language = input.language ?? on?.document_language ?? house.default_language
  return {
    reader, everything: inner.all, language, organization: house, project: on, ids: input.ids ?? null, filtered: input.list ?? null, timeline: input.timeline ?? null, costs: input.costs ?? null,
    rows: (name, asking) => allRows(reader, inner, name, asking), ask: (name, asking) => ask(reader, inner, name, asking),
    say: (fr, en) => (language === 'fr' ? fr : en),
  }
}

/** `2026-10-24_NDP_equipe.pdf`: the date it was made, by the document's clocks. */
function fileName(content: ListContent, entry: DocumentEntry, at: Issue['generated_at'], format: string): string {
  const { date } = toLocal(at, content.zone)
  const of = content.badge ?? (content.project ? content.project.name : content.organization.name)
  return [date, fileWord(content.document === 'site_sheet' ? content.title : of).slice(0, 40), entry.file[content.language === 'fr' ? 0 : 1]].filter((part) => part !== '').join('_') + `.${format}`
}

const types = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

async function written(content: ListContent, issue: Issue, format: MakeDocument['format'], drawing: Drawing, print: Printer): Promise<Printed> {
  if (format === 'pdf') return print({ kind: 'list', content, issue, drawing })
  return { bytes: format === 'csv' ? new TextEncoder().encode(listCsv(content)) : listXlsx(content, issue), pages: null }
}

const imagesIn = (content: ListContent, { blob }: Inner): Record<string, Uint8Array> =>
  Object.fromEntries(imagesOf(content).flatMap((sha256) => {
    const bytes = blob(sha256)
    return bytes === null ? [] : [[sha256, bytes]]
  }))

/** The columns to draw: those asked for; a file for a spreadsheet has them all, paper what fits it. */
function chosen(input: MakeDocument, entry: DocumentEntry, whole: ListContent): ListContent {
  if (input.columns) return withColumns(whole, input.columns)
  const back = new Set(entry.kept_back ?? [])
  if (input.format !== 'pdf' || back.size === 0) return whole
  return withColumns(whole, (tablesOf(whole)[0]?.columns ?? []).map((column) => column.key).filter((key) => !back.has(key)))
}

/** The document's paper: what was asked, else its own. */
const paperOf = (entry: DocumentEntry, input: MakeDocument): Paper => input.paper ?? entry.paper

export const documentHandlers: readonly CoreHandler[] = [
  coreHandler(makeDocument, async (reader, input, inner) => {
    const entry = listDocuments[input.document]
    const project_id = input.project_id ?? null
    if (!mayMake(inner.person, entry, project_id)) throw refuse('auth.forbidden', detail(null, 'permission', entry.permission))
    if (entry.needs === 'project' && project_id === null) throw refuse('validation.reference', detail('project_id', 'required', 'a project'))
    if (input.purpose === 'preview' && input.format !== 'pdf') throw refuse('validation.invalid', detail('format', 'not_previewed', 'pdf'))
    if (entry.formats && !entry.formats.includes(input.format)) throw refuse('validation.invalid', detail('format', 'not_offered', entry.formats.join(', '), input.format))
    const desk = await deskOf(reader, inner, input)
    const whole = await entry.build(desk)
    const content = chosen(input, entry, whole)
    const purpose = input.purpose ?? 'file'
    const issue: Issue = { generated_at: reader.call.now, content_hash: hashOf(content), demo: desk.organization.demo, made_by: inner.person.name }
    const paper = paperOf(entry, input)
    const { bytes, pages } = await written(content, issue, input.format, { paper, large: input.large === true && entry.large, images: imagesIn(content, inner) }, inner.print ?? draw)
    const rows = rowCount(content)
    const digest = sha256(bytes)
    if (purpose !== 'preview') await inner.record?.('export.document', { document: input.document, format: input.format, purpose, rows, content_hash: issue.content_hash, sha256: digest }, project_id)
    return {
      file_name: fileName(content, entry, issue.generated_at, input.format), type: types[input.format], base64: Buffer.from(bytes).toString('base64'), rows, sha256: digest, content_hash: issue.content_hash, pages,
      language: desk.language, paper,
    }
  }),
  coreHandler(listDocumentsOperation, async (reader, input, inner) => {
    const { language, say } = await deskOf(reader, inner, input)
    const project_id = input.project_id ?? null
    const items = []
    for (const [name, entry] of Object.entries(listDocuments) as [DocumentName, DocumentEntry][]) {
      if (!mayMake(inner.person, entry, project_id) || (entry.needs === 'project' && project_id === null)) continue
      items.push({ document: name, title: say(...documentTitles[name]), needs: entry.needs, paper: entry.paper, large: entry.large, formats: entry.formats ?? documentFormats, columns: await columnsOf(reader, inner, name, entry, input) })
    }
    return { language, items }
  }),
]

/** Columns of a document, as an empty one has them: nothing is read for it but who reads rates. */
async function columnsOf(reader: Reader, inner: Inner, name: DocumentName, entry: DocumentEntry, input: Asked): Promise<{ key: string; label: string; shown: boolean }[]> {
  if (fixed.has(name)) return []
  const desk = await deskOf(reader, inner, input)
  const content = await entry.build({ ...desk, rows: () => Promise.resolve([]) })
  const tables = tablesOf(content)
  return (tables[0]?.columns ?? []).map(({ key, label }) => ({ key, label, shown: !entry.kept_back?.includes(key) }))
}
/** Documents whose form is their sense: no choice of columns. */
const fixed: ReadonlySet<DocumentName> = new Set(['contact_sheet', 'sign_in_sheet', 'run_of_show', 'site_sheet', 'overview', 'audit_extract', 'permissions_matrix', 'personal_schedule', 'planning_timeline', 'week_plan', 'cost_list', 'staff_register'])
