/** One organization over its engines, the same on both databases. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { organizationOperations } from '../../shared/core/handlers.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { openAuthority } from '../../shared/sync/authority/authority.ts'
import { giveFacts } from '../../shared/sync/facts/give.ts'
import { takeFacts } from '../../shared/sync/facts/take.ts'
import type { HostedOrganization, StorageOptions } from './storage.ts'

const CONTENT = /^[0-9a-f]{64}$/

function readBlob(folder: string, sha256: string): Uint8Array | null {
  const path = join(folder, sha256.slice(0, 2), sha256)
  return CONTENT.test(sha256) && existsSync(path) ? readFileSync(path) : null
}

export async function hosted(org: Id, engine: Engine, readEngine: Engine, blobs: string, options: StorageOptions): Promise<HostedOrganization> {
  const open = () =>
    openAuthority({
      org, engine, readEngine, handlers: organizationOperations,
      outside: { now: options.now, random: options.random, app_version: options.app_version, report: options.report, blob: (sha256) => readBlob(blobs, sha256) },
    })
  let authority = await open()
  return {
    get authority() {
      return authority
    },
    engine,
    readEngine,
    exportFacts: () => giveFacts(readEngine, org, { app_version: options.app_version, at: options.now() }),
    async importFacts(lines, accept) {
      const { rows, commands, events } = await takeFacts(engine, lines, { org, accept, follow: { receipt_key: Buffer.from(options.random(32)).toString('hex'), at: options.now() } })
      // What it had read of an empty organization holds no more.
      authority = await open()
      return { rows, commands, events }
    },
  }
}
