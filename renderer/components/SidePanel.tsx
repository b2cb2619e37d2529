import { X } from 'lucide-react'
import { Fragment, useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import styles from './SidePanel.module.css'

interface SidePanelProps {
  title: string
  badge?: ReactNode
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
  /** Changes when another record is shown: the heading takes the focus. */
  record: string
  /** Given: Ctrl+Enter applies. */
  onApply?: () => void
}

export function SidePanel({ title, badge, onClose, children, footer, record, onApply }: SidePanelProps) {
  const t = useT()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // A field that asked for the focus keeps it.
    if (!panel.current?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
  }, [record])
  return (
    <aside
      ref={panel}
      className={styles['panel']}
      aria-labelledby={id}
      data-region="panel"
      onKeyDown={(event) => {
        if (event.defaultPrevented) return
        if (event.key === 'Escape') {
          event.preventDefault()
          onClose()
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && onApply) {
          event.preventDefault()
          onApply()
        }
      }}
    >
      <div className={styles['head']}>
        <h2 id={id} ref={heading} tabIndex={-1} className={styles['title']}>
          {title}
        </h2>
        {badge}
        <Button kind="quiet" small iconOnly icon={X} label={t('action.close')} onClick={onClose} />
      </div>
      <div className={styles['body']} tabIndex={0} role="group" aria-labelledby={id}>
        {children}
      </div>
      <div className={styles['foot']}>{footer}</div>
    </aside>
  )
}

export function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['section']}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** Read-only fields: texts, not disabled inputs. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value || '—'}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
