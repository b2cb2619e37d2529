import { renderRunSheetPdf } from '../../shared/documents/run-sheet/render.ts'
import { crowd, emptySheet, issueOf } from '../fixtures/sheets.ts'
import { figures, median, timed, type Figures } from './measure.ts'

/** The sheet of 150 people as PDF; the reference prints an empty one, which is fonts and frame. */
export async function benchSheet(): Promise<Figures> {
  const sheet = crowd(150)
  const ours: number[] = []
  const empty: number[] = []
  let size = 0
  for (let turn = 0; turn < 6; turn++) {
    const [ms, bytes] = await timed(() => renderRunSheetPdf(sheet, issueOf(sheet)))
    const [emptyMs] = await timed(() => renderRunSheetPdf(emptySheet, issueOf(emptySheet)))
    size = bytes.length
    if (turn === 0) continue
    ours.push(ms)
    empty.push(emptyMs)
  }
  return figures('call_sheet_150', 'ms', median(ours), median(empty), { value: 1000 }, `${Math.round(size / 1024)} kB; the reference is an empty sheet`)
}
