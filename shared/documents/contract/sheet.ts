/** Measures of a contract on A4 (ui 5.2), and what every part of it needs to draw itself. */
import { sayDate } from '../../domain/contracts/said.ts'
import { typeset } from '../../domain/runsheets/formats.ts'
import { localDateOf } from '../../kernel/instants.ts'
import { box, MM, para, strong, type PdfNode } from '../pdf/nodes.ts'
import type { ContractPaper } from './paper.ts'
import type { ContractWords } from './words.ts'

export const MARGIN = { left: 16 * MM, top: 14 * MM, right: 16 * MM, bottom: 20 * MM }
export const WIDTH = 595.28 - MARGIN.left - MARGIN.right
export const BODY = 9.2
/** 12.5 pt from line to line; Inter asks for 1.21 of its size. */
export const LEADING = 12.5 / (BODY * 1.21)

export interface Sheet {
  paper: ContractPaper
  words: ContractWords
  images: Readonly<Record<string, Uint8Array>>
}

/** A boxed mark: what stands here is not known. */
export const missingBox = ({ words }: Sheet): PdfNode => box(para([strong(words.missing, { fontSize: 8.4 })], { lineHeight: 1 }), { stroke: 0.9, fill: null, radius: 2, padding: [4, 1.6, 4, 1.2] }, 'auto', { margin: [0, 0.6, 0, 0.6] })

/** Lines of text; a missing one is boxed. */
export const linesOf = (sheet: Sheet, lines: readonly (string | null)[], style: Omit<PdfNode, 'text'> = {}): PdfNode[] =>
  lines.map((line) => (line === null ? missingBox(sheet) : para(typeset(line, sheet.paper.facts.language), style)))

export const dateSaid = ({ paper }: Sheet): string => sayDate(localDateOf(paper.made_at, paper.facts.zone), paper.facts.language)
