/** Where an engagement stands, said in one line. */
import type { Instant } from '../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFormat } from '../../i18n/format.ts'
import type { Format } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { timeLeft } from './deadline.ts'
import type { AcceptanceRow, EngagedRow, OfferedTerms } from './rows.ts'
import type { Asking, ChangedTerm } from './standing.ts'

/** Who says it, and on whose clocks. */
export interface Saying {
  t: Translate
  format: Format
  zone: string
}
export function useSaying(zone: string): Saying {
  return { t: useT(), format: useFormat(), zone }
}

/** `lun. 12 oct. à 14:30`. */
export const momentWords = ({ t, format, zone }: Saying, at: Instant): string => t('engagement.moment', { day: format.dayOf(at, zone), time: format.timeOf(at, zone) })

/** `il reste 1 j 4 h`, `délai dépassé depuis 12 min`. */
export function leftWords({ t }: Saying, deadline: Instant, now: number): string {
  const { over, days, hours, minutes } = timeLeft(deadline, now)
  const unit = days > 0 ? 'days' : hours > 0 ? 'hours' : 'minutes'
  return t(`engagement.${over ? 'over' : 'left'}_${unit}`, { days, hours, minutes })
}

/** What was asked, how they were told, whether they opened it; by whom. */
function askedWords(saying: Saying, one: AcceptanceRow): string[] {
  const { t } = saying
  if (one.asked_at === null) return []
  const by = one.asked_by_name === null ? [] : [t('engagement.asked_by', { name: one.asked_by_name })]
  const asked = [t('engagement.asked', { when: momentWords(saying, one.asked_at) }), ...(one.channel === null ? [] : [wordOf(t, 'engagement.channel', one.channel)]), ...by].join(' ')
  return [asked, ...(one.opened_at === null ? [] : [t('engagement.opened', { when: momentWords(saying, one.opened_at) })])]
}

/** How it ended; nothing while it waits. */
export function endWords(saying: Saying, one: AcceptanceRow): string | null {
  const { t } = saying
  switch (one.state) {
    case 'accepted':
    case 'refused': {
      const said = one.state === 'refused' ? 'refused' : one.conditions === null ? 'accepted' : 'conditions'
      const when = one.answered_at === null ? '—' : momentWords(saying, one.answered_at)
      const counts = one.accepted === null ? null : t('engagement.counts', { accepted: one.accepted, refused: one.refused ?? 0 })
      return [[t(`engagement.said.${said}`, { when }), one.source && wordOf(t, 'engagement.source', one.source)].filter(Boolean).join(' '), counts].filter(Boolean).join(', ')
    }
    case 'expired':
      return t('engagement.said.expired', { when: momentWords(saying, one.deadline_at) })
    case 'withdrawn':
      return t('engagement.said.withdrawn')
    default:
      return null
  }
}

/** One asking from its telling to its end: for the list of former ones, and for where it stands. */
export const acceptanceWords = (saying: Saying, one: AcceptanceRow): string =>
  [askedWords(saying, one).join(', '), endWords(saying, one)].filter(Boolean).map((sentence) => `${sentence}.`).join(' ')

/** Where the engagement stands, in one line; the time left is said apart, for it moves. */
export function standingWords(saying: Saying, row: EngagedRow, { draft, pending, current }: Asking, name: string): string {
  const { t } = saying
  if (pending) return `${[...askedWords(saying, pending), t('engagement.answer_before', { when: momentWords(saying, pending.deadline_at) })].join(', ')}.`
  if (draft && current === draft) return t('engagement.untold', { name, deadline: momentWords(saying, draft.deadline_at) })
  if (current) return acceptanceWords(saying, current)
  return t(row.state === 'planned' || row.state === 'canceled' ? 'engagement.unasked' : 'engagement.unrecorded')
}

/** One side of a changed term. */
export function useTermWords(zone: string): (change: ChangedTerm, side: 'before' | 'after') => string {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  return (change, side) => {
    if (change.field === 'rate') {
      const rate = change[side]
      return rate ? `${format.amount(rate.minor, rate.currency)} · ${wordOf(t, 'settings.basis', rate.basis)}` : t('engagement.term.none')
    }
    const terms: OfferedTerms = change[side]
    switch (change.field) {
      case 'start_at':
      case 'end_at':
      case 'call_at': {
        const at = terms[change.field]
        return at ? momentWords({ t, format, zone: terms.zone || zone }, at) : t('engagement.term.none')
      }
      case 'engagement_kind':
        return wordOf(t, 'assignment.engagement', terms.engagement_kind)
      case 'role': {
        const role = catalogue.crewRoles.find(({ name }) => name === terms.role)
        return role ? catalogue.name(role) : (terms.role ?? t('engagement.term.none'))
      }
      default:
        return String(terms[change.field] ?? t('engagement.term.none'))
    }
  }
}
