import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import styles from './Menu.module.css'

export interface MenuChoice {
  key: string
  label: string
  icon?: LucideIcon
  /** Given: a choice of one, with its tick. */
  checked?: boolean
  disabled?: boolean
  onChoose: () => void
}
export interface MenuGroup {
  key: string
  label?: string
  choices: readonly MenuChoice[]
}

export function Menu({ trigger, groups, align = 'start' }: { trigger: ReactElement; groups: readonly MenuGroup[]; align?: 'start' | 'end' }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} sideOffset={4} align={align}>
          <Base.Popup className={styles['popup']}>
            {groups.map((group, index) => (
              <GroupOf key={group.key} group={group} first={index === 0} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function GroupOf({ group, first }: { group: MenuGroup; first: boolean }): ReactNode {
  const checks = group.choices.some((choice) => choice.checked !== undefined)
  return (
    <>
      {!first && <Base.Separator className={styles['separator']} />}
      <Base.Group>
        {group.label && <Base.GroupLabel className={styles['label']}>{group.label}</Base.GroupLabel>}
        {checks ? (
          <Base.RadioGroup value={group.choices.find((choice) => choice.checked)?.key} onValueChange={(key) => group.choices.find((choice) => choice.key === key)?.onChoose()}>
            {group.choices.map((choice) => (
              <Base.RadioItem key={choice.key} value={choice.key} className={styles['item']} closeOnClick>
                <span className={styles['mark']}>{choice.checked && <Check size={14} aria-hidden />}</span>
                {choice.label}
              </Base.RadioItem>
            ))}
          </Base.RadioGroup>
        ) : (
          group.choices.map(({ key, label, icon: Icon, disabled, onChoose }) => (
            <Base.Item key={key} className={styles['item']} onClick={onChoose} disabled={disabled ?? false}>
              {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
              {label}
            </Base.Item>
          ))
        )}
      </Base.Group>
    </>
  )
}
