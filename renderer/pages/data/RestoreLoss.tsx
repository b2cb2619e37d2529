import { isInstant } from '../../../shared/kernel/instants.ts'
import { useAnswer } from '../../app/queries.ts'
import { previewRestore } from '../../app/watching.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Data.module.css'

const SHOWN = 6

/** Before a restore: what was done since, which the organization would be without. */
export function RestoreLoss({ name }: { name: string }) {
  const t = useT()
  const format = useFormat()
  const { answer, loading } = useAnswer(previewRestore, { name }, { keep: false })
  if (loading) return <p role="status">{t('data.loss_counting')}</p>
  if (!answer) return null
  const { since } = answer.value
  if (since === null) return <p className={styles['muted']}>{t('data.loss_unknown')}</p>
  if (since.changes === 0) return <p>{t('data.loss_none')}</p>
  const moment = (at: string | null): string => (at !== null && isInstant(at) ? format.moment(at) : '—')
  return (
    <div className={styles['section']}>
      <p>
        <strong>{t('data.loss', { changes: since.changes, people: since.people })}</strong> {t('data.loss_last', { at: moment(since.last_at) })}
      </p>
      <ul className={styles['list']}>
        {since.by_entity.slice(0, SHOWN).map(({ entity, count }) => (
          <li key={entity}>{t('data.loss_line', { entity: wordOf(t, 'entity', entity), count })}</li>
        ))}
        {since.by_entity.length > SHOWN && <li>{t('data.loss_more', { count: since.by_entity.length - SHOWN })}</li>}
      </ul>
    </div>
  )
}
