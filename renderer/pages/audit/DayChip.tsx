import { useEffect, useState } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { dayText, parseDay } from '../../components/time-entry.ts'
import styles from '../../components/Page.module.css'

/** A day typed as `24/10`; in the address as `2026-10-24`. */
export function DayChip({ name, label }: { name: string; label: string }) {
  const url = useUrlState()
  const value = url.get(name)
  const [typed, setTyped] = useState(value ? dayText(value) : '')
  useEffect(() => setTyped(value ? dayText(value) : ''), [value])
  // Logs are about the past: a day without a year is looked for from a year ago.
  const [yearAgo] = useState(() => new Date(Date.now() - 364 * 86_400_000).toISOString().slice(0, 10))
  const understood = parseDay(typed, yearAgo)
  return (
    <label className={styles['chip']} data-on={value !== ''}>
      {label}
      <input
        className={styles['day']}
        placeholder="24/10"
        value={typed}
        {...(typed !== '' && understood === null ? { 'aria-invalid': true } : {})}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => url.set({ [name]: understood })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') url.set({ [name]: understood })
        }}
      />
    </label>
  )
}
