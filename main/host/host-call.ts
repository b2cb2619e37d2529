/** What goes into a host and what comes out of it. */
import type { SecretStore } from './secret-store.ts'
import type { Id } from '../../shared/kernel/ids.ts'

export interface HostCall {
  /** One window, one browser, one command-line run: holds a session. */
  client: string
  name: string
  /** Organization; left out: the client's open one. */
  org?: string | undefined
  input: unknown
  /** The caller's idempotency key. */
  id?: string | undefined
  correlation_id?: string | undefined
  /** Joins this call to others that are undone together. */
  group_id?: Id | undefined
  /** Permissions this client is narrowed to. */
  scope?: readonly string[] | undefined
}
/** Hears an event with the windows it is for; no other may be told. */
export type HostListener = (event: HostEvent, windows: readonly string[]) => void
export type HostEvent = { type: 'changed'; org: string; entities: string[]; command: string } | { type: 'session'; client: string } | { type: 'storage'; org: string; state: string } | { type: 'sync'; org: string }

export interface HostOptions {
  dataDir: string
  appVersion: string
  device: 'desktop' | 'web' | 'cli'
  sqliteBinding?: string | undefined
  /** Milliseconds since 1970; left out: the computer's clock. Waiting times and expiries are counted with it. */
  clock?: (() => number) | undefined
  /** Where secrets of this device are kept; left out: a file that only this account may read. */
  secrets?: SecretStore | undefined
  /** Left out: every organization that follows a server is exchanged with it. `false`: not by this run (a command that ends at once). */
  sync?: boolean | undefined
}

export interface Host {
  call(call: HostCall): Promise<string>
  onEvent(listener: HostListener): () => void
  /** Rejects with a Refusal: `auth.required`, `auth.locked`, `auth.forbidden`, `throttling.too_large`, `storage.*`. */
  putBlob(client: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  close(): Promise<void>
}
