import type { Reader } from './operation.ts'

type Loose = Readonly<Record<string, unknown>>

/** `before`: the row as it stood before the command, removed or not; null when the command made it. Throws a refusal. */
export type Law = (reader: Reader, after: Loose, before: Loose | null) => Promise<void>
