/** Randomness that is the same for the same seed, on every machine: sfc32 seeded by SHA-256. Never for keys or ids. */
import { createHash } from 'node:crypto'

export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  shuffled<T>(list: readonly T[]): T[]
  /** Up to `count` different members, in random order. */
  some<T>(list: readonly T[], count: number): T[]
  /** Another stream, which drawing from this one does not move: a stage can change without moving the others. */
  fork(label: string): Random
}

export function createRandom(seed: string): Random {
  const bytes = createHash('sha256').update(seed).digest()
  let a = bytes.readInt32LE(0)
  let b = bytes.readInt32LE(4)
  let c = bytes.readInt32LE(8)
  let counter = bytes.readInt32LE(12)
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(list: readonly T[]): T => {
    const found = list[between(0, list.length - 1)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
  const shuffled = <T>(list: readonly T[]): T[] => {
    const left = [...list]
    const drawn: T[] = []
    while (left.length > 0) drawn.push(...left.splice(between(0, left.length - 1), 1))
    return drawn
  }
  const some = <T>(list: readonly T[], count: number): T[] => {
    if (count * 4 >= list.length) return shuffled(list).slice(0, count)
    const drawn = new Set<T>()
    while (drawn.size < count) drawn.add(pick(list))
    return [...drawn]
  }
  return { next, between, pick, shuffled, some, chance: (probability) => next() < probability, fork: (label) => createRandom(`${seed}/${label}`) }
}

/** Shares `total` over the weights in whole parts that add up to it exactly. */
export function shares(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let given = 0
  let reached = 0
  return weights.map((weight) => {
    reached += weight
    const until = sum === 0 ? 0 : Math.round((total * reached) / sum)
    const part = until - given
    given = until
    return part
  })
}
