/** Composition root of every host: sessions by client, the computer's own operations, and the way to each organization's core. */
import { toJsonSchemas } from './catalogue.ts'
import { insideCloudDrive, openDataFolder } from './data-folder.ts'
import { emailKey, openAppFile, type User } from './app-file.ts'
import { listBackups, makeBackup, restoreBackup } from './backups.ts'
import { MAX_BLOB_BYTES, namesInInput, putBlob, sizeOfBlob } from './blobs.ts'
import { exportAll } from './export-all.ts'
import { executeKeepingSheets } from './issued-sheets.ts'
import { openJournal } from './journal.ts'
import { openMembership } from './membership.ts'
import { openOrganizations } from './open-organizations.ts'
import { openTurns } from './turns.ts'
import { startUpkeep } from './upkeep.ts'
import { hostOperationList, hostOperations, type HostOperation } from './operations.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { describeError, detail, refuse, type ErrorCode } from '../../shared/domain/errors.ts'
import { permissions, type Permission } from '../../shared/domain/permissions.ts'
import type { Session } from '../../shared/core/session.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { Refusal, type Failure } from '../../shared/kernel/result.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { randomUUID } from 'node:crypto'

export interface HostCall {
  /** One window, one browser, one command-line run: holds a session. */
  client: string
  name: string
  /** Organization; left out: the client's open one. */
  org?: string | undefined
  input: unknown
  /** The caller's idempotency key. */
  id?: string | undefined
  correlation_id?: string | undefined
  /** Joins this call to others that are undone together. */
  group_id?: Id | undefined
  /** Permissions this client is narrowed to. */
  scope?: readonly string[] | undefined
}
export type HostEvent = { type: 'changed'; org: string; entities: string[]; command: string } | { type: 'session'; client: string } | { type: 'storage'; org: string; state: string }

export interface HostOptions {
  dataDir: string
  appVersion: string
  device: 'desktop' | 'web' | 'cli'
  sqliteBinding?: string | undefined
}

