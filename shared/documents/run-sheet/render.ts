import { printedChanges } from '../../domain/runsheets/compare.ts'
import type { SheetChange } from '../../domain/runsheets/compare.ts'
import { longDate } from '../../domain/runsheets/formats.ts'
import type { Language, SheetIssue, SheetSnapshot } from '../../domain/runsheets/snapshot.ts'
import { toMs } from '../../kernel/instants.ts'
import type { PdfNode } from '../pdf/nodes.ts'
import { layOut, openPrint } from '../pdf/printer.ts'
import type { Pages, PrintJob } from '../pdf/printer.ts'
import { closing } from './closing.ts'
import { contextOf } from './context.ts'
import type { SheetContext } from './context.ts'
import { crewGrid } from './crew-grid.ts'
import { castTables, departmentNotes } from './film.ts'
import { alertBoxes, background, footer, keyBlock, missionCodes, personalBox, runningHeader, titleBlock } from './header.ts'
import { GUTTER, LEFT_WIDTH, MARGIN, RIGHT_WIDTH, RUNNING_TOP, SIZE } from './layout.ts'
import { rightColumn } from './place.ts'
import { leftColumn } from './schedule.ts'
import { versionLabel } from './words.ts'

export interface RenderOptions {
  /** What `compareSheets(last published, snapshot)` gave; empty for a first version. */
  changes?: readonly SheetChange[]
  /** The document's language; the snapshot's when absent (A32). */
  language?: Language
  /** `field` leaves internal notes out. */
  variant?: 'full' | 'field'
  /** Prints that person's line in a box on page 1. */
  boxed_assignment_id?: string
  /** The text of the code by which a print is checked (print-code.ts); none on a draft. */
  print_code?: string
  /** Bytes of the attached plan (PNG or JPEG) named by `location.plan_sha256`. */
  plan_image?: Uint8Array
  /** Bytes of the organization's logo (PNG or JPEG), beside the title of page 1. */
  logo_image?: Uint8Array
  /** A few words printed with the organization's name. */
  brand_line?: string
}

/**
 * The run sheet as PDF by ui 5.1: A4, tagged, PDF/A-3b, Inter embedded. Pure: the same arguments give the same bytes (the only instant
 * in the file is `issue.generated_at`).
 */
export async function renderRunSheetPdf(snapshot: SheetSnapshot, issue: SheetIssue, options: RenderOptions = {}): Promise<Uint8Array> {
  const language = options.language ?? snapshot.language
  const variant = options.variant ?? 'full'
  const changes = printedChanges(options.changes ?? [], variant)
  const airy = sheetJob(contextOf(snapshot, issue, language, changes), variant, options)
  const laid = layOut(airy.job)
  if (!airy.spilled()) return laid.write()
  const snug = sheetJob(contextOf(snapshot, issue, language, changes, true), variant, options)
  const closer = layOut(snug.job)
  return closer.pages < laid.pages || !snug.spilled() ? closer.write() : laid.write()
}

/** One person's copy. */
export interface Copy {
  name: string
  /** Their own lines, with what is theirs to read: boxed on page 1. */
  lines: SheetSnapshot['people']
}

/** Copies of one version in one file, in the order given; each names its person on every page and counts its own pages. */
export async function renderPersonalCopies(snapshot: SheetSnapshot, issue: SheetIssue, options: RenderOptions, copies: readonly Copy[]): Promise<Uint8Array> {
  const language = options.language ?? snapshot.language
  const changes = printedChanges(options.changes ?? [], 'field')
  const jobs = copies.map((copy) => {
    const own = new Map(copy.lines.map((line) => [line.id, line]))
    const theirs = { ...snapshot, people: snapshot.people.map((line) => own.get(line.id) ?? line) }
    return (snug: boolean) => sheetJob({ ...contextOf(theirs, issue, language, changes, snug), copy_of: copy.name }, 'field', options, copy.lines.map(({ id }) => id))
  })
  const [first] = jobs
  if (!first) throw new Error('nobody to print a copy for')
  const print = openPrint(first(false).job)
  const pages: Pages = []
  for (const jobOf of jobs) {
    const airy = jobOf(false)
    const laid = print.lay(airy.job)
    if (!airy.spilled()) {
      pages.push(...laid)
      continue
    }
    const snug = jobOf(true)
    const closer = print.lay(snug.job)
    pages.push(...(closer.length < laid.length || !snug.spilled() ? closer : laid))
  }
  return print.write(pages)
}

/** The document tree; `spilled` tells, once laid out, whether the first page's columns ran over to the second. */
function sheetJob(context: SheetContext, variant: 'full' | 'field', options: RenderOptions, boxed: readonly string[] = options.boxed_assignment_id === undefined ? [] : [options.boxed_assignment_id]): { job: PrintJob; spilled: () => boolean } {
  const { sheet, issue, language } = context
  const version = versionLabel(issue, language)
  let spilled = false
  const content: PdfNode = {
    stack: [
      ...titleBlock(context, { logo: options.logo_image ?? null, line: options.brand_line ?? null }),
      ...keyBlock(context),
      ...alertBoxes(context),
      ...boxed.flatMap((id) => personalBox(context, id)),
      {
        columns: [
          { width: LEFT_WIDTH, stack: leftColumn(context, variant) },
          { width: RIGHT_WIDTH, stack: rightColumn(context, options.plan_image ?? null) },
        ],
        columnGap: GUTTER,
        margin: [0, 10, 0, 0],
      },
      ...castTables(context),
      ...crewGrid(context),
      ...departmentNotes(context),
      ...closing(context, options.print_code ?? null),
    ],
  }
  const job: PrintJob = {
    content,
    header: (page) => (page === 1 ? null : runningHeader(context)),
    footer: (page, pages) => footer(context, page, pages),
    background: () => background(context),
    // The crew starts a page of its own, unless the whole sheet fits on one or it already follows on page 2.
    breakBefore: (id, { page, ratio }, endsOnThisPage) => {
      if (id !== 'crew') return ratio > 0.88
      spilled = page > 1
      return (page === 1 && !endsOnThisPage) || ratio > 0.8
    },
    margins: [MARGIN.left, RUNNING_TOP, MARGIN.right, MARGIN.bottom],
    style: { font: 'Inter', fontSize: SIZE.body, lineHeight: context.snug ? 1.04 : 1.08 },
    language,
    createdAt: new Date(toMs(issue.generated_at)),
    title: [`${context.words.title} ${missionCodes(context)} ${version}`, sheet.project.name, longDate(sheet.date, language)].join(', '),
    author: sheet.organization.name,
    subject: `${version} · ${issue.content_hash}`,
  }
  return { job, spilled: () => spilled }
}

/** `2026-10-24_J3_feuille-de-service_v3.pdf`, `2026-10-24_J3_call-sheet_v3.csv`. */
export function runSheetFileName(
  snapshot: SheetSnapshot,
  issue: SheetIssue,
  extension: 'pdf' | 'csv',
  language: Language = snapshot.language,
  /** Whose copy it is, or that they are several. */
  copy: string | null = null,
): string {
  const safe = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^\w.-]+/g, '-')
  const kind = language === 'fr' ? 'feuille-de-service' : 'call-sheet'
  return `${snapshot.date}_${safe(snapshot.missions[0]?.code ?? '')}_${kind}_v${issue.version}${copy === null ? '' : `_${safe(copy)}`}.${extension}`
}
