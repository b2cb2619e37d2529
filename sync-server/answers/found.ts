/**
 * What a link opens: the acceptance it names, as its page. Drawn from the terms of that asking and from who asks, never through a lens: no fee, no row beside it.
 * A link of a former round, of what was removed, of an organization that is not here opens nothing.
 */
import { acceptance } from '../../shared/domain/engagement/model.ts'
import { openOf } from '../../shared/domain/engagement/asking.ts'
import type { Row } from '../../shared/domain/entity.ts'
import type { Reader } from '../../shared/domain/operation.ts'
import { member, organization } from '../../shared/domain/organization/model.ts'
import { collaborator } from '../../shared/domain/people/model.ts'
import { assignment, project } from '../../shared/domain/planning/model.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { HostedOrganization } from '../storage/storage.ts'
import type { Language } from '../../shared/documents/offer/offer.ts'
import type { AnswerPage, Contact } from './page.ts'
import type { Link } from './token.ts'

/** Pages that say something of somebody. */
export type ShownPage = Exclude<AnswerPage, { state: 'gone' | 'later' }>
export interface Found {
  hosted: HostedOrganization
  acceptance: Row<typeof acceptance>
  assignment: Row<typeof assignment>
  page: ShownPage
}

interface Asked {
  link: Link
  now: Instant
  /** Chosen on the page; null: the person's own. */
  language: Language | null
  /** Of the calendar file, relative to the page. */
  calendar: () => string
}

export const languageOf = (spoken: readonly string[], house: Language): Language => {
  const known = spoken.map((one) => one.trim().slice(0, 2).toLowerCase()).find((one): one is Language => one === 'fr' || one === 'en')
  return known ?? house
}

/** Who answers for the project; null: nobody is named. A telephone is of a person of the directory, who agreed that sheets show it or not: it is not shown here. */
export async function contactOf(reader: Reader, row: Row<typeof project>): Promise<Contact | null> {
  const owner = row.owner_member_id === null ? null : await reader.get(member, row.owner_member_id)
  return owner?.status === 'active' ? { name: owner.name, email: owner.email, phone: null } : null
}

type State = Pick<ShownPage, 'state'>['state']
async function stateOf(reader: Reader, one: Row<typeof acceptance>, row: Row<typeof assignment>, isArchived: boolean, now: Instant): Promise<State> {
  switch (one.state) {
    case 'accepted': return row.state === 'canceled' ? 'canceled' : 'answered'
    case 'refused': return 'answered'
    case 'expired': return 'late'
    case 'withdrawn': return 'withdrawn'
    case 'draft': return isArchived ? 'withdrawn' : 'open'
    case 'pending': {
      if (isArchived) return 'withdrawn'
      // About to be asked on other terms: nobody answers on those that are going.
      if ((await openOf(reader, row.id)).draft) return 'changing'
      return one.deadline_at <= now ? 'late' : 'open'
    }
  }
}

/** Null: nothing that may be shown. */
export async function findAsked(hosted: HostedOrganization, { link, now, language: chosen, calendar }: Asked): Promise<Found | null> {
  const reader = hosted.authority.core.reader()
  const one = await reader.get(acceptance, link.id)
  if (one?.round !== link.round) return null
  const row = await reader.get(assignment, one.assignment_id)
  const work = await reader.get(project, one.project_id)
  const person = await reader.get(collaborator, one.collaborator_id)
  const [house] = await reader.find(organization, {})
  if (!row || !work || !person || !house || house.status === 'closed') return null
  const language = chosen ?? languageOf(person.languages, work.document_language)
  const about = {
    language, other: `?lang=${language === 'fr' ? 'en' : 'fr'}`, organization: house.name, project: one.terms.project, person: person.kind === 'person' ? person.first_name : null,
    contact: await contactOf(reader, work), offer: one.terms,
  }
  const again = row.state === 'accepted' || row.state === 'confirmed'
  const state = await stateOf(reader, one, row, work.status === 'archived', now)
  const found = (page: ShownPage): Found => ({ hosted, acceptance: one, assignment: row, page })
  switch (state) {
    case 'open': return found({ state, now, deadline_at: one.deadline_at, again, problem: null, ...about })
    case 'late': return found({ state, deadline_at: one.deadline_at, again, ...about })
    case 'answered': {
      const accepted = one.state === 'accepted'
      return found({
        state, answer: accepted ? 'accepted' : 'refused', answered_at: one.answered_at ?? one.updated_at, source: one.source ?? 'hand', conditions: one.conditions, words: one.words, accepted: one.accepted, repeated: false,
        calendar: accepted ? calendar() : null, ...about,
      })
    }
    default: return found({ state, ...about })
  }
}
