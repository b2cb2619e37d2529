/** How what people see of the safety of their work is answered. */
import { basename, dirname, join } from 'node:path'
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { listBackups } from './backups.ts'
import { readBlob } from './blobs.ts'
import { insideCloudDrive } from './data-folder.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { HostCall } from './host-call.ts'
import type { Reports } from './reports.ts'
import { keptParts, ownPart } from './kept-parts.ts'
import { sinceBackup } from './restore-preview.ts'
import { checkFolder, secondCopies } from './second-folder.ts'
import type { Standing } from './standing.ts'
import { bytesUnder, spaceOf } from './storage-watch.ts'
import { backupFolderOf, keepBackupFolder } from './upkeep.ts'
import type { watchingOperations } from './watching-operations.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { evaluateFlag, flagDefaults } from '../../shared/domain/organization/flags.ts'
import { flag, organization } from '../../shared/domain/organization/model.ts'
import type { Permission } from '../../shared/domain/permissions.ts'

const PART_BYTES = 2 * 1024 * 1024
/** Reports that pages may write in a minute: one that breaks again and again must not fill the disk with its own news. */
const REPORTS_A_MINUTE = 30

export function watchingHandlers(
  { app, folder, sqlite, organizations, membership, upkeep, threads, watch, now, clients: { signedIn, sessionOf } }: Hosting, { organizationOf, mayKeep }: Standing, reports: Reports,
): HostHandlers<typeof watchingOperations> {
  async function kept(call: HostCall, permission: Permission) {
    const client = signedIn(call)
    const org = await organizationOf(call, client)
    await mayKeep(call, client, org, permission)
    return { client, org, ...ownPart(organizations, org, client.user.id) }
  }
  let minute = ''
  let written = 0

  return {
    async storageState(call) {
      const { org, paths, copies } = await kept(call, 'backup:run')
      const chosen = await backupFolderOf(app, org)
      const checks = (await upkeep.jobs.list(org)).filter((job) => job.kind === 'integrity_check')
      return {
        data_folder: folder.root, cloud_drive: insideCloudDrive(folder.root), disk: watch.measure(),
        organization: { file_bytes: statSync(paths.file, { throwIfNoEntry: false })?.size ?? 0, backups_bytes: bytesUnder(paths.backups), attachments_bytes: bytesUnder(paths.blobs) + bytesUnder(paths.issued) },
        second: chosen === null ? null : { folder: chosen, cloud_drive: insideCloudDrive(chosen), ...secondCopies(chosen, copies), free_bytes: spaceOf(chosen)?.free_bytes ?? null },
        backups: listBackups(paths).length,
        check: checks[0] ? { state: checks[0].state, at: checks[0].run_after, error: checks[0].error } : null,
      }
    },
    async checkStorage(call) {
      const { client, org, paths } = await kept(call, 'backup:run')
      return organizations.hold(org, async ({ core }) => {
        await threads.upkeep.ask('checkFile', paths.file, sqlite)
        await core.record(sessionOf(client), 'storage.checked', {})
        return { whole: true, at: now() }
      }, { user: client.user.id })
    },
    async previewRestore(call, input: { name: string }) {
      const { client, org, paths } = await kept(call, 'backup:restore')
      const backup = listBackups(paths).find((one) => one.name === input.name)
      if (!backup) throw refuse('backup.not_found', detail('name', 'not_found', null, input.name))
      if (organizations.stateOf(org, client.user.id) !== 'ready') return { name: backup.name, made_at: backup.made_at, since: null }
      return organizations.hold(org, async ({ file }) => ({ name: backup.name, made_at: backup.made_at, since: await sinceBackup(join(paths.backups, backup.name), file.readEngine, org, sqlite) }), { user: client.user.id })
    },
    async setBackupFolder(call, input: { folder: string | null }) {
      const { client, org } = await kept(call, 'backup:run')
      const chosen = input.folder === null ? null : checkFolder(input.folder, folder.root)
      await keepBackupFolder(app, org, chosen)
      await organizations.hold(org, ({ core }) => core.record(sessionOf(client), 'backup.folder_set', { set: chosen !== null }), { user: client.user.id })
      return { folder: chosen }
    },
    async copyBackups(call) {
      const { client, org } = await kept(call, 'backup:run')
      const chosen = await backupFolderOf(app, org)
      if (chosen === null) throw refuse('backup.folder', detail('folder', 'folder_missing', null, null))
      return organizations.hold(org, async ({ core }) => {
        let copied = 0
        for (const { paths, copies } of keptParts(folder, organizations, org)) copied += (await threads.upkeep.ask('copyBackups', paths, chosen, copies, sqlite)).copied
        watch.measure()
        await core.record(sessionOf(client), 'backup.copied', { copied })
        return { copied }
      }, { user: client.user.id })
    },
    async readExport(call, input: { name: string; offset: number }) {
      const { client, org, paths } = await kept(call, 'export:full')
      // The file holds every amount: a window that hides them does not read it either.
      if ((await membership.person(sessionOf(client), org))?.amounts === 'hidden') throw refuse('auth.amounts_hidden')
      const path = join(paths.exports, input.name)
      if (basename(input.name) !== input.name || dirname(path) !== paths.exports || !input.name.endsWith('.zip') || !existsSync(path)) throw refuse('record.not_found', detail('name', 'not_found', null, input.name))
      const { size } = statSync(path)
      const bytes = Buffer.alloc(Math.max(0, Math.min(PART_BYTES, size - input.offset)))
      const handle = openSync(path, 'r')
      try {
        readSync(handle, bytes, 0, bytes.byteLength, input.offset)
      } finally {
        closeSync(handle)
      }
      const next = input.offset + bytes.byteLength
      return { base64: bytes.toString('base64'), size, next: next < size ? next : null }
    },
    async organizationLogo(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      if (!(await membership.holds(sessionOf(client), org, 'org:read'))) throw refuse('auth.forbidden', detail(null, 'permission', 'org:read'))
      return organizations.hold(org, async ({ core }) => {
        const logo = (await core.reader().get(organization, org))?.logo_sha256 ?? null
        const bytes = logo === null ? null : readBlob(folder.organization(org).blobs, logo)
        return bytes === null ? { base64: null, type: null } : { base64: Buffer.from(bytes).toString('base64'), type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' }
      }, { user: client.user.id })
    },
    async effectiveFlags(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      if (!(await membership.holds(sessionOf(client), org, 'org:read'))) throw refuse('auth.forbidden', detail(null, 'permission', 'org:read'))
      return organizations.hold(org, async ({ core }) => {
        const rows = await core.reader().find(flag, {})
        const held = new Map(rows.map((row) => [row.name, row.enabled]))
        const names = [...new Set([...Object.keys(flagDefaults), ...held.keys()])].sort()
        return {
          items: names.map((name) => {
            const row = rows.find((one) => one.name === name)
            return { ...evaluateFlag(name, process.env, held), id: row?.id ?? null, version: row?.version ?? null, known: name in flagDefaults }
          }),
        }
      }, { user: client.user.id })
    },
    async writeReport(_, input: { name: string; message: string; stack: string; place: string }) {
      const current = now().slice(0, 16)
      written = current === minute ? written + 1 : 1
      minute = current
      if (written > REPORTS_A_MINUTE) return { id: null }
      return { id: reports.write({ where: 'page', error: input, place: input.place })?.id ?? null }
    },
    async listReports(call) {
      signedIn(call)
      return { items: reports.list() }
    },
    async removeReport(call, input: { id: string }) {
      signedIn(call)
      if (!reports.remove(input.id)) throw refuse('record.not_found', detail('id', 'not_found', null, input.id))
      return {}
    },
  }
}
