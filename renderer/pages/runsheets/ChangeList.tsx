import type { ChangeLine } from './sheet-rows.ts'
import styles from './Sheet.module.css'

const ARROW = ' → '

/** A difference in words: the old value struck, the new one bold. */
export function ChangeText({ line }: { line: ChangeLine }) {
  return line.runs.map((run, index) => {
    if (run.bold) return <strong key={index}>{run.text}</strong>
    if (!run.text.endsWith(ARROW)) return <span key={index}>{run.text}</span>
    return (
      <span key={index}>
        <s>{run.text.slice(0, -ARROW.length)}</s>
        {ARROW}
      </span>
    )
  })
}

export function ChangeList({ lines }: { lines: readonly ChangeLine[] }) {
  return (
    <ul className={styles['changes']}>
      {lines.map((line, index) => (
        <li key={index}>
          <ChangeText line={line} />
        </li>
      ))}
    </ul>
  )
}
