/**
 * The files that an organization is made of on this computer: its own; of one that follows a server, each person's view and the outbox,
 * for what is not sent yet is the point of their backups. Each part has its backups in a folder of its own.
 */
import { existsSync } from 'node:fs'
import type { DataFolder, OrganizationPaths } from './data-folder.ts'
import type { OpenOrganizations } from './open-organizations.ts'
import type { Id } from '../../shared/kernel/ids.ts'

export interface KeptPart {
  kind: 'organization' | 'view' | 'outbox'
  paths: OrganizationPaths
  /** Where its copies go in a second folder. */
  copies: string
}
/** Attachments are copied with the first part; there are none of their own in the others. */
const NO_BLOBS = ''

/** The person's part, which is what they restore and export; the whole organization where this computer is its authority. */
export function ownPart(organizations: OpenOrganizations, org: Id, user: Id): KeptPart {
  const paths = organizations.pathsOf(org, user)
  return organizations.viewersOf(org) === null ? { kind: 'organization', paths, copies: org } : { kind: 'view', paths, copies: `${org}/${user}` }
}

export function keptParts(folder: DataFolder, organizations: OpenOrganizations, org: Id): KeptPart[] {
  const viewers = organizations.viewersOf(org)
  if (viewers === null) return [{ kind: 'organization', paths: folder.organization(org), copies: org }]
  const views = viewers.map((user): KeptPart => ({ kind: 'view', paths: folder.view(org, user), copies: `${org}/${user}` }))
  const parts: KeptPart[] = [...views, { kind: 'outbox', paths: folder.outbox(org), copies: `${org}/outbox` }]
  return parts.filter(({ paths }) => existsSync(paths.file)).map((part, n) => (n === 0 ? part : { ...part, paths: { ...part.paths, blobs: NO_BLOBS } }))
}
