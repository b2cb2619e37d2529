/** What a notification says, in its reader's language: a subject and one sentence or two. Names are those its reader may see; a figure never is a fee. */
import type { Instant } from '../../kernel/instants.ts'
import { toLocal } from '../../kernel/instants.ts'
import { longDay, NNBSP } from '../runsheets/formats.ts'
import type { NotificationType } from './model.ts'

type Language = 'fr' | 'en'

/** Of what it is about; null: gone, or not for this reader to see. */
export interface Names {
  person: string | null
  mission: string | null
  project: string | null
  start_at: Instant | null
  zone: string | null
}
export interface Saying {
  subject: string
  body: string
}
type Figures = Readonly<Record<string, unknown>>

interface Known {
  person: string
  work: string
  project: string
  /** `, samedi 24 octobre`, or nothing. */
  when: string
  figures: Figures
}

const nobody = { fr: 'Quelqu’un', en: 'Somebody' } as const
const unnamed = { fr: 'une mission', en: 'a mission' } as const
const somewhere = { fr: 'Un projet', en: 'A project' } as const

const number = (figures: Figures, name: string): number => Number(figures[name] ?? 0)
const many = (count: number, one: string, more: string): string => `${count}\u00a0${count > 1 ? more : one}`

const answers = {
  fr: { accepted: 'a dit oui', refused: 'a dit non', expired: 'n’a pas répondu à temps', withdrawn: 'se retire' },
  en: { accepted: 'said yes', refused: 'said no', expired: 'did not answer in time', withdrawn: 'takes back their yes' },
} as const
const reasons = {
  fr: { withdrawn_by_production: 'La production a retiré sa demande.', expired: 'Le délai de réponse est passé.', replaced: 'Quelqu’un d’autre prend le poste.', budget_removed: 'Le poste n’est plus au budget.' },
  en: { withdrawn_by_production: 'Production took its question back.', expired: 'The time to answer is over.', replaced: 'Somebody else takes the post.', budget_removed: 'The post is no longer in the budget.' },
} as const
const missing = {
  fr: { acceptance_missing: 'une réponse', contract_expected: 'un contrat', document_missing: 'un document' },
  en: { acceptance_missing: 'an answer', contract_expected: 'a contract', document_missing: 'a document' },
} as const
/** The words for a code; a code that is newer than this program says nothing rather than itself. */
const say = (words: Readonly<Record<string, string>>, code: unknown): string => words[String(code)] ?? ''
const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')

const french: Readonly<Record<NotificationType, (known: Known) => Saying>> = {
  assignment_proposed: ({ work, project, when }) => ({ subject: `Êtes-vous disponible${NNBSP}? ${work}${when}`, body: `${project}. On attend votre réponse.` }),
  assignment_updated: ({ work, project, when, figures }) => (figures['change'] === 'confirmed'
    ? { subject: `Confirmé\u00a0: ${work}${when}`, body: `${project}. Votre engagement est confirmé.` }
    : { subject: `Changement\u00a0: ${work}${when}`, body: `${project}. Les conditions ont changé\u00a0: on attend de nouveau votre réponse.` }),
  assignment_canceled: ({ work, project, when, figures }) => ({ subject: `Annulé\u00a0: ${work}${when}`, body: sentences(`${project}.`, say(reasons.fr, figures['reason'])) }),
  assignment_answered: ({ person, work, project, when, figures }) => ({ subject: `${person} ${say(answers.fr, figures['answer'])}\u00a0: ${work}${when}`, body: sentences(`${project}.`, figures['conditions'] === true ? 'Avec des conditions à lire.' : '') }),
  answer_late: ({ person, work, project, when }) => ({ subject: `Réponse arrivée trop tard\u00a0: ${person}, ${work}${when}`, body: `${project}. La réponse n’a pas pu être appliquée. Vous pouvez proposer de nouveau.` }),
  sheet_published: ({ work, project, when }) => ({ subject: `Feuille de service\u00a0: ${work}${when}`, body: `${project}. Elle est à lire.` }),
  sheet_revised: ({ work, project, when, figures }) => ({ subject: `Feuille de service modifiée\u00a0: ${work}${when}`, body: `${project}. Version\u00a0${number(figures, 'number')}, à lire.` }),
  plan_published: ({ project, figures }) => ({ subject: `Planning publié\u00a0: ${project}`, body: `${many(number(figures, 'changes'), 'changement', 'changements')} pour vous.` }),
  readiness_requested: ({ work, project, when }) => ({ subject: `Êtes-vous prêt(e)${NNBSP}? ${work}${when}`, body: `${project}. Dites que vous en avez pris connaissance.` }),
  contract_expected: ({ person, work, project, when }) => ({ subject: `Contrat à faire\u00a0: ${person}, ${work}${when}`, body: `${project}. Engagé depuis deux jours, sans contrat.` }),
  contract_ready: ({ work, project, when }) => ({ subject: `Contrat à signer\u00a0: ${work}${when}`, body: `${project}. Il est prêt et vous attend.` }),
  reminder: ({ person, work, project, when, figures }) => (figures['own'] === true
    ? { subject: `Rappel\u00a0: votre réponse pour ${work}${when}`, body: `${project}. On attend toujours votre réponse.` }
    : { subject: `Rappel\u00a0: il manque ${say(missing.fr, figures['kind'])} de ${person}`, body: `${work}${when}, ${project}.` }),
  escalation: ({ person, work, project, when, figures }) => ({ subject: `Rappel sans réponse\u00a0: il manque toujours ${say(missing.fr, figures['kind'])} de ${person}`, body: sentences(`${work}${when}, ${project}.`, 'La production a déjà été prévenue.') }),
}

