/** Which words of a text are others than in the one it comes from: read at a glance, where two long texts differ by little. */
export interface Part {
  text: string
  changed: boolean
}

/** Comparisons of one alignment; beyond it the text is shown as it is. */
const MOST_COMPARISONS = 250_000

const isSpace = (text: string): boolean => text.trim() === ''

/** The words of `to`, those marked that are not in `from` at their place. A text that is wholly another has no mark: everything would be. */
export function changedParts(from: string, to: string): Part[] {
  const [before, after] = [from, to].map((text) => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [])
  const plain = [{ text: to, changed: false }]
  if (!before || !after || before.length * after.length > MOST_COMPARISONS) return plain
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      lengths[row * width + column] = before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  const parts: Part[] = []
  const put = (text: string, changed: boolean): void => {
    const last = parts.at(-1)
    if (last && (last.changed === changed || isSpace(text))) last.text += text
    else parts.push({ text, changed })
  }
  for (let row = 0, column = 0; column < after.length; ) {
    const word = after[column] ?? ''
    if (row < before.length && before[row] === word) {
      put(word, false)
      row++
      column++
    } else if (row < before.length && at(row + 1, column) >= at(row, column + 1)) row++
    else {
      put(word, true)
      column++
    }
  }
  return parts.some(({ text, changed }) => !changed && !isSpace(text)) ? parts : plain
}
