import { Popover } from '@base-ui/react/popover'
import { Bookmark, Check, Link2, Trash2 } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { z } from 'zod'
import { declare } from '../../app/client.ts'
import { useActions } from '../../app/actions.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg, usePlace } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { TextField } from '../Field.tsx'
import { announce } from '../LiveRegion.tsx'
import styles from './FilterBar.module.css'
import { isView, viewNumber, viewOf } from './view-address.ts'

const View = z.object({ id: z.string(), page: z.string(), name: z.string(), query: z.string(), position: z.number() })
const listViews = declare('view.list', z.object({ org: z.string(), page: z.string() }), z.object({ items: z.array(View) }))
const saveView = declare('view.save', z.object({ org: z.string(), page: z.string(), name: z.string(), query: z.string() }), z.unknown())
const removeView = declare('view.remove', z.object({ id: z.string() }), z.unknown())

/** A named address: the person's own, on this computer. Alt and a digit opens one. */
export function SavedViews() {
  const t = useT()
  const textOf = useFailureText()
  const org = useOrg()
  const place = usePlace()
  const [here, navigate] = useLocation()
  const search = useSearch()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  // The organization's first page has no name in its address.
  const page = place.project ? `p/${place.page}` : place.page || 'home'
  const asked = useAnswer(listViews, org ? { org, page } : null, { org: null })
  const save = useCommand(saveView, { org: null })
  const remove = useCommand(removeView, { org: null })
  const views = asked.answer?.value.items ?? []
  const show = (query: string): void => {
    setOpen(false)
    navigate(query ? `${here}?${query}` : here)
  }
  useActions([
    { id: 'view.open', label: t('view.title'), group: 'page', run: () => setOpen(true) },
    ...views.map((view) => ({ id: `view.${view.id}`, label: t('view.go', { name: view.name }), group: 'page', run: () => show(view.query) }) as const),
  ])
  const latest = useRef({ views, show })
  useLayoutEffect(() => {
    latest.current = { views, show }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const number = viewNumber(event)
      const view = number === null ? undefined : latest.current.views[number - 1]
      if (!view || event.defaultPrevented) return
      event.preventDefault()
      latest.current.show(view.query)
      announce(view.name)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  const keep = async (): Promise<void> => {
    if (!org || name.trim() === '') return
    if (!(await save.run({ org, page, name: name.trim(), query: viewOf(search) }))) return
    setName('')
    announce(t('view.saved', { name: name.trim() }))
  }
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger render={<Button small kind="quiet" iconOnly icon={Bookmark} label={t('view.title')} />} />
        <Popover.Portal>
          <Popover.Positioner className={styles['positioner']} sideOffset={4} align="end">
            <Popover.Popup className={styles['popup']} aria-label={t('view.title')}>
              {views.length === 0 && <p className={styles['note']}>{asked.failure ? textOf.failure(asked.failure) : t('view.none')}</p>}
              <ul className={styles['views']}>
                {views.map((view, index) => (
                  <li key={view.id} className={styles['row']}>
                    <button type="button" className={styles['view']} {...(isView(search, view.query) ? { 'aria-current': true } : {})} onClick={() => show(view.query)}>
                      <span className={styles['name']}>{view.name}</span>
                      {index < 9 && <kbd className={styles['count']}>Alt {index + 1}</kbd>}
                    </button>
                    <Button small kind="quiet" iconOnly icon={Trash2} label={t('view.remove', { name: view.name })} onClick={() => void remove.run({ id: view.id })} />
                  </li>
                ))}
              </ul>
              <form
                className={styles['keep']}
                onSubmit={(event) => {
                  event.preventDefault()
                  void keep()
                }}
              >
                <TextField label={t('view.name')} value={name} onChange={setName} maxLength={80} {...(save.failure ? { error: textOf.failure(save.failure) } : {})} />
                <Button type="submit" label={t('view.save')} disabled={name.trim() === '' || save.pending} />
              </form>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <CopyLink />
    </>
  )
}

const SAID_MS = 2000

/** The address of what is shown, chosen rows and open record too. */
function CopyLink() {
  const t = useT()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(window.location.href)
    setCopied(true)
    announce(t('view.link_copied'))
  }
  useActions([{ id: 'view.copy_link', label: t('view.copy_link'), group: 'page', run: () => void copy() }])
  return <Button small kind="quiet" iconOnly icon={copied ? Check : Link2} label={copied ? t('view.link_copied') : t('view.copy_link')} onClick={() => void copy()} />
}
