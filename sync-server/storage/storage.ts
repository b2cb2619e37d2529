/**
 * What the server's process needs of its storage: embedded SQLite files, or one PostgreSQL for any number of processes.
 * open-storage.ts opens it; nothing outside this folder knows which of the two it is.
 */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Engine } from '../../shared/store/engine.ts'
import type { Authority } from '../../shared/sync/contracts.ts'

export interface StorageOptions {
  /** Folder of the blobs, of backups and, without `database_url`, of the SQLite files (`server.sqlite`, `organizations/<id>/organization.sqlite`). Made when missing. */
  data: string
  /** `postgres://…`; null: SQLite in `data`. */
  database_url: string | null
  /** For the connection that hears of other processes' commits, where `database_url` leads to a pooler that shares connections; null or left out: `database_url`. */
  listen_url?: string | null
  /** Connections of one process to PostgreSQL; null: the usual number. */
  connections: number | null
  app_version: string
  now(): Instant
  random(bytes: number): Uint8Array
  /** Unexpected errors, for the log. */
  report(error: unknown, request_id: string): void
  /** Statements over 40 ms. */
  onSlow?(sql: string, ms: number): void
}

/** One organization on this server, opened when first asked for and held open by the storage. */
export interface HostedOrganization {
  readonly authority: Authority
  /** Writes (`sync_aside`, `sync_replica`) and the reads of what was just written. */
  readonly engine: Engine
  /** Reads of the console, which wait for no writer. */
  readonly readEngine: Engine
  /** The whole organization as lines of NDJSON (shared/sync/facts), of one consistent read. */
  exportFacts(): AsyncIterable<string>
  /** Takes such a stream into an organization that is still empty; verified (chain, counts, digests) before anything is kept. `accept` sees all of it and may still refuse. Rejects with a Refusal. */
  importFacts(lines: AsyncIterable<string>, accept?: () => Promise<void>): Promise<{ rows: number; commands: number; events: number }>
}

export interface Storage {
  readonly kind: 'sqlite' | 'postgres'
  /** Tables of the whole server (accounts, tokens, limits). The process migrates them itself (accounts/schema.ts). */
  readonly accounts: Engine
  organizations(): Promise<Id[]>
  /** Null: no such organization here. Rejects with StoreError when its file cannot be used. */
  organization(org: Id): Promise<HostedOrganization | null>
  /** Room for an organization, without any row yet. Answers the one that is there when it exists. */
  createOrganization(org: Id): Promise<HostedOrganization>
  /** Takes away an organization whose facts could not be taken. */
  removeOrganization(org: Id): Promise<void>
  /** Told after each commit of any organization, by whichever process; `seq`: the head of its order of commits. */
  onChange(listener: (org: Id, seq: number) => void): () => void
  /** Where the attached files of an organization lie, `aa/<sha256>` under it. With several computers: a folder they share. */
  blobFolder(org: Id): string
  sizes(org: Id): Promise<{ rows: number; database_bytes: number }>
  /** Answers when the database does; rejects when it does not (readiness). */
  check(): Promise<void>
  /** Everything into a new folder, while in use; checked once it is written. */
  backup(target: string): Promise<{ organizations: number; bytes: number }>
  close(): Promise<void>
}

export type OpenStorage = (options: StorageOptions) => Promise<Storage>
/** Puts a backup in place of what is there (kept aside); every organization opens in recovery, in a new epoch. The server must not run. */
export type RestoreStorage = (options: StorageOptions, source: string) => Promise<{ organizations: number }>
