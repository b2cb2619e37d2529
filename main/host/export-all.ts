/**
 * Leaving is possible: everything an organization holds in one zip that a stranger can read. One NDJSON file per table, the audit
 * chain, the command log, the attachments by content, and a manifest with counts and SHA-256 of each file.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { entities } from '../../shared/domain/registry.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { vacuumInto } from '../../shared/store/organization-file.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { readBlob } from './blobs.ts'
import type { OrganizationPaths } from './data-folder.ts'
import { stampOf } from './backups.ts'

const LOG_TABLES = ['audit_event', 'command_log'] as const

/** Exports asked for together each read their own snapshot. */
let snapshots = 0

export interface FullExport {
  file: string
  bytes: number
  sha256: string
  counts: Record<string, number>
}

/** Writes the zip of one moment: everything is read from a snapshot, whatever is written meanwhile. Throws StoreError (full, damaged...). */
export async function exportAll(org: string, paths: OrganizationPaths, now: string, appVersion: string, options: SqliteOptions): Promise<FullExport> {
  mkdirSync(paths.exports, { recursive: true })
  const snapshot = join(paths.exports, `.snapshot-${process.pid}-${++snapshots}.sqlite`)
  try {
    const live = openDatabase(paths.file, { ...options, readonly: true })
    try {
      vacuumInto(live, snapshot)
    } finally {
      live.close()
    }
    const engine = sqliteEngine(openDatabase(snapshot, { ...options, readonly: true }))
    try {
      return await writeZip(engine, org, paths, now, appVersion)
    } finally {
      await engine.close()
    }
  } finally {
    rmSync(snapshot, { force: true })
  }
}

async function writeZip(engine: Engine, org: string, paths: OrganizationPaths, now: string, appVersion: string): Promise<FullExport> {
  const files: Record<string, Uint8Array> = {}
  const counts: Record<string, number> = {}
  const wanted = new Set<string>()
  for (const table of [...entities.keys(), ...LOG_TABLES]) {
    const rows = await engine.all(`SELECT * FROM ${table} WHERE org_id = ? ORDER BY ${table === 'audit_event' ? 'position' : table === 'command_log' ? 'seq' : 'id'}`, [org])
    counts[table] = rows.length
    files[`tables/${table}.ndjson`] = strToU8(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    for (const row of rows) for (const column of ['sha256', 'logo_sha256', 'plan_sha256']) if (typeof row[column] === 'string') wanted.add(row[column])
  }
  for (const sha256 of wanted) {
    const bytes = readBlob(paths.blobs, sha256)
    if (bytes) files[`attachments/${sha256}`] = bytes
  }
  if (existsSync(paths.issued)) for (const name of readdirSync(paths.issued)) if (name.endsWith('.pdf')) files[`issued/${name}`] = readFileSync(join(paths.issued, name))
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  const manifest = {
    format: 'callboard-export', version: 1, organization: org, made_at: now, app_version: appVersion, counts,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { bytes: bytes.byteLength, sha256: digest(bytes) }])),
    missing_attachments: [...wanted].filter((sha256) => !(`attachments/${sha256}` in files)),
  }
  files['manifest.json'] = strToU8(JSON.stringify(manifest, null, 2))
  const zip = zipSync(files, { level: 6, mtime: new Date(now) })
  const file = join(paths.exports, `callboard-${org.slice(0, 8)}-${stampOf(now)}.zip`)
  writeFileSync(file, zip)
  return { file, bytes: zip.byteLength, sha256: digest(zip), counts }
}
