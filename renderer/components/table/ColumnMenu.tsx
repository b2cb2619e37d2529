import { Popover } from '@base-ui/react/popover'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { movedColumn } from '../list/address.ts'
import styles from './Table.module.css'

interface ColumnMenuProps {
  columns: readonly { key: string; label: string }[]
  shown: readonly string[]
  onChange: (keys: readonly string[]) => void
  onReset: (() => void) | undefined
}

/** Which columns, and in which order: by mouse, Tab and Space, or Alt and arrows. */
export function ColumnMenu({ columns, shown, onChange, onReset }: ColumnMenuProps) {
  const t = useT()
  const listed = [...shown.flatMap((key) => columns.find((one) => one.key === key) ?? []), ...columns.filter((one) => !shown.includes(one.key))]
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button small kind="quiet" iconOnly icon={Columns3} label={t('table.columns')} />} />
      <Popover.Portal>
        <Popover.Positioner className={styles['positioner']} sideOffset={4} align="end">
          <Popover.Popup className={styles['menu']} aria-label={t('table.columns')}>
            <ul>
              {listed.map(({ key, label }) => {
                const at = shown.indexOf(key)
                return (
                  <li
                    key={key}
                    onKeyDown={(event) => {
                      if (!event.altKey || at < 0 || (event.code !== 'ArrowUp' && event.code !== 'ArrowDown')) return
                      event.preventDefault()
                      onChange(movedColumn(shown, key, event.code === 'ArrowUp' ? -1 : 1))
                    }}
                  >
                    <label>
                      <input type="checkbox" checked={at >= 0} disabled={at >= 0 && shown.length === 1} onChange={() => onChange(at < 0 ? [...shown, key] : shown.filter((one) => one !== key))} />
                      {label}
                    </label>
                    <Button small kind="quiet" iconOnly icon={ArrowUp} label={t('table.column_before', { name: label })} disabled={at <= 0} onClick={() => onChange(movedColumn(shown, key, -1))} />
                    <Button small kind="quiet" iconOnly icon={ArrowDown} label={t('table.column_after', { name: label })} disabled={at < 0 || at === shown.length - 1} onClick={() => onChange(movedColumn(shown, key, 1))} />
                  </li>
                )
              })}
            </ul>
            {onReset && <Button small kind="quiet" label={t('table.columns_usual')} onClick={onReset} />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
