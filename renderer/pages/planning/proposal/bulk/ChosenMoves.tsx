import { useT } from '../../../../i18n/index.ts'
import { MoveWords } from '../MoveWords.tsx'
import type { ProposedMove } from '../proposal-words.ts'
import styles from './Bulk.module.css'

/** Lines that are drawn; the others are counted. */
const LISTED = 60

/** Each row as it is and as it would be. */
export function ChosenMoves({ moves }: { moves: readonly ProposedMove[] }) {
  const t = useT()
  if (moves.length === 0) return null
  return (
    <ul className={styles['rows']} tabIndex={0} aria-label={t('proposal.many', { count: moves.length })}>
      {moves.slice(0, LISTED).map((move) => (
        <li key={move.bar.id}>
          <MoveWords move={move} />
        </li>
      ))}
      {moves.length > LISTED && <li>{t('proposal.more', { count: moves.length - LISTED })}</li>}
    </ul>
  )
}
