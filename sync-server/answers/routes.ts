/**
 * Answering without an account: the page behind a link, its form, its calendar file. GET notes that it was opened and changes nothing else (programs that look at
 * mail for viruses open links too); POST writes the answer, once however often it is sent. Whatever is not a link of this server gets one and the same page.
 */
import { IdTaken } from '../../shared/core/acting.ts'
import { writeCalendar } from '../../shared/documents/calendar/write-calendar.ts'
import { refuse } from '../../shared/domain/errors.ts'
import { canonicalJson } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import type { Asked, HandlersOf, Server } from '../http/asked.ts'
import { readBody } from '../http/body.ts'
import { networkOf } from '../log/log.ts'
import { findAsked, type Found } from './found.ts'
import { isProblem, MOST_FORM, readForm, type Given } from './form.ts'
import { lineWords, offerLines, type Language } from '../../shared/documents/offer/offer.ts'
import { chosenIn, pageAnswer } from './answering-pages.ts'
import { openRefusing } from './refusing.ts'
import { makeToken, readToken, type Link, type LinkPurpose } from './token.ts'

type Handled = 'answer.page' | 'answer.give' | 'answer.calendar' | 'answer.robots'
type Anyone = Asked<unknown>

/** What is recorded is what was just sent. */
function isSame({ acceptance }: Found, given: Given): boolean {
  if (given.answer === 'decline') return acceptance.state === 'refused' && (acceptance.words ?? null) === given.words
  return acceptance.state === 'accepted' && acceptance.conditions === given.conditions && (given.count === null || acceptance.accepted === given.count)
}

