/** What the page of an answer says, in both languages. `{name}` is filled in. */
import type { Language } from '../../shared/documents/offer/offer.ts'

const fr = {
  language: 'Français', other: 'English',
  'title.open': 'Votre réponse pour {project}', 'title.accepted': 'Vous avez accepté', 'title.refused': 'Vous avez décliné', 'title.late': 'Le délai pour répondre est passé', 'title.withdrawn': 'Cette demande a été retirée',
  'title.changing': 'Les conditions changent', 'title.canceled': 'Cette mission est annulée pour vous',
  'title.gone': 'Ce lien n’ouvre rien', 'title.later': 'Revenez dans un instant',
  hello: 'Bonjour {person},', 'hello.nobody': 'Bonjour,',
  'open.asks': '{organization} vous propose la mission ci-dessous.', 'open.again': 'les conditions ont changé depuis votre accord. {organization} vous demande de répondre à nouveau ; d’ici là, votre accord tient.',
  deadline: 'Répondez avant le {deadline}', 'deadline.left': '({left}).',
  'offer': 'La mission', answer: 'Votre réponse',
  accept: 'J’accepte', 'accept.conditions': 'J’accepte, à une condition', decline: 'Je décline',
  count: 'Combien viendront ?', 'count.hint': 'De 1 à {quantity}.',
  conditions: 'Votre condition', 'conditions.hint': 'La production la lit avec votre oui. {most} caractères au plus.', 'conditions.send': 'Accepter à cette condition',
  words: 'Un mot pour la production (facultatif)', 'words.hint': '{most} caractères au plus.', 'decline.send': 'Décliner',
  pay: 'La rémunération n’est pas écrite sur cette page : demandez-la à la production.',
  problem: 'Votre réponse n’est pas encore partie', 'problem.answer': 'Choisissez une réponse.', 'problem.conditions': 'Écrivez votre condition, ou acceptez sans condition.',
  'problem.too_long': 'C’est trop long : {most} caractères au plus.', 'problem.count': 'Dites combien viendront : de 1 à {quantity}.',
  'receipt.link': 'Réponse enregistrée le {at}.', 'receipt.app': 'Vous avez répondu dans Callboard le {at}.', 'receipt.hand': 'Réponse notée par la production le {at}.',
  'receipt.yours': 'Rien d’autre à faire. Gardez cette page ou imprimez-la : elle vaut récépissé.', 'receipt.count': 'Viendront : {accepted} sur {quantity}.',
  'receipt.conditions': 'Votre condition', 'receipt.words': 'Votre mot', 'receipt.calendar': 'Ajouter à mon agenda', 'receipt.change': 'Un empêchement, une erreur ? Prévenez la production, sans attendre.',
  'receipt.change_refused': 'Une erreur ? Prévenez la production, sans attendre.',
  'late.until': 'Il fallait répondre avant le {deadline}. Votre réponse ne peut plus être prise ici.', 'late.what': 'Si la mission vous intéresse encore, prévenez la production : elle peut vous la proposer à nouveau.',
  'late.stands': 'Votre premier accord tient toujours ; dites à la production si les nouvelles conditions vous vont.',
  'receipt.repeated': 'Une réponse était déjà enregistrée : ce que vous venez d’envoyer n’y change rien. Pour la changer, prévenez la production.',
  'changing.what': 'La production change les conditions de cette mission. Un autre message vous dira lesquelles, avec un lien pour répondre.', 'changing.again': 'Si rien n’arrive dans l’heure, rouvrez ce lien.',
  'canceled.what': 'Vous aviez accepté ; depuis, la mission a été annulée pour vous.', 'canceled.again': 'Si ce n’est pas ce que vous attendiez, prévenez la production.',
  'withdrawn.what': 'La production ne demande plus de réponse pour cette mission. Vous n’avez rien à faire.', 'withdrawn.again': 'Si un autre message est arrivé depuis, suivez le lien qu’il contient.',
  'gone.what': 'Il est incomplet, ou il n’est plus valable.', 'gone.do': 'Ouvrez le lien entier du dernier message reçu. S’il n’ouvre rien non plus, prévenez la production.',
  'later.what': 'La page ne répond pas pour le moment. Rien n’a été enregistré.', 'later.do': 'Rechargez-la dans une minute. Si votre délai presse, prévenez la production.',
  contact: 'Une question ?', 'contact.nobody': 'Répondez au message que vous avez reçu, ou appelez la production.', 'contact.by': '{name}, pour {organization}',
  personal: 'Ce lien est personnel : qui l’a peut répondre à votre place.',
}
export type PageWord = keyof typeof fr

