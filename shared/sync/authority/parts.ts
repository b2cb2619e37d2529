/** What the parts of an authority share. */
import type { OrganizationCore } from '../../core/organization-core.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Engine } from '../../store/engine.ts'
import type { SyncHead } from '../../store/sync-log.ts'
import type { Scopes } from './scopes.ts'

export interface AuthorityParts {
  org: Id
  core: OrganizationCore
  /** Writes. */
  engine: Engine
  /** Reads, in snapshots. */
  readEngine: Engine
  now(): Instant
  random(bytes: number): Uint8Array
  /** Unexpected errors, for the log of the server only. */
  report(error: unknown, about: string): void
  /** Operations this server executes. */
  commands: ReadonlySet<string>
  scopes: Scopes
}

/** The organization's secret, beside what it signs with. */
export const secretOf = (head: SyncHead): string => head.receipt_key