export interface Host {
  call(call: HostCall): Promise<string>
  onEvent(listener: (event: HostEvent) => void): () => void
  /** Rejects with a Refusal: `auth.required`, `auth.forbidden`, `throttling.too_large`, `storage.*`. */
  putBlob(client: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  close(): Promise<void>
}

interface Client {
  user: User
  open: Id | null
  scope: ReadonlySet<Permission> | null
}

const FREE_TRIES = 3
const MAX_WAIT_MS = 15 * 60_000

export async function createHost(options: HostOptions): Promise<Host> {
  const sqlite = { nativeBinding: options.sqliteBinding }
  const folder = openDataFolder(options.dataDir, sqlite)
  const now = (): Instant => fromMs(Date.now())
  const journal = openJournal(folder.logs, now)
  const app = await openAppFile(folder.app, sqlite)
  const clients = new Map<string, Client>()
  const listeners = new Set<(event: HostEvent) => void>()
  const emit = (event: HostEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const organizations = openOrganizations({
    folder, sqlite, appVersion: options.appVersion, journal,
    onCommit(org, entities, command) {
      emit({ type: 'changed', org, entities, command })
      upkeep.afterChange(org)
      membership.note(org, entities)
    },
    onOpen(org) {
      upkeep.afterOpening(org)
      membership.note(org, ['member'])
    },
  })
  const turns = openTurns()
  const membership = openMembership({ app, organizations, turns, journal })
  const upkeep = startUpkeep({ app, folder, sqlite, journal, organizations })
  const byName = new Map(hostOperationList.map((operation) => [operation.name, operation]))
  const deviceLabel = `${options.device} ${app.device.code}`
  const sessionOf = (client: Client): Session => ({ user_id: client.user.id, device: deviceLabel, scope: client.scope })

  function signedIn(call: HostCall): Client {
    const client = clients.get(call.client)
    if (!client) throw refuse('auth.required')
    return client
  }
  function unknownOrganization(wanted: string | null): Refusal {
    return new Refusal({ ...refuse('record.not_found').failure, code: 'organization.not_found', details: [detail('org', 'not_found', null, wanted)] })
  }
  async function organizationOf(call: HostCall, client: Client): Promise<Id> {
    const wanted = call.org ?? client.open
    const known = await app.organizations()
    const found = known.find((one) => one.id === wanted)
    // A file in use says itself who is not a member; for one that cannot be asked, those who are not get the same answer.
    const hidden = found !== undefined && organizations.stateOf(found.id) !== 'ready' && !(await membership.belongs(client.user.id, found))
    if (!found || hidden) throw unknownOrganization(wanted)
    return found.id
  }
  /** Sign-in events go to every organization the person belongs to on this computer (decision A8). */
  async function recordEverywhere(user: User, action: string): Promise<void> {
    for (const known of await app.organizations()) {
      try {
        if (!(await membership.belongs(user.id, known))) continue
        await organizations.hold(known.id, ({ core }) => core.record({ user_id: user.id, device: deviceLabel, scope: null }, action, {}))
      } catch (error) {
        journal.write('warn', 'audit.unwritten', { org: known.id, action, why: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  /** One try at a time for each person: tries sent together wait for each other, and for the delay that each one earns. */
  async function checkTry(email: string, password: string): Promise<User> {
    const user = await app.userByEmail(email)
    if (!user) {
      // The same work as for a known address, so that time does not tell whether a person exists.
      hashPassword(password)
      throw refuse('auth.failed')
    }
    if (user.retry_at !== null && user.retry_at > now()) throw refuse('auth.delayed', detail(null, 'retry_at', null, user.retry_at))
    if (!checkPassword(password, user.password)) {
      const failures = user.failures + 1
      const wait = failures <= FREE_TRIES ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** (failures - FREE_TRIES))
      await app.noteAttempt(user.id, failures, wait === 0 ? null : fromMs(Date.now() + wait))
      journal.write('warn', 'sign_in.failed', { user: user.id, failures })
      await recordEverywhere(user, 'security.sign_in.failed')
      throw refuse('auth.failed')
    }
    await app.noteAttempt(user.id, 0, null)
    return user
  }
  async function signIn(call: HostCall, email: string, password: string): Promise<void> {
    const user = await turns.take(`sign-in ${emailKey(email)}`, () => checkTry(emailKey(email), password))
    const known = await membership.of(user.id)
    const scope = call.scope ? new Set(call.scope.filter((name): name is Permission => (permissions as readonly string[]).includes(name))) : null
    clients.set(call.client, { user, open: known.length === 1 ? (known[0]?.id ?? null) : null, scope })
    await recordEverywhere(user, 'security.sign_in')
    emit({ type: 'session', client: call.client })
  }
  async function state(call: HostCall): Promise<unknown> {
    const client = clients.get(call.client)
    const known = client ? await membership.of(client.user.id) : []
    const preference = async (name: string): Promise<unknown> => (client ? app.setting(client.user.id, name) : null)
    return {
      version: options.appVersion, device: { code: app.device.code, kind: options.device },
      session: client ? { user_id: client.user.id, name: client.user.name, email: client.user.email } : null,
      preferences: { language: await preference('language'), theme: await preference('theme'), density: await preference('density'), last_path: await preference('last_path') },
      organizations: known.map(({ id, name }) => ({ id, name, state: organizations.stateOf(id) })),
      first_run: (await app.users()).length === 0, open: known.find(({ id }) => id === client?.open)?.id ?? null,
      warnings: insideCloudDrive(folder.root) ? ['cloud_drive'] : [],
    }
  }
  /** Backups and exports need their right in the organization; a damaged file is put back by those who kept it. */
  async function mayKeep(call: HostCall, client: Client, org: Id, permission: Permission): Promise<void> {
    if (client.scope && !client.scope.has(permission)) throw refuse('auth.scope', detail(null, 'scope', permission))
    const known = (await app.organizations()).find((one) => one.id === org)
    if (organizations.stateOf(org) !== 'ready') {
      if (known?.keepers.includes(client.user.id)) return
      throw refuse('auth.forbidden', detail(null, 'permission', permission))
    }
    const answer = await organizations.hold(org, ({ core }) => core.execute({ name: 'keeper.check', input: { permission }, correlation_id: call.correlation_id }, sessionOf(client)))
    if ('error' in answer) throw new Refusal(answer.error)
  }

  /** Adding a user to this computer is for those who let people into one of its organizations. */
  async function letsPeopleIn(client: Client): Promise<boolean> {
    for (const known of await membership.of(client.user.id))
      if (organizations.stateOf(known.id) === 'ready' && (await membership.holds(sessionOf(client), known.id, 'org:members'))) return true
    return false
  }

  type Handlers = { [K in keyof typeof hostOperations]: (call: HostCall, input: never) => Promise<unknown> }
  const handlers: Handlers = {
    state,
    async firstRun(call, input: { name: string; email: string; password: string; language: string; theme: string }) {
      const user = await turns.take('first run', async () => {
        if ((await app.users()).length > 0) throw refuse('auth.failed', detail(null, 'first_run_done'))
        return app.addUser({ name: input.name, email: input.email, password: hashPassword(input.password) })
      })
      await app.setSetting(user.id, 'language', input.language)
      await app.setSetting(user.id, 'theme', input.theme)
      clients.set(call.client, { user, open: null, scope: null })
      emit({ type: 'session', client: call.client })
      return { user_id: user.id }
    },
    async signIn(call, input: { email: string; password: string }) {
      await signIn(call, input.email, input.password)
      return state(call)
    },
    async signOut(call) {
      const client = clients.get(call.client)
      clients.delete(call.client)
      if (client) await recordEverywhere(client.user, 'security.sign_out')
      emit({ type: 'session', client: call.client })
      return {}
    },
    async addUser(call, input: { name: string; email: string; password: string }) {
      const client = signedIn(call)
      if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'org:members'))
      if (!(await letsPeopleIn(client))) throw refuse('auth.forbidden', detail(null, 'permission', 'org:members'))
      if (await app.userByEmail(emailKey(input.email))) throw refuse('record.taken', detail('email', 'taken'))
      const user = await app.addUser({ ...input, password: hashPassword(input.password) })
      return { user_id: user.id }
    },
    async setPreference(call, input: { name: string; value: string }) {
      await app.setSetting(signedIn(call).user.id, input.name, input.value)
      return {}
    },
    async catalogue() {
      return { operations: toJsonSchemas() }
    },
    async createOrganization(call, input: { name: string; kind: string; language: string; zone: string; currency: string }) {
      const client = signedIn(call)
      const org = deriveId(client.user.id, `organization:${call.id ?? randomUUID()}`)
      const { id: user_id, name, email } = client.user
      // One that is known has its file already: a lost one is restored, never founded again.
      const isNew = !(await app.organizations()).some((known) => known.id === org)
      const answer = await organizations.hold(org, ({ core }) => core.execute({ name: 'organization.create', input: { ...input, owner: { user_id, name, email } }, id: call.id, correlation_id: call.correlation_id }, sessionOf(client)), isNew)
      if ('error' in answer) throw new Refusal(answer.error)
      await membership.remember(org)
      client.open = org
      return { id: org }
    },
    async openOrganization(call, input: { id: Id }) {
      const client = signedIn(call)
      const known = (await app.organizations()).find((one) => one.id === input.id)
      if (!known || !(await membership.belongs(client.user.id, known))) throw unknownOrganization(input.id)
      const org = known.id
      client.open = org
      return { id: org, state: organizations.stateOf(org) }
    },
    async createBackup(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return organizations.hold(org, async ({ core }) => {
        const made = makeBackup(folder.organization(org), 'manual', now(), sqlite)
        await core.record(sessionOf(client), 'backup.created', { name: made.name, bytes: made.bytes })
        return made
      })
    },
    async listBackups(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return { items: listBackups(folder.organization(org)), state: organizations.stateOf(org) }
    },
    async restoreBackup(call, input: { name: string }) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:restore')
      const paths = folder.organization(org)
      if (!listBackups(paths).some((one) => one.name === input.name)) throw refuse('backup.not_found', detail('name', 'not_found', null, input.name))
      const readable = organizations.stateOf(org) === 'ready'
      const { kept } = await organizations.exclusively(org, async () => {
        if (readable) makeBackup(paths, 'before-restore', now(), sqlite)
        return restoreBackup(paths, input.name, now(), sqlite)
      })
      emit({ type: 'storage', org, state: organizations.stateOf(org) })
      emit({ type: 'changed', org, entities: ['*'], command: input.name })
      await organizations.hold(org, ({ core }) => core.record(sessionOf(client), 'backup.restored', { name: input.name, replaced_kept: kept !== null }))
      return { name: input.name, kept }
    },
    async listJobs(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      return { items: await upkeep.jobs.list(org) }
    },
    async retryJob(call, input: { key: string }) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      if (!(await upkeep.jobs.retry(org, input.key))) throw refuse('record.not_found', detail('key', 'not_found', null, input.key))
      return {}
    },
    async dropJob(call, input: { key: string }) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'backup:run')
      if (!(await upkeep.jobs.drop(org, input.key))) throw refuse('record.not_found', detail('key', 'not_found', null, input.key))
      return {}
    },
    async exportAll(call) {
      const client = signedIn(call)
      const org = await organizationOf(call, client)
      await mayKeep(call, client, org, 'export:full')
      return organizations.hold(org, async ({ core }) => {
        const made = await exportAll(org, folder.organization(org), now(), options.appVersion, sqlite)
        await core.record(sessionOf(client), 'export.full', { sha256: made.sha256, bytes: made.bytes })
        return made
      })
    },
  }
  const handlerNames = new Map(Object.entries(hostOperations).map(([key, operation]) => [operation.name, key as keyof Handlers]))

