import { Link } from 'wouter'
import { listAudit } from '../../../shared/domain/audit/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { paths } from '../../app/routes.ts'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { actionWords } from '../audit/action-words.ts'
import { Card } from './Card.tsx'
import { instantOf } from './coming.ts'
import styles from './Overview.module.css'
import { LAST_CHANGES } from './questions.ts'

const SHOWN = 8

/** The last gestures in this project, for who may read the log; others do not see the block at all. */
export function LastChanges() {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const asked = useAnswer(listAudit, { project_id: project.id, limit: LAST_CHANGES })
  if (asked.failure || !asked.answer) return null
  const lines = asked.answer.value.items.filter((line) => line.lead && line.op !== null).slice(0, SHOWN)
  return (
    <Card title={t('overview.changes')} end={<Link href={`${paths.audit(project.org)}?project=${project.id}`}>{t('overview.changes_all')}</Link>}>
      {lines.length === 0 && <p className={styles['muted']}>{t('overview.changes_none')}</p>}
      <ul className={styles['changes']}>
        {lines.map((line) => {
          const at = instantOf(line.occurred_at)
          return (
            <li key={line.id} className={styles['line']}>
              <span className={styles['hour']}>{at && `${format.dayOf(at, hostZone()).replace(/^\S+ /, '')} ${format.timeOf(at, hostZone())}`}</span>
              <span className={styles['clip']}>
                {actionWords(t, line.action)}
                {line.title ? ` · ${line.title}` : ''}
              </span>
              <span className={styles['muted']}>{line.actor_name}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
