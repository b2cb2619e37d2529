/** What mails say, in both languages. `{organization}` and `{project}` are always filled in, the others where they stand. */
import type { Language } from '../../shared/documents/offer/offer.ts'

const fr = {
  hello: 'Bonjour {person},', 'hello.nobody': 'Bonjour,',
  'assignment_proposed.subject': 'Êtes-vous libre ? {what}, {date} ({project})', 'assignment_proposed.title': 'Une mission vous est proposée pour le {date}',
  'assignment_proposed.said': '{organization} vous propose la mission ci-dessous, pour {project}.',
  'assignment_updated.subject': 'Conditions changées : {what}, {date} ({project})', 'assignment_updated.title': 'Les conditions de votre mission ont changé',
  'assignment_updated.said': 'depuis votre accord, {organization} a changé les conditions de la mission. Votre accord tient tant que vous n’avez pas répondu ; dites si les nouvelles conditions vous vont.',
  'assignment_canceled.subject': 'Mission annulée : {what}, {date} ({project})', 'assignment_canceled.title': 'La mission du {date} est annulée',
  'assignment_canceled.said': '{organization} n’a plus besoin de vous pour la mission ci-dessous. Vous êtes libre pour ces dates.',
  'reminder.subject': 'Rappel, réponse attendue : {what}, {date} ({project})', 'reminder.title': 'Votre réponse est attendue',
  'reminder.said': '{organization} attend votre réponse pour la mission ci-dessous, pour {project}. Sans réponse, la proposition tombe : personne ne répond à votre place.',
  deadline: 'Répondez avant le {deadline}.', link: 'Voir et répondre', 'link.personal': 'Sans compte, depuis un téléphone. Ce lien est personnel : qui l’a peut répondre à votre place.',
  pay: 'La rémunération n’est pas écrite dans ce message : demandez-la à la production.',
  contact: 'Une question ? Répondez à ce message : {name}{email} vous lira.', 'contact.nobody': 'Une question ? Répondez à ce message.',
  why: 'Message envoyé par Callboard pour {organization}, qui a votre adresse et votre accord pour vous écrire. Pour n’en plus recevoir, répondez-le à ce message : on vous joindra autrement.',
}
export type MailWord = keyof typeof fr

const en: Readonly<Record<MailWord, string>> = {
  hello: 'Hello {person},', 'hello.nobody': 'Hello,',
  'assignment_proposed.subject': 'Are you free? {what}, {date} ({project})', 'assignment_proposed.title': 'You are offered a mission on {date}',
  'assignment_proposed.said': '{organization} offers you the mission below, for {project}.',
  'assignment_updated.subject': 'Terms changed: {what}, {date} ({project})', 'assignment_updated.title': 'The terms of your mission have changed',
  'assignment_updated.said': 'since you accepted, {organization} has changed the terms of the mission. Your yes stands until you answer; say whether the new terms suit you.',
  'assignment_canceled.subject': 'Mission canceled: {what}, {date} ({project})', 'assignment_canceled.title': 'The mission of {date} is canceled',
  'assignment_canceled.said': '{organization} does not need you any more for the mission below. You are free on these dates.',
  'reminder.subject': 'Reminder, answer expected: {what}, {date} ({project})', 'reminder.title': 'Your answer is expected',
  'reminder.said': '{organization} is waiting for your answer for the mission below, for {project}. Without one the offer lapses: nobody answers in your place.',
  deadline: 'Answer before {deadline}.', link: 'See and answer', 'link.personal': 'Without an account, from a telephone. This link is yours alone: whoever has it can answer in your place.',
  pay: 'Pay is not written in this message: ask production.',
  contact: 'A question? Reply to this message: {name}{email} will read you.', 'contact.nobody': 'A question? Reply to this message.',
  why: 'Sent by Callboard for {organization}, which has your address and your consent to write to you. To get no more of them, say so in a reply: you will be reached in another way.',
}

const spaced = (text: string): string => text.replace(/ ([;:!?])/g, '\u202f$1')
export const words: Readonly<Record<Language, Readonly<Record<MailWord, string>>>> = {
  fr: Object.fromEntries(Object.entries(fr).map(([key, text]) => [key, spaced(text)])) as Record<MailWord, string>, en,
}
