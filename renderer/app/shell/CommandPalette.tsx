import { Dialog as Base } from '@base-ui/react/dialog'
import { useEffect, useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { fold } from '../../../shared/kernel/text.ts'
import { useT } from '../../i18n/index.ts'
import { useFound } from '../found.ts'
import { useKeeper } from '../keeper.ts'
import { useGo, usePlace } from '../routes.ts'
import { useUndo } from '../undo.ts'
import styles from './CommandPalette.module.css'
import { doorsFrom } from './Sidebar.tsx'

interface Entry {
  key: string
  group: string
  label: string
  detail?: string
  run: () => void
}

/** Ctrl+K: `/` pages, `>` actions, `@` people, `#` missions, plain text searches all. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Base.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup className={styles['popup']} aria-label={t('palette.title')}>
          <Palette onClose={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Palette({ onClose }: { onClose: () => void }) {
  const t = useT()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(typed)
  useEffect(() => setAt(0), [typed])
  const active = entries[Math.min(at, entries.length - 1)]
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, entries.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
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
          <div key={entry.key} role="presentation">
            {entries[index - 1]?.group !== entry.group && (
              <div className={styles['group']} role="presentation">
                {entry.group}
              </div>
            )}
            <div
              id={`${id}-${entry.key}`}
              role="option"
              aria-selected={entry === active}
              className={styles['item']}
              ref={(element) => {
                if (entry === active) element?.scrollIntoView({ block: 'nearest' })
              }}
              onPointerMove={() => setAt(index)}
              onClick={() => choose(entry)}
            >
              {entry.label}
              {entry.detail && <small>{entry.detail}</small>}
            </div>
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <div className={styles['none']} role="status">
          {t('palette.none', { q: typed })}
        </div>
      )}
    </>
  )
}

function useEntries(typed: string): Entry[] {
  const t = useT()
  const go = useGo()
  const place = usePlace()
  const undo = useUndo()
  const mark = /^[/>@#]/.exec(typed)?.[0] ?? ''
  const words = fold(typed.slice(mark.length))
  const found = useFound(mark === '' || mark === '@' || mark === '#' ? typed.slice(mark.length).trim() : '', mark === '@' ? 'collaborator' : mark === '#' ? 'mission' : null)
  const doors = doorsFrom(place, useKeeper(false))
  const pages: Entry[] = [...doors.project, ...doors.organization].map((door) => ({
    key: `page-${door.page || 'home'}`,
    group: t('palette.pages'),
    label: t(door.label),
    run: () => go(door.path),
  }))
  const actions: Entry[] = [
    { key: 'undo', group: t('palette.actions'), label: t('action.undo'), detail: 'Ctrl Z', run: undo.undo },
    { key: 'redo', group: t('palette.actions'), label: t('action.redo'), detail: 'Ctrl Maj Z', run: undo.redo },
  ]
  const matching = (entry: Entry): boolean => fold(entry.label).includes(words)
  return [
    ...(mark === '' || mark === '/' ? pages.filter(matching) : []),
    ...(mark === '' || mark === '>' ? actions.filter(matching) : []),
    ...found.map((hit) => ({ key: hit.key, group: t('palette.results'), label: hit.title, ...(hit.detail ? { detail: hit.detail } : {}), run: () => go(hit.path) })),
  ]
}
