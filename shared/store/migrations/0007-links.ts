/** What engagement still lacked once people used it, first of all links that can be taken back. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0007-links.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const linksSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
