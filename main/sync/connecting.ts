/**
 * A local organization gets a server (decision C51): its history goes up once, as facts, and this computer follows it from then on. The
 * local file stays the authority until the server has verified and taken everything and the new view equals it by digests; then one write
 * in app.sqlite makes the change, and the former file is kept aside. Cut anywhere before, nothing has changed here and it can be done
 * again: what the server took already is recognized.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { refuse } from '../../shared/domain/errors.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { openOrganizationFile } from '../../shared/store/organization-file.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import { giveFacts } from '../../shared/sync/facts/give.ts'
import type { AppFile, User } from '../host/app-file.ts'
import { stampOf } from '../host/backups.ts'
import type { DataFolder } from '../host/data-folder.ts'
import { markJoining } from '../host/timers.ts'
import type { OpenOrganizations } from '../host/open-organizations.ts'
import { createTransport } from './http-transport.ts'
import { countedFacts, countedRows, type Tell } from './progress.ts'
import { refusalOf, valueOf } from './server-calls.ts'
import type { ServerWay } from './servers.ts'

export interface ConnectOptions {
  app: AppFile
  folder: DataFolder
  sqlite: SqliteOptions
  organizations: OpenOrganizations
  appVersion: string
  now(): Instant
}

/** The person's session at the server: with the code, or, where it was used before the line was cut, with the password. */
export async function signUp(way: ServerWay, user: Pick<User, 'id' | 'name' | 'email'>, code: string, password: string): Promise<void> {
  const device = await way.identity(user.id)
  const made = await way.calls.register({ code, user_id: user.id, name: user.name, email: user.email, password, device })
  if (made.ok) return way.credentials.keep(user.id, made.value)
  if (made.problem !== 'refused') throw refusalOf(made)
  const entered = await way.calls.login({ email: user.email, password, device })
  if (!entered.ok || entered.value.user_id !== user.id) throw refusalOf(made)
  await way.credentials.keep(user.id, entered.value)
}

const ends = ['', '-wal', '-shm'] as const
export function removeView(folder: DataFolder, org: Id, user: Id): void {
  for (const end of ends) rmSync(`${folder.view(org, user).file}${end}`, { force: true })
}

/** An empty view is filled with what the server shows its person, and compared with it by digests. Rejects with the refusal that says why not. */
export async function fillView(organizations: OpenOrganizations, way: ServerWay, org: Id, user: Id, tell: Tell = () => undefined): Promise<void> {
  const { replica } = await organizations.views.open(org, user)
  const transport = createTransport(org, way.http, way.sessions)
  for (let tries = 0; await replica.empty(); tries++) {
    const filled = await replica.takeSnapshot(countedRows(valueOf(await transport.snapshot(user)), tell))
    if (filled !== 'done' && tries >= 3) throw refuse('sync.unreachable')
  }
  // Others may write at the server meanwhile: pulled and asked again.
  for (let tries = 0; tries < 10; tries++) {
    const { comparable, differing } = valueOf(await transport.verify(await replica.verifyRequest(), user))
    if (comparable && differing.length === 0) return
    if (comparable) throw refuse('sync.differs')
    for (let taken = 'more'; taken === 'more'; ) {
      const page = valueOf(await transport.pull(await replica.pullRequest(), user))
      taken = 'rows' in page ? await replica.take(page) : 'done'
    }
  }
  throw refuse('sync.differs')
}

export async function connect({ app, folder, sqlite, organizations, appVersion, now }: ConnectOptions, way: ServerWay, org: Id, user: User, name: string, tell: Tell): Promise<void> {
  const paths = folder.organization(org)
  const ask = async <T>(question: (token: string) => Promise<Reply<T>>): Promise<T> => valueOf(await way.sessions.ask(user.id, question))
  const { state } = await ask((token) => way.calls.makeRoom(token, org, name))
  await organizations.exclusively(org, async () => {
    const file = openOrganizationFile(paths.file, { ...sqlite, backupFolder: paths.backups, stamp: stampOf(now()) })
    try {
      // Left by a run that was cut: the view is made again.
      removeView(folder, org, user.id)
      const count = async (table: string): Promise<number> => Number((await file.readEngine.all(`SELECT count(*) AS total FROM ${table} WHERE org_id = ?`, [org]))[0]?.['total'] ?? 0)
      // From before the first fact goes up: cut anywhere, the clock here writes nothing that the server does not have, so that it can be done again.
      await markJoining(app, org, await lastCommit(file.engine, org))
      if (state === 'empty') {
        const taken = await ask((token) => way.calls.factsUp(token, org, countedFacts(giveFacts(file.readEngine, org, { app_version: appVersion, at: now() }), tell)))
        if (taken.events !== (await count('audit_event')) || taken.commands !== (await count('command_log'))) throw refuse('sync.differs')
      }
      try {
        await fillView(organizations, way, org, user.id, tell)
        // Taken in a run that was cut, or by somebody else under this id: only the same history is the same organization.
        if (state === 'open' && !(await isSameHistory(organizations, org, user.id, file.readEngine))) throw refuse('sync.not_empty')
      } catch (error) {
        await organizations.views.close(org)
        removeView(folder, org, user.id)
        throw error
      }
    } finally {
      await file.close()
    }
    await app.follow(org, { url: way.url, name: new URL(way.url).host, version: null, since: now(), revoked_at: null })
    await markJoining(app, org, null)
    setAside(paths.file, now())
  })
}

/** The former authority stays on this disk, where upkeep knows it and keeps the files it names. */
export function setAside(file: string, now: string): void {
  for (const end of ends) if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${file}.replaced-${stampOf(now)}${end}`)
}

/** Whether what the server shows holds every row of this file: rows by id and version, entity by entity, as far as the person sees. */
async function isSameHistory(organizations: OpenOrganizations, org: Id, user: Id, authority: Engine): Promise<boolean> {
  const { file } = await organizations.views.open(org, user)
  for (const table of ['organization', 'member', 'project', 'mission', 'assignment', 'collaborator']) {
    const rows = async (engine: typeof authority): Promise<Map<string, unknown>> => new Map((await engine.all(`SELECT id, version FROM ${table} WHERE org_id = ?`, [org])).map((row) => [String(row['id']), row['version']]))
    const [here, there] = [await rows(authority), await rows(file.readEngine)]
    if (here.size !== there.size || [...here].some(([id, version]) => there.get(id) !== version)) return false
  }
  return true
}
