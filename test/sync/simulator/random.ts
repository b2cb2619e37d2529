/** Chance that a seed decides: the same seed makes the same history. */
import { drawFrom, type Draw } from '../../fixtures/draw.ts'

export type { Draw }

/** A generator of its own for a part of a history, so that what one part draws never moves another. */
export function drawOf(seed: number, ...parts: readonly (string | number)[]): Draw {
  let mixed = seed >>> 0
  for (const character of parts.join(' ')) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193) >>> 0
  return drawFrom(mixed)
}

/** One of the keys, as often as its weight says. */
export function weighted<K extends string>(draw: Draw, weights: Readonly<Partial<Record<K, number>>>): K {
  const entries = Object.entries(weights) as [K, number][]
  let left = draw.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) if ((left -= weight) < 0) return key
  const [last] = entries.at(-1) ?? []
  if (last === undefined) throw new Error('nothing to draw from')
  return last
}
