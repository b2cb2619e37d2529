import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  kind?: 'primary' | 'secondary' | 'accent' | 'quiet' | 'danger'
  small?: boolean
  icon?: LucideIcon
  /** Keys shown beside the label; the page binds them. */
  keys?: string
  /** Text of the button; with `iconOnly` it is spoken and shown as tooltip. */
  label: string
  iconOnly?: boolean
  trailing?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({ kind = 'secondary', small, icon: Icon, keys, label, iconOnly, trailing, className, ref, ...rest }: ButtonProps) {
  const classes = [styles['button'], styles[kind], small && styles['small'], iconOnly && styles['iconOnly'], className]
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      className={classes.filter(Boolean).join(' ')}
      {...(iconOnly ? { 'aria-label': label, title: rest.title ?? label } : {})}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {!iconOnly && <span>{label}</span>}
      {keys && (
        <kbd className={styles['keys']} aria-hidden>
          {keys}
        </kbd>
      )}
      {trailing}
    </button>
  )
}
