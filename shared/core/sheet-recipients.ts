/** The people of a version: what it changes for each, how far they are, how they are reached, which links they have. */
import type { Reader } from '../domain/operation.ts'
import { member } from '../domain/organization/model.ts'
import { collaborator, consent } from '../domain/people/model.ts'
import { memberNames, said, type Around } from '../domain/runsheets/distribution-handlers.ts'
import { recipientsOfSheet } from '../domain/runsheets/distribution-operations.ts'
import { linksOf, roundOf } from '../domain/runsheets/links.ts'
import { distributionOf } from '../domain/runsheets/recipients.ts'
import { contentOf, seenRevision } from '../domain/runsheets/versions.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type AnyHandler } from './core-handler.ts'

/** Why no mail reaches each. Read without a lens: whether somebody has an address is not which. Who has an account here has an inbox. */
async function reachedBy(all: Reader, ids: readonly Id[]): Promise<(id: Id) => Around['by_hand']> {
  const people = new Map((await all.getMany(collaborator, ids)).map((row) => [row.id, row]))
  const answers = new Map((await all.find(consent, { collaborator_id: ids, purpose: 'email' })).map((row) => [row.collaborator_id, row.answer]))
  const linked = new Set(await all.values(member, 'collaborator_id', { status: 'active', collaborator_id: ids }))
  return (id) => {
    if (linked.has(id)) return null
    if (people.get(id)?.email == null) return 'no_email'
    const given = answers.get(id)
    return given === 'given' ? null : given === 'refused' ? 'refused' : 'not_asked'
  }
}

export const sheetRecipientHandlers: readonly AnyHandler[] = [
  coreHandler(recipientsOfSheet, async (reader, { revision_id }, { all }) => {
    const { row, sight } = await seenRevision(reader, revision_id)
    const sheet = await contentOf(reader, row)
    const self = reader.call.collaborator_id
    const { recipients } = sight.whole || self !== null ? await distributionOf(reader, row, sight.whole ? {} : { only: self ?? undefined }) : { recipients: [] }
    const departments = new Map(sheet.departments.map(({ id, name }) => [id, name]))
    const members = await memberNames(reader)
    const reached = sight.whole ? await reachedBy(all, recipients.map(({ collaborator_id }) => collaborator_id)) : () => null
    const links = await linksOf(reader, row)
    const items = recipients.map((one) => said(one, departments, members, { by_hand: reached(one.collaborator_id), link_round: roundOf(links(one.collaborator_id)) }))
    const mine = items.find((one) => one.collaborator_id === self)
    return {
      items, zone: sheet.zone, date: sheet.date,
      counts: {
        people: items.length, concerned: items.filter((one) => one.concerned).length,
        to_tell: items.filter((one) => one.state === 'to_tell').length, unread: items.filter((one) => one.state !== 'read').length,
      },
      mine: { on_sheet: mine !== undefined && (row.state === 'published' || row.state === 'archived'), read: mine?.state === 'read' },
    }
  }),
]
