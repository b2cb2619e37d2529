import { useState } from 'react'
import { fold } from '../../../shared/kernel/text.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField } from '../../components/Field.tsx'
import { HelpLink } from '../../components/HelpLink.tsx'
import { useT } from '../../i18n/index.ts'
import { topicOfPage } from '../../pages/help/chapters.ts'
import { useOfferedActions } from '../actions.ts'
import type { ShownAction } from '../actions.ts'
import { usePreferences } from '../preferences.ts'
import { usePlace } from '../routes.ts'
import { keysOf } from '../shortcuts.ts'
import { KeyCapture } from './KeyCapture.tsx'
import { keyWords } from '../key-words.ts'
import styles from './ShortcutList.module.css'

const GROUPS = ['page', 'new', 'go', 'app'] as const

/** `?`: the keys of this page and of the app, searched, each of which a person may change; and the guide's chapter about the page. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog open={open} onClose={onClose} title={t('shortcuts.title')} wide actions={<Button label={t('action.close')} onClick={onClose} />}>
      <Shortcuts onFollow={onClose} />
    </Dialog>
  )
}

type Bound = ShownAction & { keys: string }

function Shortcuts({ onFollow }: { onFollow: () => void }) {
  const t = useT()
  const { page } = usePlace()
  const [typed, setTyped] = useState('')
  const [changing, setChanging] = useState<string | null>(null)
  const { keyMap, language, lettersOff, set } = usePreferences()
  const bound = useOfferedActions().flatMap((action): Bound[] => (action.keys ? [{ ...action, keys: action.keys.toLowerCase() }] : []))
  const shown = bound.filter(({ label, keys }) => fold(`${label} ${keyWords(keysOf(keys, keyMap), language)}`).includes(fold(typed)))
  const change = (keys: string, chosen: string | null): void => {
    const { [keys]: _before, ...others } = keyMap
    set({ keyMap: chosen === null || chosen === keys ? others : { ...others, [keys]: chosen } })
    setChanging(null)
  }
  const takenBy = (keys: string, chosen: string): string | null => bound.find((other) => other.keys !== keys && clash(keysOf(other.keys, keyMap), chosen))?.label ?? null
  return (
    <>
      <input className={styles['search']} type="search" aria-label={t('shortcuts.search')} placeholder={t('shortcuts.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <CheckField label={t('shortcuts.letters_off')} checked={lettersOff} onChange={(off) => set({ lettersOff: off })} />
      <div className={styles['help']}>
        <HelpLink about={topicOfPage(page)} onFollow={onFollow} />
        <HelpLink about="keyboard" onFollow={onFollow} />
      </div>
      {shown.length === 0 && <p role="status">{t('shortcuts.none', { q: typed })}</p>}
      {GROUPS.map((group) => {
        const here = shown.filter((action) => (action.group ?? 'page') === group)
        return here.length === 0 ? null : (
          <section key={group} className={styles['group']}>
            <h3>{t(`shortcuts.group.${group}`)}</h3>
            <ul>
              {here.map(({ id, label, keys }) => (
                <li key={id} className={styles['line']}>
                  <span>{label}</span>
                  {changing === id ? (
                    <KeyCapture label={t('shortcuts.change_of', { name: label })} takenBy={(chosen) => takenBy(keys, chosen)} onDone={(chosen) => change(keys, chosen)} onCancel={() => setChanging(null)} />
                  ) : (
                    <>
                      <kbd className={styles['key']}>{keyWords(keysOf(keys, keyMap), language)}</kbd>
                      {keyMap[keys] !== undefined && <Button small kind="quiet" label={t('shortcuts.reset', { keys: keyWords(keys, language) })} onClick={() => change(keys, null)} />}
                      <Button small kind="quiet" label={t('shortcuts.change')} aria-label={t('shortcuts.change_of', { name: label })} onClick={() => setChanging(id)} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

/** The same keys, or one the beginning of the other's sequence. */
const clash = (one: string, other: string): boolean => one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `)
