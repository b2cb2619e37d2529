/** Opens the storage of the server: PostgreSQL when its address is given, files otherwise. */
import { openPostgresStorage } from './postgres-storage.ts'
import { openSqliteStorage } from './sqlite-storage.ts'
import type { OpenStorage } from './storage.ts'

/** Rejects with StoreError: `failed in_use` (another process has the folder), `failed role` (a superuser), `failed newer`, unavailable, read_only, full. */
export const openStorage: OpenStorage = async (options) =>
  options.database_url === null ? openSqliteStorage(options) : openPostgresStorage(options, options.database_url)
