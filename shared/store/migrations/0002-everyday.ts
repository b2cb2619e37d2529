/** Invitations, run of show, cast, layouts, remembered mappings; a demonstration mark, dimensions, a date of keeping. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0002-everyday.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const everydaySchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
