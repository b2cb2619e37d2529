import { isInstant, toMs, HOUR } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { nearHours } from '../../../shared/domain/engagement/marks.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { Facts } from '../../components/SidePanel.tsx'
import { hostZone } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ChangedTerms } from '../engagement/ChangedTerms.tsx'
import type { AcceptanceRow, EngagedRow } from '../engagement/rows.ts'
import { changedTerms } from '../engagement/standing.ts'
import type { Asking, TermField } from '../engagement/standing.ts'
import { leftWords, momentWords, useSaying, useTermWords } from '../engagement/words.ts'
import { useNow } from '../planning/timeline/use-now.ts'
import styles from './Inbox.module.css'

/** What was offered, on the clocks of the mission; the rate only where it may be read. */
export function Terms({ offer: { terms, rate }, zone: known }: { offer: AcceptanceRow; zone: string }) {
  const t = useT()
  const zone = terms.zone || known
  const saying = useSaying(zone)
  const words = useTermWords(zone)
  const of = (field: TermField): readonly [string, string] => [t(`engagement.term.${field}`), words({ field, before: terms, after: terms }, 'after')]
  const elsewhere = zone === hostZone() ? '' : ` (${zone})`
  const window = t('inbox.window', { from: momentWords(saying, terms.start_at), to: momentWords(saying, terms.end_at) }) + elsewhere
  return (
    <Facts
      facts={[
        [t('engagement.term.mission'), [terms.mission, terms.project].filter(Boolean).join(' · ')],
        [t('inbox.when'), window],
        ...(isInstant(terms.call_at) ? [of('call_at')] : []),
        of('role'), of('place'), of('engagement_kind'),
        ...(terms.part ? [of('part')] : []),
        ...(terms.quantity > 1 ? [of('quantity')] : []),
        ...(terms.cachets > 0 ? [of('cachets')] : []),
        ...(rate ? [[t('engagement.term.rate'), words({ field: 'rate', before: rate, after: rate }, 'after')] as const] : []),
      ]}
    />
  )
}

/** What was agreed, or asked before, beside what is asked now. */
export function ChangedFrom({ row, asking: { draft, pending, agreed }, zone }: { row: EngagedRow; asking: Asking; zone: string }) {
  const asked = draft ?? pending
  const before = row.state === 'proposed' ? (draft ? pending : null) : agreed
  if (!asked || !before || asked === before) return null
  return <ChangedTerms changes={changedTerms(before, asked)} zone={zone} />
}

export function TimeLeft({ until, zone }: { until: Instant; zone: string }) {
  const saying = useSaying(zone)
  const now = useNow()
  const away = toMs(until) - now
  return (
    <strong className={styles['left']} data-near={away > 0 && away < nearHours * HOUR} data-over={away <= 0}>
      {leftWords(saying, until, now)}
    </strong>
  )
}

/** What the person asked for with their yes, and what they said. */
export function Quotes({ of: { conditions, words } }: { of: AcceptanceRow }) {
  const t = useT()
  const quotes = [[t('engagement.conditions'), conditions], [t('engagement.words'), words]] as const
  return quotes.map(([title, text]) =>
    text ? (
      <figure key={title} className={styles['quote']}>
        <figcaption>{title}</figcaption>
        <blockquote>{text}</blockquote>
      </figure>
    ) : null,
  )
}

/** An answer that could not be applied: when it was given, and why. */
export function Late({ of: { late }, zone, own = false }: { of: AcceptanceRow; zone: string; own?: boolean }) {
  const t = useT()
  const saying = useSaying(zone)
  const textOf = useFailureText()
  if (!late) return null
  const when = momentWords(saying, late.at)
  const said = own ? (late.answer === 'accepted' ? 'inbox.late_own_yes' : 'inbox.late_own_no') : late.answer === 'accepted' ? 'engagement.late_yes' : 'engagement.late_no'
  return (
    <div className={styles['mark']}>
      <strong>{t(said, { when })}</strong>
      <span>{t('inbox.late_why', { why: textOf.failure({ code: late.why, message: late.why }) })}</span>
    </div>
  )
}
