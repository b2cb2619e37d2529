import { Link } from 'wouter'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { useSince } from '../../app/sync/status.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { KeptLine } from './kept.ts'
import styles from './Sync.module.css'
import { entityWords, operationWords, whyWords } from './words.ts'

/** Kept commands, each a way to its own page. */
export function KeptTable({ items, label }: { items: readonly KeptLine[]; label: string }) {
  const t = useT()
  const org = useOrg() ?? ''
  const since = useSince()
  return (
    <table className={styles['plain']} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('sync.record')}</th>
          <th scope="col">{t('sync.what')}</th>
          <th scope="col">{t('sync.entered')}</th>
          <th scope="col">{t('sync.state')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td>
              <Link href={paths.syncConflict(org, one.id)} className={styles['link']}>
                {one.about?.title ?? operationWords(t, one.name)}
              </Link>
              <small>{one.about ? entityWords(t, one.about.entity) : ''}</small>
            </td>
            <td>{operationWords(t, one.name)}</td>
            <td>
              {one.issuer_name}
              <small>{isInstant(one.issued_at) ? since(one.issued_at) : ''}</small>
            </td>
            <td>
              {one.decided ? wordOf(t, 'sync.decision', one.decided.decision) : t(`sync.outcome.${one.outcome}`)}
              <small>{one.decided ? `${one.decided.by}${isInstant(one.decided.at) ? `, ${since(one.decided.at)}` : ''}` : whyWords(t, one)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
