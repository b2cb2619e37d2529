export type ListSeparator = ';' | ',' | '/' | '|' | '\n'

/** Which mark parts the lists of a whole column: a stronger mark anywhere wins, so that `she/her` or `Dupont, Marie` stays whole. */
export function detectListSeparator(values: readonly string[]): ListSeparator | null {
  for (const mark of [';', '|', '\n', ','] as const) if (values.some((value) => value.includes(mark))) return mark
  return values.some((value) => value.replace(/\([^)]*\)/g, '').includes('/')) ? '/' : null
}

/** Cuts a list, blanks left out. A mark inside brackets does not cut. */
export function splitList(text: string, separator: ListSeparator | null): string[] {
  const items: string[] = []
  let depth = 0
  let item = ''
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')' && depth > 0) depth--
    if (character === separator && depth === 0) {
      items.push(item)
      item = ''
    } else item += character
  }
  items.push(item)
  // A bracket that never closes must not swallow the rest of the list.
  const whole = depth > 0 && separator !== null ? text.split(separator) : items
  return whole.map((found) => found.replace(/\s+/g, ' ').trim()).filter((found) => found !== '')
}
