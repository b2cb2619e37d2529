interface Span {
  readonly start: number
  readonly end: number
}

/** The hours of several bars, in order and each once: those that touch or overlap are one. */
export function mergedWindows(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}
