/** What the page of a call sheet says beside the sheet itself, in both languages. `{name}` is filled in. French spaces before `; : ! ?` are put in. */
import type { Language } from '../../shared/documents/offer/offer.ts'

const fr = {
  title: 'Feuille de service du {day}', version: 'Version {version}, publiée le {at}.', hello: 'Bonjour {person},', 'hello.nobody': 'Bonjour,',
  'said.first': 'voici votre feuille de service.', newer: 'La version {link} de votre message a été remplacée : voici la version {version}.',
  yours: 'Votre journée', call: 'Convocation', until: 'Fin', 'section.times': 'Horaires clés', alerts: 'À savoir', everyone: 'tous', meal: 'Repas', channel: 'Canal', remarks: 'Remarques',
  file: 'Télécharger la feuille (PDF)', 'read.ask': 'Avez-vous lu cette version ?', 'read.button': 'J’ai lu et pris connaissance', 'read.done': 'Vous avez dit avoir lu cette version le {at}.',
  'read.noted': 'La production a noté le {at} que vous l’avez lue.', 'read.changed': 'Une autre version est sortie entre-temps : lisez celle-ci, puis confirmez-la.',
  'title.over': 'Cette journée est passée', 'over.what': 'La feuille n’est plus montrée ici. Si vous en avez encore besoin, demandez-la à la production.',
  'title.withdrawn': 'Cette feuille a été retirée', 'withdrawn.what': 'Elle n’est plus valable, et aucune autre ne la remplace pour le moment. Avant de vous déplacer, demandez à la production.',
  'title.off': 'Vous n’êtes plus sur cette feuille', 'off.what': 'Une nouvelle version est sortie, où vous n’avez plus de ligne. Avant de vous déplacer, demandez à la production.',
  personal: 'Ce lien est personnel : qui l’a peut lire cette feuille, et dire à votre place que vous l’avez lue.',
}
export type SheetPageWord = keyof typeof fr
const en: Readonly<Record<SheetPageWord, string>> = {
  title: 'Call sheet for {day}', version: 'Version {version}, published on {at}.', hello: 'Hello {person},', 'hello.nobody': 'Hello,',
  'said.first': 'here is your call sheet.', newer: 'Version {link} of your message was replaced: this is version {version}.',
  yours: 'Your day', call: 'Call', until: 'End', 'section.times': 'Key times', alerts: 'To know', everyone: 'everyone', meal: 'Meal', channel: 'Channel', remarks: 'Remarks',
  file: 'Download the sheet (PDF)', 'read.ask': 'Have you read this version?', 'read.button': 'I have read and noted it', 'read.done': 'You said on {at} that you read this version.',
  'read.noted': 'Production noted on {at} that you read it.', 'read.changed': 'Another version came out meanwhile: read this one, then confirm it.',
  'title.over': 'This day is over', 'over.what': 'The sheet is not shown here any more. If you still need it, ask production.',
  'title.withdrawn': 'This sheet was withdrawn', 'withdrawn.what': 'It is no longer valid, and no other replaces it for now. Before you set out, ask production.',
  'title.off': 'You are no longer on this sheet', 'off.what': 'A new version came out in which you have no line any more. Before you set out, ask production.',
  personal: 'This link is yours alone: whoever has it can read this sheet, and say in your place that you read it.',
}

const spaced = (text: string): string => text.replace(/ ([;:!?])/g, '\u202f$1')
export const sheetPageWords: Readonly<Record<Language, Readonly<Record<SheetPageWord, string>>>> = {
  fr: Object.fromEntries(Object.entries(fr).map(([key, text]) => [key, spaced(text)])) as Record<SheetPageWord, string>, en,
}
