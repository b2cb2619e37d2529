/** The organizations of this server: who belongs to which, and what of the server's doings is written in their own audit. */
import { personOf, type Person } from '../shared/core/session.ts'
import { invitationDigest } from '../shared/domain/organization/invitation-code.ts'
import { invitation, member, organization } from '../shared/domain/organization/model.ts'
import type { Json } from '../shared/kernel/hashing.ts'
import type { Id } from '../shared/kernel/ids.ts'
import type { Instant } from '../shared/kernel/instants.ts'
import type { Engine } from '../shared/store/engine.ts'
import type { HostedOrganization, Storage } from './storage/storage.ts'

export interface KnownOrganization {
  id: Id
  name: string
  /** `empty`: there is room, its facts have not come. */
  state: 'empty' | 'open'
  created_by: Id
  quota_bytes: number | null
}

export interface Organizations {
  known(org: Id): Promise<KnownOrganization | null>
  count(): Promise<number>
  make(org: Id, name: string, by: Id, now: Instant): Promise<void>
  opened(org: Id): Promise<void>
  forget(org: Id): Promise<void>
  /** The organization when its facts are here; null when not. */
  hosted(org: Id): Promise<HostedOrganization | null>
  person(hosted: HostedOrganization, user_id: Id, device: string): Promise<Person | null>
  /** Organizations the person is an active member of. */
  of(user_id: Id): Promise<{ id: Id; name: string }[]>
  /** Whether any organization but this one knows the id, as a member of whatever standing. */
  isKnownElsewhere(user_id: Id, but: Id | null): Promise<boolean>
  /** Name and e-mail of a person as an organization has them in its members; null: none does. */
  introduces(user_id: Id): Promise<{ name: string; email: string } | null>
  /** The organization whose waiting invitation opens with this code. */
  byInvitation(code: string, now: Instant): Promise<{ org: Id; hosted: HostedOrganization; member_id: Id } | null>
  /** Writes a security event in the organizations named, in its own time. */
  record(orgs: readonly Id[], who: { user_id: Id; device: string }, action: string, changes: Json): void
  /** Everything that `record` was given is written, or has been reported. */
  recorded(): Promise<void>
}

export function openOrganizations(storage: Storage, report: (error: unknown) => void): Organizations {
  const engine: Engine = storage.accounts
  const writing = new Set<Promise<void>>()
  /** Who is in which organization, until its next commit: asked at each refresh of each device. */
  const members = new Map<Id, { name: string; active: ReadonlySet<string> }>()
  const commits = new Map<Id, number>()
  storage.onChange((org) => {
    commits.set(org, (commits.get(org) ?? 0) + 1)
    members.delete(org)
  })
  async function membersOf(id: Id): Promise<{ name: string; active: ReadonlySet<string> } | null> {
    const known = members.get(id)
    if (known) return known
    const before = commits.get(id)
    const found = await storage.organization(id)
    if (!found) return null
    const rows = await found.readEngine.all("SELECT user_id FROM member WHERE org_id = ? AND status = 'active' AND deleted_at IS NULL", [id])
    const [about] = await found.authority.core.reader().find(organization, {})
    const read = { name: about?.name ?? '', active: new Set(rows.map((row) => String(row['user_id']))) }
    // What was committed while it was read may not be in it.
    if (commits.get(id) === before) members.set(id, read)
    return read
  }
  const list = async (): Promise<Id[]> => (await engine.all("SELECT org_id FROM server_organization WHERE state = 'open' ORDER BY org_id", [])).map((row) => String(row['org_id']) as Id)
  async function known(org: Id): Promise<KnownOrganization | null> {
    const [row] = await engine.all('SELECT org_id, name, state, created_by, quota_bytes FROM server_organization WHERE org_id = ?', [org])
    return row ? {
      id: org, name: String(row['name']), state: row['state'] === 'open' ? 'open' : 'empty', created_by: String(row['created_by']) as Id, quota_bytes: row['quota_bytes'] === null || row['quota_bytes'] === undefined ? null : Number(row['quota_bytes']),
    } : null
  }
  async function hosted(org: Id): Promise<HostedOrganization | null> {
    return (await known(org))?.state === 'open' ? storage.organization(org) : null
  }
  /** One organization that cannot be opened keeps nobody out of the others. */
  async function each<T>(work: (org: Id) => Promise<T | null>): Promise<T[]> {
    const all: T[] = []
    for (const org of await list()) {
      try {
        const value = await work(org)
        if (value !== null) all.push(value)
      } catch (error) {
        report(error)
      }
    }
    return all
  }
  return {
    known,
    hosted,
    count: async () => Number((await engine.all('SELECT COUNT(*) AS n FROM server_organization', []))[0]?.['n'] ?? 0),
    async make(org, name, by, now) {
      await engine.run("INSERT INTO server_organization (org_id, name, state, created_by, created_at) VALUES (?, ?, 'empty', ?, ?) ON CONFLICT (org_id) DO NOTHING", [org, name, by, now])
    },
    async opened(org) {
      await engine.run("UPDATE server_organization SET state = 'open' WHERE org_id = ?", [org])
    },
    async forget(org) {
      await engine.run('DELETE FROM server_organization WHERE org_id = ?', [org])
    },
    person: ({ authority }, user_id, device) => personOf(authority.core.reader(), { user_id, device, scope: null }),
    of: (user_id) =>
      each(async (id) => {
        const read = await membersOf(id)
        return read?.active.has(user_id) ? { id, name: read.name } : null
      }),
    async isKnownElsewhere(user_id, but) {
      // Not from memory, and not for less than all: it guards a door.
      for (const id of await list()) {
        const found = id === but ? null : await storage.organization(id)
        if (found && (await found.readEngine.all('SELECT 1 AS one FROM member WHERE org_id = ? AND user_id = ? LIMIT 1', [id, user_id])).length > 0) return true
      }
      return false
    },
    async introduces(user_id) {
      const found = await each(async (org) => {
        const [one] = (await (await storage.organization(org))?.authority.core.reader().find(member, { user_id, status: 'active' })) ?? []
        return one ? { name: one.name, email: one.email } : null
      })
      return found[0] ?? null
    },
    async byInvitation(code, now) {
      const found = await each(async (org) => {
        const one = await storage.organization(org)
        const [waiting] = one ? await one.authority.core.reader().find(invitation, { code_digest: invitationDigest(code), state: 'pending' }) : []
        return one && waiting && waiting.expires_at > now ? { org, hosted: one, member_id: waiting.member_id } : null
      })
      return found[0] ?? null
    },
    record(orgs, { user_id, device }, action, changes) {
      const work = (async () => {
        for (const org of orgs) {
          try {
            await (await storage.organization(org))?.authority.core.record({ user_id, device, scope: null }, action, changes)
          } catch (error) {
            report(error)
          }
        }
      })()
      writing.add(work)
      void work.then(() => writing.delete(work))
    },
    async recorded() {
      while (writing.size > 0) await Promise.all(writing)
    },
  }
}
