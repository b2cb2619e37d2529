import { useT } from '../../i18n/index.ts'
import styles from './Engagement.module.css'
import type { ChangedTerm } from './standing.ts'
import { useTermWords } from './words.ts'

/** What was agreed and what is asked now, term by term. */
export function ChangedTerms({ changes, zone }: { changes: readonly ChangedTerm[]; zone: string }) {
  const t = useT()
  const words = useTermWords(zone)
  if (changes.length === 0) return null
  return (
    <table className={styles['terms']} aria-label={t('engagement.terms_heading')}>
      <thead>
        <tr>
          <th scope="col">{t('engagement.term')}</th>
          <th scope="col">{t('people.change_before')}</th>
          <th scope="col">{t('people.change_after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{t(`engagement.term.${change.field}`)}</th>
            <td>{words(change, 'before')}</td>
            <td>{words(change, 'after')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
