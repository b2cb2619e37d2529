/**
 * app.sqlite when it is missing, damaged or emptied (a power cut may leave it without a byte). It alone knows passwords; organizations lie in files of their own and lose nothing. In this
 * order: the copy that is made whenever sign-ins change; else a new file made from the members that the organizations' files name, whom
 * no password opens yet. Then an owner or administrator begins as on a first run, and helps the others. What was found
 * damaged is kept beside.
 */
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openAppFile, type AppFile, type FollowedServer, type KnownOrganization } from './app-file.ts'
import { checkFile, listBackups, stampOf } from './backups.ts'
import { HostError, type DataFolder } from './data-folder.ts'
import type { Journal } from './journal.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { fromSystem, StoreError } from '../../shared/store/engine.ts'
import { syncToDisk, vacuumInto } from '../../shared/store/organization-file.ts'
import { openDatabase, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'

/** What was done to have a file of sign-ins; `read_only`: people sign in and work, what is theirs alone on this computer is not kept. */
export type Rescue = 'none' | 'restored' | 'rebuilt' | 'read_only'

const sidecars = ['', '-wal', '-shm']
/** What the store says is the matter; `failed` for anything else. */
const problemOf = (error: unknown): string => (error instanceof StoreError ? error.problem : 'failed')

/** What a person can do about it; the file was left as it is. */
const advice: Readonly<Record<string, string>> = {
  read_only: 'It cannot be written. Give your account the right to write in this folder, then start Callboard again.',
  full: 'The disk is full. Free some space, then start Callboard again.',
  failed: 'The computer refused to open it. Close the programs that may hold it (antivirus, synchronization), then start Callboard again.',
}

function refuseToOpen(file: string, error: unknown): HostError {
  const problem = problemOf(fromSystem(error))
  const known = problem === 'read_only' || problem === 'full' ? problem : 'failed'
  return new HostError(`host.app_file_${known}`, `${file}: ${advice[known] ?? ''} Nothing was lost or changed. (${error instanceof Error ? error.message : String(error)})`)
}

interface Named {
  about: KnownOrganization
  /** Where a server is followed. */
  server: FollowedServer | null
  people: { id: Id; name: string; email: string }[]
}

function readNames(file: string, org: Id, sqlite: SqliteOptions): Omit<Named, 'server'> | null {
  const database = openDatabase(file, { ...sqlite, readonly: true })
  try {
    const rows = (sql: string): Record<string, unknown>[] => database.prepare<[string], Record<string, unknown>>(sql).all(org)
    const [about] = rows('SELECT * FROM organization WHERE org_id = ?')
    if (!about) return null
    const members = rows("SELECT id, user_id, name, email FROM member WHERE org_id = ? AND status = 'active' AND deleted_at IS NULL")
    const keeping = new Set(rows("SELECT member_id FROM role_binding WHERE org_id = ? AND role IN ('org_owner', 'org_admin') AND binding_project_id IS NULL AND deleted_at IS NULL").map((row) => row['member_id']))
    return {
      about: {
        id: org, name: String(about['name']), demo: about['demo'] === 1, members: members.map((row) => String(row['user_id'])),
        keepers: members.filter((row) => keeping.has(row['id'])).map((row) => String(row['user_id'])),
      },
      people: members.map((row) => ({ id: String(row['user_id']) as Id, name: String(row['name']), email: String(row['email']) })),
    }
  } finally {
    database.close()
  }
}

const SERVER_NOTE = 'server.json'
const Noted = z.object({ url: z.string(), name: z.string().nullable(), version: z.string().nullable(), since: z.string(), revoked_at: z.string().nullable() })

function noteServer(place: string, server: FollowedServer): void {
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, `${SERVER_NOTE}.next`), JSON.stringify(server), { flush: true })
  renameSync(join(place, `${SERVER_NOTE}.next`), join(place, SERVER_NOTE))
}
/** Only where views are: a note whose change was cut before it counted means nothing. */
function readServerNote(place: string): FollowedServer | null {
  const file = join(place, SERVER_NOTE)
  if (!existsSync(file) || !existsSync(join(place, 'replicas')) || existsSync(join(place, 'organization.sqlite'))) return null
  const read = Noted.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  return read.success ? read.data : null
}