  /** A row may name a file only when the file is here, whole: content hashes are promises that exports and backups keep. */
  function needsItsFiles(org: Id, name: string, input: unknown): void {
    for (const { field, sha256, size } of namesInInput(name, input)) {
      const found = sizeOfBlob(folder.organization(org).blobs, sha256)
      if (found === null) throw refuse('attachment.not_uploaded', detail(field, 'not_uploaded', null, sha256))
      if (size !== null && size !== found) throw refuse('attachment.not_uploaded', detail('size', 'mismatch', String(found), String(size)))
    }
  }

  async function answerHere(call: HostCall, operation: HostOperation, request_id: string): Promise<string> {
    if (operation.needs === 'session') signedIn(call)
    const parsed = operation.input.safeParse(call.input)
    if (!parsed.success) throw refuse('validation.invalid', ...parsed.error.issues.map((issue) => detail(issue.path.join('.') || null, issue.code, issue.message)))
    const key = handlerNames.get(operation.name)
    if (!key) throw refuse('validation.unknown_operation')
    return JSON.stringify({ value: await handlers[key](call, parsed.data as never), request_id })
  }
  function failureOf(error: unknown, request_id: string): Failure {
    if (error instanceof Refusal) return error.failure
    journal.write('error', 'unexpected', { request_id, why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (error instanceof StoreError) {
      const code = error.object === 'newer' ? 'storage.newer' : error.problem === 'damaged' || error.problem === 'full' || error.problem === 'read_only' ? `storage.${error.problem}` : 'storage.failed'
      return { code, message: describeError(code).en, details: [] }
    }
    const code: ErrorCode = 'server.unexpected'
    return { code, message: describeError(code).en, details: [] }
  }

  return {
    async call(call) {
      const started = performance.now()
      const request_id = randomUUID()
      let text: string
      try {
        const operation = byName.get(call.name)
        if (operation) text = await answerHere(call, operation, request_id)
        else {
          const client = signedIn(call)
          const org = await organizationOf(call, client)
          const { name, input, id, correlation_id, group_id } = call
          needsItsFiles(org, name, input)
          const report = (error: unknown): void => journal.write('error', 'sheet.unkept', { org, request_id, why: error instanceof Error ? error.message : String(error) })
          const asked = { name, input, id, correlation_id, group_id }
          text = JSON.stringify(await organizations.hold(org, ({ core }) => executeKeepingSheets(core, folder.organization(org).issued, asked, sessionOf(client), report)))
        }
      } catch (error) {
        const failure = failureOf(error, request_id)
        text = JSON.stringify({ error: { ...failure, request_id, timestamp: now() } })
      }
      journal.write('info', 'call', { name: String(call.name).slice(0, 80), ms: Math.round(performance.now() - started), request_id, refused: text.startsWith('{"error"') })
      return text
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async putBlob(client, bytes) {
      const held = clients.get(client)
      if (!held?.open) throw refuse('auth.required')
      if (bytes.byteLength > MAX_BLOB_BYTES) throw refuse('throttling.too_large', detail(null, 'bytes', String(MAX_BLOB_BYTES), String(bytes.byteLength)))
      const org = held.open
      if (held.scope && !held.scope.has('attachment:add')) throw refuse('auth.scope', detail(null, 'scope', 'attachment:add'))
      if (!(await membership.holds(sessionOf(held), org, 'attachment:add'))) throw refuse('auth.forbidden', detail(null, 'permission', 'attachment:add'))
      try {
        return await organizations.hold(org, async () => putBlob(folder.organization(org).blobs, bytes))
      } catch (error) {
        throw new Refusal(failureOf(error, randomUUID()))
      }
    },
    async close() {
      await upkeep.stop()
      await turns.over()
      await organizations.closeAll()
      await app.close()
      folder.release()
    },
  }
}
