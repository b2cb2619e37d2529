/** Sweeps over windows. Windows are half-open, [start, end) in milliseconds since the epoch: touching windows do not overlap. */

export interface Span {
  readonly id: string
  readonly start: number
  readonly end: number
}

export const bySpan = (a: Span, b: Span): number => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

/** Every pair of overlapping windows, once, the earlier first. Costs the sort plus the pairs found. */
export function overlappingPairs<T extends Span>(spans: readonly T[]): [T, T][] {
  const pairs: [T, T][] = []
  let open: T[] = []
  for (const span of [...spans].sort(bySpan)) {
    open = open.filter((other) => other.end > span.start)
    for (const other of open) pairs.push([other, span])
    open.push(span)
  }
  return pairs
}

/** Every overlapping pair with one window of each list. Costs the sorts plus the pairs found. */
export function overlapsBetween<A extends Span, B extends Span>(left: readonly A[], right: readonly B[]): [A, B][] {
  const as = [...left].sort(bySpan)
  const bs = [...right].sort(bySpan)
  const pairs: [A, B][] = []
  let openAs: A[] = []
  let openBs: B[] = []
  let nextA = 0
  let nextB = 0
  for (;;) {
    const a = as[nextA]
    const b = bs[nextB]
    if (a !== undefined && (b === undefined || a.start <= b.start)) {
      nextA++
      openBs = openBs.filter((other) => other.end > a.start)
      for (const other of openBs) pairs.push([a, other])
      openAs.push(a)
    } else if (b !== undefined) {
      nextB++
      openAs = openAs.filter((other) => other.end > b.start)
      for (const other of openAs) pairs.push([other, b])
      openBs.push(b)
    } else return pairs
  }
}

/** The stretches covered by at least one window, in order; windows that touch make one stretch. */
export function unionOf(spans: readonly { readonly start: number; readonly end: number }[]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else merged.push({ start: span.start, end: span.end })
  }
  return merged
}

export const lengthOf = (spans: readonly { readonly start: number; readonly end: number }[]): number =>
  unionOf(spans).reduce((sum, span) => sum + span.end - span.start, 0)
