/** The words of a mail: an organization's own, or those that ship. */
import { mailOf, type Mail, type MailFacts } from '../../shared/documents/mail/mail.ts'
import type { Language } from '../../shared/documents/offer/offer.ts'
import { messageTemplate } from '../../shared/domain/notifications/model.ts'
import { messageTexts } from '../../shared/domain/notifications/messages.ts'
import type { Reader } from '../../shared/domain/operation.ts'

export async function mailIn(reader: Reader, facts: MailFacts, language: Language): Promise<Mail> {
  const [own] = await reader.find(messageTemplate, { type: facts.type, language })
  return mailOf(facts, language, messageTexts(facts.type, language, own))
}
