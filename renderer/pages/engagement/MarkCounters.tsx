import { engagementMarks } from '../../../shared/domain/engagement/marks.ts'
import { listCrew } from '../../../shared/domain/people/crew-operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { CounterFilter } from '../../components/CounterFilter.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Engagement.module.css'

/** How many people stand where, of the whole team; each is a filter of the page. */
export function MarkCounters({ project, chosen, onChoose }: { project: string; chosen: string; onChoose: (mark: string) => void }) {
  const t = useT()
  const { answer } = useAnswer(listCrew, { project_id: project, limit: 1, facets: ['engagement'] })
  const counts = new Map((answer?.value.facets?.['engagement'] ?? []).map(({ value, count }) => [String(value), count]))
  const shown = engagementMarks.filter((mark) => (counts.get(mark) ?? 0) > 0 || chosen === mark)
  if (shown.length === 0) return null
  return (
    <div className={styles['counters']} role="group" aria-label={t('engagement.mark')}>
      {shown.map((mark) => (
        <CounterFilter key={mark} label={t('engagement.mark_filter', { mark: t(`engagement.mark.${mark}`), count: counts.get(mark) ?? 0 })} on={chosen === mark} onChoose={(on) => onChoose(on ? mark : '')} />
      ))}
    </div>
  )
}
