/** The console: how devices, people and storage of one organization stand, for its owners and administrators. */
import { ownDecisions } from '../../shared/core/kept-list.ts'
import { detail, refuse, refuseFor } from '../../shared/domain/errors.ts'
import { member } from '../../shared/domain/organization/model.ts'
import type { ConsoleDevice, ServerConsole } from '../../shared/domain/sync/states.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Outcome } from '../../shared/store/command-log.ts'
import type { RawRow } from '../../shared/store/engine.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { PROTOCOL } from '../../shared/sync/wire.ts'
import type { HandlersOf, Place, Server } from './asked.ts'
import { consoleNumbers, consoleRecovery } from './recovery-view.ts'
import { settleStuck, stuckWork } from './stuck.ts'
import { takeUp } from './taking-up.ts'

type Handled = 'console.read' | 'console.revoke' | 'console.access' | 'console.verify_audit' | 'console.aside' | 'console.recovery' | 'console.missing' | 'console.stuck'

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
const instant = (value: unknown): Instant | null => (value === null || value === undefined || value === '' ? null : (String(value) as Instant))

const OPEN = `SELECT c.id, c.name, c.outcome, c.answer, c.actor, c.device, c.issued_at FROM command_log c WHERE c.org_id = ? AND c.outcome <> 'applied'
  AND NOT EXISTS (SELECT 1 FROM sync_decision d WHERE d.org_id = c.org_id AND d.kept_command_id = c.id AND d.deleted_at IS NULL)`

