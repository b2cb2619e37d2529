import { ChevronDown, ChevronRight, ChevronUp, X } from 'lucide-react'
import { Fragment, useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useUrlState } from '../app/routes.ts'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { useNeighbours } from './panel-neighbours.ts'
import { bringsQuietly } from './quiet-panel.ts'
import styles from './SidePanel.module.css'
import { Tabs } from './Tabs.tsx'

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
  /** Who changed what, read when it is looked at. */
  history?: () => ReactNode
}

export function SidePanel({ title, badge, onClose, children, footer, record, onApply, history }: SidePanelProps) {
  const t = useT()
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  const beside = useNeighbours(record)
  const url = useUrlState()
  const tab = url.get('panel') === 'history' ? 'history' : 'detail'
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    // A field that asked for the focus keeps it, also a cell being edited; a look from the table leaves it there.
    if (bringsQuietly(record) || document.activeElement?.matches('[role=grid] :is(input, select)')) return
    if (!panel.current?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true })
  }, [record])
  useEffect(
    () => () => {
      // Closed while it held the focus: the row of what it showed takes it back, else what opened it.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const row = document.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(record)}"]`)
        if (row) row.focus({ preventScroll: true })
        else if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
      })
    },
    [record, opener],
  )
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
        const bare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
        const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]')
        const go = !bare || typing ? null : event.key === 'j' ? beside?.next : event.key === 'k' ? beside?.previous : null
        if (go) {
          event.preventDefault()
          go()
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
        {beside && (beside.previous ?? beside.next) && (
          <>
            <Button kind="quiet" small iconOnly icon={ChevronUp} label={t('panel.previous')} title={`${t('panel.previous')} (K)`} disabled={!beside.previous} onClick={() => beside.previous?.()} />
            <Button kind="quiet" small iconOnly icon={ChevronDown} label={t('panel.next')} title={`${t('panel.next')} (J)`} disabled={!beside.next} onClick={() => beside.next?.()} />
          </>
        )}
        <Button kind="quiet" small iconOnly icon={X} label={t('action.close')} onClick={onClose} />
      </div>
      {history ? (
        <Tabs
          label={title}
          value={tab}
          onChange={(key) => url.set({ panel: key === 'history' ? key : null }, 'push')}
          tabs={[
            { key: 'detail', label: t('panel.detail'), content: <div className={styles['tabbed']}>{children}</div> },
            { key: 'history', label: t('panel.history'), content: <div className={styles['tabbed']}>{tab === 'history' && history()}</div> },
          ]}
        />
      ) : (
        <div className={styles['body']} tabIndex={0} role="group" aria-labelledby={id}>
          {children}
        </div>
      )}
      <div className={styles['foot']}>{footer}</div>
    </aside>
  )
}

/** Sections that the person folded stay folded from one record to the next, and opened ones open. */
const folded = new Set<string>()
const opened = new Set<string>()

/** `lazy`: folded until asked for, and made only then. */
export function PanelSection({ title, lazy = false, children }: { title: string; lazy?: boolean; children: ReactNode }) {
  const id = useId()
  const [open, setOpen] = useState(lazy ? opened.has(title) : !folded.has(title))
  const toggle = (): void => {
    if (open) folded.add(title)
    else folded.delete(title)
    if (open) opened.delete(title)
    else opened.add(title)
    setOpen(!open)
  }
  return (
    <section className={styles['section']}>
      <h3>
        <button type="button" className={styles['fold']} aria-expanded={open} aria-controls={id} onClick={toggle}>
          {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          {title}
        </button>
      </h3>
      <div id={id} className={styles['content']} hidden={!open}>
        {(open || !lazy) && children}
      </div>
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
