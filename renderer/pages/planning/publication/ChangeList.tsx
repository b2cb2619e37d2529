import type { SaidChange } from '../../../../shared/domain/publication/operations.ts'
import type { Wording } from './change-words.ts'
import { changeWords } from './change-words.ts'
import styles from './Publication.module.css'

/** What changed for one person, a line a change. */
export function ChangeList({ changes, words }: { changes: readonly SaidChange[]; words: Wording }) {
  return (
    <ul className={styles['changes']}>
      {changes.map((change) => (
        <li key={change.assignment_id} data-kind={change.kind}>
          {changeWords(words, change)}
        </li>
      ))}
    </ul>
  )
}
