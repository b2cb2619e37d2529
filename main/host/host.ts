/** Composition root of every host: sessions by client, the computer's own operations, and the way to each organization's core. */
import { openDataFolder } from './data-folder.ts'
import { copiedApp, openOrRescueApp } from './app-rescue.ts'
import { MAX_BLOB_BYTES, namesInInput, putBlob, readBlob, sizeOfBlob } from './blobs.ts'
import { openClients } from './clients.ts'
import type { Host, HostCall, HostEvent, HostListener, HostOptions } from './host-call.ts'
import type { HostOperation } from './host-operation.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import { accountHandlers } from './account.ts'
import { openClockWatch } from './clock-watch.ts'
import { openCredentials } from './credentials.ts'
import { identityHandlers, openEntrance } from './identity.ts'
import { executeKeepingSheets } from './issued-sheets.ts'
import { needsDrawable } from './drawable.ts'
import { openJournal } from './journal.ts'
import { joiningHandlers } from './joining.ts'
import { attachmentHandlers } from './attachment-handlers.ts'
import { keepingHandlers } from './keeping.ts'
import { openMembership } from './membership.ts'
import { openOrganizations } from './open-organizations.ts'
import { organizationHandlers } from './organizations.ts'
import { personHandlers } from './person-handlers.ts'
import { printMarks } from './print-marks.ts'
import { openSecretFile } from './secret-file.ts'
import { openSync } from '../sync/sync.ts'
import { syncHandlers } from '../sync/sync-handlers.ts'
import { vaultKeyHandlers } from './vault/key-handlers.ts'
import { paperHandlers } from './vault/paper-handlers.ts'
import { vaultHandlers } from './vault/vault-handlers.ts'
import { openVaultKeys } from './vault/vault-keys.ts'
import { venueHandlers } from '../sync/venue/venue-handlers.ts'
import { openVenues } from '../sync/venue/venues.ts'
import { part } from '../sync/parting.ts'
import { handOver, wipe } from '../sync/revoked.ts'
import { openStanding } from './standing.ts'
import { openReports } from './reports.ts'
import { reportingJournal } from './reporting-journal.ts'
import { openStorageWatch } from './storage-watch.ts'
import { openThreads } from '../threads/threads.ts'
import { openTurns } from './turns.ts'
import { isTimed, startTimers } from './timers.ts'
import { startUpkeep } from './upkeep.ts'
import { watchingHandlers } from './watching.ts'
import { hostOperationList, hostOperations } from './operations.ts'
import { describeError, detail, refuse, type ErrorCode } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { Refusal, type Failure } from '../../shared/kernel/result.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { randomUUID } from 'node:crypto'

export type { Host, HostCall, HostEvent, HostListener, HostOptions } from './host-call.ts'

