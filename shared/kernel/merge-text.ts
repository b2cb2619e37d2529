/**
 * Three-way merge of text, by lines and then by words. Laws: two equal sides give that side; a side equal to the base gives the other;
 * what only one side changed is taken; what both changed in the same place stands as `[mine / theirs]`, for a person to read and choose.
 */

export interface MergedText {
  text: string
  /** Places where both sides differ: each is marked in the text. */
  conflicts: number
}

/** Comparisons of one alignment: beyond it a passage is one place in dispute. Some 2,000 words on each side. */
const MOST_COMPARISONS = 4_000_000

type Pieces = readonly string[]
const linesOf = (text: string): Pieces => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
const wordsOf = (text: string): Pieces => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []

/** For each piece of the base, its place in the side by a longest common subsequence, or -1; null: too long to align. */
function alignment(base: Pieces, side: Pieces): number[] | null {
  const found = new Array<number>(base.length).fill(-1)
  let head = 0
  while (head < base.length && head < side.length && base[head] === side[head]) found[head] = head++
  let tail = 0
  while (tail < base.length - head && tail < side.length - head && base[base.length - 1 - tail] === side[side.length - 1 - tail]) {
    tail++
    found[base.length - tail] = side.length - tail
  }
  const [rows, columns] = [base.length - head - tail, side.length - head - tail]
  if (rows * columns > MOST_COMPARISONS) return null
  const width = columns + 1
  const lengths = new Uint16Array((rows + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      lengths[row * width + column] = base[head + row] === side[head + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (base[head + row] === side[head + column]) found[head + row++] = head + column++
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return found
}

const both = (mine: string, theirs: string): string => (mine.includes('\n') || theirs.includes('\n') ? `[${mine.trimEnd()}\n/\n${theirs.trimEnd()}]\n` : `[${mine} / ${theirs}]`)

function mergePassage(base: string, mine: string, theirs: string, byWords: boolean): MergedText {
  if (mine === theirs || base === theirs) return { text: mine, conflicts: 0 }
  if (base === mine) return { text: theirs, conflicts: 0 }
  if (!byWords) return mergePieces(base, mine, theirs, wordsOf, true)
  // What both added alike at the beginning stands once.
  const [left, right] = [wordsOf(mine), wordsOf(theirs)]
  const differing = left.findIndex((piece, index) => piece !== right[index])
  const alike = differing < 0 ? left.length : differing
  return { text: left.slice(0, alike).join('') + both(left.slice(alike).join(''), right.slice(alike).join('')), conflicts: 1 }
}

function mergePieces(base: string, mine: string, theirs: string, split: (text: string) => Pieces, byWords: boolean): MergedText {
  const [from, left, right] = [split(base), split(mine), split(theirs)]
  const [toLeft, toRight] = [alignment(from, left), alignment(from, right)]
  if (!toLeft || !toRight) return byWords ? { text: both(mine, theirs), conflicts: 1 } : mergePassage(base, mine, theirs, false)
  const parts: MergedText[] = []
  let [i, l, r] = [0, 0, 0]
  const passage = (endBase: number, endLeft: number, endRight: number): void => {
    const cut = (pieces: Pieces, start: number, end: number): string => pieces.slice(start, end).join('')
    parts.push(mergePassage(cut(from, i, endBase), cut(left, l, endLeft), cut(right, r, endRight), byWords))
  }
  for (let next = 0; next < from.length; next++) {
    const [inLeft = -1, inRight = -1] = [toLeft[next], toRight[next]]
    if (inLeft < 0 || inRight < 0) continue
    passage(next, inLeft, inRight)
    parts.push({ text: from[next] ?? '', conflicts: 0 })
    ;[i, l, r] = [next + 1, inLeft + 1, inRight + 1]
  }
  passage(from.length, left.length, right.length)
  return { text: parts.map(({ text }) => text).join(''), conflicts: parts.reduce((sum, { conflicts }) => sum + conflicts, 0) }
}

export function mergeText(base: string, mine: string, theirs: string): MergedText {
  if (mine === theirs || base === theirs) return { text: mine, conflicts: 0 }
  if (base === mine) return { text: theirs, conflicts: 0 }
  return mergePieces(base, mine, theirs, linesOf, false)
}
