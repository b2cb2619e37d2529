import { Printer } from 'lucide-react'
import { useRef, useState } from 'react'
import { engagementTimeline } from '../../../shared/domain/engagement/queries.ts'
import { useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { printElement } from '../runsheets/print-element.ts'
import styles from './Engagement.module.css'
import { timelineDays } from './timeline-days.ts'
import type { Entry } from './timeline-days.ts'

/** Entries shown at first; the rest when asked. */
const SHOWN = 40

type About = { readonly mission_id: string } | { readonly project_id: string } | { readonly collaborator_id: string }

/** What happened to the engagements of a mission, a project or a person, in words, by day; `title` heads it on paper. */
export function EngagementTimeline({ about, zone, title }: { about: About; zone: string; title: string }) {
  const t = useT()
  const format = useFormat()
  const paper = useRef<HTMLDivElement>(null)
  const [all, setAll] = useState(false)
  const asked = useAnswer(engagementTimeline, about, { keep: false })
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer) return <LoadingSkeleton rows={3} />
  const { items } = asked.answer.value
  if (items.length === 0) return <p className={mutedText}>{t('engagement.timeline_none')}</p>
  const days = timelineDays(all ? items : items.slice(0, SHOWN), zone)
  const ofMission = 'mission_id' in about
  const ofPerson = 'collaborator_id' in about
  return (
    <div className={styles['section']}>
      <div ref={paper} className={styles['days']}>
        <h3 className={styles['paper']}>{`${t('engagement.timeline')} · ${title}`}</h3>
        {days.map(({ date, entries }) => (
          <section key={date} className={styles['day']}>
            <h4>{format.day(date)}</h4>
            <ol>
              {entries.map((entry) => (
                <li key={entry.key}>
                  <time dateTime={entry.at}>{format.timeOf(entry.at, zone)}</time>
                  <span>
                    {entryWords(t, entry, ofPerson)}
                    {entry.actor_name !== null && <span className={mutedText}> · {entry.actor_name}</span>}
                    {!ofMission && entry.mission_title !== null && entry.assignment_id !== null && <span className={mutedText}> · {entry.mission_title}</span>}
                  </span>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <div className={styles['head']}>
        {!all && items.length > SHOWN && <Button small kind="quiet" label={t('engagement.timeline_more')} onClick={() => setAll(true)} />}
        <Button small kind="quiet" icon={Printer} label={t('engagement.timeline_print')} onClick={() => paper.current && printElement(paper.current)} />
      </div>
    </div>
  )
}

/** One entry as a sentence; of a person alone their name goes without saying. */
export function entryWords(t: Translate, entry: Entry, ofPerson: boolean): string {
  const name = entry.collaborator_name ?? t('engagement.somebody')
  const whose = ofPerson ? 'own' : 'named'
  switch (entry.kind) {
    case 'assignment_proposed': {
      const how = entry.channel === null ? '' : wordOf(t, 'engagement.channel', entry.channel)
      return t(`engagement.entry.${entry.again ? 'asked_again' : 'asked'}_${whose}`, { name, how }).trim()
    }
    case 'acceptance_recorded': {
      const how = entry.source === null ? '' : wordOf(t, 'engagement.source', entry.source)
      return t(`engagement.entry.${entry.answer ?? 'accepted'}_${whose}`, { name, how }).trim()
    }
    case 'proposal_expired':
      return t(`engagement.entry.expired_${whose}`, { name })
    default:
      return t(`engagement.entry.${entry.kind}`, { title: entry.mission_title ?? '—' })
  }
}
