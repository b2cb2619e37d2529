import type { AskedTimeline, DocumentFormat, DocumentName, MakeDocument, Paper } from '../../../shared/domain/documents/operations.ts'
import type { Plain } from '../../app/client.ts'
import { markedFor, sameFilters, sameRows } from './print-request.ts'
import type { PrintRequest } from './print-request.ts'

/** What the person chose in the preview; null: as the document itself has it. */
export interface Choices {
  document: DocumentName
  language: 'fr' | 'en' | null
  paper: Paper | null
  columns: readonly string[] | null
  large: boolean | null
  marked: boolean
  /** Of a planning; null: the days that the page shows, a page a day or a week as they are shown. */
  period: 'shown' | 'whole' | null
  span: AskedTimeline['span'] | null
  group: AskedTimeline['group'] | null
}
export const noChoice: Omit<Choices, 'document' | 'marked'> = { language: null, paper: null, columns: null, large: null, period: null, span: null, group: null }

/** Documents that are drawn between two instants. */
export const isTimed = (document: DocumentName): boolean => document === 'planning_timeline' || document === 'week_plan'

/** Without a page that shows days, all that the project holds. */
export function timelineOf(shown: Plain<AskedTimeline> | null, { period, span, group }: Pick<Choices, 'period' | 'span' | 'group'>): Plain<AskedTimeline> | null {
  if (shown === null || period === 'whole') return null
  return { ...shown, ...(span ? { span } : {}), ...(group ? { group } : {}) }
}

/** What `document.list` says of a document. */
export interface Offered {
  document: DocumentName
  title: string
  needs: 'organization' | 'project' | 'ids'
  paper: Paper
  large: boolean
  formats: readonly DocumentFormat[]
  columns: readonly { key: string; label: string; shown: boolean }[]
}

/** Rows named for a document: those marked, else for a document of one record the open one. */
export function idsFor(request: PrintRequest, document: DocumentName, marked: boolean): string[] {
  const ids = marked ? [...markedFor(request, document)] : []
  return ids.length > 0 || request.record === undefined || !sameRows(request.document, document) ? ids : [request.record]
}

export const narrowed = (request: PrintRequest, { marked, document }: Pick<Choices, 'marked' | 'document'>): boolean =>
  sameRows(request.document, document) && !marked && (Object.keys(request.list?.filter ?? {}).length > 0 || Boolean(request.list?.search))

/** What the core is asked: the marked rows, else what the page's filters name, where the document knows these filters. */
export function inputOf(request: PrintRequest, chosen: Pick<Choices, 'language' | 'columns' | 'marked'> & { large: boolean }, entry: Pick<Offered, 'document' | 'needs' | 'large'>, paper: Paper, timeline: Plain<AskedTimeline> | null = null): Plain<MakeDocument> {
  const { document, needs } = entry
  const own = sameRows(request.document, document)
  const filters = sameFilters(request.document, document)
  const marked = chosen.marked ? [...markedFor(request, document)] : []
  // Another list of the same people does not know these filters: it gets the rows they leave.
  const left = own && !filters && narrowed(request, { document, marked: marked.length > 0 }) ? [...(request.rows ?? [])] : []
  const ids = needs === 'ids' ? idsFor(request, document, true) : marked.length > 0 ? marked : left
  const sort = document === request.document ? request.list?.sort : undefined
  const { filter, search } = request.list ?? {}
  const list = filters && ids.length === 0 && request.list ? { ...(filter ? { filter } : {}), ...(search ? { search } : {}), ...(sort ? { sort } : {}) } : null
  return {
    document, format: 'pdf', paper,
    ...(request.project_id ? { project_id: request.project_id } : {}),
    ...(ids.length > 0 ? { ids } : {}),
    ...(list && Object.keys(list).length > 0 ? { list } : {}),
    ...(timeline && isTimed(document) ? { timeline } : {}),
    ...(own && request.costs ? { costs: request.costs } : {}),
    ...(chosen.language ? { language: chosen.language } : {}),
    ...(chosen.columns ? { columns: [...chosen.columns] } : {}),
    ...(chosen.large && entry.large ? { large: true } : {}),
  }
}
