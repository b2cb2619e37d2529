import type { Language } from '../../domain/runsheets/snapshot.ts'
import type { PdfNode } from '../pdf/nodes.ts'
import { A3, A4 } from '../pdf/printer.ts'
import type { PaperSize } from '../pdf/printer.ts'
import { MARGIN, RUNNING_TOP } from '../run-sheet/layout.ts'
import type { Drawing, Issue, ListContent } from './content.ts'
import { clocksOf } from './values.ts'
import type { Clocks } from './values.ts'
import { printWords } from './words.ts'
import type { PrintWords } from './words.ts'

/** What every part of a printed list needs to draw itself. */
export interface Frame {
  content: ListContent
  issue: Issue
  language: Language
  words: PrintWords
  clocks: Clocks
  paper: PaperSize
  /** Of the text, between the margins. */
  width: number
  /** Height of a page's text, in points. */
  height: number
  /** Body of the tables: 8.6 pt, 9.6 for a run of show, 12 backstage (ui 5.1). */
  size: number
  images: Readonly<Record<string, Uint8Array>>
}

export function frameOf(content: ListContent, issue: Issue, drawing: Drawing): Frame {
  const upright = drawing.paper.size === 'A3' ? A3 : A4
  const paper = drawing.paper.landscape ? { width: upright.height, height: upright.width } : upright
  return {
    content, issue, paper, language: content.language, words: printWords[content.language], clocks: clocksOf(content),
    width: paper.width - MARGIN.left - MARGIN.right,
    height: paper.height - RUNNING_TOP - MARGIN.bottom,
    images: drawing.images ?? {},
    size: drawing.large ? 12 : content.document === 'run_of_show' ? 9.6 : 8.6,
  }
}

/** A part of the flow. Made anew each time it is laid out: the layout uses nodes up. */
export interface Piece {
  make: () => PdfNode
}

/** Rows that may be parted by a page, and what is said again on the next one. */
export interface Run {
  group: Piece | null
  again: Piece | null
  rows: Piece[]
}
export interface Flow {
  /** Title of the table, then its head. */
  lead: Piece[]
  /** Head of the columns, on every page. */
  head: Piece | null
  runs: Run[]
  /** Runs that fit on a page are never parted. */
  whole: boolean
  fresh: boolean
}
