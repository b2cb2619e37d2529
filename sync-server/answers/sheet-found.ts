/**
 * What the link of a call sheet opens: the newest version that is out, as the person of its delivery sees it. A link shows nothing once the day
 * is long over, the sheet was withdrawn, or they are on it no more; of an organization that is not here it opens nothing.
 */
import { sheetOfPerson, type PersonalSheet } from '../../shared/core/sheet-documents.ts'
import type { Row } from '../../shared/domain/entity.ts'
import type { Reader } from '../../shared/domain/operation.ts'
import { organization } from '../../shared/domain/organization/model.ts'
import { collaborator } from '../../shared/domain/people/model.ts'
import { project } from '../../shared/domain/planning/model.ts'
import type { RevisionRow } from '../../shared/domain/runsheets/material.ts'
import { revision, runSheet, sheetDelivery } from '../../shared/domain/runsheets/model.ts'
import type { Language } from '../../shared/documents/offer/offer.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { addDays, localDateOf, type Instant } from '../../shared/kernel/instants.ts'
import type { HostedOrganization } from '../storage/storage.ts'
import { contactOf, languageOf } from './found.ts'
import type { SheetPage } from './sheet-page.ts'
import type { Link } from './token.ts'

/** A link opens the sheet for so long after its day. */
export const SHEET_LINK_DAYS = 7

export interface FoundSheet {
  hosted: HostedOrganization
  page: SheetPage
  collaborator_id: Id
  /** The version shown; null: none is. */
  shown: RevisionRow | null
  /** Of the version shown; null: none was made yet. */
  delivery: Row<typeof sheetDelivery> | null
  sheet: PersonalSheet | null
}

interface Asked {
  link: Link
  now: Instant
  language: Language | null
  /** Of the file, relative to the page. */
  file: string
}

/** The version that stands, of the sheet of this one. */
export const currentOf = async (reader: Reader, { sheet_id }: RevisionRow): Promise<RevisionRow | null> => (await reader.find(revision, { sheet_id, state: 'published' }, { limit: 1 }))[0] ?? null

/** Null: nothing that may be shown. */
export async function findSheet(hosted: HostedOrganization, { link, now, language: chosen, file }: Asked): Promise<FoundSheet | null> {
  const reader = hosted.authority.core.reader()
  const given = await reader.get(sheetDelivery, link.id)
  const own = given && (given.round ?? 1) === link.round ? given : null
  const named = own && (await reader.get(revision, own.revision_id))
  const work = named && (await reader.get(project, named.project_id))
  const day = named && (await reader.get(runSheet, named.sheet_id))?.sheet_date
  const person = own && (await reader.get(collaborator, own.collaborator_id))
  const [house] = await reader.find(organization, {})
  if (!own || !named || !work || !day || !person || !house || house.status === 'closed') return null
  const language = chosen ?? languageOf(person.languages, work.document_language)
  const about = {
    language, other: `?lang=${language === 'fr' ? 'en' : 'fr'}`, organization: house.name, project: work.name, person: person.kind === 'person' ? person.first_name : null, contact: await contactOf(reader, work),
  }
  const without = (state: 'over' | 'withdrawn' | 'off'): FoundSheet => ({ hosted, page: { state, ...about }, collaborator_id: person.id, shown: null, delivery: null, sheet: null })
  if (work.status === 'archived' || localDateOf(now, work.zone) > addDays(day, SHEET_LINK_DAYS)) return without('over')
  const shown = await currentOf(reader, named)
  if (!shown) return without('withdrawn')
  const sheet = await sheetOfPerson(reader, shown, person.id)
  if (!sheet) return without('off')
  const delivery = shown.id === named.id ? own : ((await reader.find(sheetDelivery, { revision_id: shown.id, collaborator_id: person.id }))[0] ?? null)
  const at = delivery?.confirmed_at ?? null
  const read = at === null ? null : { at, own: delivery?.confirm_source === 'link' || delivery?.confirm_source === 'app' }
  return { hosted, page: { state: 'sheet', sheet, replaced: shown.id === named.id ? null : named.number, read, changed: false, file, ...about }, collaborator_id: person.id, shown, delivery, sheet }
}
