import { NO_FILE } from '../kernel/hashing.ts'
import type { Engine } from './engine.ts'

/** Where rows name files by their content. */
export const blobColumns = [
  ['attachment', 'sha256'], ['organization', 'logo_sha256'], ['revision', 'plan_sha256'], ['location', 'plan_sha256'], ['contract_document', 'sha256'], ['identity_paper', 'sha256'],
  ['document_version', 'sha256'],
] as const

/** Every content hash that a row, removed ones included, or a frozen sheet names: these files are never cleared. */
export async function namedBlobs(engine: Engine, org: string): Promise<Set<string>> {
  const named = new Set<string>()
  for (const [table, column] of blobColumns)
    for (const row of await engine.all(`SELECT DISTINCT ${column} AS hash FROM ${table} WHERE org_id = ? AND ${column} IS NOT NULL`, [org])) named.add(String(row['hash']))
  for (const row of await engine.all('SELECT snapshot FROM revision WHERE org_id = ? AND snapshot IS NOT NULL', [org]))
    for (const hash of String(row['snapshot']).match(/[0-9a-f]{64}/g) ?? []) named.add(hash)
  named.delete(NO_FILE)
  return named
}
