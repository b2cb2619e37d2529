/**
 * An organization as one stream of lines (decision 0010, point 10; C51): what goes up when it joins a server, comes down when it leaves
 * one, and lies in a server's backup. First line: the head. Then one line a row, `[table, value, value, …]` in the order of the head's
 * tables and columns, values as the database holds them. Last line: the trailer; without it the stream was cut.
 */
import { z } from 'zod'
import { wire } from '../../domain/entity.ts'
import { lineSum } from '../digests.ts'

export const FACTS_FORMAT = 'callboard-facts'
export const FACTS_VERSION = 1

const name = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
export const FactsHead = z.strictObject({
  format: z.literal(FACTS_FORMAT),
  version: z.int(),
  /** Of the tables: that of the migrations. */
  schema: z.int().min(1),
  app_version: z.string().max(40),
  org: wire.id,
  at: wire.instant,
  tables: z.array(z.strictObject({ name, columns: z.array(name).max(300), rows: z.int().min(0) })).max(300),
})
export type FactsHead = z.infer<typeof FactsHead>

export const FactsRow = z.tuple([z.int().min(0)], z.union([z.string(), z.number(), z.null()]))
/** Over every line before it, each with its line feed. */
export const FactsTrailer = z.strictObject({ trailer: z.strictObject({ count: z.int().min(0), digest: z.string().length(64) }) })

/** Counts and digests lines as they pass. */
export class Tally {
  readonly #sum = lineSum()
  add(line: string): void {
    this.#sum.add(line)
  }
  /** Rows: the head is not counted. */
  get trailer(): z.infer<typeof FactsTrailer> {
    const { count, digest } = this.#sum.result()
    return { trailer: { count: count - 1, digest } }
  }
}
