/** The organizations this process has open: one core each, opened when first asked for, closed with the host. */
import { existsSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { readBlob } from './blobs.ts'
import { breather } from './breather.ts'
import type { Replica } from '../../shared/sync/contracts.ts'
import { openViews, type Views } from '../sync/views.ts'
import { createOrganizationCore, type OrganizationCore, type Outside } from '../../shared/core/organization-core.ts'
import { refuse } from '../../shared/domain/errors.ts'
import type { FailedJob } from '../../shared/domain/matters/matters.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile, type OrganizationFile } from '../../shared/store/organization-file.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import type { PrintMarks } from '../../shared/core/print-marks.ts'
import type { Printer } from '../../shared/documents/printing.ts'
import type { AppFile } from './app-file.ts'
import { stampOf } from './backups.ts'
import type { DataFolder, OrganizationPaths } from './data-folder.ts'
import type { Journal } from './journal.ts'

/** `sign_in`: it follows a server, where the person has not signed in from this computer yet. */
export type OrganizationState = 'ready' | 'damaged' | 'newer' | 'missing' | 'full' | 'read_only' | 'failed' | 'restoring' | 'sign_in'

export interface OpenOrganization {
  core: OrganizationCore
  file: OrganizationFile
  /** Where a server is followed. */
  replica?: Replica
}
export interface Holding {
  /** Makes the file when there is none. */
  create?: boolean
  /**
   * Whose question it is. An organization that follows a server answers each person from their own view; the computer's own questions
   * (who belongs, upkeep, flags) are answered by the view of a keeper, for it shows most.
   */
  user?: Id
}

export interface OpenOrganizations {
  /**
   * Work on an open organization, whose file stays in place until it is done. Rejects with StoreError when the file cannot be used,
   * with the refusal `storage.restoring` while another file is put in its place, `sync.sign_in_first` where the person has no view here.
   */
  hold<T>(id: Id, work: (opened: OpenOrganization) => Promise<T>, how?: Holding): Promise<T>
  /** Of an organization that follows a server: as this person has it, else as the computer has it. */
  stateOf(id: Id, user?: Id): OrganizationState
  /** The files a person's backups, exports and checks are about: those of their view, or of the organization. */
  pathsOf(id: Id, user?: Id): OrganizationPaths
  /** Users with a view; null: this computer is its authority. */
  viewersOf(id: Id): Id[] | null
  /** Views and outboxes of organizations that follow a server. */
  readonly views: Views
  /**
   * Work on the closed file: waits for what is held, closes it, and lets nobody open it before the work is over. Rejects with
   * `storage.restoring` when somebody is at it already.
   */
  exclusively<T>(id: Id, work: () => Promise<T>): Promise<T>
  closeAll(): Promise<void>
}

export interface OrganizationsOptions {
  folder: DataFolder
  sqlite: SqliteOptions
  appVersion: string
  journal: Journal
  now(): Instant
  /** `user`: in whose view; null: in the organization itself. */
  onCommit(org: Id, entities: string[], command: string, user: Id | null): void
  onOpen(org: Id): void
  /** A command or a question was refused for what nobody asked of it: a full disk, or a fault of ours. */
  onTrouble(org: Id, error: unknown): void
  /** Absent: PDFs are drawn in this thread. */
  print?: Printer
  /** Keys and knowledge by which prints are signed and checked. */
  marks?: (org: Id) => PrintMarks
  /** Work of this computer for the organization that was given up. */
  failedJobs(org: Id): Promise<readonly FailedJob[]>
  app: Pick<AppFile, 'serverOf' | 'keepersOf' | 'device'>
  /** Its files are about to be closed for some work: what holds them for long is told to end. `over`: when that work is. */
  onClosing(org: Id, over: Promise<unknown>): void
}

const stateOfProblem = (error: unknown): OrganizationState => {
  if (!(error instanceof StoreError)) return 'failed'
  if (error.object === 'newer') return 'newer'
  if (error.problem === 'damaged' || error.problem === 'full' || error.problem === 'read_only') return error.problem
  return 'failed'
}

export function openOrganizations({ folder, sqlite, appVersion, journal, now, onCommit, onOpen, onTrouble, failedJobs, print, marks, app, onClosing }: OrganizationsOptions): OpenOrganizations {
  const open = new Map<Id, OpenOrganization>()
  const held = new Map<Id, Set<Promise<unknown>>>()
  const restoring = new Map<Id, Promise<unknown>>()
  let stopped = false

  const outside = (id: Id): Outside => ({
    now, random: (bytes) => randomBytes(bytes), breathe: breather(), app_version: appVersion, blob: (sha256) => readBlob(folder.organization(id).blobs, sha256), failedJobs: () => failedJobs(id),
    ...(print ? { print } : {}), ...(marks ? { marks: marks(id) } : {}),
    report(error, request_id) {
      journal.write('error', 'unexpected', { org: id, request_id, why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      onTrouble(id, error)
    },
  })
  const views = openViews({ folder, sqlite, device: app.device.id, journal, now, outside, onCommit: (org, user, entities, command) => onCommit(org, entities, command, user) })
  const greeted = new Set<Id>()
  /** Views that could not be opened when they were last asked for: `organization viewer`. */
  const troubles = new Map<string, OrganizationState>()
  const viewersOf = (id: Id): Id[] | null => (app.serverOf(id) === null ? null : folder.viewers(id))
  /** The view that answers for the computer: a keeper's, else anybody's. */
  function viewerOf(id: Id, user: Id | undefined): Id | null {
    const viewers = folder.viewers(id)
    if (user !== undefined) return viewers.includes(user) ? user : null
    return app.keepersOf(id).find((one): one is Id => viewers.some((viewer) => viewer === one)) ?? viewers[0] ?? null
  }
  function mayOpen(id: Id): void {
    if (restoring.has(id)) throw refuse('storage.restoring')
    if (stopped) throw new StoreError('failed', 'closed', new Error('the host has stopped'))
  }
  async function openFor(id: Id, { create = false, user }: Holding): Promise<OpenOrganization> {
    if (app.serverOf(id) === null) return openOne(id, create)
    const viewer = create && user !== undefined ? user : viewerOf(id, user)
    if (viewer === null) throw refuse('sync.sign_in_first')
    const view = await views.open(id, viewer).catch((error: unknown) => {
      troubles.set(`${id} ${viewer}`, stateOfProblem(error))
      throw error
    })
    troubles.delete(`${id} ${viewer}`)
    if (!greeted.has(id)) {
      greeted.add(id)
      onOpen(id)
    }
    return view
  }
  function openOne(id: Id, create: boolean): OpenOrganization {
    mayOpen(id)
    const known = open.get(id)
    if (known) return known
    const paths = folder.organization(id)
    if (!create && !existsSync(paths.file)) throw new StoreError('failed', 'missing', new Error(`no file for organization ${id}`))
    const file = openOrganizationFile(paths.file, {
      ...sqlite, backupFolder: paths.backups, stamp: stampOf(now()),
      onSlow: (sql, ms) => journal.write('warn', 'query.slow', { org: id, ms: Math.round(ms), sql: sql.slice(0, 120) }),
    })
    const core = createOrganizationCore({
      org: id, engine: file.engine, readEngine: file.readEngine, handlers: organizationOperations,
      outside: outside(id),
    })
    core.onCommit((commit) => onCommit(id, [...commit.touched.keys()], commit.command, null))
    const opened = { core, file }
    open.set(id, opened)
    onOpen(id)
    return opened
  }
  async function close(id: Id): Promise<void> {
    // What is held may hold again: until nothing is.
    for (let those = held.get(id); those && those.size > 0; those = held.get(id)) await Promise.allSettled(those)
    const known = open.get(id)
    open.delete(id)
    greeted.delete(id)
    await known?.file.close()
    await views.close(id)
  }

  return {
    async hold(id, work, how = {}) {
      mayOpen(id)
      const mine = openFor(id, how).then(work)
      const those = held.get(id) ?? new Set()
      held.set(id, those.add(mine))
      try {
        return await mine
      } finally {
        those.delete(mine)
      }
    },
    viewersOf,
    views,
    pathsOf(id, user) {
      if (app.serverOf(id) === null) return folder.organization(id)
      const viewer = viewerOf(id, user)
      if (viewer === null) throw refuse('sync.sign_in_first')
      return folder.view(id, viewer)
    },
    stateOf(id, user) {
      if (restoring.has(id)) return 'restoring'
      if (app.serverOf(id) !== null) {
        const viewer = viewerOf(id, user)
        return viewer === null ? 'sign_in' : (troubles.get(`${id} ${viewer}`) ?? 'ready')
      }
      if (open.has(id)) return 'ready'
      if (!existsSync(folder.organization(id).file)) return 'missing'
      try {
        openOne(id, false)
        return 'ready'
      } catch (error) {
        return stateOfProblem(error)
      }
    },
    async exclusively(id, work) {
      if (restoring.has(id)) throw refuse('storage.restoring')
      const mine = Promise.resolve().then(() => close(id)).then(work)
      restoring.set(id, mine)
      onClosing(id, mine)
      try {
        return await mine
      } finally {
        restoring.delete(id)
      }
    },
    async closeAll() {
      stopped = true
      await Promise.allSettled(restoring.values())
      for (const id of new Set([...open.keys(), ...greeted])) await close(id)
    },
  }
}
