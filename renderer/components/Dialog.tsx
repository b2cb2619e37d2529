import { Dialog as Base } from '@base-ui/react/dialog'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { OverlayKeys } from '../app/shortcuts.ts'
import styles from './Dialog.module.css'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  actions: ReactNode
  wide?: boolean
  /** Given: the dialog is a form, Enter in a field sends it. */
  onSubmit?: () => void
}

/** For creation with consequences, destruction and locks only; the rest opens in a side panel. */
export function Dialog({ open, onClose, title, children, actions, wide, onSubmit }: DialogProps) {
  const [opener] = useState(() => (open ? document.activeElement : null))
  useEffect(
    () => () => {
      // Taken away while open, it gives the focus back to nobody: what opened it takes it.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
      })
    },
    [opener],
  )
  const inside = (
    <>
      <Base.Title className={styles['title']}>{title}</Base.Title>
      <div className={styles['body']}>
        <OverlayKeys>{children}</OverlayKeys>
      </div>
      <div className={styles['actions']}>
        <OverlayKeys>{actions}</OverlayKeys>
      </div>
    </>
  )
  return (
    <Base.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup className={`${styles['popup']} ${wide ? styles['wide'] : ''}`}>
          {onSubmit ? (
            <form
              className={styles['inside']}
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                // A dialog opened from inside a form of the page is not part of that form.
                event.stopPropagation()
                onSubmit()
              }}
            >
              {inside}
            </form>
          ) : (
            <div className={styles['inside']}>{inside}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
