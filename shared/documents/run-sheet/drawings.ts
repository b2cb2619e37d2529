import { create } from 'qrcode'

/** The few drawings of the sheet as SVG texts: QR code, lettered pins, draft watermark, stamp of a superseded version. */

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

function element(name: string, attributes: Record<string, string | number>, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`)
  return `<${name}${written.join('')}>${content}</${name}>`
}

const svg = (width: number, height: number, viewBox: string, content: string): string =>
  element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox }, content)

const LETTERING = { 'font-family': 'Inter', 'font-weight': 'bold', 'text-anchor': 'middle' }

/** A QR code whose modules fill exactly `size` points. */
export function qrCode(text: string, size: number): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
  }
  return svg(size, size, `0 0 ${modules.size} ${modules.size}`, element('path', { d: path, fill: '#000' }))
}

/** Disc and letter of a pin in a square of 12: black for ways in, outlined for rescue (defibrillator, assembly point). */
function pinDisc(letter: string): string {
  const outlined = letter === '+' || letter === 'R'
  const disc = element('circle', { cx: 6, cy: 6, r: 5.3, fill: outlined ? '#fff' : '#000', stroke: '#000', 'stroke-width': 1 })
  const size = letter.length > 1 ? 6.6 : 7.2
  return disc + element('text', { ...LETTERING, x: 6, y: 8.55, 'font-size': size, fill: outlined ? '#000' : '#fff' }, escape(letter))
}

/** A lettered pin of 12 pt. */
export const pinBadge = (letter: string): string => svg(12, 12, '0 0 12 12', pinDisc(letter))

/** The attached plan, `size` points large, with the pins that stand on it; a white ring keeps a letter readable on any drawing. */
export function pinnedPlan(
  image: { bytes: Uint8Array; type: 'png' | 'jpeg' },
  { width, height }: { width: number; height: number },
  pins: readonly ({ letter: string } | { letter: string; x: number; y: number })[],
): string {
  const picture = element('image', { x: 0, y: 0, width, height, href: `data:image/${image.type};base64,${Buffer.from(image.bytes).toString('base64')}` })
  const placed = pins.flatMap((pin) => {
    if (!('x' in pin)) return []
    const { letter, x, y } = pin
    // Whole on the image, also at its very edge.
    const left = Math.min(Math.max(x * width - 6, 1), width - 13)
    const top = Math.min(Math.max(y * height - 6, 1), height - 13)
    return [element('g', { transform: `translate(${left} ${top})` }, element('circle', { cx: 6, cy: 6, r: 6.6, fill: '#fff' }) + pinDisc(letter))]
  })
  return svg(width, height, `0 0 ${width} ${height}`, picture + placed.join(''))
}

/** The whole page behind the text, in millimetres: the word twice in outline for a draft, a line up the margin for a superseded version. */
export function pageBackground(watermark: string | null, stamp: string | null): string | null {
  if (watermark === null && stamp === null) return null
  const outline = { 'font-size': 29, 'letter-spacing': 2, fill: 'none', stroke: '#C2C2C2', 'stroke-width': 0.35 }
  const parts =
    watermark === null
      ? []
      : [92, 222].map((y) => element('text', { ...LETTERING, ...outline, transform: `translate(105 ${y}) rotate(-32)` }, escape(watermark)))
  if (stamp !== null) {
    parts.push(
      element(
        'text',
        { ...LETTERING, 'font-size': 5.2, 'letter-spacing': 0.4, fill: '#000', transform: 'translate(7.4 148.5) rotate(-90)' },
        escape(stamp),
      ),
    )
  }
  return svg(595.28, 841.89, '0 0 210 297', parts.join(''))
}
