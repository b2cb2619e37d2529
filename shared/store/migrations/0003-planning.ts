/** Published plans and their notices, questions of availability, mission templates; school zone of a project, terms to confirm again. Frozen in the JSON. */
import type { Dialect } from '../engine.ts'
import statements from './0003-planning.json' with { type: 'json' }

/** PostgreSQL has migrations of its own (postgres.ts). */
export const planningSchema = (dialect: Dialect): string[] => (dialect === 'sqlite' ? statements.map((lines) => lines.join('\n')) : [])
