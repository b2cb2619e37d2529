import { fold } from '../../../shared/kernel/text.ts'

export interface Ranked {
  label: string
  /** Other words it is found by. */
  words?: string
}

/** 0 the whole name, 1 its beginning, 2 the beginning of a word of it, 3 inside, 4 among its other words; null: not found. */
export function rankOf(entry: Ranked, typed: string): number | null {
  const words = fold(typed).trim()
  const label = fold(entry.label)
  if (words === '') return 0
  if (label === words) return 0
  if (label.startsWith(words)) return 1
  const parts = label.split(/[^\p{L}\p{N}]+/u)
  const asked = words.split(/\s+/)
  if (asked.every((word) => parts.some((part) => part.startsWith(word)))) return 2
  if (label.includes(words)) return 3
  const other = fold(entry.words ?? '')
  return other !== '' && asked.every((word) => other.includes(word) || label.includes(word)) ? 4 : null
}

/** Those found, the best first; equals stay in the order given, so that the list never moves under the hand. */
export const inOrder = <T extends Ranked>(entries: readonly T[], typed: string): T[] =>
  entries
    .flatMap((entry) => {
      const rank = rankOf(entry, typed)
      return rank === null ? [] : [{ entry, rank }]
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry)