export function consoleHandlers(server: Server): HandlersOf<Handled> {
  const { accounts, organizations, streams, storage, settings, blobs, metrics } = server

  /** As each computer named itself last, whoever of its people registered it. */
  async function namesOfComputers(rows: readonly RawRow[]): Promise<Map<string, string>> {
    const names = new Map<string, string>()
    for (const user of new Set(rows.map((row) => text(row['user_id']) as Id))) for (const { device, name } of await accounts.devices(user)) names.set(device, name)
    return names
  }

  async function read(place: Place): Promise<ServerConsole> {
    const { org, hosted } = place
    const reader = hosted.authority.core.reader()
    const all = (sql: string): Promise<RawRow[]> => hosted.readEngine.all(sql, [org])
    const [head, members, followers, open, shutOut, sizes, usage, aside, known] = await Promise.all([
      hosted.authority.head(), reader.find(member, {}), all('SELECT * FROM sync_replica WHERE org_id = ?'), all(OPEN), accounts.shutOutOf(org), storage.sizes(org), blobs.usage(org),
      all('SELECT id, user_id, device, command, reason, received_at FROM sync_aside WHERE org_id = ? AND closed_at IS NULL ORDER BY received_at'), organizations.known(org),
    ])
    const living = members.filter(({ status }) => status !== 'removed')
    const names = new Map<string, string>(members.map(({ user_id, name }) => [user_id, name]))
    const nameOf = (user: string): string => names.get(user) ?? ''
    const byUser = new Map((await accounts.of(living.map(({ user_id }) => user_id))).map((account) => [account.user_id, account]))
    const latest = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null || a > b ? a : b)
    const kept = ownDecisions(open.map((row) => ({
      id: text(row['id']) as Id, name: text(row['name']), outcome: text(row['outcome']) as Outcome, answer: JSON.parse(text(row['answer'])) as Json,
      actor: text(row['actor']), device: text(row['device']), issued_at: text(row['issued_at']),
    })))
    const computers = await namesOfComputers([...followers, ...aside])
    const devices = followers.map((row): ConsoleDevice => {
      const [device, user_id] = [text(row['device']), text(row['user_id']) as Id]
      return {
        device, device_name: computers.get(device) ?? null, user_id, name: nameOf(user_id), app_version: text(row['app_version']), last_contact_at: latest(instant(row['pulled_at']), instant(row['pushed_at'])), waiting: Number(row['waiting'] ?? 0),
        kept: kept.filter((one) => one.actor === user_id && one.device === device).length, drift_ms: Number(row['clock_drift_ms'] ?? 0),
        behind: Number(row['epoch']) === head.epoch ? Math.max(0, head.seq - Number(row['cursor_seq'] ?? 0)) : head.seq, revoked_at: instant(shutOut.get(device)),
      }
    })
    const conflicts = [...new Set(kept.map(({ actor }) => actor))].map((user) => {
      const theirs = kept.filter(({ actor }) => actor === user).map(({ issued_at }) => issued_at).sort()
      return { user_id: user as Id, name: nameOf(user), open: theirs.length, oldest_at: instant(theirs[0]) }
    })
    const said = { nameOf, deviceNameOf: (device: string) => computers.get(device) ?? null }
    return {
      server: { version: server.version, protocol: PROTOCOL, storage: storage.kind, uptime_s: Math.round(process.uptime()), url: server.url() },
      mode: head.mode, epoch: head.epoch, seq: head.seq, devices,
      accounts: living.map(({ user_id, name, email, status }) => {
        const account = byUser.get(user_id)
        return { user_id, name, email: account?.email ?? email, status: account ? 'active' : status === 'invited' ? 'invited' : 'none', last_sign_in_at: instant(account?.last_sign_in_at) }
      }),
      conflicts,
      storage: { ...sizes, blobs: usage.blobs, blob_bytes: usage.bytes, quota_bytes: known?.quota_bytes ?? settings.quota.bytes },
      aside: aside.map((row) => ({
        id: text(row['id']) as Id, user_id: text(row['user_id']) as Id, name: nameOf(text(row['user_id'])), device: text(row['device']), device_name: computers.get(text(row['device'])) ?? null, reason: text(row['reason']), received_at: text(row['received_at']) as Instant,
        commands: (JSON.parse(text(row['command'])) as unknown[]).length,
      })),
      recovery: await consoleRecovery(hosted.authority, said),
      numbers: await consoleNumbers(hosted.authority, await hosted.authority.missingNumbers(), said),
      stuck: await stuckWork(server, place),
    }
  }

  return {
    'console.read': ({ place }) => read(place()),
    async 'console.revoke'({ body, caller, place, now }) {
      const { org } = place()
      const by = caller().holder
      await accounts.shutOut(org, body.device, by.user_id, body.reason, now)
      streams.end({ org, device: body.device })
      metrics.count('callboard_devices_revoked_total')
      organizations.record([org], by, 'security.device.revoked', { device: body.device, reason: body.reason })
      return {}
    },
    async 'console.access'({ body, caller, place, now }) {
      const { org, hosted } = place()
      const by = caller().holder
      if (!(await organizations.person(hosted, body.user_id, by.device))) throw refuseFor('member', 'not_found', detail('user_id', 'not_found'))
      if (await organizations.isKnownElsewhere(body.user_id, org)) throw refuse('auth.forbidden', detail('user_id', 'claimed', 'a code of whoever runs the server'))
      const made = await server.codes.make('access', { user_id: body.user_id, org_id: org, made_by: by.user_id }, now)
      organizations.record([org], by, 'security.access_code.made', { user_id: body.user_id })
      return made
    },
    async 'console.verify_audit'({ place }) {
      const { org, hosted } = place()
      const verdict = await verifyChain(hosted.readEngine, org)
      return verdict.whole ? { ok: true, events: verdict.events, broken_at: null, why: null } : { ok: false, events: verdict.events, broken_at: verdict.broken_at, why: verdict.why }
    },
    'console.aside': ({ body, caller, place, now }) => takeUp(server, place(), caller().holder, body, now),
    async 'console.stuck'({ body, caller, place }) {
      await settleStuck(server, place(), caller().holder, body)
      return {}
    },
    async 'console.recovery'({ body, caller, place }) {
      const { hosted } = place()
      if ((await hosted.authority.head()).mode !== 'recovery') return { executed: 0, failed: 0, stored: 0 }
      return hosted.authority.closeRecovery(caller().holder.user_id, body.review ?? null)
    },
    async 'console.missing'({ body, caller, place }) {
      const { authority, readEngine } = place().hosted
      const { reason, ...asked } = body
      const by = caller().holder
      const one = await authority.explainNumber(asked, reason, by)
      const computers = await namesOfComputers(await readEngine.all('SELECT user_id FROM sync_replica WHERE org_id = ?', [place().org]))
      const names = new Map<string, string>((await authority.core.reader().find(member, {})).map(({ user_id, name }) => [user_id, name]))
      const [shown] = await consoleNumbers(authority, [one], { nameOf: (user) => names.get(user) ?? '', deviceNameOf: (device) => computers.get(device) ?? null })
      return shown
    },
  }
}
