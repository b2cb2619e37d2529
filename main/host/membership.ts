/** Who of this computer's users belongs to which of its organizations, also when an organization's own file cannot be asked. */
import { member, organization, roleBinding } from '../../shared/domain/organization/model.ts'
import { mayGrant, type Permission } from '../../shared/domain/permissions.ts'
import { personOf, type Person, type Session } from '../../shared/core/session.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { AppFile, KnownOrganization } from './app-file.ts'
import type { Journal } from './journal.ts'
import type { OpenOrganizations } from './open-organizations.ts'
import type { Turns } from './turns.ts'

const keeperRoles: ReadonlySet<string> = new Set(['org_owner', 'org_admin'])
/** Entities whose change makes what app.sqlite knows of an organization out of date. */
const telling: ReadonlySet<string> = new Set(['member', 'role_binding', 'organization'])

export interface Membership {
  /** Asked of the organization itself; of the last known members while its file cannot be used. */
  belongs(user: Id, known: KnownOrganization): Promise<boolean>
  /** Organizations of this computer that the user is a member of. */
  of(user: Id): Promise<KnownOrganization[]>
  /** Whether the session holds the permission anywhere in the organization (in one of its projects is enough). */
  holds(session: Session, org: Id, permission: Permission): Promise<boolean>
  /** The session's person in an organization that is ready; null when not a member. */
  person(session: Session, org: Id): Promise<Person | null>
  /** Whether one lets people into every organization here that the other belongs to, one at least, and could give all that the other holds. */
  mayVouchFor(user: Id, other: Id): Promise<boolean>
  /** Writes down name, members and keepers (owners and administrators) of an organization as they are now. */
  remember(org: Id): Promise<void>
  /** The same in its own time, when what was touched asks for it; a failure is in the journal. */
  note(org: Id, touched: readonly string[]): void
}

export function openMembership({ app, organizations, turns, journal }: { app: AppFile; organizations: OpenOrganizations; turns: Turns; journal: Journal }): Membership {
  const remember = (org: Id): Promise<void> =>
    turns.take(`members ${org}`, () =>
      organizations.hold(org, async ({ core }) => {
        const reader = core.reader()
        const [about] = await reader.find(organization, {})
        if (!about) return
        const active = await reader.find(member, { status: 'active' })
        const keeping = new Set((await reader.find(roleBinding, { binding_project_id: null })).filter(({ role }) => keeperRoles.has(role)).map(({ member_id }) => member_id))
        await app.rememberOrganization({
          id: org, name: about.name, members: active.map(({ user_id }) => user_id), keepers: active.filter(({ id }) => keeping.has(id)).map(({ user_id }) => user_id), demo: about.demo,
        })
      }))
  const belongs = async (user: Id, known: KnownOrganization): Promise<boolean> => {
    const listed = known.members.includes(user) || known.keepers.includes(user)
    if (organizations.stateOf(known.id, user) !== 'ready') return listed
    return organizations.hold(known.id, async ({ core, replica }) => {
      if ((await personOf(core.reader(), { user_id: user, device: '', scope: null })) !== null) return true
      // A view that is being filled says nothing yet.
      return listed && replica !== undefined && (await replica.state()).cursor_seq === 0
    }, { user })
  }
  const of = async (user: Id): Promise<KnownOrganization[]> => {
    const found: KnownOrganization[] = []
    for (const known of await app.organizations()) if (await belongs(user, known)) found.push(known)
    return found
  }
  const person: Membership['person'] = (session, org) => organizations.hold(org, ({ core }) => personOf(core.reader(), session), { user: session.user_id })
  const whole = (user_id: Id): Session => ({ user_id, device: '', scope: null })
  return {
    belongs,
    remember,
    of,
    person,
    async mayVouchFor(user, other) {
      const shared = await of(other)
      for (const { id } of shared) {
        if (organizations.stateOf(id, user) !== 'ready' || organizations.stateOf(id, other) !== 'ready') return false
        const [mine, theirs] = [await person(whole(user), id), await person(whole(other), id)]
        if (!mine?.may('org:members', null) || !theirs?.bindings.every((binding) => mayGrant(mine.bindings, binding, mine.policy))) return false
      }
      return shared.length > 0
    },
    holds: (session, org, permission) =>
      person(session, org).then((found) => {
        const holding = found?.holding(permission)
        return holding !== undefined && (holding.everywhere || holding.projects.size > 0)
      }),
    note(org, touched) {
      if (!touched.some((entity) => telling.has(entity))) return
      remember(org).catch((error: unknown) => journal.write('warn', 'members.unwritten', { org, why: error instanceof Error ? error.message : String(error) }))
    },
  }
}
