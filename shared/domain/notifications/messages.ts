/**
 * What an organization may write itself in a mail, by type and language: subject, title, body, the words on the button. The rest (greeting, deadline, what it is about, link,
 * whom to ask, why one gets it) is always there, as it ships. A text takes variables `{project}`; none of them is a fee or a number of somebody's. Pure.
 */
import type { ErrorDetail } from '../../kernel/result.ts'
import { detail, refuse } from '../errors.ts'
import type { languages } from '../organization/model.ts'
import type { MailType } from './model.ts'

type Language = (typeof languages)[number]

export const messageParts = ['subject', 'title', 'body', 'link_text'] as const
export type MessagePart = (typeof messageParts)[number]
/** `link_text` null: a mail without a link. */
export interface MessageTexts {
  subject: string
  title: string
  body: string
  link_text: string | null
}

/** `what`: the function, or the mission when there is none. `date`: short in a subject, with its weekday elsewhere. */
export const messageVariables = ['person', 'organization', 'project', 'mission', 'role', 'what', 'date', 'place', 'contact', 'deadline'] as const
export type MessageVariable = (typeof messageVariables)[number]

/** Those that wait for an answer: a link, and a deadline. */
export const asksForAnswer = (type: MailType): type is 'assignment_proposed' | 'assignment_updated' | 'reminder' => type === 'assignment_proposed' || type === 'assignment_updated' || type === 'reminder'
export const variablesOf = (type: MailType): readonly MessageVariable[] => messageVariables.filter((name) => name !== 'deadline' || asksForAnswer(type))

const VARIABLE = /\{([^{}]*)\}/g
/** Anything in braces that is no variable of that type, and braces that do not close: each with its field, what is allowed and what was found. */
export function messageProblems(type: MailType, texts: { readonly [K in MessagePart]?: string | null | undefined }): ErrorDetail[] {
  const known: readonly string[] = variablesOf(type)
  return messageParts.flatMap((part) => {
    const text = texts[part] ?? ''
    const unknown = [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))].filter((name) => !known.includes(name))
    const rest = text.replace(VARIABLE, '')
    return [
      ...unknown.map((name) => detail(part, 'unknown_variable', known.map((one) => `{${one}}`).join(' '), `{${name.slice(0, 40)}}`)),
      ...(/[{}]/.test(rest) ? [detail(part, 'brace', '{…}', /[{}]/.exec(rest)?.[0] ?? null)] : []),
    ]
  })
}
export function checkMessage(type: MailType, texts: Parameters<typeof messageProblems>[1]): void {
  const problems = messageProblems(type, texts)
  if (problems.length > 0) throw refuse('message_template.variable', ...problems)
}

/** Fills `{name}`; throws for a name that was not given. What is filled in is not looked through again. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
  const value = values[name]
  if (value === undefined) throw new Error(`a text asks for ${name}`)
  return value
})

const link = { fr: 'Voir et répondre', en: 'See and answer' } as const
const fr: Readonly<Record<MailType, Omit<MessageTexts, 'link_text'>>> = {
  assignment_proposed: { subject: 'Êtes-vous libre ? {what}, {date} ({project})', title: 'Une mission vous est proposée pour le {date}', body: '{organization} vous propose la mission ci-dessous, pour {project}.' },
  assignment_updated: {
    subject: 'Conditions changées : {what}, {date} ({project})', title: 'Les conditions de votre mission ont changé',
    body: 'depuis votre accord, {organization} a changé les conditions de la mission. Votre accord tient tant que vous n’avez pas répondu ; dites si les nouvelles conditions vous vont.',
  },
  assignment_canceled: { subject: 'Mission annulée : {what}, {date} ({project})', title: 'La mission du {date} est annulée', body: '{organization} n’a plus besoin de vous pour la mission ci-dessous. Vous êtes libre pour ces dates.' },
  readiness_requested: {
    subject: 'À confirmer : {what}, {date} ({project})', title: 'Avez-vous tout ce qu’il faut pour le {date} ?',
    body: '{organization} prépare la mission ci-dessous, pour {project}. Répondez à ce message que vous en avez pris connaissance, ou dites ce qui vous manque.',
  },
  contract_ready: { subject: 'Contrat à signer : {what}, {date} ({project})', title: 'Votre contrat est prêt', body: 'votre contrat pour la mission ci-dessous est prêt. {organization} vous dira comment le signer ; demandez-le avant de commencer.' },
  reminder: {
    subject: 'Rappel, réponse attendue : {what}, {date} ({project})', title: 'Votre réponse est attendue',
    body: '{organization} attend votre réponse pour la mission ci-dessous, pour {project}. Sans réponse, la proposition tombe : personne ne répond à votre place.',
  },
}
const en: typeof fr = {
  assignment_proposed: { subject: 'Are you free? {what}, {date} ({project})', title: 'You are offered a mission on {date}', body: '{organization} offers you the mission below, for {project}.' },
  assignment_updated: {
    subject: 'Terms changed: {what}, {date} ({project})', title: 'The terms of your mission have changed',
    body: 'since you accepted, {organization} has changed the terms of the mission. Your yes stands until you answer; say whether the new terms suit you.',
  },
  assignment_canceled: { subject: 'Mission canceled: {what}, {date} ({project})', title: 'The mission of {date} is canceled', body: '{organization} does not need you any more for the mission below. You are free on these dates.' },
  readiness_requested: {
    subject: 'To confirm: {what}, {date} ({project})', title: 'Have you all you need for {date}?',
    body: '{organization} is preparing the mission below, for {project}. Reply to this message that you have read it, or say what you miss.',
  },
  contract_ready: { subject: 'Contract to sign: {what}, {date} ({project})', title: 'Your contract is ready', body: 'your contract for the mission below is ready. {organization} will tell you how to sign it; ask for it before you begin.' },
  reminder: {
    subject: 'Reminder, answer expected: {what}, {date} ({project})', title: 'Your answer is expected',
    body: '{organization} is waiting for your answer for the mission below, for {project}. Without one the offer lapses: nobody answers in your place.',
  },
}
/** As shipped, before any organization writes its own. */
export const shippedMessage = (type: MailType, language: Language): MessageTexts => ({ ...{ fr, en }[language][type], link_text: asksForAnswer(type) ? link[language] : null })

/** An organization's own, where it has written any. */
export function messageTexts(type: MailType, language: Language, own: MessageTexts | undefined): MessageTexts {
  const shipped = shippedMessage(type, language)
  if (!own || messageProblems(type, own).length > 0) return shipped
  return { subject: own.subject, title: own.title, body: own.body, link_text: shipped.link_text === null ? null : (own.link_text ?? shipped.link_text) }
}
