/** The page of an answer: whole, readable, harmless, whatever is written in it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { themes } from '../../../sync-server/answers/colours.ts'
import { leftWords, offerLines, type Language, type Offer } from '../../../shared/documents/offer/offer.ts'
import { answerPage, MOST_WORDS, type AnswerPage } from '../../../sync-server/answers/page.ts'
import { pagePolicy } from '../../../sync-server/answers/style.ts'
import { filled, pageWords } from '../../../sync-server/answers/words.ts'

const at = (text: string): Instant => text as Instant
const offer: Offer = {
  project: 'Les Nuits de la Halle', mission: 'J3 Générale', role: 'Régisseuse lumière', place: 'La Halle aux Grains, Nantes', part: null,
  start_at: at('2026-10-24T12:00:00.000Z'), end_at: at('2026-10-24T21:30:00.000Z'), call_at: at('2026-10-24T11:30:00.000Z'), zone: 'Europe/Paris', engagement_kind: 'cddu_technician', quantity: 1,
}
const about = (language: Language, more: Partial<Offer> = {}) => ({
  language, other: '?lang=en', organization: 'Compagnie du Phare', project: 'Les Nuits de la Halle', person: 'Inès', contact: { name: 'Camille Roche', email: 'camille@example.org', phone: '01 99 00 12 34' }, offer: { ...offer, ...more },
})
const open = (language: Language = 'fr', more: object = {}): AnswerPage =>
  ({ state: 'open', now: at('2026-10-20T08:00:00.000Z'), deadline_at: at('2026-10-22T16:00:00.000Z'), again: false, problem: null, ...about(language), ...more })
const answered = (language: Language = 'fr', more: object = {}): AnswerPage =>
  ({ state: 'answered', answer: 'accepted', answered_at: at('2026-10-21T15:42:00.000Z'), source: 'link', conditions: 'Je pars à 22 h', words: null, accepted: null, repeated: false, calendar: 'abc/calendar.ics', ...about(language), ...more })
const everyPage = (language: Language): AnswerPage[] => [
  open(language), open(language, { again: true, problem: { field: 'conditions', why: 'conditions', given: '' } }), open(language, { person: null, contact: null, offer: { ...offer, quantity: 6 }, problem: { field: 'count', why: 'count', given: '9' } }),
  open(language, { problem: { field: 'words', why: 'too_long', given: 'x'.repeat(3000) } }), answered(language), answered(language, { answer: 'refused', calendar: null, words: 'Pas libre', conditions: null }),
  answered(language, { source: 'hand' }), answered(language, { source: 'paper' }), answered(language, { source: 'app', accepted: 4, offer: { ...offer, quantity: 6 } }),
  { state: 'late', deadline_at: at('2026-10-22T16:00:00.000Z'), again: false, ...about(language) }, { state: 'late', deadline_at: at('2026-10-22T16:00:00.000Z'), again: true, ...about(language) },
  answered(language, { repeated: true }), { state: 'withdrawn', ...about(language) }, { state: 'changing', ...about(language) }, { state: 'canceled', ...about(language) }, { state: 'gone', language }, { state: 'later', language },
]
const all = [...everyPage('fr'), ...everyPage('en')]
const textOf = (html: string): string => html.replace(/<style>[^]*?<\/style>/, '').replace(/<[^>]+>/g, '\n').replace(/&#39;/g, '’').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
const all_ = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found = '']) => found)

describe('the page of an answer', () => {
  it('runs, fetches and frames nothing: its policy lets in its own style alone', () => {
    for (const page of all) {
      const html = answerPage(page)
      const [style = ''] = all_(html, /<style>([^]*?)<\/style>/g)
      expect(pagePolicy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
      expect(html).not.toMatch(/<(script|link|img|iframe|object|embed|base|svg|video|audio)\b|\son\w+=|\sstyle=|url\(|@import|https?:/i)
    }
    expect(pagePolicy).toMatch(/^default-src 'none';.*form-action 'self'.*frame-ancestors 'none'/)
  })
  it('wears the colours of the application', () => {
    const tokens = JSON.parse(readFileSync(new URL('../../../renderer/tokens/tokens.json', import.meta.url), 'utf8')) as Record<string, Record<string, string>>
    for (const [theme, values] of Object.entries(themes)) for (const [name, value] of Object.entries(values)) expect([theme, name, value]).toEqual([theme, name, tokens[theme]?.[name]])
  })
  it('names its language, its title, its landmarks and one heading; every field has its label and its explanation', () => {
    for (const page of all) {
      const html = answerPage(page)
      expect(html).toMatch(new RegExp(`^<!doctype html>\n<html lang="${page.language}">`))
      for (const tag of ['title', 'main', 'h1', 'header']) expect(all_(html, new RegExp(`<(${tag})[ >]`, 'g')), tag).toHaveLength(1)
      const ids = all_(html, /\sid="([^"]*)"/g)
      expect(new Set(ids).size).toBe(ids.length)
      const fields = all_(html, /<(?:input(?! type="hidden")|textarea) id="([^"]*)"/g)
      expect(all_(html, /<label for="([^"]*)"/g)).toEqual(fields)
      for (const named of [...all_(html, /aria-describedby="([^"]*)"/g), ...all_(html, /aria-labelledby="([^"]*)"/g)].flatMap((names) => names.split(' '))) expect(ids).toContain(named)
      for (const target of all_(html, /href="#([^"]*)"/g)) if (target !== 'answer') expect(ids).toContain(target)
    }
  })
  it('shows what is wrong at its top and beside the field, with what was written', () => {
    const html = answerPage(open('fr', { problem: { field: 'conditions', why: 'too_long', given: 'ma <condition>' } }))
    expect(html).toMatch(/role="alert"[^]*href="#conditions"[^]*<h1>/)
    expect(html).toMatch(/<details open><summary>J’accepte, à une condition|<details open><summary>J&#39;accepte, à une condition/)
    expect(html).toMatch(/<textarea id="conditions"[^>]*aria-invalid="true">ma &lt;condition&gt;<\/textarea>/)
    expect(html).toContain(`maxlength="${MOST_WORDS}"`)
  })
  it('writes hostile texts as texts, wherever they come from', () => {
    const hostile = fc.string({ unit: fc.constantFrom('<', '>', '"', '\'', '&', '=', '/', '`', ' ', '\u0000', '\r', '\n', 'a', '{', '}', 'person', '<script>', '</textarea>', '</title>', '</style>', 'javascript:') })
    const tags = (page: AnswerPage): string[] => all_(answerPage(page).replace(/<style>[^]*?<\/style>/, ''), /<(\/?[a-z!][a-z0-9]*)/gi)
    const wrong = { field: 'conditions', why: 'too_long' } as const
    const [receipt, form] = [tags(answered('fr', { words: 'w' })), tags(open('fr', { problem: { ...wrong, given: '' } }))]
    fc.assert(fc.property(hostile, (text) => {
      const said = { organization: text, project: text, person: text, contact: { name: text, email: `x${text}`, phone: `1${text}` }, offer: { ...offer, mission: `m${text}`, role: `r${text}`, place: `p${text}` } }
      const [one, two] = [answered('fr', { ...said, conditions: text, words: text }), open('fr', { ...said, problem: { ...wrong, given: text } })]
      expect(tags(one)).toEqual(receipt)
      expect(tags(two)).toEqual(form)
      for (const page of [one, two]) for (const target of all_(answerPage(page), /href="([^"]*)"/g)) expect(target).toMatch(/^(?:mailto:|tel:|[?#]|abc\/calendar\.ics$)/)
      expect(answerPage(two)).not.toContain('\u0000')
    }))
  })
  it('to whoever may be guessing says nothing of anybody', () => {
    for (const language of ['fr', 'en'] as const) for (const state of ['gone', 'later'] as const) expect(textOf(answerPage({ state, language }))).not.toMatch(/Phare|Halle|Inès|Camille|\d/)
  })
})

describe('words of the page', () => {
  it('are said in both languages, with the same things filled in', () => {
    expect(Object.keys(pageWords.en).toSorted()).toEqual(Object.keys(pageWords.fr).toSorted())
    for (const [key, text] of Object.entries(pageWords.fr)) expect([key, all_(text, /\{(\w+)\}/g).toSorted()]).toEqual([key, all_(pageWords.en[key as keyof typeof pageWords.en], /\{(\w+)\}/g).toSorted()])
  })
  it('in French have their narrow no-break spaces and their apostrophes', () => {
    for (const page of everyPage('fr')) expect(textOf(answerPage(page))).not.toMatch(/[ \u00a0][;:!?](?!\w)|\p{L}'\p{L}/u)
  })
  it('fill in what is given and never the texts of people', () => {
    expect(filled('{a} {b}', { a: '{b}', b: '2' })).toBe('{b} 2')
    expect(() => filled('{missing}', {})).toThrow(/missing/)
  })
})

describe('what is offered', () => {
  const lines = (more: Partial<Offer>, language: Language = 'fr') => Object.fromEntries(offerLines({ ...offer, ...more }, language).map(({ key, value }) => [key, value.replace(/[\u00a0\u202f]/g, ' ')]))
  it('has its day, its hours by the clocks of the place, its length', () => {
    expect(lines({})).toMatchObject({ date: 'samedi 24 octobre 2026', time: '14:00 – 23:30 (UTC+2), 9 h 30', call: '13:30', kind: 'CDDU technicien' })
    expect(lines({ zone: 'America/Montreal' }, 'en')).toMatchObject({ date: 'Saturday 24 October 2026', time: '08:00 – 17:30 (UTC-4), 9 h 30 min', call: '07:30' })
  })
  it('says the offset on either side of a change of the clocks, and elapsed hours', () => {
    const night = { start_at: at('2026-10-24T21:00:00.000Z'), end_at: at('2026-10-25T04:00:00.000Z'), call_at: at('2026-10-23T22:30:00.000Z') }
    expect(lines(night)).toMatchObject({ date: 'samedi 24 octobre 2026', time: '23:00 (UTC+2) – 05:00 (UTC+1), 7 h, fin dimanche 25 octobre 2026', call: '00:30' })
    expect(lines({ start_at: at('2027-03-27T22:00:00.000Z'), end_at: at('2027-03-28T04:00:00.000Z') })).toMatchObject({ time: '23:00 (UTC+1) – 06:00 (UTC+2), 6 h, fin dimanche 28 mars 2027' })
  })
  it('of several days says both ends in full', () => {
    expect(lines({ end_at: at('2026-10-26T17:00:00.000Z') })).toMatchObject({ date: 'du samedi 24 octobre 2026, 14:00, au lundi 26 octobre 2026, 18:00 (UTC+2, UTC+1)' })
    expect(lines({ end_at: at('2026-10-26T17:00:00.000Z') }).time).toBeUndefined()
  })
  it('leaves out what was not given', () => {
    expect(Object.keys(lines({ role: null, place: null, call_at: null }))).toEqual(['mission', 'date', 'time', 'kind'])
    expect(lines({ quantity: 6 })).toMatchObject({ quantity: '6' })
  })
  it('says how long is left, downwards', () => {
    const left = (minutes: number, language: Language = 'fr') => leftWords(at(new Date(Date.parse('2026-10-20T08:00:00.000Z') + minutes * 60_000).toISOString()), at('2026-10-20T08:00:00.000Z'), language).replace(/[\u00a0\u202f]/g, ' ')
    expect([left(3 * 1440 - 1), left(2880), left(2879), left(120), left(119), left(-5)]).toEqual(['dans 2 jours', 'dans 2 jours', 'dans 47 heures', 'dans 2 heures', 'dans 119 minutes', 'dans 0 minute'])
    expect(left(180, 'en')).toBe('in 3 hours')
  })
})
