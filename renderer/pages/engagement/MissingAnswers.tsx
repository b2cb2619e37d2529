import { ScanLine } from 'lucide-react'
import { useState } from 'react'
import { acceptFor } from '../../../shared/domain/engagement/operations.ts'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useList } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { useProject } from '../../app/context.tsx'
import { Button } from '../../components/Button.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { useNow } from '../planning/timeline/use-now.ts'
import styles from './Engagement.module.css'
import { EnterSlipDialog } from './EnterSlipDialog.tsx'
import { AskedLine, marksOf } from './marks.ts'
import { leftWords, useSaying } from './words.ts'

const waiting = ['untold', 'waiting', 'due_soon', 'reconfirm', 'late'] as const

/** Who has not answered for a mission, each with where their question stands; how many nobody asked. */
export function MissingAnswers({ mission, zone }: { mission: string; zone: string }) {
  const t = useT()
  const go = useGo()
  const now = useNow()
  const [entering, setEntering] = useState(false)
  const saying = useSaying(zone)
  const project = useProject()
  const list = useList(listAssignments, { project_id: project.id, filter: { mission_id: mission }, sort: ['collaborator_name'], limit: 200 }, AskedLine)
  if (list.failure) return <ErrorState failure={list.failure} onRetry={list.retry} />
  if (list.loading) return <LoadingSkeleton rows={2} />
  const rows = list.items.map((row) => ({ row, marks: marksOf(row, now) }))
  const missing = rows.filter(({ marks }) => waiting.some((mark) => marks.includes(mark)))
  const unasked = rows.filter(({ marks }) => marks.includes('to_ask')).length
  if (missing.length === 0 && unasked === 0) return <p className={mutedText}>{t(list.items.some(({ state }) => state !== 'canceled') ? 'engagement.missing_none' : 'engagement.missing_nobody')}</p>
  return (
    <div className={styles['section']}>
      {missing.length > 0 && (
        <ul className={styles['people']}>
          {missing.map(({ row, marks }) => (
            <li key={row.id}>
              <button type="button" className={styles['link']} onClick={() => go(`${paths.planning(project.org, project.id)}?sel=${row.id}`)}>
                {row.collaborator_name}
              </button>
              <span>{[...marks.filter((mark) => mark !== 'due_soon' && mark !== 'accepted' && mark !== 'confirmed').map((mark) => t(`engagement.mark.${mark}`)), row.acceptance_state === 'pending' && row.deadline_at ? leftWords(saying, row.deadline_at, now) : null].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && list.can.has(acceptFor.name) && (
        <div className={styles['actions']}>
          <Button small icon={ScanLine} label={t('engagement.slip_enter')} onClick={() => setEntering(true)} />
        </div>
      )}
      {entering && <EnterSlipDialog onClose={() => setEntering(false)} />}
      {unasked > 0 && <p className={mutedText}>{t('engagement.missing_unasked', { count: unasked })}</p>}
    </div>
  )
}
