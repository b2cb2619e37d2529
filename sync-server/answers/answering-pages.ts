/** Pages as they go out: their headers, and what a refused call of these addresses shows. */
import type { Language } from '../../shared/documents/offer/offer.ts'
import type { Asked } from '../http/asked.ts'
import { answerPage, type AnswerPage } from './page.ts'
import { pagePolicy } from './style.ts'

const PAGE_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy, 'x-robots-tag': 'noindex, nofollow, noarchive', vary: 'Accept-Language' }

/** Of a page that says nothing of anybody: what the program asks for first, of the two. */
export function languageAsked(chosen: string | undefined, accepted: string | undefined): Language {
  if (chosen === 'fr' || chosen === 'en') return chosen
  const first = (accepted ?? '').toLowerCase().split(',').map((one) => one.trim().slice(0, 2)).find((one) => one === 'fr' || one === 'en')
  return first === 'en' ? 'en' : 'fr'
}
/** Chosen on the page; null: the person's own. */
export function chosenIn({ c }: Pick<Asked<unknown>, 'c'>): Language | null {
  const lang = c.req.query('lang')
  return lang === 'fr' || lang === 'en' ? lang : null
}

export function htmlAnswer(html: string, status: number, headers: Headers = new Headers()): Response {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) headers.set(name, value)
  return new Response(html, { status, headers })
}
export const pageAnswer = (page: AnswerPage, status: number, headers?: Headers): Response => htmlAnswer(answerPage(page), status, headers)

/** A refusal of these addresses, as a person reads it. */
export const failurePage = (status: number, language: Language, headers: Headers): Response => pageAnswer({ state: status === 404 || status === 405 ? 'gone' : 'later', language }, status, headers)
