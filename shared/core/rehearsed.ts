/** What looking at some commands answers (rehearsal.ts does it). */
import type { ListedConflict } from '../domain/planning/conflict-index.ts'
import type { Failure } from '../kernel/result.ts'
import type { Write } from '../store/write-set.ts'

export interface ProposedCommand {
  operation: string
  input: unknown
}
/** By id. */
type Names = Record<string, string>
export interface Rehearsed {
  /** Rows that would be others, once each. */
  writes: readonly Write[]
  /** Why it cannot be done, of the first command refused: then nothing else is said. */
  refusal: { command: number; failure: Failure } | null
  /** Not there now, or graver than now; unveiled, the gravest first. */
  broken: readonly ListedConflict[]
  /** There now, and gone or lighter then. */
  mended: readonly ListedConflict[]
  /** Of people, missions and places of these conflicts that the person may read. */
  names: { people: Names; missions: Names; locations: Names }
}
export type Rehearse = (commands: readonly ProposedCommand[]) => Promise<Rehearsed>

/** Commands of a proposal are told apart by their place: rehearsed and done, they have the same ids. */
export const stepLabel = (index: number): string => `do:${index}`
