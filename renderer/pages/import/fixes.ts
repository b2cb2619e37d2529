import type { ImportSettings } from './import-file.ts'

type Replacement = NonNullable<ImportSettings['replacements']>[number]
type Edit = NonNullable<ImportSettings['edits']>[number]

/** The last word on a value of a column: what was said of it before is replaced, and what led back to it is dropped. */
export function withReplacement(list: readonly Replacement[], next: Replacement): Replacement[] {
  const others = list.filter((one) => one.column !== next.column || (one.item === true) !== (next.item === true) || (one.found.trim() !== next.found.trim() && one.found.trim() !== next.value.trim()))
  return next.found.trim() === next.value.trim() ? others : [...others, next]
}

export const withEdit = (list: readonly Edit[], next: Edit): Edit[] => [...list.filter((one) => one.row !== next.row || one.column !== next.column), next]
