/** Backups, restores, exports of everything, and the work this computer does by itself for an organization. */
import { listBackups } from './backups.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { keepingOperations } from './operations.ts'
import type { Standing } from './standing.ts'
import { keptParts } from './kept-parts.ts'
import { backupFolderOf } from './upkeep.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'

export function keepingHandlers({ folder, sqlite, organizations, membership, upkeep, threads, watch, journal, app, emit, now, options, clients: { signedIn, sessionOf } }: Hosting, { organizationOf, mayKeep }: Standing): HostHandlers<typeof keepingOperations> {
  /** null: no second folder. A copy that fails is said; the backup here stands. */
  async function copiedElsewhere(org: Id): Promise<boolean | null> {
    const chosen = await backupFolderOf(app, org)
    if (chosen === null) return null
    try {
      for (const { paths, copies } of keptParts(folder, organizations, org)) await threads.upkeep.ask('copyBackups', paths, chosen, copies, sqlite)
      return true
    } catch (error) {
      journal.write('warn', 'backup.uncopied', { org, why: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  /** A person decides about work that was given up: in the organization's log. */
  async function settleJob(call: Parameters<typeof signedIn>[0], key: string, decision: 'retry' | 'drop'): Promise<Record<string, never>> {
    const client = signedIn(call)
    const org = await organizationOf(call, client)
    await mayKeep(call, client, org, 'backup:run')
    const job = (await upkeep.jobs.list(org)).find((one) => one.key === key)
    if (!job || !(await upkeep.jobs[decision](org, key))) throw refuse('record.not_found', detail('key', 'not_found', null, key))
    await organizations.hold(org, ({ core }) => core.record(sessionOf(client), decision === 'retry' ? 'security.stuck.retried' : 'security.stuck.dropped', { kind: job.kind, key, code: job.error }), { user: client.user.id })
    return {}
  }

  return {
    async createBackup(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return organizations.hold(org, async ({ core }) => {
        const at = now()
        const own = organizations.pathsOf(org, client.user.id)
        const made = await threads.upkeep.ask('makeBackup', own, 'manual', at, sqlite)
        for (const { paths } of keptParts(folder, organizations, org)) if (paths.file !== own.file) await threads.upkeep.ask('makeBackup', paths, 'manual', at, sqlite)
        await core.record(sessionOf(client), 'backup.created', { name: made.name, bytes: made.bytes })
        watch.measure()
        return { ...made, copied: await copiedElsewhere(org) }
      }, { user: client.user.id })
    },
    async listBackups(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return { items: listBackups(organizations.pathsOf(org, client.user.id)), state: organizations.stateOf(org, client.user.id) }
    },
    async restoreBackup(call, input: { name: string }) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:restore')
      const paths = organizations.pathsOf(org, client.user.id)
      if (!listBackups(paths).some((one) => one.name === input.name)) throw refuse('backup.not_found', detail('name', 'not_found', null, input.name))
      const readable = organizations.stateOf(org, client.user.id) === 'ready'
      const { kept } = await organizations.exclusively(org, async () => {
        if (readable) await threads.upkeep.ask('makeBackup', paths, 'before-restore', now(), sqlite)
        return threads.upkeep.ask('restoreBackup', paths, input.name, now(), sqlite)
      })
      emit({ type: 'storage', org, state: organizations.stateOf(org, client.user.id) })
      emit({ type: 'changed', org, entities: ['*'], command: input.name })
      await organizations.hold(org, ({ core }) => core.record(sessionOf(client), 'backup.restored', { name: input.name, replaced_kept: kept !== null }), { user: client.user.id })
      return { name: input.name, kept }
    },
    async listJobs(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return { items: await upkeep.jobs.list(org) }
    },
    retryJob: (call, input: { key: string }) => settleJob(call, input.key, 'retry'),
    dropJob: (call, input: { key: string }) => settleJob(call, input.key, 'drop'),
    async exportAll(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'export:full')
      // The file holds every amount: a window that hides them does not write it.
      if ((await membership.person(sessionOf(client), org))?.amounts === 'hidden') throw refuse('auth.amounts_hidden')
      return organizations.hold(org, async ({ core }) => {
        const made = await threads.upkeep.ask('exportAll', org, organizations.pathsOf(org, client.user.id), now(), options.appVersion, sqlite)
        await core.record(sessionOf(client), 'export.full', { sha256: made.sha256, bytes: made.bytes })
        return made
      }, { user: client.user.id })
    },
  }
}
