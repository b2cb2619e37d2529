/** Telling people of a version, and that they read it. What was told once is told: of two tellings the first counts, on whichever device. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Changes } from '../entity.ts'
import { handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { member } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import * as operations from './distribution-operations.ts'
import type { SheetRecipient } from './distribution-operations.ts'
import type { RevisionRow } from './material.ts'
import { revision, sheetDelivery } from './model.ts'
import { distributionOf, firstCall, wasTold, type DeliveryRow, type Recipient } from './recipients.ts'
import { seenRevision } from './versions.ts'

/** Only what went out is told: a draft is nobody's to read. */
export async function needPublished(tx: Transaction, revision_id: Id): Promise<RevisionRow> {
  const row = await tx.need(revision, revision_id)
  if (row.state !== 'published' && row.state !== 'archived') throw refuseFor('revision', 'transition_rejected', detail('revision_id', 'unpublished', 'published', row.state))
  return row
}

/** The people named who are on the version, or were on one they know; somebody who is nobody here is refused. */
async function onVersion(tx: Transaction, row: RevisionRow, ids: readonly Id[]): Promise<Id[]> {
  const on = new Set((await distributionOf(tx, row)).recipients.map(({ collaborator_id }) => collaborator_id))
  const named: Id[] = []
  for (const id of new Set(ids)) {
    if (on.has(id)) named.push(id)
    else await tx.need(collaborator, id)
  }
  return named
}

/** Writes on the delivery of this version to this person, made when there is none; `unless`: it says so already. */
async function note(tx: Transaction, row: RevisionRow, person: Id, unless: (known: DeliveryRow) => boolean, values: Changes<typeof sheetDelivery>): Promise<Id> {
  const [known] = await tx.find(sheetDelivery, { revision_id: row.id, collaborator_id: person })
  if (!known) return (await tx.insert(sheetDelivery, `delivery:${person}`, { project_id: row.project_id, revision_id: row.id, collaborator_id: person, ...values })).id
  if (!unless(known)) await tx.update(sheetDelivery, known.id, values)
  return known.id
}

const wasConfirmed = (row: DeliveryRow): boolean => row.confirmed_at !== null

const departmentOf = (recipient: Recipient, names: ReadonlyMap<string, string>): string | null => names.get(recipient.lines?.[0]?.department_id ?? '') ?? null

/** What the list says of one person beside what the version does: how they are reached, which links they have. */
export type Around = Pick<SheetRecipient, 'by_hand' | 'link_round'>

export function said(recipient: Recipient, departments: ReadonlyMap<string, string>, members: ReadonlyMap<string, string>, around: Around): SheetRecipient {
  const { collaborator_id, name, lines, state, concerned, known, changes, delivered, delivery, mail } = recipient
  const by = (user: string | null | undefined): string | null => (user == null ? null : (members.get(user) ?? null))
  return {
    collaborator_id, name, state, concerned, known, changes, delivered, gone: lines === null, call_at: firstCall(lines), department: departmentOf(recipient, departments),
    crew_role: lines === null ? null : [...new Set(lines.map((line) => line.crew_role))].filter((role) => role !== '').join(', '), assignment_ids: (lines ?? []).map(({ id }) => id),
    channel: delivery?.channel ?? null, sent_at: delivery?.sent_at ?? null, sent_by_name: by(delivery?.sent_by), opened_at: delivery?.opened_at ?? null,
    confirmed_at: delivery?.confirmed_at ?? null, confirmed_by_name: by(delivery?.confirmed_by), confirm_source: delivery?.confirm_source ?? null,
    mail_state: mail?.mail_state ?? null, mail_failure: mail?.mail_failure ?? null, ...around,
  }
}

export const memberNames = async (reader: Reader): Promise<ReadonlyMap<string, string>> => new Map((await reader.find(member, {})).map((one): [string, string] => [one.user_id ?? '', one.name]))

export const distributionHandlers: readonly Handler[] = [
  handle(operations.tellSheet, async (tx, { revision_id, collaborator_ids, channel }) => {
    const row = await needPublished(tx, revision_id)
    const ids: Id[] = []
    for (const person of await onVersion(tx, row, collaborator_ids)) ids.push(await note(tx, row, person, wasTold, { channel, sent_at: tx.call.now, sent_by: tx.call.actor }))
    return { ids }
  }),
  handle(operations.confirmRead, async (tx, { revision_id }) => {
    await seenRevision(tx, revision_id, true)
    const row = await needPublished(tx, revision_id)
    const self = tx.call.collaborator_id
    const [mine] = self === null ? [] : (await distributionOf(tx, row, { only: self })).recipients
    if (!mine) throw refuse('sheet.not_on_it', detail('revision_id', 'not_on_it', null, revision_id))
    const values = { confirmed_at: tx.call.now, confirmed_by: tx.call.actor, confirm_source: 'app' } as const
    return { ids: [await note(tx, row, mine.collaborator_id, wasConfirmed, values)] }
  }),
  handle(operations.confirmReadFor, async (tx, { revision_id, collaborator_ids, source }) => {
    const row = await needPublished(tx, revision_id)
    const named = await onVersion(tx, row, collaborator_ids)
    const [only] = named
    if (only !== undefined && named.length === 1) tx.onBehalfOf(only)
    const ids: Id[] = []
    for (const person of named) ids.push(await note(tx, row, person, wasConfirmed, { confirmed_at: tx.call.now, confirmed_by: tx.call.actor, confirm_source: source }))
    return { ids }
  }),
]

