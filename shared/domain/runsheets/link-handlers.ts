/** A version by mail and behind a link: what was told once is told, what was read once is read. */
import type { Id } from '../../kernel/ids.ts'
import { handle, type Handler } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { needPublished } from './distribution-handlers.ts'
import { linksOf, roundOf } from './links.ts'
import * as operations from './link-operations.ts'
import { sheetDelivery } from './model.ts'
import { distributionOf, wasTold } from './recipients.ts'

export const linkHandlers: readonly Handler[] = [
  handle(operations.prepareDelivery, async (tx, { revision_id, collaborator_id, by }) => {
    const row = await needPublished(tx, revision_id)
    const [known] = await tx.find(sheetDelivery, { revision_id, collaborator_id })
    if (!known) {
      const { recipients } = await distributionOf(tx, row, { only: collaborator_id })
      if (recipients.every(({ lines }) => lines === null)) return { ids: [] }
      const round = roundOf((await linksOf(tx, row))(collaborator_id))
      return { ids: [(await tx.insert(sheetDelivery, `delivery:${collaborator_id}`, { project_id: row.project_id, revision_id, collaborator_id, mail_state: by === 'mail' ? 'prepared' : null, ...(round === null ? {} : { round }) })).id] }
    }
    // What was given up, or only linked, goes on its way; what left is not called back.
    if (by === 'mail' && known.mail_state !== 'sent' && known.mail_state !== 'prepared') await tx.update(sheetDelivery, known.id, { mail_state: 'prepared', mail_failure: null })
    return { ids: [known.id] }
  }),
  handle(operations.sheetMailed, async (tx, { id }) => {
    const known = await tx.need(sheetDelivery, id)
    if (known.mail_state !== 'sent') await tx.update(sheetDelivery, id, { mail_state: 'sent', mail_failure: null, ...(wasTold(known) ? {} : { channel: 'email' as const, sent_at: tx.call.now }) })
    return { ids: [id] }
  }),
  handle(operations.sheetMailFailed, async (tx, { id, code }) => {
    const known = await tx.need(sheetDelivery, id)
    if (known.mail_state !== 'sent') await tx.update(sheetDelivery, id, { mail_state: 'failed', mail_failure: code })
    return { ids: [id] }
  }),
  handle(operations.sheetOpenedByLink, async (tx, { id }) => {
    const known = await tx.need(sheetDelivery, id)
    if (known.opened_at === null) await tx.update(sheetDelivery, id, { opened_at: tx.call.now })
    return { ids: [id] }
  }),
  handle(operations.confirmReadByLink, async (tx, { id }) => {
    const known = await tx.need(sheetDelivery, id)
    tx.onBehalfOf(known.collaborator_id)
    if (known.confirmed_at === null) await tx.update(sheetDelivery, id, { confirmed_at: tx.call.now, confirm_source: 'link', ...(known.opened_at === null ? { opened_at: tx.call.now } : {}) })
    return { ids: [id] }
  }),
  handle(operations.revokeSheetLink, async (tx, { revision_id, collaborator_id, round }) => {
    const row = await needPublished(tx, revision_id)
    await tx.need(collaborator, collaborator_id)
    const ids: Id[] = []
    // Links of every version lead to the one that stands: one left open would show it.
    for (const one of (await linksOf(tx, row))(collaborator_id)) {
      if ((one.round ?? 1) <= round) await tx.update(sheetDelivery, one.id, { round: round + 1 })
      ids.push(one.id)
    }
    return { ids }
  }),
]