/** Of the organization's file; of its newest backup that can be read when the file cannot. */
function namesOf(folder: DataFolder, org: Id, sqlite: SqliteOptions, journal: Journal): Named | null {
  const paths = folder.organization(org)
  const server = readServerNote(paths.folder)
  const views = server === null ? [] : folder.viewers(org).map((user) => folder.view(org, user).file)
  for (const file of [...views, paths.file, ...listBackups(paths).map(({ name }) => join(paths.backups, name))]) {
    if (!existsSync(file)) continue
    try {
      const found = readNames(file, org, sqlite)
      if (found) return { ...found, server }
    } catch (error) {
      journal.write('warn', 'app.names_unread', { org, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return null
}

async function rebuild(target: string, found: readonly Named[], sqlite: SqliteOptions): Promise<void> {
  // Under another name until it is whole: a run that is cut begins again.
  const part = `${target}.part`
  for (const end of sidecars) rmSync(`${part}${end}`, { force: true })
  const app = await openAppFile(part, sqlite)
  try {
    for (const { about, server, people } of found) {
      await app.rememberOrganization(about)
      if (server) await app.follow(about.id, server)
      for (const one of people) await app.addMember(one)
    }
  } finally {
    await app.close()
  }
  syncToDisk(part)
  renameSync(part, target)
}

function setAside(file: string, stamp: string): void {
  for (const end of sidecars) if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${file.replace(/\.sqlite$/, '')}-damaged-${stamp}.sqlite${end}`)
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** How many people the file knows; null when it cannot be read. One cut to nothing is a sound database to SQLite. */
function peopleIn(file: string, sqlite: SqliteOptions): number | null {
  try {
    const database = openDatabase(file, { ...sqlite, readonly: true })
    try {
      const tables = database.prepare<[], { found: number }>("SELECT count(*) AS found FROM sqlite_schema WHERE name = 'user'").get()
      return tables?.found === 1 ? (database.prepare<[], { found: number }>('SELECT count(*) AS found FROM user').get()?.found ?? 0) : 0
    } finally {
      database.close()
    }
  } catch {
    return null
  }
}

function isSound(file: string, sqlite: SqliteOptions): boolean {
  if (!existsSync(file)) return false
  try {
    checkFile(file, sqlite)
    return (peopleIn(file, sqlite) ?? 0) > 0
  } catch {
    return false
  }
}

/** Opens the file of sign-ins, or what can be had of it. Throws HostError `host.app_file_read_only`, `…_full`, `…_failed`. */
export async function openOrRescueApp({ folder, sqlite, journal, now }: { folder: DataFolder; sqlite: SqliteOptions; journal: Journal; now: () => string }): Promise<{ app: AppFile; rescue: Rescue }> {
  const open = async (): Promise<AppFile> => {
    try {
      return await openAppFile(folder.app, sqlite)
    } catch (error) {
      throw problemOf(error) === 'damaged' ? error : refuseToOpen(folder.app, error)
    }
  }
  const named = (): Named[] => folder.organizationIds().flatMap((id) => (isId(id) ? (namesOf(folder, id, sqlite, journal) ?? []) : []))
  if (existsSync(folder.app) && peopleIn(folder.app, sqlite) === 0 && (isSound(folder.appCopy, sqlite) || named().length > 0)) journal.write('error', 'app.emptied', {})
  else if (existsSync(folder.app)) {
    try {
      return { app: await open(), rescue: isWritable(folder.app) ? 'none' : 'read_only' }
    } catch (error) {
      if (problemOf(error) !== 'damaged') throw error
      journal.write('error', 'app.damaged', { why: error instanceof Error ? error.message : String(error) })
    }
  }
  try {
    // What a missing file left beside it belongs to no other one.
    setAside(folder.app, stampOf(now()))
    if (isSound(folder.appCopy, sqlite)) {
      copyFileSync(folder.appCopy, `${folder.app}.part`)
      syncToDisk(`${folder.app}.part`)
      renameSync(`${folder.app}.part`, folder.app)
      const app = await open()
      // The copy may be some moments old, and a PIN counts from what was said since.
      await app.closePins()
      journal.write('warn', 'app.restored', {})
      return { app, rescue: 'restored' }
    }
    const found = named()
    if (found.length === 0) return { app: await open(), rescue: 'none' }
    await rebuild(folder.app, found, sqlite)
    journal.write('warn', 'app.rebuilt', { organizations: found.length })
    return { app: await open(), rescue: 'rebuilt' }
  } catch (error) {
    throw error instanceof HostError ? error : refuseToOpen(folder.app, error)
  }
}

/** Long enough for what is done together (a first run, a joining) to be copied once. */
const COPY_AFTER_MS = 2_000

/** The file of sign-ins, copied soon after sign-ins or organizations change and when it is closed. */
export function copiedApp(app: AppFile, { folder, sqlite, journal }: { folder: DataFolder; sqlite: SqliteOptions; journal: Journal }): AppFile {
  let timer: NodeJS.Timeout | null = null
  function copy(): void {
    timer = null
    try {
      const database = openDatabase(folder.app, { ...sqlite, readonly: true })
      try {
        vacuumInto(database, folder.appCopy)
      } finally {
        database.close()
      }
    } catch (error) {
      journal.write('warn', 'app.uncopied', { why: error instanceof Error ? error.message : String(error) })
    }
  }
  function later(): void {
    timer ??= setTimeout(copy, COPY_AFTER_MS).unref()
  }
  if (!existsSync(folder.appCopy)) later()
  return {
    ...app,
    async addUser(user) {
      const made = await app.addUser(user)
      later()
      return made
    },
    async changeUser(id, changes) {
      await app.changeUser(id, changes)
      if ('password' in changes || 'recovery' in changes || 'pin' in changes || 'name' in changes) later()
    },
    async giveId(id, to) {
      await app.giveId(id, to)
      later()
    },
    async rememberOrganization(known) {
      await app.rememberOrganization(known)
      later()
    },
    async forgetOrganization(id) {
      await app.forgetOrganization(id)
      later()
    },
    async follow(id, server) {
      // Beside the organization too, before it counts: app.sqlite can be lost with everything but the organizations' own folders.
      if (server) noteServer(folder.organization(id).folder, server)
      await app.follow(id, server)
      if (!server) rmSync(join(folder.organization(id).folder, SERVER_NOTE), { force: true })
      later()
    },
    async close() {
      if (timer !== null) {
        clearTimeout(timer)
        copy()
      }
      await app.close()
    },
  }
}
