import styles from './CounterFilter.module.css'

/** How many rows stand so, in words: pressed, only those are listed; pressed again, all are. */
export function CounterFilter({ label, title, on, onChoose }: { label: string; title?: string; on: boolean; onChoose: (on: boolean) => void }) {
  return (
    <button type="button" className={styles['counter']} aria-pressed={on} title={title} onClick={() => onChoose(!on)}>
      {label}
    </button>
  )
}
