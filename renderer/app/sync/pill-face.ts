/** What the pill, the strip and the block at the foot of the sidebar say of the exchange with the server: a state to words, with nothing else. */
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { Key, Values } from '../../i18n/index.ts'

export interface Said {
  key: Key
  values?: Values
}

export type PillIcon = 'computer' | 'check' | 'up' | 'cloud' | 'off' | 'conflict' | 'retry' | 'refused' | 'session' | 'storage' | 'update' | 'recovering' | 'brake' | 'revoked' | 'venue'

export interface PillFace {
  icon: PillIcon
  tone: 'neutral' | 'info' | 'warning'
  /** Bold. */
  main: Said
  /** After a dot, in the plain weight. */
  rest: Said | null
}

/** How an instant is said: the time when it is today's, the day with it otherwise. */
export type Since = (instant: Instant) => string

const said = (key: Key, values?: Values): Said => (values ? { key, values } : { key })
const face = (icon: PillIcon, tone: PillFace['tone'], main: Said, rest: Said | null = null): PillFace => ({ icon, tone, main, rest })

/** `nowMs` counts down to the next try. The first that is true is said: what stops the sending, then what waits for the person, then how it goes. */
export function pillFace(status: SyncStatus, since: Since, nowMs: number): PillFace {
  const { mine, venue } = status
  const waiting = mine.waiting > 0 ? said('pill.waiting', { count: mine.waiting }) : null
  const at = said('pill.at', { at: since(status.last_contact_at ?? status.since) })
  const stopped = stoppedFace(status, since)
  if (stopped) return stopped
  if (mine.conflicts > 0 && status.phase !== 'offline') return face('conflict', 'warning', said('pill.conflicts', { count: mine.conflicts }), status.sending ? said('pill.sent', { count: status.sending.done }) : (waiting ?? at))
  if (mine.rejected > 0 && status.phase !== 'offline') return face('refused', 'warning', refusedSaid(mine), null)
  if (venue) return face('venue', venue.trouble === null ? 'info' : 'warning', venue.role === 'host' ? said('pill.venue_host', { count: venue.peers }) : said('pill.venue_guest', { name: venue.name }), waiting)
  switch (status.phase) {
    case 'offline':
      return face('off', 'info', said('pill.offline'), mine.conflicts > 0 ? said('pill.conflicts', { count: mine.conflicts }) : (waiting ?? said('pill.since', { at: since(status.since) })))
    case 'retrying':
      return face('retry', 'neutral', nextTry(Math.max(0, Math.ceil((toMs(status.retry?.at ?? status.since) - nowMs) / 1000))))
    case 'sending':
      return status.sending ? face('up', 'neutral', said('pill.sending', { done: status.sending.done, of: status.sending.of })) : face('up', 'neutral', said('pill.sending_now'))
    case 'waiting':
      return face('cloud', 'neutral', waiting ?? said('pill.synced'), waiting ? null : at)
    default:
      return face('check', 'neutral', said('pill.synced'), at)
  }
}

/** Rights are said only where nothing else was refused. */
const allForRights = ({ rejected, rejected_rights: rights }: SyncStatus['mine']): boolean => rights === rejected
const refusedSaid = (mine: SyncStatus['mine']): Said => said(allForRights(mine) ? 'pill.refused_rights' : 'pill.refused', { count: mine.rejected })

const SECONDS_SAID = 90

const nextTry = (seconds: number): Said => (seconds > SECONDS_SAID ? said('pill.retrying_minutes', { minutes: Math.ceil(seconds / 60) }) : said('pill.retrying', { seconds }))

/** Phases in which nothing goes out until somebody acts, or in which there is nowhere to send to. */
function stoppedFace(status: SyncStatus, since: Since): PillFace | null {
  const when = said('pill.since', { at: since(status.since) })
  switch (status.phase) {
    case 'local':
      return face('computer', 'neutral', said('pill.local'))
    case 'revoked':
      return face('revoked', 'warning', said('pill.revoked'), when)
    case 'brake':
      return face('brake', 'warning', said('pill.brake'), when)
    case 'needs_sign_in':
      return face('session', 'warning', said('pill.needs_sign_in'))
    case 'storage':
      return face('storage', 'warning', said(status.disk === 'refuses' ? 'pill.disk_refuses' : 'pill.storage'))
    case 'server_full':
      return face('storage', 'warning', said('pill.server_full'), when)
    case 'app_older':
      return face('update', 'warning', said('pill.app_older'))
    case 'server_older':
      return face('update', 'warning', said('pill.server_older'))
    case 'recovering':
      return face('recovering', 'warning', said('pill.recovering'), when)
    case 'refused':
      return status.mine.rejected > 0 ? face('refused', 'warning', refusedSaid(status.mine)) : face('refused', 'warning', said('pill.refused_all'), when)
    default:
      return null
  }
}

