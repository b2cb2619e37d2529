import { Check } from 'lucide-react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useSince } from '../../app/sync/status.ts'
import { useT } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import type { MergedLine } from './kept.ts'
import styles from './Sync.module.css'
import { operationWords } from './words.ts'

/** Fields named of one command. */
const MOST = 4

/** What went through beside what others had changed: listed, so that one sees that nothing was lost. */
export function MergedList({ merged }: { merged: readonly MergedLine[] }) {
  const t = useT()
  const since = useSince()
  return (
    <ul className={styles['merged']}>
      {merged.map((one) => (
        <li key={one.id}>
          <Check size={14} aria-hidden />
          <span>
            {t('sync.named', { what: one.about?.title ?? operationWords(t, one.name), how: [...new Set(one.fields.map(({ field }) => fieldWords(t, field)))].slice(0, MOST).join(', ') })}
            {isInstant(one.issued_at) && <span className={styles['muted']}> · {since(one.issued_at)}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
