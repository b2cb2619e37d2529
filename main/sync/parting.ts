/**
 * A person whose token holds no more (signed out here, or ended by the server) leaves nothing on this computer that only they held (sync
 * rule 22): their view with everything in and beside it, and the attached files only it names. What they had not sent stays in the
 * outbox, in its place (22a), and what the server has not confirmed of their files stays with it; of rows, numbers are kept (22b').
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Id } from '../../shared/kernel/ids.ts'
import { knownNumbers } from '../../shared/sync/replica/numbers.ts'
import { namedBlobs } from '../../shared/store/named-blobs.ts'
import { pathOf } from '../host/blobs.ts'
import type { DataFolder } from '../host/data-folder.ts'
import type { OpenOrganizations } from '../host/open-organizations.ts'
import { confirmedFiles } from './blobs.ts'

export interface Parting {
  folder: DataFolder
  organizations: OpenOrganizations
}

async function namesIn({ organizations: { views } }: Parting, org: Id, user: Id): Promise<ReadonlySet<string>> {
  return namedBlobs((await views.open(org, user)).file.readEngine, org)
}

/** `still`: asked once nobody else has the files. Waits for what is under way in the organization. Rejects with `storage.restoring` when somebody else has its files. Done twice, nothing more is done. */
export async function part(parting: Parting, org: Id, user: Id, still: () => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
  const { folder, organizations } = parting
  await organizations.exclusively(org, async () => {
    if (!(await still())) return
    const { file, backups, blobs, folder: place } = folder.view(org, user)
    let only = new Set<string>()
    // Opened once more: what is in it and not in the outbox (restored from an older copy) goes there. A damaged one was put aside for a new one.
    if (existsSync(file)) {
      const { readEngine } = (await organizations.views.open(org, user)).file
      only = await namedBlobs(readEngine, org)
      await (await organizations.views.outbox(org)).numbers.keep(await knownNumbers(readEngine, org))
    }
    await organizations.views.drop(org, user)
    // Beside the view: what a restore or a damage put aside, and its copies.
    const replicas = dirname(file)
    for (const name of existsSync(replicas) ? readdirSync(replicas) : []) if (name.startsWith(`${basename(file)}.`)) rmSync(join(replicas, name), { recursive: true, force: true })
    rmSync(backups, { recursive: true, force: true })
    for (const other of folder.viewers(org)) for (const name of await namesIn(parting, org, other)) only.delete(name)
    for (const { bytes } of await (await organizations.views.outbox(org)).entries()) for (const name of bytes.match(/[0-9a-f]{64}/g) ?? []) only.delete(name)
    const confirmed = confirmedFiles(place)
    for (const name of only) if (confirmed.has(name)) rmSync(pathOf(blobs, name), { force: true })
    await organizations.views.close(org)
  })
}
