/** What crosses between the core's thread and one that works for it. */
import type { PackedFailure } from './failures.ts'

/** Functions whose arguments and answers are plain data. */
export type Work = Readonly<Record<string, (...given: never[]) => unknown>>

export interface Question {
  n: number
  name: string
  given: readonly unknown[]
}
export type FromThread = { n: number; answer: unknown } | { n: number; failure: PackedFailure }
