/** What whoever runs the server does beside serving: codes, backups, proof, recovery. Each answers the exit code; null: asked wrongly. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { readHead } from '../../shared/store/sync-log.ts'
import { openAccounts } from '../accounts/accounts.ts'
import { openCodes } from '../accounts/codes.ts'
import { migrateServer } from '../accounts/schema.ts'
import { openLog } from '../log/log.ts'
import type { Settings } from '../settings.ts'
import { serverPaths } from '../storage/paths.ts'
import type { HostedOrganization, Storage, StorageOptions } from '../storage/storage.ts'

/** `yes`: what replaces or removes something is done, not only said. */
type Command = (settings: Settings, version: string, rest: readonly string[], yes?: boolean) => Promise<number | null>

const now = (): Instant => fromMs(Date.now())
const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function optionsOf(settings: Settings, version: string): StorageOptions {
  const log = openLog(settings.log_level, now, (line) => process.stderr.write(line))
  return {
    data: settings.data, database_url: settings.database_url, listen_url: settings.listen_url, connections: settings.connections, app_version: version, now,
    random: (bytes) => randomBytes(bytes), report: (error, about) => log.unexpected(error, { about }),
  }
}

async function withStorage<T>(settings: Settings, version: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  // Loaded where it is needed: a code is had at once.
  const { openStorage } = await import('../storage/open-storage.ts')
  const storage = await openStorage(optionsOf(settings, version))
  try {
    await migrateServer(storage.accounts)
    return await work(storage)
  } finally {
    await storage.close()
  }
}

/**
 * Of files beside a server that runs: only what several processes may do at once. PostgreSQL is made for many.
 */
async function withAccounts(settings: Settings, version: string, work: (engine: Engine) => Promise<number>): Promise<number> {
  if (settings.database_url !== null) return withStorage(settings, version, ({ accounts }) => work(accounts))
  const engine = sqliteEngine(openDatabase(serverPaths(settings.data).accounts))
  try {
    await migrateServer(engine)
    return await work(engine)
  } finally {
    await engine.close()
  }
}
async function eachToRead(settings: Settings, version: string, work: (org: Id, engine: Engine) => Promise<void>): Promise<number> {
  if (settings.database_url !== null)
    return withStorage(settings, version, async (storage) => {
      for (const org of await storage.organizations()) {
        const hosted = await storage.organization(org)
        if (hosted) await work(org, hosted.readEngine)
      }
      return 0
    })
  const paths = serverPaths(settings.data)
  for (const org of paths.organizations()) {
    const { file } = paths.organization(org)
    if (!existsSync(file)) continue
    const engine = sqliteEngine(openDatabase(file, { readonly: true }))
    try {
      await work(org, engine)
    } finally {
      await engine.close()
    }
  }
  return 0
}

export const codes: Command = async (settings, version, [kind, whom]) => {
  if (kind !== 'first' && kind !== 'new' && kind !== 'member') return null
  if (kind === 'member' && whom === undefined) return null
  return withAccounts(settings, version, async (engine) => {
    const making = openCodes(engine, (bytes) => randomBytes(bytes))
    if (kind === 'first') {
      const code = await making.first(now(), true)
      say(code ?? 'There is an account already: callboard-server codes new gives a code for one more administrator.')
      return code === null ? 1 : 0
    }
    if (kind === 'new') return say((await making.make('server', { user_id: null, org_id: null, made_by: null }, now())).code), 0
    const asked = whom ?? ''
    const user_id = isId(asked) ? asked : (await openAccounts(engine).byEmail(asked))?.user_id
    if (user_id === undefined) return say('No account has this e-mail.'), 1
    return say((await making.make('access', { user_id, org_id: null, made_by: null }, now())).code), 0
  })
}

export const backup: Command = async (settings, version, [target]) => {
  if (target === undefined) return null
  const folder = resolve(target)
  const paths = serverPaths(settings.data)
  const { backupFiles } = await import('../storage/backup-files.ts')
  const done = settings.database_url === null
    ? await backupFiles(paths, paths.organizations().filter((org) => existsSync(paths.organization(org).file)), folder, optionsOf(settings, version))
    : await withStorage(settings, version, (storage) => storage.backup(folder))
  say(`${done.organizations} organizations, ${done.bytes} bytes, checked: ${folder}`)
  return 0
}

