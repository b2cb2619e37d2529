/**
 * The schema of the first released file, frozen in 0001-core.json, one list of lines a statement: what follows from the models today is
 * in fresh-schema.ts, and a test says when the two part (write the next migration then, never edit this one). PostgreSQL has migrations
 * of its own (postgres.ts): it is never as old as a file.
 */
import type { Dialect } from '../engine.ts'
import statements from './0001-core.json' with { type: 'json' }

export const coreSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
