/** Drawings as SVG texts, for the printer's vector nodes. */

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** One element; attributes are escaped, the content is written as given. */
export function element(name: string, attributes: Record<string, string | number>, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`)
  return `<${name}${written.join('')}>${content}</${name}>`
}

/** A text element. */
export const lettering = (attributes: Record<string, string | number>, text: string): string =>
  element('text', { 'font-family': 'Inter', 'font-weight': 'bold', 'text-anchor': 'middle', ...attributes }, escape(text))

/** `width` and `height` in points; `viewBox` in the drawing's own units. */
export const svg = (width: number, height: number, viewBox: string, content: string): string =>
  element('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox }, content)
