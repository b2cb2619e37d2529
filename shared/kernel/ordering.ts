/**
 * Fractional keys: texts that sort in list order, with room for another between any two (order is never a counter, so that two
 * people can insert at once). Base 62, never ending in '0'.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A key strictly between `before` and `after` (null: no bound on that side). */
export function keyBetween(before: string | null, after: string | null): string {
  const low = before ?? ''
  let prefix = ''
  for (let index = 0; ; index++) {
    const from = index < low.length ? DIGITS.indexOf(low[index] ?? '0') : 0
    const to = after !== null && index < after.length ? DIGITS.indexOf(after[index] ?? '0') : DIGITS.length
    if (after !== null && index >= after.length) throw new Error(`no key between ${before} and ${after}`)
    if (from === to) {
      prefix += DIGITS[from]
      continue
    }
    // At an open end one step is enough: lists grow by their ends, and a half each time would make keys long.
    if (to - from > 1) {
      const open = (after === null) !== (before === null)
      return prefix + DIGITS[!open ? from + Math.floor((to - from) / 2) : after === null ? from + 1 : to - 1]
    }
    // Neighbours: keep the lower digit and look for room after the rest of `before`.
    return prefix + DIGITS[from] + keyBetween(low.slice(index + 1) || null, null)
  }
}

/** `count` keys in order, evenly spread, for a list made at once. */
export function keysFor(count: number): string[] {
  const width = Math.max(1, Math.ceil(Math.log(count + 2) / Math.log(DIGITS.length)))
  const total = DIGITS.length ** width
  return Array.from({ length: count }, (_, index) => {
    let value = Math.floor(((index + 1) * total) / (count + 1))
    let key = ''
    for (let place = 0; place < width; place++) {
      key = (DIGITS[value % DIGITS.length] ?? '0') + key
      value = Math.floor(value / DIGITS.length)
    }
    return `${key}V`
  })
}