export const backups: Command = async (_settings, _version, [what, which], yes) => {
  const [thins, folder] = what === 'thin' ? [true, which] : [false, what]
  if (folder === undefined) return null
  const place = resolve(folder)
  const { listServerBackups, spareServerBackups, thinServerBackups } = await import('../storage/backup-list.ts')
  if (!thins) {
    for (const one of listServerBackups(place)) say(JSON.stringify(one))
    return 0
  }
  for (const name of yes ? thinServerBackups(place) : spareServerBackups(place)) say(name)
  if (!yes) process.stderr.write('Nothing was removed. With --yes, those named go.\n')
  return 0
}

export const restore: Command = async (settings, version, [source], yes) => {
  if (source === undefined) return null
  if (!yes) {
    const { checkBackup } = await import('../storage/backup-manifest.ts')
    const { made_at, kind, organizations } = await checkBackup(resolve(source))
    say(JSON.stringify({ made_at, kind, organizations: organizations.map(({ id, commands }) => ({ id, commands })) }))
    process.stderr.write(`Nothing was changed. With --yes, this takes the place of everything in ${settings.database_url === null ? serverPaths(settings.data).root : 'the database'}, which is kept aside; what was done since ${made_at} comes back from the devices.\n`)
    return 1
  }
  const { restoreStorage } = await import('../storage/restore.ts')
  const { organizations } = await restoreStorage(optionsOf(settings, version), resolve(source))
  say(`${organizations} organizations are back. They wait for their devices (recovery): look at it in the console, or callboard-server recovery.`)
  return 0
}

export const verify: Command = async (settings, version) => {
  let altered = 0
  await eachToRead(settings, version, async (org, engine) => {
    const verdict = await verifyChain(engine, org)
    say(JSON.stringify({ org, ...verdict }))
    if (!verdict.whole) altered++
  })
  return altered === 0 ? 0 : 1
}

/** In the audit, whoever runs the server and has no account of it. */
const OPERATOR = 'operator'
async function eachOrganization(settings: Settings, version: string, which: string | undefined, work: (org: Id, hosted: HostedOrganization) => Promise<number>): Promise<number> {
  return withStorage(settings, version, async (storage) => {
    let code = 0
    for (const org of await storage.organizations()) {
      const hosted = which === undefined || which === org ? await storage.organization(org) : null
      if (hosted) code = Math.max(code, await work(org, hosted))
    }
    return code
  })
}

/** `review`: as `show` says it, when roles or members come back. */
export const recovery: Command = async (settings, version, [what, which, ...more]) => {
  if (what === undefined)
    return eachToRead(settings, version, async (org, engine) => {
      const head = await readHead(engine, org)
      if (head?.mode === 'recovery') say(JSON.stringify({ org, epoch: head.epoch, restored_seq: head.restored_seq }))
    })
  if (what === 'show') return eachOrganization(settings, version, which, async (org, { authority }) => {
    const [state, numbers] = [await authority.recovery(), await authority.missingNumbers()]
    if (state || numbers.length > 0) say(JSON.stringify({ org, ...state, numbers }))
    return 0
  })
  if (what === 'missing') {
    const [entity, id, field, ...words] = more
    const reason = words.join(' ').trim()
    if (which === undefined || entity === undefined || id === undefined || field === undefined || !isId(id) || reason === '') return null
    return eachOrganization(settings, version, which, async (org, { authority }) => {
      say(JSON.stringify({ org, ...(await authority.explainNumber({ entity, id, field }, reason.slice(0, 500), { user_id: OPERATOR, device: 'server' })) }))
      return 0
    })
  }
  if (what !== 'close') return null
  const [review = null] = more
  return eachOrganization(settings, version, which, async (org, { authority }) => {
    const state = await authority.recovery()
    if (!state) return 0
    if (state.review !== null && state.review !== review) {
      say(JSON.stringify({ org, refused: 'sync.recovery_unreviewed', rights: state.rights, review: state.review }))
      return 1
    }
    say(JSON.stringify({ org, ...(await authority.closeRecovery(OPERATOR, state.review)) }))
    return 0
  })
}
