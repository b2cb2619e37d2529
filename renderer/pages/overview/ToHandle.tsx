import { Check, Clock } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { listMatters, type MatterItem } from '../../../shared/domain/matters/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { useMatterMarks } from '../inbox/matter-marks.ts'
import { dueWords, matterWords, missionNames, pathOfMatter } from '../inbox/matter-words.ts'
import { Card } from './Card.tsx'
import { instantOf } from './coming.ts'
import styles from './Overview.module.css'
import { toHandle } from './questions.ts'

const NO_ITEMS: readonly MatterItem[] = []

/** What is to be handled in this project, the most pressing first; each line opens where one acts. */
export function ToHandle() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const marks = useMatterMarks()
  const asked = useAnswer(listMatters, toHandle(project.id, marks))
  const [chosen, setChosen] = useState<string | null>(null)
  const value = asked.answer?.value
  const shown = value?.items ?? NO_ITEMS
  const at = shown.findIndex((one) => one.id === chosen)
  const current = shown[at]
  const select = (index: number): void => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, index))]
    if (!next) return
    setChosen(next.id)
    document.getElementById(`handle-${next.id}`)?.focus()
  }
  const settle = (how: 'done' | 'later', one = current): void => {
    if (!one) return
    const index = shown.indexOf(one)
    marks[how](one)
    setChosen((shown[index + 1] ?? shown[index - 1])?.id ?? null)
  }
  const nothing = current ? {} : { off: t('overview.choose') }
  const none = shown.length > 0 ? {} : { off: t('inbox.empty') }
  useActions([
    { id: 'matter.next', label: t('matter.next'), keys: 'j', run: () => select(at + 1), ...none },
    { id: 'matter.previous', label: t('matter.previous'), keys: 'k', run: () => select(at - 1), ...none },
    { id: 'matter.open', label: t('matter.open'), run: () => current && go(pathOfMatter(project.org, current)), ...nothing },
    { id: 'matter.done', label: t('overview.done'), keys: 'e', run: () => settle('done'), ...nothing },
    { id: 'matter.later', label: t('inbox.later'), keys: 'h', run: () => settle('later'), ...nothing },
  ])
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!value) return <LoadingSkeleton rows={4} />
  const checked = instantOf(value.checked_at)
  const waiting = (value.facets['group'] ?? []).reduce((sum, { count }) => sum + count, 0)
  const inbox = `/o/${project.org}/inbox?project=${project.id}`
  return (
    <Card title={t('overview.matters')} note={format.number(value.total)} end={waiting > 0 && <Link href={inbox}>{t('overview.all_inbox', { count: waiting })}</Link>}>
      {shown.length === 0 && (
        <p className={styles['clear']}>
          <Check size={16} aria-hidden /> {t('overview.clear', { time: checked ? format.timeOf(checked, hostZone()) : '' })}
        </p>
      )}
      <ul className={styles['matters']}>
        {shown.map((one) => (
          <li key={one.id} className={styles['matter']} data-current={one === current}>
            <ConflictBadge severity={one.severity} text={t(`matter.severity.${one.severity}`)} />
            <Link id={`handle-${one.id}`} className={styles['matterLink']} href={pathOfMatter(project.org, one)} onFocus={() => setChosen(one.id)}>
              <strong>{one.title || t(`matter.kind.${one.kind}`)}</strong> <span>{matterWords(t, format, one)}</span>
              <span className={styles['where']}>{[dueWords(format, one.due_at), ...missionNames(one, value.names).slice(0, 2)].filter(Boolean).join(' · ')}</span>
            </Link>
            <span className={styles['buttons']}>
              <Button small kind="quiet" icon={Check} iconOnly label={`${t('overview.done')} (E)`} onClick={() => settle('done', one)} />
              <Button small kind="quiet" icon={Clock} iconOnly label={`${t('overview.later')} (H)`} onClick={() => settle('later', one)} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
