/**
 * The views of an organization that follows a server: one file for each person of this computer (17r), beside one outbox that all share.
 * Opened when first asked for; what one person enters is told to the other open views.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'
import type { Outside } from '../../shared/core/organization-core.ts'
import { organizationOperations } from '../../shared/core/handlers.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOutbox, type OutboxFile } from '../../shared/store/outbox-file.ts'
import type { OrganizationFile } from '../../shared/store/organization-file.ts'
import { openReplicaFile } from '../../shared/store/replica-file.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { openReplica } from '../../shared/sync/replica/replica.ts'
import type { Replica } from '../../shared/sync/contracts.ts'
import { stampOf } from '../host/backups.ts'
import type { DataFolder } from '../host/data-folder.ts'
import type { Journal } from '../host/journal.ts'

export interface OpenView {
  user: Id
  core: OrganizationCore
  file: OrganizationFile
  replica: Replica
}
export interface Views {
  /** Opens the person's view; the first time, an empty one, which an exchange fills. */
  open(org: Id, user: Id): Promise<OpenView>
  outbox(org: Id): Promise<OutboxFile>
  /** Told each time this computer has kept something it saw beside the data, which waits for the server; whoever was told before is told no more. */
  whenSeen(org: Id, told: () => void): void
  opened(org: Id): OpenView[]
  close(org: Id): Promise<void>
  /** Of a person whose rows may stay here no longer: their file goes, their unsent commands stay in the outbox (22, 22a). */
  drop(org: Id, user: Id): Promise<void>
}

export interface ViewsOptions {
  folder: DataFolder
  sqlite: SqliteOptions
  /** Id of this computer, as it calls itself at servers. */
  device: string
  journal: Journal
  now(): Instant
  outside(org: Id): Outside
  onCommit(org: Id, user: Id, entities: string[], command: string): void
}

export function openViews({ folder, sqlite, device, journal, now, outside, onCommit }: ViewsOptions): Views {
  const outboxes = new Map<Id, Promise<OutboxFile>>()
  const views = new Map<Id, Map<Id, Promise<OpenView>>>()
  const ready = new Map<Id, Map<Id, OpenView>>()
  const catching = new Map<Id, Promise<unknown>>()
  const listening = new Map<Id, () => void>()

  function outbox(org: Id): Promise<OutboxFile> {
    const known = outboxes.get(org)
    if (known) return known
    const { file } = folder.outbox(org)
    const opening = Promise.resolve().then(async () => {
      mkdirSync(dirname(file), { recursive: true })
      const opened = await openOutbox(sqliteEngine(openDatabase(file, sqlite), sqlite))
      const append: OutboxFile['security']['append'] = async (events) => {
        await opened.security.append(events)
        if (events.length > 0) listening.get(org)?.()
      }
      return { ...opened, security: { ...opened.security, append } }
    })
    outboxes.set(org, opening)
    opening.catch(() => outboxes.delete(org))
    return opening
  }
  /** The others take it over one after another; a view that cannot is told at the next exchange. */
  function tellOthers(org: Id, but: Id): void {
    const others = [...(ready.get(org)?.values() ?? [])].filter(({ user }) => user !== but)
    if (others.length === 0) return
    const mine = (catching.get(org) ?? Promise.resolve()).then(async () => {
      for (const view of others) await view.replica.catchUp()
    })
    catching.set(org, mine.catch((error: unknown) => journal.write('warn', 'sync.view_behind', { org, why: error instanceof Error ? error.message : String(error) })))
  }
  async function openOne(org: Id, user: Id): Promise<OpenView> {
    const paths = folder.view(org, user)
    mkdirSync(dirname(paths.file), { recursive: true })
    const shared = await outbox(org)
    const open = (): OrganizationFile => openReplicaFile(paths.file, {
      ...sqlite, backupFolder: paths.backups, stamp: stampOf(now()), onSlow: (sql, ms) => journal.write('warn', 'query.slow', { org, ms: Math.round(ms), sql: sql.slice(0, 120) }),
    })
    let file: OrganizationFile
    try {
      file = open()
    } catch (error) {
      if (!(error instanceof StoreError) || error.problem !== 'damaged') throw error
      // Everything in it is at the server or in the outbox: put aside, and filled anew by the next exchange.
      journal.write('error', 'sync.view_damaged', { org, why: error.message.slice(0, 200) })
      for (const end of ['', '-wal', '-shm']) if (existsSync(`${paths.file}${end}`)) renameSync(`${paths.file}${end}`, `${paths.file}.damaged-${stampOf(now())}${end}`)
      file = open()
    }
    try {
      const replica = await openReplica({ org, user, device, engine: file.engine, readEngine: file.readEngine, outbox: shared, handlers: organizationOperations, outside: outside(org) })
      replica.core.onCommit((commit) => {
        onCommit(org, user, [...commit.touched.keys()], commit.command)
        tellOthers(org, user)
      })
      const view = { user, core: replica.core, file, replica }
      const those = ready.get(org) ?? new Map<Id, OpenView>()
      ready.set(org, those.set(user, view))
      return view
    } catch (error) {
      await file.close()
      throw error
    }
  }
  return {
    outbox,
    whenSeen: (org, told) => void listening.set(org, told),
    open(org, user) {
      const those = views.get(org) ?? new Map<Id, Promise<OpenView>>()
      views.set(org, those)
      const known = those.get(user)
      if (known) return known
      const opening = openOne(org, user)
      those.set(user, opening)
      opening.catch(() => those.delete(user))
      return opening
    },
    opened: (org) => [...(ready.get(org)?.values() ?? [])],
    async close(org) {
      const those = [...(views.get(org)?.values() ?? [])]
      views.delete(org)
      ready.delete(org)
      await catching.get(org)
      catching.delete(org)
      for (const view of await Promise.allSettled(those)) if (view.status === 'fulfilled') await view.value.file.close()
      const shared = outboxes.get(org)
      outboxes.delete(org)
      await (await shared?.catch(() => null))?.close()
    },
    async drop(org, user) {
      const view = await views.get(org)?.get(user)?.catch(() => null)
      views.get(org)?.delete(user)
      ready.get(org)?.delete(user)
      await catching.get(org)
      await view?.file.close()
      const { file } = folder.view(org, user)
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
      await (await outbox(org)).leave(user)
    },
  }
}
