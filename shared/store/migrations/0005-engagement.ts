/** Engagement: what is asked and answered, confirmed, who came; reminders given. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0005-engagement.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const engagementSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
