/** Sync: what changed in which order, who follows, what a replica holds; what people decided about commands that were not applied. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0004-sync.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const syncSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
