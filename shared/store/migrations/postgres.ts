/**
 * Migrations of PostgreSQL, numbered on their own: the first is the schema of the first released server, frozen. Forward-only; a released
 * one is never edited.
 */
import first from './postgres-0001.json' with { type: 'json' }
import second from './postgres-0002.json' with { type: 'json' }
import third from './postgres-0003.json' with { type: 'json' }
import fourth from './postgres-0004.json' with { type: 'json' }

export interface PostgresMigration {
  version: number
  name: string
  statements: readonly string[]
}

export const postgresMigrations: readonly PostgresMigration[] = [
  { version: 1, name: 'core', statements: first.map((lines) => lines.join('\n')) },
  { version: 2, name: 'engagement', statements: second.map((lines) => lines.join('\n')) },
  { version: 3, name: 'documents', statements: third.map((lines) => lines.join('\n')) },
  { version: 4, name: 'links', statements: fourth.map((lines) => lines.join('\n')) },
]
