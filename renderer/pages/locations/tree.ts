interface Placed {
  id: string
  parent_id: string | null
}

/** Rows of which no place above is folded; the order stays. */
export function foldedAway<T extends Placed>(rows: readonly T[], folded: ReadonlySet<string>): readonly T[] {
  const above = new Map(rows.map((row) => [row.id, row.parent_id]))
  const hidden = (row: T): boolean => {
    for (let at = row.parent_id; at !== null; at = above.get(at) ?? null) if (folded.has(at)) return true
    return false
  }
  return rows.filter((row) => !hidden(row))
}

export const hasInside = (rows: readonly Placed[], id: string): boolean => rows.some((row) => row.parent_id === id)
