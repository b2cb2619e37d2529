import { Combobox as Base } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import { controlClass, Field } from './Field.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './Combobox.module.css'

export interface Option {
  id: string
  label: string
  /** Second line: role, place, reason. */
  detail?: string
  /** Shown at the end: conflicts, state. */
  trailing?: ReactNode
}

interface ComboboxProps extends FieldProps {
  options: readonly Option[]
  value: string | null
  onChange: (id: string | null) => void
  /** Given: the caller filters (search in the core) and gets each text typed; else the options are filtered here by their label. */
  onSearch?: (text: string) => void
  placeholder?: string
  autoFocus?: boolean
}

export function Combobox({ options, value, onChange, onSearch, placeholder, autoFocus, ...field }: ComboboxProps) {
  const t = useT()
  const chosen = options.find((option) => option.id === value) ?? null
  return (
    <Field {...field}>
      {(control) => (
        <Base.Root
          items={options}
          value={chosen}
          onValueChange={(option) => onChange(option?.id ?? null)}
          isItemEqualToValue={(one, other) => one.id === other.id}
          itemToStringLabel={(option) => option.label}
          autoHighlight
          {...(onSearch ? { filter: null, onInputValueChange: (text: string) => onSearch(text) } : {})}
        >
          <Base.Input {...control} className={controlClass} placeholder={placeholder} autoFocus={autoFocus} autoComplete="off" />
          <Base.Portal>
            <Base.Positioner className={styles['positioner']} sideOffset={4} align="start">
              <Base.Popup className={styles['popup']}>
                <Base.Empty className={styles['none']}>{t('search.none')}</Base.Empty>
                <Base.List className={styles['list']}>
                  {(option: Option) => (
                    <Base.Item key={option.id} value={option} className={styles['item']}>
                      <span>
                        {option.label}
                        {option.detail && <span className={styles['detail']}> · {option.detail}</span>}
                      </span>
                      {option.trailing}
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  )
}
