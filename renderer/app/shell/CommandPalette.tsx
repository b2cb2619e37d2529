import { Dialog as Base } from '@base-ui/react/dialog'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useT } from '../../i18n/index.ts'
import { useRecent } from '../recent.ts'
import { useOrg } from '../routes.ts'
import styles from './CommandPalette.module.css'
import { useEntries } from './palette-entries.ts'
import type { Entry } from './palette-entries.ts'

/** Ctrl+K: the one field from which everything is reached. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const opening = useRef(false)
  return (
    <Base.Root open={open} onOpenChange={(now) => {
        if (now) return
        opening.current = false
        onClose()
      }}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        {/* What was chosen takes the focus itself; giving it back to the opener would take it away again. */}
        <Base.Popup className={styles['popup']} aria-label={t('palette.title')} finalFocus={() => !opening.current}>
          <Palette
            onClose={(chosen) => {
              opening.current = chosen
              onClose()
            }}
          />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

const SHOWN = 40

function Palette({ onClose }: { onClose: (chosen: boolean) => void }) {
  const t = useT()
  const id = useId()
  const org = useOrg() ?? ''
  const note = useRecent((state) => state.note)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(typed).slice(0, SHOWN)
  useEffect(() => setAt(0), [typed])
  const active = entries[Math.min(at, entries.length - 1)]
  const choose = (entry: Entry | undefined): void => {
    if (!entry || entry.off) return
    if (entry.path !== undefined && !entry.key.startsWith('recent-')) note(org, { key: entry.key, label: entry.label, kind: entry.kind, path: entry.path })
    onClose(entry.path !== undefined && entry.path.split('?')[0] !== window.location.pathname)
    // After the palette is gone: what is chosen may open a dialog of its own.
    setTimeout(entry.run)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((at + 1) % Math.max(entries.length, 1))
    else if (event.key === 'ArrowUp') setAt((at - 1 + entries.length) % Math.max(entries.length, 1))
    else if (event.key === 'Enter') choose(active)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        className={styles['input']}
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded={entries.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(active ? { 'aria-activedescendant': `${id}-${active.key}` } : {})}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} className={styles['list']} role="listbox" aria-label={t('palette.results')}>
        {entries.map((entry, index) => (
          <div
            key={entry.key}
            id={`${id}-${entry.key}`}
            role="option"
            aria-selected={entry === active}
            aria-disabled={entry.off !== undefined}
            className={styles['item']}
            ref={(element) => {
              if (entry === active) element?.scrollIntoView({ block: 'nearest' })
            }}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(entry)}
          >
            <span className={styles['label']}>{entry.label}</span>
            <small>{entry.off ?? entry.kind}</small>
            {entry.keys && <kbd className={styles['keys']}>{entry.keys}</kbd>}
          </div>
        ))}
      </div>
      {entries.every((entry) => entry.creates) && (
        <div className={styles['none']} role="status">
          {t('palette.none', { q: typed })}
        </div>
      )}
      <div className={styles['hint']}>{t('palette.hint')}</div>
    </>
  )
}
