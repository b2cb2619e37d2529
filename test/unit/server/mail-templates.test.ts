/** Mails: the same in text and in HTML, in both languages, with nothing in them that may not be mailed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { Offer } from '../../../shared/documents/offer/offer.ts'
import { mailOf, type Mail, type MailFacts } from '../../../shared/documents/mail/mail.ts'
import { mailWords as words } from '../../../shared/documents/mail/words.ts'
import { asksForAnswer, messageParts, shippedMessage, type MessageTexts } from '../../../shared/domain/notifications/messages.ts'
import { mailTypes, type MailType } from '../../../shared/domain/notifications/model.ts'

const at = (text: string): Instant => text as Instant
const LINK = 'https://callboard.example.org/a/AQEAAAHx_x-0'
const offer: Offer = {
  project: 'Les Nuits de la Halle', mission: 'J3 Générale', role: 'Régisseuse lumière', place: 'La Halle aux Grains, Nantes', part: null,
  start_at: at('2026-10-24T12:00:00.000Z'), end_at: at('2026-10-24T21:30:00.000Z'), call_at: at('2026-10-24T11:30:00.000Z'), zone: 'Europe/Paris', engagement_kind: 'cddu_technician', quantity: 1,
}
function facts(type: MailType, more: object = {}): MailFacts {
  const about = { organization: 'Compagnie du Phare', person: 'Inès', contact: { name: 'Camille Roche', email: 'camille@example.org' }, offer }
  return (!asksForAnswer(type) ? { type, link: null, deadline_at: null, ...about, ...more } : { type, link: LINK, deadline_at: at('2026-10-22T16:00:00.000Z'), ...about, ...more })
}
const mail = (facts: MailFacts, language: 'fr' | 'en', own: Partial<MessageTexts> = {}): Mail => mailOf(facts, language, { ...shippedMessage(facts.type, language), ...own })
const unescaped = (html: string): string => html.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, '\'').replace(/&amp;/g, '&')
/** Words, without what only holds them together. */
const said = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').replace(/ ?: /g, ' ').trim()
const bodyOf = (html: string): string => unescaped((/<body[^>]*>([^]*)<\/body>/.exec(html)?.[1] ?? '').replace(/<[^>]+>/g, ' '))

describe('a mail', () => {
  it('says in HTML what it says in text', () => {
    for (const type of mailTypes) for (const language of ['fr', 'en'] as const) for (const more of [{}, { person: null, contact: null, offer: { ...offer, quantity: 6, role: null, place: null } }]) {
      const { text, html } = mail(facts(type, more), language)
      expect(said(bodyOf(html))).toBe(said(text))
    }
  })
  it('has what one needs to answer: who asks, what, when, until when, where to', () => {
    for (const type of mailTypes) for (const language of ['fr', 'en'] as const) {
      const { subject, text } = mail(facts(type), language)
      for (const part of ['Régisseuse lumière', 'Les Nuits de la Halle']) expect(subject).toContain(part)
      for (const part of ['Compagnie du Phare', 'Inès', 'Nantes', '14:00 – 23:30 (UTC+2)', 'Camille Roche']) expect(text).toContain(part)
      expect(text.includes('18:00 (UTC+2)')).toBe(asksForAnswer(type))
      // Alone on its line, so that nothing is taken for a part of it.
      expect(text.split('\n').includes(LINK)).toBe(asksForAnswer(type))
    }
  })
  it('fetches nothing and runs nothing: no picture, no counter of who read it', () => {
    for (const type of mailTypes) {
      const { html } = mail(facts(type), 'fr')
      expect(html).not.toMatch(/<(script|img|link|style|iframe|object)\b|\son\w+=|url\(|src=/i)
      expect([...html.matchAll(/https?:[^"<\s]*/g)].map(([found]) => found).filter((found) => found !== LINK)).toEqual([])
    }
  })
  it('is written in French as French is', () => {
    for (const type of mailTypes) {
      const { subject, text } = mail(facts(type), 'fr')
      for (const line of [subject, ...text.split('\n').filter((one) => one !== LINK)]) expect(line).not.toMatch(/[ \u00a0][;:!?]|\p{L}'\p{L}/u)
    }
  })
  it('fills in the same things in both languages', () => {
    const asked = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()
    expect(Object.keys(words.en).toSorted()).toEqual(Object.keys(words.fr).toSorted())
    for (const [key, text] of Object.entries(words.fr)) expect([key, asked(text)]).toEqual([key, asked(words.en[key as keyof typeof words.en])])
    for (const type of mailTypes) for (const part of messageParts) expect([type, part, asked(shippedMessage(type, 'fr')[part] ?? '')]).toEqual([type, part, asked(shippedMessage(type, 'en')[part] ?? '')])
  })
  it('takes hostile texts as texts', () => {
    const hostile = fc.string({ unit: fc.constantFrom('<', '>', '"', '\'', '&', '</td>', '<a href=', '\r', '\n', '\u0000', 'a', '{link}') })
    const tags = (html: string): string[] => [...html.matchAll(/<(\/?[a-z!]\w*)/gi)].map(([, found = '']) => found)
    const expected = tags(mail(facts('assignment_proposed'), 'fr').html)
    fc.assert(fc.property(hostile, (text) => {
      const { html } = mail(facts('assignment_proposed', { organization: text, person: text, contact: { name: text, email: text }, offer: { ...offer, project: text, mission: `m${text}`, role: `r${text}`, place: `p${text}` } }), 'fr')
      expect(tags(html)).toEqual(expected)
      expect([...html.matchAll(/href="([^"]*)"/g)].map(([, found]) => found)).toEqual([LINK])
    }))
  })
})