export type SyncStripKind = 'revoked' | 'brake' | 'sign_in' | 'storage' | 'recovering' | 'update' | 'kept' | 'retrying' | 'offline' | 'back'

export interface StripFace {
  kind: SyncStripKind
  tone: 'info' | 'warning' | 'success'
  /** The first words, bold: what is and since when. */
  main: Said
  /** What it means for the work. */
  about: Said
}

/** The former line without network, once there is one again: until when, and how much waited then. */
export interface BackOnline {
  at: Instant
  waited: number
}

const FAILURES_SAID = 3

/** What the one line under the top bar says of the exchange; null: nothing needs saying. Order among other lines: shell/strip-order.ts. */
export function stripFace(status: SyncStatus, since: Since, back: BackOnline | null): StripFace | null {
  const { phase, mine } = status
  const when = { at: since(status.since) }
  const line = (kind: SyncStripKind, tone: StripFace['tone'], main: Said, about: Said): StripFace => ({ kind, tone, main, about })
  switch (phase) {
    case 'revoked':
      return line('revoked', 'warning', said('strip.revoked', when), said('strip.revoked_about'))
    case 'brake':
      return line('brake', 'warning', said('strip.brake', when), said('strip.brake_about', { removed: status.brake?.removed ?? 0, held: status.brake?.held ?? 0 }))
    case 'needs_sign_in':
      return line('sign_in', 'warning', said('strip.sign_in', when), said('strip.sign_in_about', { count: mine.waiting }))
    case 'storage':
      return status.disk === 'refuses' ? line('storage', 'warning', said('strip.disk_refuses', when), said('strip.disk_refuses_about')) : line('storage', 'warning', said('strip.storage', when), said('strip.storage_about'))
    case 'recovering':
      return line('recovering', 'warning', said('strip.recovering', when), said('strip.recovering_about', { count: mine.waiting }))
    case 'server_full':
      return line('retrying', 'warning', said('strip.server_full', when), said('strip.server_full_about', { count: mine.waiting }))
    case 'app_older':
      return line('update', 'warning', said('strip.app_older', when), said('strip.app_older_about', { count: mine.waiting }))
    case 'server_older':
      return line('update', 'warning', said('strip.server_older', when), said('strip.server_older_about', { count: mine.waiting }))
    case 'retrying':
      return status.retry && status.retry.failures >= FAILURES_SAID
        ? line('retrying', 'warning', said('strip.retrying', { ...when, count: status.retry.failures }), said('strip.retrying_about', { count: mine.waiting }))
        : keptLine(status, since, back)
    case 'offline':
      return status.venue ? keptLine(status, since, back) : line('offline', 'info', said('strip.offline', when), said('strip.offline_about', { count: mine.waiting }))
    case 'refused':
      return mine.rejected > 0 ? keptLine(status, since, back) : line('kept', 'warning', said('strip.refused_all', when), said('strip.refused_all_about'))
    default:
      return keptLine(status, since, back)
  }
}

function keptLine({ mine }: SyncStatus, since: Since, back: BackOnline | null): StripFace | null {
  if (mine.rejected > 0) return { kind: 'kept', tone: 'warning', main: said(allForRights(mine) ? 'strip.refused_rights' : 'strip.refused', { count: mine.rejected }), about: said('strip.refused_about', { count: mine.rejected }) }
  if (!back || mine.conflicts === 0) return null
  const sent = Math.max(0, back.waited - mine.waiting)
  return { kind: 'back', tone: 'success', main: said('strip.back', { at: since(back.at) }), about: said('strip.back_about', { sent, count: mine.conflicts }) }
}
