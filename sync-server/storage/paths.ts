/** Where a server keeps what: one folder per organization, as on a computer without a server. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isId, type Id } from '../../shared/kernel/id-form.ts'

export interface ServerPaths {
  root: string
  /** Accounts, without PostgreSQL. */
  accounts: string
  lock: string
  backups: string
  organization(org: Id): { folder: string; file: string; blobs: string; backups: string }
  /** Folders of organizations, whatever is in them. */
  organizations(): Id[]
}

export function serverPaths(root: string): ServerPaths {
  const all = join(root, 'organizations')
  mkdirSync(all, { recursive: true })
  return {
    root, accounts: join(root, 'server.sqlite'), lock: join(root, 'lock.sqlite'), backups: join(root, 'backups'),
    organization(org) {
      // An id becomes a folder's name.
      if (!isId(org)) throw new Error('not the id of an organization')
      const folder = join(all, org)
      return { folder, file: join(folder, 'organization.sqlite'), blobs: join(folder, 'blobs'), backups: join(folder, 'backups') }
    },
    organizations: () => readdirSync(all).filter((name) => isId(name)).sort(),
  }
}