export function answerHandlers(server: Server): HandlersOf<Handled> {
  const { secret, organizations, metrics, log } = server
  const gone = openRefusing(server)

  /** Of a link that this server wrote for this purpose. An organization that a forged one names is not even looked at: how long the answer takes says nothing of it. */
  async function find(asked: Anyone, purpose: LinkPurpose): Promise<{ link: Link; token: string; found: Found } | Response> {
    const token = asked.param('token')
    const link = readToken(secret, token, purpose)
    if (!link) return gone(asked, 'unproved', null)
    const hosted = await organizations.hosted(link.org)
    const calendar = (): string => `${makeToken(secret, { ...link, purpose: 'calendar' })}/calendar.ics`
    const found = hosted && (await findAsked(hosted, { link, now: asked.now, language: chosenIn(asked), calendar }))
    return found ? { link, token, found } : gone(asked, 'unknown', hosted ? link.org : null)
  }

  /**
   * While a restored server waits for its devices nothing is decided: what they bring may be the very answer. Nor where the organization is not, or not any more,
   * this server's: a yes would stay here.
   */
  const isOpen = async ({ hosted: { authority } }: Found): Promise<boolean> => (await server.timers.standing(authority.org)) === 'on' && (await authority.head()).mode === 'open'

  async function noteOpened({ found, token }: { found: Found; token: string }): Promise<void> {
    if (found.page.state !== 'open' || found.acceptance.opened_at !== null) return
    try {
      if (await isOpen(found)) await found.hosted.authority.core.act('acceptance.opened', { id: found.acceptance.id }, { id: deriveId(token, 'opened') })
    } catch (error) {
      // They came to answer: that it was opened is only good to know.
      log.unexpected(error, { about: 'link opened', org: found.hosted.authority.org })
    }
  }

  /** The code of what refused it; null: it is written. Storage that fails is thrown: nothing was recorded. */
  async function write({ found, token }: { found: Found; token: string }, given: Given): Promise<string | null> {
    const { acceptance } = found
    const input = {
      id: acceptance.id, answer: given.answer === 'decline' ? 'refused' : 'accepted', ...(given.conditions === null ? {} : { conditions: given.conditions }), ...(given.words === null ? {} : { words: given.words }),
      ...(given.count === null ? {} : { accepted: given.count, refused: found.page.offer.quantity - given.count }),
    }
    // Nobody who has no link can know this id, and the same answer has the same.
    const id = deriveId(token, `answer:${canonicalJson(input)}`)
    const answer = await found.hosted.authority.core.act('assignment.answer_by_link', input, { id, onBehalfOf: acceptance.collaborator_id }).catch((error: unknown) => {
      if (error instanceof IdTaken) throw refuse('server.unexpected')
      throw error
    })
    if (!('error' in answer)) return null
    const { code } = answer.error
    if (code.startsWith('storage.') || code.startsWith('server.')) throw refuse(code as 'storage.failed')
    return code
  }

  return {
    async 'answer.page'(asked) {
      const opened = await find(asked, 'answer')
      if (opened instanceof Response) return opened
      if (asked.c.req.method === 'GET') await noteOpened(opened)
      return pageAnswer(opened.found.page, 200)
    },

    async 'answer.give'(asked) {
      const { c, now, address } = asked
      const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
      // Read before the link is looked at: a wrong one takes as long.
      const form = new URLSearchParams(type === 'application/x-www-form-urlencoded' ? (await readBody(c.req.raw, MOST_FORM, server.settings)).toString('utf8') : '')
      const opened = await find(asked, 'answer')
      if (opened instanceof Response) return opened
      const lang = form.get('lang')
      const chosen: Language | null = lang === 'fr' || lang === 'en' ? lang : null
      const page = { ...opened.found.page, language: chosen ?? opened.found.page.language }
      const given = readForm(form, page.offer)
      if (isProblem(given)) return pageAnswer(page.state === 'open' ? { ...page, problem: given } : page, page.state === 'open' ? 422 : 409)
      const receipt = (): Response => new Response(null, { status: 303, headers: { location: `${opened.token}${chosen === null ? '' : `?lang=${chosen}`}` } })
      if (page.state === 'answered') return isSame(opened.found, given) ? receipt() : pageAnswer({ ...page, repeated: true }, 409)
      if (page.state !== 'open') return pageAnswer(page, 409)
      if (!(await isOpen(opened.found))) throw refuse('server.stopping')
      const refused = await write(opened, given)
      metrics.count('callboard_link_answers_total', { outcome: refused ?? 'written' })
      if (refused === null) {
        organizations.record([opened.link.org], { user_id: opened.link.org, device: 'server' }, 'security.link.answered', { acceptance: opened.link.id, network: networkOf(address) })
        return receipt()
      }
      // It stands otherwise than the page said: asked anew, withdrawn, over. What it is now is shown.
      const after = await findAsked(opened.found.hosted, { link: opened.link, now, language: page.language, calendar: () => '' })
      if (!after || after.page.state === 'open') throw refuse('server.stopping')
      return pageAnswer(after.page.state === 'answered' ? { ...after.page, calendar: null, repeated: true } : after.page, 409)
    },

    async 'answer.calendar'(asked) {
      const opened = await find(asked, 'calendar')
      if (opened instanceof Response) return opened
      const { assignment: row, acceptance: one, page } = opened.found
      if (one.state !== 'accepted') return gone(asked, 'unknown', null)
      const text = writeCalendar({
        name: page.offer.project, app_version: server.version, language: page.language, generated_at: asked.now, events: [{
          uid: row.id, sequence: row.version, start_at: one.terms.start_at, end_at: one.terms.end_at, changed_at: row.updated_at, status: page.state === 'canceled' ? 'CANCELLED' : 'CONFIRMED',
          summary: `${one.terms.role ?? one.terms.mission}, ${one.terms.project}`, place: one.terms.place, geo: null, description: offerLines(page.offer, page.language).map((line) => lineWords(line, page.language)).join('\n'),
        }],
      })
      return new Response(text, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment; filename="callboard.ics"', 'x-robots-tag': 'noindex, nofollow, noarchive' } })
    },

    'answer.robots': () => Promise.resolve(new Response('User-agent: *\nDisallow: /\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } })),
  }
}
