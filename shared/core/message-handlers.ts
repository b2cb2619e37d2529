/** Own words of mails: kept, taken away, listed beside those that ship, and shown as the mail that they make. */
import { inventedFacts, mailOf } from '../documents/mail/mail.ts'
import { mailTypes, messageTemplate } from '../domain/notifications/model.ts'
import { detail, refuseFor } from '../domain/errors.ts'
import { checkMessage, messageParts, messageTexts, shippedMessage, variablesOf } from '../domain/notifications/messages.ts'
import * as operations from '../domain/notifications/message-operations.ts'
import { answer, handle, type Handler, type Reader } from '../domain/operation.ts'
import { languages, organization } from '../domain/organization/model.ts'

async function listed(reader: Reader) {
  const own = await reader.find(messageTemplate, {})
  return {
    items: mailTypes.flatMap((type) => languages.map((language) => {
      const row = own.find((one) => one.type === type && one.language === language)
      return {
        type, language, id: row?.id ?? null, version: row?.version ?? null, updated_at: row?.updated_at ?? null,
        texts: messageTexts(type, language, row), shipped: shippedMessage(type, language), variables: [...variablesOf(type)],
      }
    })),
  }
}

export const messageHandlers: readonly Handler[] = [
  handle(operations.createMessage, async (tx, input) => {
    checkMessage(input.type, { ...input, link_text: input.link_text ?? null })
    const row = await tx.insert(messageTemplate, 'message', input)
    return { id: row.id, version: row.version }
  }),
  handle(operations.updateMessage, async (tx, { id, version, changes }) => {
    const row = await tx.need(messageTemplate, id)
    await tx.checkVersion(messageTemplate, row, version, Object.keys(changes))
    checkMessage(row.type, { ...row, ...changes })
    const after = await tx.update(messageTemplate, id, changes)
    return { id, version: after.version }
  }),
  handle(operations.resetMessage, async (tx, { id, version }) => {
    const [row] = await tx.find(messageTemplate, { id }, { removed: true })
    if (!row) throw refuseFor('message_template', 'not_found', detail('id', 'not_found', null, id))
    // Taken away twice is taken away.
    if (row.deleted_at !== null) return { id, version: row.version }
    await tx.checkVersion(messageTemplate, row, version, messageParts)
    await tx.remove(messageTemplate, id)
    return { id, version: row.version + 1 }
  }),
  answer(operations.listMessages, (reader) => listed(reader)),
  answer(operations.previewMessage, async (reader, { type, language, subject, title, body, link_text }) => {
    const texts = { subject, title, body, link_text: link_text ?? null }
    checkMessage(type, texts)
    const [own] = await reader.find(organization, {})
    return mailOf(inventedFacts(type, language, reader.call.now, own?.name ?? ''), language, messageTexts(type, language, texts))
  }),
]
