/** What is sent from the page: read from its form, checked against what was asked. */
import type { Offer } from '../../shared/documents/offer/offer.ts'
import { MOST_WORDS, type AnswerKind, type Problem } from './page.ts'

/** Bytes of a form: the longest words, each letter written with four bytes as percents, and what stands around them. */
export const MOST_FORM = 32 * 1024

export interface Given {
  answer: AnswerKind
  conditions: string | null
  words: string | null
  /** Of a team: how many come; null: of one person, or none does. */
  count: number | null
}

/** Line ends as one; what no database takes, and what hides or turns text, left out. */
const cleaned = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '').trim().normalize('NFC')

/** What was sent, or what is wrong with it. */
export function readForm(form: URLSearchParams, { quantity }: Pick<Offer, 'quantity'>): Given | Problem {
  const answer = form.get('answer')
  if (answer !== 'accept' && answer !== 'conditions' && answer !== 'decline') return { field: 'answer', why: 'answer', given: '' }
  const conditions = answer === 'conditions' ? cleaned(form.get('conditions') ?? '') : ''
  const words = answer === 'decline' ? cleaned(form.get('words') ?? '') : ''
  if (answer === 'conditions' && conditions === '') return { field: 'conditions', why: 'conditions', given: '' }
  if (conditions.length > MOST_WORDS) return { field: 'conditions', why: 'too_long', given: conditions }
  if (words.length > MOST_WORDS) return { field: 'words', why: 'too_long', given: words }
  if (answer === 'decline' || quantity <= 1) return { answer, conditions: conditions || null, words: words || null, count: null }
  const count = (form.get('count') ?? '').trim()
  if (!/^\d{1,3}$/.test(count) || Number(count) < 1 || Number(count) > quantity) return { field: 'count', why: 'count', given: count.slice(0, 20) }
  return { answer, conditions: conditions || null, words: null, count: Number(count) }
}

export const isProblem = (read: Given | Problem): read is Problem => 'why' in read
