import { Link } from 'wouter'
import { listMatters } from '../../../shared/domain/matters/operations.ts'
import { useAnswer } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { dueWords, pathOfMatter } from '../inbox/matter-words.ts'
import styles from './Home.module.css'

const SHOWN = 20

/** People whom two projects count on at the same time; projects one may not read stay unnamed. */
export const useDoubleBooked = () => useAnswer(listMatters, { filter: { kind: 'double_booked' }, limit: SHOWN }).answer?.value

export function DoubleBooked() {
  const t = useT()
  const format = useFormat()
  const org = useOrg() ?? ''
  const found = useDoubleBooked()
  return (
    <section className={styles['card']}>
      <h2>{t('home.double')}</h2>
      {found?.items.length === 0 && <p className={styles['muted']}>{t('home.double_none')}</p>}
      <ul className={styles['days']}>
        {(found?.items ?? []).map((one) => {
          const both = Array.isArray(one.conflict?.['project_ids']) ? one.conflict['project_ids'].flatMap((id) => (typeof id === 'string' ? [found?.names.projects[id] ?? id] : [])) : []
          return (
            <li key={one.id} className={styles['double']}>
              <Link href={pathOfMatter(org, one)}>{one.title}</Link> <ConflictBadge severity={one.severity} text={t(`matter.severity.${one.severity}`)} />
              <span className={styles['muted']}>{[dueWords(format, one.due_at), both.length > 1 ? both.join(' / ') : [...both, t('home.other_project')].join(' / ')].join(' · ')}</span>
            </li>
          )
        })}
      </ul>
      {found && found.total > SHOWN && <p className={styles['muted']}>{t('home.double_more', { count: found.total - SHOWN })}</p>}
    </section>
  )
}
