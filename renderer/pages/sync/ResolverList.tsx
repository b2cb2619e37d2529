import { paths, useGo, useOrg } from '../../app/routes.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useT } from '../../i18n/index.ts'
import type { KeptLine, MergedLine } from './kept.ts'
import { MergedList } from './MergedList.tsx'
import styles from './Sync.module.css'
import { operationWords, whyWords } from './words.ts'

/** What waits, the next record first; below it what went through beside others, so that one sees that nothing was lost. */
export function ResolverList({ items, merged, current }: { items: readonly KeptLine[]; merged: readonly MergedLine[]; current: string | null }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  return (
    <nav className={styles['records']} aria-label={t('sync.to_decide')}>
      {items.length > 0 && <h2>{t('sync.to_decide')}</h2>}
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" id={`kept-${one.id}`} className={styles['record']} aria-current={one.id === current ? 'true' : undefined} onClick={() => go(paths.syncConflict(org, one.id))}>
              <span className={styles['recordHead']}>
                <strong>{one.about?.title ?? operationWords(t, one.name)}</strong>
                <ConflictBadge severity={one.outcome === 'conflict' ? 'severe' : 'warning'} text="" source={t(`sync.outcome.${one.outcome}`)} />
              </span>
              <span className={styles['muted']}>
                {operationWords(t, one.name)}
                {one.mine ? '' : ` · ${one.issuer_name}`}
              </span>
              <span>{whyWords(t, one)}</span>
            </button>
          </li>
        ))}
      </ul>
      {merged.length > 0 && (
        <>
          <h2>{t('sync.merged')}</h2>
          <MergedList merged={merged} />
        </>
      )}
    </nav>
  )
}
