import { create } from 'qrcode'
import { element, lettering, svg } from '../pdf/svg.ts'

/** The few drawings of the sheet as SVG texts: QR code, draft watermark, stamp of a superseded version. */

/** A QR code whose modules fill exactly `size` points. */
export function qrCode(text: string, size: number): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
  }
  return svg(size, size, `0 0 ${modules.size} ${modules.size}`, element('path', { d: path, fill: '#000' }))
}

/** The whole page behind the text, in millimetres: the word twice in outline for a draft, a line up the margin for a superseded version. */
export function pageBackground(watermark: string | null, stamp: string | null): string | null {
  if (watermark === null && stamp === null) return null
  const outline = { 'font-size': 29, 'letter-spacing': 2, fill: 'none', stroke: '#C2C2C2', 'stroke-width': 0.35 }
  const parts = watermark === null ? [] : [92, 222].map((y) => lettering({ ...outline, transform: `translate(105 ${y}) rotate(-32)` }, watermark))
  if (stamp !== null) parts.push(lettering({ 'font-size': 5.2, 'letter-spacing': 0.4, fill: '#000', transform: 'translate(7.4 148.5) rotate(-90)' }, stamp))
  return svg(595.28, 841.89, '0 0 210 297', parts.join(''))
}