const en: Readonly<Record<PageWord, string>> = {
  language: 'English', other: 'Français',
  'title.open': 'Your answer for {project}', 'title.accepted': 'You accepted', 'title.refused': 'You declined', 'title.late': 'The time to answer is over', 'title.withdrawn': 'This request was withdrawn',
  'title.changing': 'The terms are changing', 'title.canceled': 'This mission is canceled for you',
  'title.gone': 'This link opens nothing', 'title.later': 'Come back in a moment',
  hello: 'Hello {person},', 'hello.nobody': 'Hello,',
  'open.asks': '{organization} offers you the mission below.', 'open.again': 'the terms have changed since you accepted. {organization} asks you to answer again; until then, your yes stands.',
  deadline: 'Answer before {deadline}', 'deadline.left': '({left}).',
  'offer': 'The mission', answer: 'Your answer',
  accept: 'I accept', 'accept.conditions': 'I accept, on one condition', decline: 'I decline',
  count: 'How many will come?', 'count.hint': 'From 1 to {quantity}.',
  conditions: 'Your condition', 'conditions.hint': 'Production reads it with your yes. At most {most} characters.', 'conditions.send': 'Accept on this condition',
  words: 'A word for production (optional)', 'words.hint': 'At most {most} characters.', 'decline.send': 'Decline',
  pay: 'Pay is not written on this page: ask production.',
  problem: 'Your answer has not been sent yet', 'problem.answer': 'Choose an answer.', 'problem.conditions': 'Write your condition, or accept without one.',
  'problem.too_long': 'This is too long: at most {most} characters.', 'problem.count': 'Say how many will come: from 1 to {quantity}.',
  'receipt.link': 'Answer recorded on {at}.', 'receipt.app': 'You answered in Callboard on {at}.', 'receipt.hand': 'Answer noted by production on {at}.',
  'receipt.yours': 'Nothing else to do. Keep or print this page: it is your receipt.', 'receipt.count': 'Coming: {accepted} of {quantity}.',
  'receipt.conditions': 'Your condition', 'receipt.words': 'Your words', 'receipt.calendar': 'Add to my calendar', 'receipt.change': 'Something came up, or a mistake? Tell production at once.',
  'receipt.change_refused': 'A mistake? Tell production at once.',
  'late.until': 'The answer was due before {deadline}. It cannot be taken here any more.', 'late.what': 'If you still want the mission, tell production: they can offer it again.',
  'late.stands': 'Your first yes still stands; tell production whether the new terms suit you.',
  'receipt.repeated': 'An answer was recorded already: what you have just sent changes nothing. To change it, tell production.',
  'changing.what': 'Production is changing the terms of this mission. Another message will say which, with a link to answer.', 'changing.again': 'If nothing comes within the hour, open this link again.',
  'canceled.what': 'You had accepted; since then the mission was canceled for you.', 'canceled.again': 'If this is not what you expected, tell production.',
  'withdrawn.what': 'Production no longer asks for an answer for this mission. You have nothing to do.', 'withdrawn.again': 'If another message has come since, follow the link in it.',
  'gone.what': 'It is incomplete, or no longer valid.', 'gone.do': 'Open the whole link of the last message you received. If that opens nothing either, tell production.',
  'later.what': 'The page does not answer for now. Nothing was recorded.', 'later.do': 'Load it again in a minute. If your deadline is near, tell production.',
  contact: 'A question?', 'contact.nobody': 'Reply to the message you received, or call production.', 'contact.by': '{name}, for {organization}',
  personal: 'This link is yours alone: whoever has it can answer in your place.',
}

/** French puts a narrow no-break space before `; : ! ?`, written here as an ordinary one. */
const spaced = (text: string): string => text.replace(/ ([;:!?])/g, '\u202f$1')
export const pageWords: Readonly<Record<Language, Readonly<Record<PageWord, string>>>> = {
  fr: Object.fromEntries(Object.entries(fr).map(([key, text]) => [key, spaced(text)])) as Record<PageWord, string>, en,
}

/** Fills `{name}`; throws for a name that was not given. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`a text asks for ${name}`)
    return value
  })
}
