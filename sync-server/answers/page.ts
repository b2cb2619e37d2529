/** The page on which a person answers without an account: one pure function from what is known to a whole document. Without script; no fee is on it. */
import type { Instant } from '../../shared/kernel/instants.ts'
import { instantWords, leftWords, offerLines, type Language, type Offer } from '../../shared/documents/offer/offer.ts'
import { pageStyle } from './style.ts'
import { filled, pageWords, type PageWord } from './words.ts'

/** Characters of a condition or of words, as the operation takes them. */
export const MOST_WORDS = 2000

export interface Contact {
  name: string
  email: string | null
  phone: string | null
}
export interface About {
  language: Language
  /** The same page in the other language; null: there is none (a page that says nothing of anybody). */
  other: string | null
  organization: string
  project: string
  /** First name; null: a team, or unknown. */
  person: string | null
  contact: Contact | null
  offer: Offer
}

export type AnswerKind = 'accept' | 'conditions' | 'decline'
/** What was sent and cannot be taken as it is. */
export interface Problem {
  field: 'answer' | 'conditions' | 'words' | 'count'
  why: 'answer' | 'conditions' | 'too_long' | 'count'
  /** Given back to whoever wrote it. */
  given: string
}

export type AnswerPage =
  | ({ state: 'open'; now: Instant; deadline_at: Instant; /** Their former yes stands until they answer. */ again: boolean; problem: Problem | null } & About)
  | ({
    state: 'answered'; answer: 'accepted' | 'refused'; answered_at: Instant; source: 'app' | 'link' | 'hand' | 'paper'; conditions: string | null; words: string | null
    /** Of a team: how many come. */
    accepted: number | null
    /** Something else was sent after it, which changed nothing. */
    repeated: boolean
    /** Of the calendar file, relative to this page; null: nothing to add. */
    calendar: string | null
  } & About)
  | ({ state: 'late'; deadline_at: Instant; again: boolean } & About)
  /** Not asked any more; about to be asked on other terms; accepted, and canceled since. */
  | ({ state: 'withdrawn' | 'changing' | 'canceled' } & About)
  /** Says nothing of anybody: it is shown to who may be guessing. `later`: this call cannot be answered now. */
  | Nobodys

interface Nobodys {
  state: 'gone' | 'later'
  language: Language
}
const isNobodys = (page: AnswerPage): page is Nobodys => page.state === 'gone' || page.state === 'later'

/** Text for a place between tags or in a quoted attribute; what is no letter for a page is left out. */
export const escapeHtml = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;')

type Say = (key: PageWord, values?: Readonly<Record<string, string>>) => string
const sayIn = (language: Language): Say => (key, values = {}) => filled(pageWords[language][key], values)
const e = escapeHtml

export function note(kind: 'due' | 'yes' | 'no' | 'quiet', sign: string, text: string): string {
  return `<div class="note ${kind}"><span aria-hidden="true">${sign}</span><p>${text}</p></div>`
}

function offerPanel(offer: Offer, language: Language, say: Say): string {
  const lines = offerLines(offer, language).map(({ key, label, value }) => `<div><dt>${e(label)}</dt><dd${key === 'date' || key === 'mission' ? ' class="key"' : ''}>${e(value)}</dd></div>`)
  return `<section class="panel" aria-labelledby="offer"><h2 id="offer">${e(say('offer'))}</h2><dl>${lines.join('')}</dl></section>`
}

interface Field {
  id: 'conditions' | 'words'
  required: boolean
}
/** `problem` of this very field opens its part and says what is wrong beside it. */
function wordsField({ id, required }: Field, problem: Problem | null, say: Say): string {
  const wrong = problem?.field === id ? problem : null
  const most = { most: String(MOST_WORDS) }
  const error = wrong ? `<p class="error" id="${id}-error">${e(say(`problem.${wrong.why}`, most))}</p>` : ''
  return `<div class="field"><label for="${id}">${e(say(id))}</label><p class="hint" id="${id}-hint">${e(say(`${id}.hint`, most))}</p>${error}`
    + `<textarea id="${id}" name="${id}" rows="4" maxlength="${MOST_WORDS}"${required ? ' required' : ''} aria-describedby="${wrong ? `${id}-error ` : ''}${id}-hint"${wrong ? ' aria-invalid="true"' : ''}>${e(wrong?.given ?? '')}</textarea></div>`
}
function countField(id: string, offer: Offer, problem: Problem | null, say: Say): string {
  if (offer.quantity <= 1) return ''
  const quantity = String(offer.quantity)
  const wrong = problem?.field === 'count' ? problem : null
  const error = wrong ? `<p class="error" id="${id}-error">${e(say('problem.count', { quantity }))}</p>` : ''
  return `<div class="field"><label for="${id}">${e(say('count'))}</label><p class="hint" id="${id}-hint">${e(say('count.hint', { quantity }))}</p>${error}`
    + `<input id="${id}" name="count" type="number" inputmode="numeric" min="1" max="${quantity}" required value="${e(wrong?.given ?? quantity)}" aria-describedby="${wrong ? `${id}-error ` : ''}${id}-hint"${wrong ? ' aria-invalid="true"' : ''}></div>`
}

