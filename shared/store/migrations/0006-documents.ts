/** What people hand in and are sent: documents expected and uploaded, preferences, wording of messages. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0006-documents.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const documentsSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
