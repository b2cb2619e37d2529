import { listMatters } from '../../../shared/domain/matters/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { useAnswer } from '../queries.ts'
import { paths, useGo, usePlace } from '../routes.ts'
import styles from './Shell.module.css'

/** The next sheet that has to go out, and until when; nothing when none waits. */
export function NextDeadline() {
  const t = useT()
  const go = useGo()
  const format = useFormat()
  const { org, project } = usePlace()
  const { answer } = useAnswer(listMatters, org && project ? { project_id: project, filter: { kind: 'sheet_due' }, limit: 1 } : null, { keep: false })
  const next = answer?.value.items[0]
  if (!org || !project || !next || !isInstant(next.due_at)) return null
  return (
    <button type="button" className={styles['deadline']} onClick={() => go(next.act.place === 'sheet' ? paths.sheet(org, project, next.act.id) : paths.sheets(org, project))}>
      <small>{t('nav.deadline')}</small>
      <b>{t('nav.deadline_sheet', { title: next.title })}</b>
      <span>{t('nav.deadline_at', { at: `${format.dayOf(next.due_at, hostZone())} ${format.timeOf(next.due_at, hostZone())}` })}</span>
    </button>
  )
}