const form = (answer: AnswerKind, language: Language, fields: string, button: string): string =>
  `<form method="post" accept-charset="utf-8"><input type="hidden" name="answer" value="${answer}"><input type="hidden" name="lang" value="${language}">${fields}${button}</form>`

type Open = Extract<AnswerPage, { state: 'open' }>
function forms(page: Open, say: Say): string {
  const { language, problem, offer } = page
  const details = (isOpen: boolean, summary: PageWord, content: string): string => `<details${isOpen ? ' open' : ''}><summary>${e(say(summary))}</summary>${content}</details>`
  return `<section class="panel act" aria-labelledby="answer"><h2 id="answer">${e(say('answer'))}</h2>`
    + form('accept', language, countField('count', offer, problem, say), `<button class="primary"><span aria-hidden="true">✓</span>${e(say('accept'))}</button>`)
    + details(problem?.field === 'conditions', 'accept.conditions', form('conditions', language, countField('count-conditions', offer, null, say) + wordsField({ id: 'conditions', required: true }, problem, say), `<button>${e(say('conditions.send'))}</button>`))
    + details(problem?.field === 'words', 'decline', form('decline', language, wordsField({ id: 'words', required: false }, problem, say), `<button><span aria-hidden="true">✕</span>${e(say('decline.send'))}</button>`))
    + '</section>'
}

function summary(problem: Problem, offer: Offer, say: Say): string {
  const text = say(`problem.${problem.why}`, { most: String(MOST_WORDS), quantity: String(offer.quantity) })
  return `<div class="note wrong" role="alert"><span aria-hidden="true">▲</span><p><strong>${e(say('problem'))}</strong><br><a class="tap" href="#${problem.field}">${e(text)}</a></p></div>`
}

function openMain(page: Open, say: Say): string {
  const { language, organization, offer, person } = page
  const hello = person === null ? say('hello.nobody') : say('hello', { person })
  const due = `<strong>${e(say('deadline', { deadline: instantWords(page.deadline_at, offer.zone, language) }))}</strong> <span class="screen">${e(say('deadline.left', { left: leftWords(page.deadline_at, page.now, language) }))}</span>`
  return `${page.problem ? summary(page.problem, offer, say) : ''}<h1>${e(say('title.open', { project: page.project }))}</h1><p>${e(hello)} ${e(say(page.again ? 'open.again' : 'open.asks', { organization }))}</p>`
    + note('due', '◷', due) + offerPanel(offer, language, say) + forms(page, say) + `<p class="hint">${e(say('pay'))}</p>`
}

function answeredMain(page: Extract<AnswerPage, { state: 'answered' }>, say: Say): string {
  const { language, offer, answer, accepted } = page
  const yes = answer === 'accepted'
  const at = instantWords(page.answered_at, offer.zone, language)
  const source = page.source === 'paper' ? 'hand' : page.source
  const said = [
    page.conditions === null ? '' : `<div><dt>${e(say('receipt.conditions'))}</dt><dd>${e(page.conditions)}</dd></div>`,
    page.words === null ? '' : `<div><dt>${e(say('receipt.words'))}</dt><dd>${e(page.words)}</dd></div>`,
  ].join('')
  const count = yes && accepted !== null && offer.quantity > 1 ? `<p>${e(say('receipt.count', { accepted: String(accepted), quantity: String(offer.quantity) }))}</p>` : ''
  const repeated = page.repeated ? `<div class="note wrong" role="alert"><span aria-hidden="true">▲</span><p>${e(say('receipt.repeated'))}</p></div>` : ''
  return `${repeated}<h1>${e(say(yes ? 'title.accepted' : 'title.refused'))}</h1>${note(yes ? 'yes' : 'no', yes ? '✓' : '✕', `${e(say(`receipt.${source}`, { at }))} ${e(say('receipt.yours'))}`)}${count}`
    + (said === '' ? '' : `<section class="panel" aria-label="${e(say('answer'))}"><dl class="said">${said}</dl></section>`)
    + offerPanel(offer, language, say)
    + (page.calendar === null ? '' : `<p class="act"><a class="button primary short" href="${e(page.calendar)}">${e(say('receipt.calendar'))}</a></p>`)
    + `<p class="screen">${e(say(yes ? 'receipt.change' : 'receipt.change_refused'))}</p>`
}

