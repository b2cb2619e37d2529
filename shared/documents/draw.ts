import { renderContractPdf } from './contract/render.ts'
import { renderListPdf } from './list/render.ts'
import type { Definition, Printed } from './printing.ts'
import { renderPersonalCopies, renderRunSheetPdf } from './run-sheet/render.ts'
import { renderSlipsPdf } from './slip/render.ts'

/** The PDF of a definition. Pure: the same definition gives the same bytes. */
export async function draw(definition: Definition): Promise<Printed> {
  switch (definition.kind) {
    case 'sheet':
      return { bytes: await renderRunSheetPdf(definition.snapshot, definition.issue, definition.options), pages: null }
    case 'sheet_copies':
      return { bytes: await renderPersonalCopies(definition.snapshot, definition.issue, definition.options, definition.copies), pages: null }
    case 'list':
      return renderListPdf(definition.content, definition.issue, definition.drawing)
    case 'contract':
      return renderContractPdf(definition.paper, definition.drawing)
    case 'slips':
      return renderSlipsPdf(definition.print)
  }
}
