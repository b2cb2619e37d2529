/**
 * A call sheet without an account: the page behind a link, its button, its file. GET notes that it was opened and changes nothing else; POST
 * notes that the version shown was read, once however often it is sent.
 */
import { IdTaken } from '../../shared/core/acting.ts'
import { sheetOfPersonPdf } from '../../shared/core/sheet-documents.ts'
import { refuse } from '../../shared/domain/errors.ts'
import { deriveId, isId, type Id } from '../../shared/kernel/ids.ts'
import type { Asked, HandlersOf, Server } from '../http/asked.ts'
import { readBody } from '../http/body.ts'
import { networkOf } from '../log/log.ts'
import { chosenIn, htmlAnswer } from './answering-pages.ts'
import { openRefusing } from './refusing.ts'
import { findSheet, type FoundSheet } from './sheet-found.ts'
import { sheetPage, type SheetPage } from './sheet-page.ts'
import { readToken, type Link } from './token.ts'

/** Bytes of its form: a version and a language. */
const MOST_FORM = 1024

interface Opened {
  link: Link
  token: string
  found: FoundSheet
}

const shownPage = (page: SheetPage, status: number): Response => htmlAnswer(sheetPage(page), status)

export function sheetLinkHandlers(server: Server): HandlersOf<'sheet.page' | 'sheet.read' | 'sheet.file'> {
  const { secret, organizations, metrics, log } = server
  const gone = openRefusing(server)

  async function find(asked: Asked<unknown>): Promise<Opened | Response> {
    const token = asked.param('token')
    const link = readToken(secret, token, 'sheet')
    if (!link) return gone(asked, 'unproved', null)
    const hosted = await organizations.hosted(link.org)
    const found = hosted && (await findSheet(hosted, { link, now: asked.now, language: chosenIn(asked), file: `${token}/sheet.pdf` }))
    return found ? { link, token, found } : gone(asked, 'unknown', hosted ? link.org : null)
  }
  /** As for answers: nothing is written while devices bring what they have, nor where the organization is not, or not any more, this server's. */
  const isOpen = async ({ hosted: { authority } }: FoundSheet): Promise<boolean> => (await server.timers.standing(authority.org)) === 'on' && (await authority.head()).mode === 'open'

  /** Done already by the same call, it is done. A refusal is thrown: it stands otherwise than it was read. */
  async function act({ found, token }: Opened, name: string, input: object, key: string): Promise<Id | null> {
    const answer = await found.hosted.authority.core.act(name, input, { id: deriveId(token, key), onBehalfOf: found.collaborator_id }).catch((error: unknown) => {
      if (error instanceof IdTaken) throw refuse('server.unexpected')
      throw error
    })
    if ('error' in answer) throw refuse('server.stopping')
    const [id] = (answer.value as { ids: string[] }).ids
    return isId(id) ? id : null
  }
  /** The delivery of the version shown: one that was never sent to them is made when it is first opened. */
  async function deliveryOf(opened: Opened): Promise<Id | null> {
    const { delivery, shown, collaborator_id } = opened.found
    if (delivery) return delivery.id
    return shown && act(opened, 'sheet.prepare_delivery', { revision_id: shown.id, collaborator_id, by: 'link' }, `delivery:${shown.id}`)
  }
  async function noteOpened(opened: Opened): Promise<void> {
    const { shown, delivery } = opened.found
    if (!shown || (delivery?.opened_at ?? null) !== null) return
    try {
      const id = (await isOpen(opened.found)) ? await deliveryOf(opened) : null
      if (id !== null) await act(opened, 'sheet.opened', { id }, `opened:${id}`)
    } catch (error) {
      // They came to read: that it was opened is only good to know.
      log.unexpected(error, { about: 'link opened', org: opened.link.org })
    }
  }

  return {
    async 'sheet.page'(asked) {
      const opened = await find(asked)
      if (opened instanceof Response) return opened
      if (asked.c.req.method === 'GET') await noteOpened(opened)
      return shownPage(opened.found.page, 200)
    },
    async 'sheet.read'(asked) {
      const type = (asked.c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
      // Read before the link is looked at: a wrong one takes as long.
      const form = new URLSearchParams(type === 'application/x-www-form-urlencoded' ? (await readBody(asked.c.req.raw, MOST_FORM, server.settings)).toString('utf8') : '')
      const opened = await find(asked)
      if (opened instanceof Response) return opened
      const { page, shown, delivery } = opened.found
      const lang = form.get('lang')
      const chosen = lang === 'fr' || lang === 'en' ? lang : null
      const spoken = { ...page, language: chosen ?? page.language }
      if (spoken.state !== 'sheet' || !shown) return shownPage(spoken, 409)
      if (form.get('version') !== String(shown.number)) return shownPage({ ...spoken, changed: true }, 409)
      if ((delivery?.confirmed_at ?? null) === null) {
        if (!(await isOpen(opened.found))) throw refuse('server.stopping')
        const id = await deliveryOf(opened)
        if (id === null) throw refuse('server.stopping')
        await act(opened, 'sheet.confirm_by_link', { id }, `read:${id}`)
        metrics.count('callboard_link_answers_total', { outcome: 'read' })
        organizations.record([opened.link.org], { user_id: opened.link.org, device: 'server' }, 'security.link.read', { delivery: id, network: networkOf(asked.address) })
      }
      return new Response(null, { status: 303, headers: { location: `${opened.token}${chosen === null ? '' : `?lang=${chosen}`}` } })
    },
    async 'sheet.file'(asked) {
      const opened = await find(asked)
      if (opened instanceof Response) return opened
      const { sheet, page } = opened.found
      if (!sheet) return shownPage(page, 410)
      const { file_name, bytes } = await sheetOfPersonPdf(sheet)
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${file_name.replace(/[^\w.-]/g, '_')}"`, 'x-robots-tag': 'noindex, nofollow, noarchive' } })
    },
  }
}
