/**
 * A link that somebody gives out by hand (in a message of their telephone): made here alone, because only the server has what proves it. Asked by who may ask the
 * person, or give the sheet; each time is in the organization's log before the link leaves. What is not here, and what one may not see, are answered alike.
 */
import { IdTaken } from '../../shared/core/acting.ts'
import { acceptance } from '../../shared/domain/engagement/model.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { Permission } from '../../shared/domain/permissions.ts'
import { project } from '../../shared/domain/planning/model.ts'
import { revision, runSheet } from '../../shared/domain/runsheets/model.ts'
import { linksOf } from '../../shared/domain/runsheets/links.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { addDays, localDateOf, type Instant } from '../../shared/kernel/instants.ts'
import type { Asked, HandlersOf, Place, Server } from '../http/asked.ts'
import { SHEET_LINK_DAYS } from './sheet-found.ts'
import { makeToken } from './token.ts'

const notThere = (field: string) => refuse('link.not_there', detail(field, 'not_found'))

export function givingHandlers(server: Server): HandlersOf<'links.give'> {
  const { secret, organizations, timers } = server

  /** Forbidden to who sees the project; to anybody else it is not here. A refusal is audited, as any of the core is. */
  function mustHold({ org, person }: Place, { caller }: Asked<unknown>, permission: Permission, project_id: Id, field: string): void {
    if (person.may(permission, project_id)) return
    organizations.record([org], caller().holder, 'security.permission.denied', { operation: 'links.give', permission })
    throw person.may('project:read', project_id) ? refuse('auth.forbidden', detail(null, 'permission', permission)) : notThere(field)
  }
  /** Nothing leaves while a restored server waits for its devices, nor where the organization is not, or not any more, this server's. */
  async function mustBeOpen({ org, hosted }: Place): Promise<void> {
    if ((await timers.standing(org)) !== 'on' || (await hosted.authority.head()).mode !== 'open') throw refuse('server.stopping')
  }
  async function audited({ hosted }: Place, { caller }: Asked<unknown>, about: Record<string, string>): Promise<void> {
    const { user_id, device } = caller().holder
    await hosted.authority.core.record({ user_id, device, scope: null }, 'security.link.copied', about)
  }

  async function ofQuestion(asked: Asked<unknown>, id: Id): Promise<{ url: string; until: Instant | null }> {
    const place = asked.place()
    const reader = place.hosted.authority.core.reader()
    const one = await reader.get(acceptance, id)
    const work = one && (await reader.get(project, one.project_id))
    if (!one || !work) throw notThere('acceptance_id')
    mustHold(place, asked, 'assignment:plan', work.id, 'acceptance_id')
    if ((one.state !== 'draft' && one.state !== 'pending') || one.deadline_at <= asked.now || work.status === 'archived') throw refuse('link.closed', detail('acceptance_id', 'state', 'draft or pending, before its deadline', one.state))
    await mustBeOpen(place)
    await audited(place, asked, { acceptance: id })
    return { url: `${server.url()}/a/${makeToken(secret, { org: place.org, id, purpose: 'answer', round: one.round })}`, until: one.deadline_at }
  }

  async function ofSheet(asked: Asked<unknown>, revision_id: Id, collaborator_id: Id): Promise<{ url: string; until: Instant | null }> {
    const place = asked.place()
    const { core } = place.hosted.authority
    const reader = core.reader()
    const version = await reader.get(revision, revision_id)
    const work = version && (await reader.get(project, version.project_id))
    const sheet = version && (await reader.get(runSheet, version.sheet_id))
    if (!version || !work || !sheet) throw notThere('revision_id')
    mustHold(place, asked, 'sheet:draft', work.id, 'revision_id')
    if (version.state !== 'published' || work.status === 'archived' || localDateOf(asked.now, work.zone) > addDays(sheet.sheet_date, SHEET_LINK_DAYS)) throw refuse('link.closed', detail('revision_id', 'state', 'published, its day not long over', version.state))
    await mustBeOpen(place)
    const made = await core.act('sheet.prepare_delivery', { revision_id, collaborator_id, by: 'link' }, { id: deriveId(place.org, `link:${Buffer.from(server.random(16)).toString('hex')}`) }).catch((error: unknown) => {
      if (error instanceof IdTaken) throw refuse('server.unexpected')
      throw error
    })
    if ('error' in made) throw /^(?:storage|server)\./.test(made.error.code) ? refuse('server.stopping') : notThere('collaborator_id')
    const own = (await linksOf(reader, version))(collaborator_id).find((row) => row.revision_id === revision_id)
    if (!own) throw notThere('collaborator_id')
    await audited(place, asked, { delivery: own.id })
    return { url: `${server.url()}/s/${makeToken(secret, { org: place.org, id: own.id, purpose: 'sheet', round: own.round ?? 1 })}`, until: null }
  }

  return {
    'links.give': (asked) => (asked.body.kind === 'answer' ? ofQuestion(asked, asked.body.acceptance_id) : ofSheet(asked, asked.body.revision_id, asked.body.collaborator_id)),
  }
}
