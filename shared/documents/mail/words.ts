/** What every mail says around an organization's own words, in both languages. `{organization}` is always filled in, the others where they stand. */
import type { Language } from '../offer/offer.ts'

const fr = {
  hello: 'Bonjour {person},', 'hello.nobody': 'Bonjour,', deadline: 'Répondez avant le {deadline}.', 'link.personal': 'Sans compte, depuis un téléphone. Ce lien est personnel : qui l’a peut répondre à votre place.',
  pay: 'La rémunération n’est pas écrite dans ce message : demandez-la à la production.',
  contact: 'Une question ? Répondez à ce message : {name}{email} vous lira.', 'contact.nobody': 'Une question ? Répondez à ce message.',
  why: 'Message envoyé par Callboard pour {organization}, qui a votre adresse et votre accord pour vous écrire. Pour n’en plus recevoir, répondez-le à ce message : on vous joindra autrement.',
  'variable.person': 'vous', 'variable.role': 'votre poste', 'variable.place': 'le lieu de la mission', 'variable.contact': 'la production',
}
export type MailWord = keyof typeof fr

const en: Readonly<Record<MailWord, string>> = {
  hello: 'Hello {person},', 'hello.nobody': 'Hello,', deadline: 'Answer before {deadline}.', 'link.personal': 'Without an account, from a telephone. This link is yours alone: whoever has it can answer in your place.',
  pay: 'Pay is not written in this message: ask production.',
  contact: 'A question? Reply to this message: {name}{email} will read you.', 'contact.nobody': 'A question? Reply to this message.',
  why: 'Sent by Callboard for {organization}, which has your address and your consent to write to you. To get no more of them, say so in a reply: you will be reached in another way.',
  'variable.person': 'you', 'variable.role': 'your role', 'variable.place': 'the place of the mission', 'variable.contact': 'production',
}

export const mailWords: Readonly<Record<Language, Readonly<Record<MailWord, string>>>> = { fr, en }
