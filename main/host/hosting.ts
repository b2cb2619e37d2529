/** What the handlers of this computer's operations work with. */
import type { AppFile } from './app-file.ts'
import type { Rescue } from './app-rescue.ts'
import type { Clients } from './clients.ts'
import type { DataFolder } from './data-folder.ts'
import type { HostCall, HostEvent, HostOptions } from './host-call.ts'
import type { Journal } from './journal.ts'
import type { Membership } from './membership.ts'
import type { OpenOrganizations } from './open-organizations.ts'
import type { SecretStore } from './secret-store.ts'
import type { StorageWatch } from './storage-watch.ts'
import type { Turns } from './turns.ts'
import type { Threads } from '../threads/threads.ts'
import type { Sync } from '../sync/sync.ts'
import type { Venues } from '../sync/venue/venues.ts'
import type { Upkeep } from './upkeep.ts'
import type { VaultKeys } from './vault/vault-keys.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'

export interface Hosting {
  options: HostOptions
  /** Of this device: outside the files of every organization. */
  secrets: SecretStore
  /** Keys of people's numbers. */
  vault: VaultKeys
  folder: DataFolder
  sqlite: SqliteOptions
  app: AppFile
  /** What became of the file of sign-ins when this host started. */
  rescue: Rescue
  journal: Journal
  organizations: OpenOrganizations
  membership: Membership
  turns: Turns
  upkeep: Upkeep
  threads: Threads
  watch: StorageWatch
  clients: Clients
  /** The exchange with servers. */
  sync: Sync
  /** Serving others on the local network, or being served. */
  venues: Venues
  now(): Instant
  emit(event: HostEvent): void
}

/** How each declared operation is done: the call, and its checked input. */
export type HostHandlers<Operations> = { [K in keyof Operations]: (call: HostCall, input: never) => Promise<unknown> }
