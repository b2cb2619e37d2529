import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { LucideIcon } from 'lucide-react'
import styles from './Segmented.module.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string; icon?: LucideIcon }[]
  onChange: (value: Value) => void
}

/** One of a few, all seen at once; arrows go along them. */
export function Segmented<Value extends string>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleGroup
      className={styles['group']}
      role="toolbar"
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const chosen = choices.find((one) => next.includes(one.value))
        if (chosen) onChange(chosen.value)
      }}
    >
      {choices.map(({ value: own, label: name, icon: Icon }) => (
        <Toggle key={own} value={own} className={styles['part']}>
          {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
          <span>{name}</span>
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
