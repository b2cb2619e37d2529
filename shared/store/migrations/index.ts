/**
 * Numbered, forward-only. Statements run one by one in a single transaction on a copy of the file (see migrate.ts), so that a crash
 * at any of them leaves the original untouched. A released migration is never edited.
 */
import type { Dialect } from '../engine.ts'
import { coreSchema } from './0001-core.ts'
import { everydaySchema } from './0002-everyday.ts'
import { planningSchema } from './0003-planning.ts'
import { syncSchema } from './0004-sync.ts'
import { engagementSchema } from './0005-engagement.ts'
import { documentsSchema } from './0006-documents.ts'
import { linksSchema } from './0007-links.ts'

export interface Migration {
  version: number
  name: string
  statements(dialect: Dialect): string[]
}

export const migrations: readonly Migration[] = [
  { version: 1, name: 'core', statements: coreSchema },
  { version: 2, name: 'everyday', statements: everydaySchema },
  { version: 3, name: 'planning', statements: planningSchema },
  { version: 4, name: 'sync', statements: syncSchema },
  { version: 5, name: 'engagement', statements: engagementSchema },
  { version: 6, name: 'documents', statements: documentsSchema },
  { version: 7, name: 'links', statements: linksSchema },
]

export const latestVersion = migrations.at(-1)?.version ?? 0