export async function createHost(options: HostOptions): Promise<Host> {
  const sqlite = { nativeBinding: options.sqliteBinding }
  const folder = openDataFolder(options.dataDir, sqlite)
  const clock = options.clock ?? Date.now
  const now = (): Instant => fromMs(clock())
  const reports = openReports(folder.reports, options.appVersion, now)
  reports.begin()
  const journal = reportingJournal(openJournal(folder.logs, now), reports)
  const watch = openStorageWatch(folder.root, now)
  const threads = openThreads(journal)
  const { app: opened, rescue } = await openOrRescueApp({ folder, sqlite, journal, now }).catch((error: unknown) => {
    reports.end()
    folder.release()
    throw error
  })
  const app = copiedApp(opened, { folder, sqlite, journal })
  const clockWatch = await openClockWatch({ app, journal, now })
  const listeners = new Set<HostListener>()
  /** `user`: only their windows hear of it, for it happened in their view. */
  const emit = (event: HostEvent, user: Id | null = null): void => {
    const seeing = event.type === 'session' ? [event.client] : clients.seeing(event.org)
    const windows = user === null ? seeing : seeing.filter((name) => clients.get(name)?.user.id === user)
    for (const listener of listeners) listener(event, windows)
  }
  const organizations = openOrganizations({
    folder, sqlite, appVersion: options.appVersion, journal, now,
    app,
    onClosing: (org, over) => sync.paused(org, over),
    onCommit(org, entities, command, user) {
      emit({ type: 'changed', org, entities, command }, user)
      upkeep.afterChange(org)
      if (entities.some((name) => isTimed.has(name))) timers.wake(org)
      membership.note(org, entities)
      // What a pull brought is not to be sent; what somebody entered is.
      if (user !== null && command !== org) {
        sync.of(org)?.commit()
        venues.nudge(org)
      }
      if (user !== null) sync.changed(org)
    },
    print: (definition) => threads.printing.ask('draw', definition),
    marks: (org) => printMarks({ org, app, secrets, journal, now, views: () => organizations.views, credentials: (url) => sync.servers.at(url).credentials }),
    onOpen(org) {
      upkeep.afterOpening(org)
      timers.wake(org)
      membership.note(org, ['member'])
    },
    onTrouble: (org, error) => sync.of(org)?.trouble(error),
    failedJobs: (org) => upkeep.jobs.failed(org),
  })
  const turns = openTurns()
  const membership = openMembership({ app, organizations, turns, journal })
  const upkeep = startUpkeep({ app, folder, sqlite, journal, organizations, threads, afterBackup: () => void watch.measure(), onJobs(org) {
    emit({ type: 'changed', org, entities: ['job'], command: '' })
    timers.wake(org as Id)
  } })
  const timers = startTimers({ app, organizations, jobs: upkeep.jobs, journal, now })
  const byName = new Map(hostOperationList.map((operation) => [operation.name, operation]))
  const device = `${options.device} ${app.device.code}`
  const clients = openClients(device)
  const enabled = options.sync ?? true
  const leaving = { app, folder, sqlite, organizations, appVersion: options.appVersion, now }
  const secrets = options.secrets ?? openSecretFile(folder.secrets, now)
  const sync = openSync({
    app, folder, organizations, journal, store: secrets, appVersion: options.appVersion, now, clock, emit, enabled,
    async handOver(org) {
      const server = app.serverOf(org)
      return server === null || handOver(leaving, sync.servers.at(server.url), org)
    },
    async part(org, user, still) {
      await part({ folder, organizations }, org, user, still)
      journal.write('warn', 'sync.parted', { org, user })
      emit({ type: 'storage', org, state: organizations.stateOf(org, user) }, user)
      emit({ type: 'changed', org, entities: ['*'], command: 'sync.sign_out' }, user)
      sync.changed(org)
    },
    async shutOut(org, by) {
      const server = app.serverOf(org)
      if (!server) return
      const unsent = await organizations.views.outbox(org).then(({ security }) => security.counts()).catch(() => null)
      const handed = await wipe(leaving, sync.servers.at(server.url), org, by)
      // What it had seen by itself and not reported goes with the rest: how much is said.
      journal.write('warn', 'sync.wiped', { org, handed, security_events: unsent && unsent.waiting + unsent.lost })
      emit({ type: 'storage', org, state: organizations.stateOf(org) })
      emit({ type: 'sync', org })
    },
  })
  const venues = openVenues({ app, organizations, way: (url) => sync.servers.at(url), journal, now, changed: (org) => sync.changed(org) })
  const vault = openVaultKeys({
    secrets, turns, follows: (org) => app.serverOf(org) !== null,
    ask(org, user, offered) {
      const server = app.serverOf(org)
      if (!server) throw refuse('sync.no_server')
      const way = sync.servers.at(server.url)
      return way.sessions.ask(user, (token) => way.calls.vaultKey(token, org, offered))
    },
  })
  const hosting: Hosting = { options, secrets, vault, sync, venues, folder, sqlite, app, rescue, journal, organizations, membership, turns, upkeep, threads, watch, clients, now, emit }
  const standing = openStanding(hosting, device)
  const entrance = openEntrance(hosting, standing)
  const credentials = openCredentials(hosting, standing)
  const handlers: HostHandlers<typeof hostOperations> = {
    ...identityHandlers(hosting, standing, entrance, credentials), ...accountHandlers(hosting, standing, entrance, credentials),
    ...joiningHandlers(hosting, standing, entrance, credentials, device), ...organizationHandlers(hosting, standing), ...keepingHandlers(hosting, standing), ...attachmentHandlers(hosting, standing), ...personHandlers(hosting, standing), ...vaultHandlers(hosting, standing), ...paperHandlers(hosting, standing), ...vaultKeyHandlers(hosting, standing, credentials),
    ...watchingHandlers(hosting, standing, reports),
    ...syncHandlers(hosting, standing, entrance, credentials), ...venueHandlers(hosting, standing),
  }
  const handlerNames = new Map(Object.entries(hostOperations).map(([key, operation]) => [operation.name, key as keyof typeof handlers]))

  /** A row may name a file only when the file is here, whole: content hashes are promises that exports and backups keep. */
  function needsItsFiles(org: Id, name: string, input: unknown): void {
    for (const { field, sha256, size, image } of namesInInput(name, input)) {
      const found = sizeOfBlob(folder.organization(org).blobs, sha256)
      if (found === null) throw refuse('attachment.not_uploaded', detail(field, 'not_uploaded', null, sha256))
      if (size !== null && size !== found) throw refuse('attachment.not_uploaded', detail('size', 'mismatch', String(found), String(size)))
      if (image) needsDrawable(readBlob(folder.organization(org).blobs, sha256), field)
    }
  }

  async function answerHere(call: HostCall, operation: HostOperation, request_id: string): Promise<string> {
    // Before anything is looked at, also for what needs no session: a locked window answers nothing but what opens it.
    const client = clients.get(call.client)
    if (client?.locked && !operation.whileLocked) throw refuse('auth.locked')
    if (operation.needs === 'session' && !client) throw refuse('auth.required')
    if (client?.must_change && !operation.whileChanging) throw refuse('auth.must_change')
    if (client?.see_as && operation.kind === 'command' && !operation.ownOnly) throw refuse('auth.seeing_as', detail(null, 'role', null, client.see_as.role))
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

  await sync.start()

  return {
    async call(call) {
      const started = performance.now()
      const request_id = randomUUID()
      let text: string
      try {
        await clockWatch.look()
        const operation = byName.get(call.name)
        if (operation) text = await answerHere(call, operation, request_id)
        else {
          const client = clients.signedIn(call)
          const org = await standing.organizationOf(call, client)
          const { name, input, id, correlation_id, group_id } = call
          needsItsFiles(org, name, input)
          const report = (error: unknown): void => journal.write('error', 'sheet.unkept', { org, request_id, why: error instanceof Error ? error.message : String(error) })
          const asked = { name, input, id, correlation_id, group_id }
          const answer = await organizations.hold(org, ({ core }) => executeKeepingSheets(core, folder.organization(org).issued, asked, clients.sessionOf(client), report), { user: client.user.id })
          if (!('error' in answer)) client.opened.add(org)
          text = JSON.stringify(answer)
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
      if (held.locked) throw refuse('auth.locked')
      if (held.must_change) throw refuse('auth.must_change')
      if (held.see_as) throw refuse('auth.seeing_as', detail(null, 'role', null, held.see_as.role))
      if (bytes.byteLength > MAX_BLOB_BYTES) throw refuse('throttling.too_large', detail(null, 'bytes', String(MAX_BLOB_BYTES), String(bytes.byteLength)))
      const org = held.open
      // A file is named by a row or cleared: who may attach one, or hand in a document of their own, may bring it.
      const bringing = (['attachment:add', 'document:upload'] as const).filter((permission) => !held.scope || held.scope.has(permission))
      if (bringing.length === 0) throw refuse('auth.scope', detail(null, 'scope', 'attachment:add'))
      const allowed = await Promise.all(bringing.map((permission) => membership.holds(clients.sessionOf(held), org, permission)))
      if (!allowed.includes(true)) throw refuse('auth.forbidden', detail(null, 'permission', 'attachment:add'))
      try {
        return await organizations.hold(org, async () => putBlob(folder.organization(org).blobs, bytes), { user: held.user.id })
      } catch (error) {
        throw new Refusal(failureOf(error, randomUUID()))
      }
    },
    async close() {
      await venues.close()
      await sync.close()
      await timers.stop()
      await upkeep.stop()
      await turns.over()
      await clockWatch.stop()
      await organizations.closeAll()
      await threads.close()
      await app.close()
      reports.end()
      folder.release()
    },
  }
}
