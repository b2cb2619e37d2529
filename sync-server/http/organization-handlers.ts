/** Bringing an organization to the server, and taking a whole copy of it away: as facts. */
import { detail, refuse, refuseFor } from '../../shared/domain/errors.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { Person } from '../../shared/core/session.ts'
import { linesAnswer } from './answers.ts'
import type { HandlersOf, Server } from './asked.ts'
import { linesOf } from './body.ts'

type Handled = 'orgs.create' | 'orgs.facts_up' | 'orgs.facts_down'

const isOwner = (person: Person | null): boolean => person?.bindings.some(({ role, project_id }) => role === 'org_owner' && project_id === null) ?? false

const OWNER = `SELECT 1 AS one FROM member m JOIN role_binding b ON b.org_id = m.org_id AND b.member_id = m.id AND b.deleted_at IS NULL AND b.role = 'org_owner' AND b.binding_project_id IS NULL
  WHERE m.org_id = ? AND m.user_id = ? AND m.status = 'active' AND m.deleted_at IS NULL LIMIT 1`

export function organizationHandlers(server: Server): HandlersOf<Handled> {
  const { organizations, storage, settings } = server
  const filling = new Set<Id>()
  return {
    async 'orgs.create'({ body, caller, now }) {
      const known = await organizations.known(body.id)
      const { user_id } = caller().holder
      if (known) {
        if (known.state === 'empty' && known.created_by === user_id) return { id: body.id, state: 'empty' }
        throw refuse('sync.not_empty')
      }
      if ((await organizations.count()) >= settings.quota.organizations) throw refuse('storage.quota', detail(null, 'organizations', String(settings.quota.organizations)))
      await storage.createOrganization(body.id)
      await organizations.make(body.id, body.name, user_id, now)
      return { id: body.id, state: 'empty' }
    },
    async 'orgs.facts_up'({ c, caller, param }) {
      const org = param('org')
      const { user_id, device } = caller().holder
      const known = isId(org) ? await organizations.known(org) : null
      if (!isId(org) || !known || known.created_by !== user_id) throw refuseFor('organization', 'not_found')
      if (known.state !== 'empty') throw refuse('sync.not_empty')
      if (filling.has(org)) throw refuse('idempotency.in_progress')
      filling.add(org)
      try {
        const hosted = await storage.createOrganization(org)
        // Before its first row is here: its clock stays the laptop's until that follows.
        await server.timers.joining(org)
        const taken = await hosted.importFacts(linesOf(c.req.raw, settings.quota.bytes ?? Number.MAX_SAFE_INTEGER, settings), async () => {
          const [owner] = await hosted.engine.all(OWNER, [org, user_id])
          if (!owner) throw refuse('auth.forbidden', detail(null, 'owner', 'an owner of the organization'))
        })
        await organizations.opened(org)
        organizations.record([org], { user_id, device }, 'security.server.joined', taken)
        return taken
      } finally {
        filling.delete(org)
      }
    },
    async 'orgs.facts_down'({ c, caller, place }) {
      const { org, hosted, person } = place()
      if (!isOwner(person)) throw refuse('auth.forbidden', detail(null, 'owner', 'an owner of the organization'))
      await hosted.authority.core.record({ user_id: person.user_id, device: caller().holder.device, scope: null }, 'security.organization.copied', {})
      return linesAnswer(c.req.raw, hosted.exportFacts(), new Headers(), (error) => server.log.unexpected(error, { about: 'facts', org }))
    },
  }
}