const english: Readonly<Record<NotificationType, (known: Known) => Saying>> = {
  assignment_proposed: ({ work, project, when }) => ({ subject: `Are you free? ${work}${when}`, body: `${project}. Your answer is awaited.` }),
  assignment_updated: ({ work, project, when, figures }) => (figures['change'] === 'confirmed'
    ? { subject: `Confirmed: ${work}${when}`, body: `${project}. Your engagement is confirmed.` }
    : { subject: `Changed: ${work}${when}`, body: `${project}. The terms have changed: your answer is awaited again.` }),
  assignment_canceled: ({ work, project, when, figures }) => ({ subject: `Canceled: ${work}${when}`, body: sentences(`${project}.`, say(reasons.en, figures['reason'])) }),
  assignment_answered: ({ person, work, project, when, figures }) => ({ subject: `${person} ${say(answers.en, figures['answer'])}: ${work}${when}`, body: sentences(`${project}.`, figures['conditions'] === true ? 'With conditions to read.' : '') }),
  answer_late: ({ person, work, project, when }) => ({ subject: `Answer came too late: ${person}, ${work}${when}`, body: `${project}. The answer could not be applied. You may propose again.` }),
  sheet_published: ({ work, project, when }) => ({ subject: `Call sheet: ${work}${when}`, body: `${project}. It is there to read.` }),
  sheet_revised: ({ work, project, when, figures }) => ({ subject: `Call sheet changed: ${work}${when}`, body: `${project}. Version ${number(figures, 'number')}, to read.` }),
  plan_published: ({ project, figures }) => ({ subject: `Plan published: ${project}`, body: `${many(number(figures, 'changes'), 'change', 'changes')} for you.` }),
  readiness_requested: ({ work, project, when }) => ({ subject: `Are you ready? ${work}${when}`, body: `${project}. Say that you have read it.` }),
  contract_expected: ({ person, work, project, when }) => ({ subject: `Contract to make: ${person}, ${work}${when}`, body: `${project}. Engaged for two days, without a contract.` }),
  contract_ready: ({ work, project, when }) => ({ subject: `Contract to sign: ${work}${when}`, body: `${project}. It is ready and waits for you.` }),
  reminder: ({ person, work, project, when, figures }) => (figures['own'] === true
    ? { subject: `Reminder: your answer for ${work}${when}`, body: `${project}. Your answer is still awaited.` }
    : { subject: `Reminder: ${say(missing.en, figures['kind'])} of ${person} is missing`, body: `${work}${when}, ${project}.` }),
  escalation: ({ person, work, project, when, figures }) => ({ subject: `Nothing came of it: ${say(missing.en, figures['kind'])} of ${person} is still missing`, body: sentences(`${work}${when}, ${project}.`, 'Production was told before.') }),
}

const dayOf = ({ start_at, zone }: Names, language: Language): string => {
  if (start_at === null) return ''
  return `, ${longDay(toLocal(start_at, zone ?? 'UTC').date, language)}`
}

export function wordsOf({ type, figures }: { type: NotificationType; figures: Figures }, names: Names, language: Language): Saying {
  const known: Known = { person: names.person ?? nobody[language], work: names.mission ?? unnamed[language], project: names.project ?? somewhere[language], when: dayOf(names, language), figures }
  return (language === 'fr' ? french : english)[type](known)
}
