/** An organization leaves its server: a complete copy comes down, verified, and becomes the authority on this computer; only when nothing is unsent here. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EVENTS_LOST } from '../../shared/domain/audit/device-events.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { isUnsent } from '../../shared/store/outbox-file.ts'
import { takeFactsInto } from '../../shared/sync/facts/take-file.ts'
import { stampOf } from '../host/backups.ts'
import { markJoining } from '../host/timers.ts'
import type { ConnectOptions } from './connecting.ts'
import { valueOf } from './server-calls.ts'
import type { ServerWay } from './servers.ts'

/** Of what this computer saw beside the data and its server did not take. */
const MOST_SEEN = 50_000

/** Refuses `sync.unsent` with how many. */
export async function leave({ app, folder, sqlite, organizations, now }: ConnectOptions, way: ServerWay, org: Id, user: Id): Promise<void> {
  const paths = folder.organization(org)
  const viewers = folder.viewers(org)
  const coming = `${paths.file}.coming`
  const { seen, lost } = await organizations.exclusively(org, async () => {
    const outbox = await organizations.views.outbox(org)
    const unsent = [...(await outbox.heads()).filter(isUnsent), ...(await outbox.carried.parcels())]
    const [seen, { lost }] = [await outbox.security.lines(0, MOST_SEEN), await outbox.security.counts()]
    await organizations.views.close(org)
    if (unsent.length > 0) throw refuse('sync.unsent', detail(null, 'unsent', '0', String(unsent.length)))
    for (const end of ['', '-wal', '-shm']) rmSync(`${coming}${end}`, { force: true })
    // Before the copy: what a clock does after it would be done there alone. Cut or refused, the next round says that this computer follows.
    const follows = (following: boolean) => way.sessions.ask(user, (token) => way.calls.following(token, org, following))
    await follows(false)
    try {
      const lines = valueOf(await way.sessions.ask(user, (token) => way.calls.factsDown(token, org)))
      await takeFactsInto(coming, lines, org, { ...sqlite, backupFolder: paths.backups, stamp: stampOf(now()) })
    } catch (error) {
      await follows(true)
      throw error
    }
    // Nothing was entered meanwhile: the files were closed. Cut before the next line, the server is followed as before; cut after it, the copy is here.
    if (existsSync(paths.file)) renameSync(paths.file, `${paths.file}.replaced-${stampOf(now())}`)
    renameSync(coming, paths.file)
    await markJoining(app, org, null)
    await app.follow(org, null)
    // The views are of no use any more; they are kept aside once, for what they hold is a copy somebody may ask for.
    const aside = join(paths.folder, `left-${stampOf(now())}`)
    mkdirSync(aside, { recursive: true })
    for (const name of ['replicas', 'outbox.sqlite', 'outbox.sqlite-wal', 'outbox.sqlite-shm']) if (existsSync(join(paths.folder, name))) renameSync(join(paths.folder, name), join(aside, name))
    return { seen, lost }
  })
  for (const viewer of viewers) {
    const token = await way.sessions.access(viewer)
    if (token.ok && !(await followsElsewhere(app, org, way.url))) await way.calls.logout(token.value)
    if (!(await followsElsewhere(app, org, way.url))) await way.credentials.forget(viewer)
  }
  // Into the chain, which is kept here from now on.
  await organizations.hold(org, async ({ core }) => {
    const record = (person: Id, action: string, facts: Json): Promise<void> => core.record({ user_id: person, device: app.device.id, scope: null }, action, facts)
    for (const { person, action, facts, seen_at } of seen) await record(person, action, { ...facts, seen_at })
    if (lost > 0) await record(user, EVENTS_LOST, { lost })
  })
}

/** Another organization of this computer has the same server: its people stay signed in there. */
export async function followsElsewhere(app: ConnectOptions['app'], org: Id, url: string): Promise<boolean> {
  return (await app.organizations()).some(({ id }) => id !== org && app.serverOf(id)?.url === url)
}