function mainOf(page: AnswerPage, say: Say): string {
  switch (page.state) {
    case 'open': return openMain(page, say)
    case 'answered': return answeredMain(page, say)
    case 'late': {
      const until = say('late.until', { deadline: instantWords(page.deadline_at, page.offer.zone, page.language) })
      return `<h1>${e(say('title.late'))}</h1>${note('quiet', '◷', e(until))}<p>${e(say(page.again ? 'late.stands' : 'late.what'))}</p>${offerPanel(page.offer, page.language, say)}`
    }
    case 'withdrawn': case 'changing': case 'canceled':
      return `<h1>${e(say(`title.${page.state}`))}</h1><p>${e(say(`${page.state}.what`))}</p><p>${e(say(`${page.state}.again`))}</p>${offerPanel(page.offer, page.language, say)}`
    case 'gone': case 'later': return `<h1>${e(say(`title.${page.state}`))}</h1><p>${e(say(`${page.state}.what`))}</p><p>${e(say(`${page.state}.do`))}</p>`
  }
}

function titleOf(page: AnswerPage, say: Say): string {
  if (page.state === 'open') return say('title.open', { project: page.project })
  if (page.state === 'answered') return say(`title.${page.answer}`)
  return say(`title.${page.state}`)
}

const HOUSE = '<header><p><strong>Callboard</strong></p></header>'

/** Whose page it is, and the way to the other language. */
export function pageHeader({ language, other, organization, project }: Pick<About, 'language' | 'other' | 'organization' | 'project'>): string {
  const another = language === 'fr' ? 'en' : 'fr'
  const nav = other === null ? '' : `<nav aria-label="${language === 'fr' ? 'Langue' : 'Language'}"><a class="tap" href="${e(other)}" lang="${another}" hreflang="${another}">${e(pageWords[language].other)}</a></nav>`
  return `<header><p><strong>${e(organization)}</strong>${e(project)}</p>${nav}</header>`
}

/** Who answers questions; `last`: said after it. */
export function pageFooter({ language, contact, organization }: Pick<About, 'language' | 'contact' | 'organization'>, last: string | null): string {
  const say = sayIn(language)
  const ways = [
    contact?.phone ? `<a class="tap" href="tel:${e(contact.phone.replace(/[^\d+]/g, ''))}">${e(contact.phone)}</a>` : '',
    contact?.email ? `<a class="tap" href="mailto:${e(encodeURI(contact.email))}">${e(contact.email)}</a>` : '',
  ].filter((way) => way !== '').join('<br>')
  const who = contact === null ? `<p>${e(say('contact.nobody'))}</p>` : `<p>${e(say('contact.by', { name: contact.name, organization }))}${ways === '' ? '' : `<br>${ways}`}</p>`
  return `<footer><h2>${e(say('contact'))}</h2>${who}${last === null ? '' : `<p>${e(last)}</p>`}</footer>`
}

/** A whole document around what a page says. `title` is text, the rest is markup. */
export const pageDocument = (language: Language, title: string, body: string): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow, noarchive"><meta name="referrer" content="no-referrer"><meta name="format-detection" content="telephone=no, date=no, address=no"><meta name="color-scheme" content="light dark"><title>${e(title)}</title><style>${pageStyle}</style></head>
<body><div class="page">${body}</div></body></html>
`

/** A whole document; to be sent with `pagePolicy` (style.ts). */
export function answerPage(page: AnswerPage): string {
  const say = sayIn(page.language)
  const known = isNobodys(page) ? null : page
  return pageDocument(page.language, titleOf(page, say), `${known ? pageHeader(known) : HOUSE}<main>${mainOf(page, say)}</main>${known ? pageFooter(known, known.state === 'open' ? say('personal') : null) : ''}`)
}
