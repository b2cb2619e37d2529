/**
 * A document that is ready to be drawn: plain data, nothing is left to ask. Whoever draws it (the core's own thread, another thread) gives
 * the same bytes.
 */
import type { SheetIssue, SheetSnapshot } from '../domain/runsheets/snapshot.ts'
import type { ContractDrawing, ContractPaper } from './contract/paper.ts'
import type { Drawing, Issue, ListContent } from './list/content.ts'
import type { Copy, RenderOptions } from './run-sheet/render.ts'
import type { SlipPrint } from './slip/render.ts'

export type Definition =
  | { kind: 'sheet'; snapshot: SheetSnapshot; issue: SheetIssue; options: RenderOptions }
  | { kind: 'sheet_copies'; snapshot: SheetSnapshot; issue: SheetIssue; options: RenderOptions; copies: readonly Copy[] }
  | { kind: 'list'; content: ListContent; issue: Issue; drawing: Drawing }
  | { kind: 'contract'; paper: ContractPaper; drawing: ContractDrawing }
  | { kind: 'slips'; print: SlipPrint }

export interface Printed {
  bytes: Uint8Array
  /** null: not counted. */
  pages: number | null
}
export type Printer = (definition: Definition) => Promise<Printed>
