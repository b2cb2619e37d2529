import { PanelBottomOpen } from 'lucide-react'
import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Planning.module.css'
import { LEAST, useSplit } from './split-height.ts'

const STEP = 36
/** What stays of the part above. */
const LEAST_ABOVE = 160

interface SplitPaneProps {
  above: ReactNode
  /** Docked between the two: it never moves what is above. */
  between?: ReactNode
  below: ReactNode
}

/** Two parts one above the other; the border moves by pointer and by arrows, Ctrl+J takes the lower one away and back. */
export function SplitPane({ above, between, below }: SplitPaneProps) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const { open, height, set } = useSplit()
  const toggle = (): void => set({ open: !open })
  const label = t(open ? 'planning.split_close' : 'planning.split_open')
  useActions([{ id: 'planning.split', label, keys: 'mod+j', group: 'page', run: toggle }])
  const most = (): number => Math.max(LEAST, (box.current?.clientHeight ?? 0) - LEAST_ABOVE)
  const give = (next: number): void => set({ height: Math.round(Math.min(most(), Math.max(LEAST, next))) })
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    const [handle, from, before] = [event.currentTarget, event.clientY, height]
    handle.setPointerCapture(event.pointerId)
    const onMove = (move: globalThis.PointerEvent): void => give(before + from - move.clientY)
    const onUp = (): void => {
      handle.removeEventListener('pointermove', onMove)
      handle.removeEventListener('pointerup', onUp)
      handle.removeEventListener('pointercancel', onUp)
    }
    handle.addEventListener('pointermove', onMove)
    handle.addEventListener('pointerup', onUp)
    handle.addEventListener('pointercancel', onUp)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp') give(height + STEP)
    else if (event.key === 'ArrowDown') give(height - STEP)
    else if (event.key === 'Home') give(LEAST)
    else if (event.key === 'End') give(most())
    else return
    event.preventDefault()
  }
  return (
    <div ref={box} className={styles['split']}>
      <div className={styles['above']}>{above}</div>
      {between}
      <div className={styles['border']}>
        {open && (
          <div
            role="separator"
            tabIndex={0}
            aria-orientation="horizontal"
            aria-label={t('planning.split_border')}
            aria-valuemin={LEAST}
            aria-valuenow={height}
            aria-valuemax={2000}
            className={styles['handle']}
            onPointerDown={onPointerDown}
            onKeyDown={onKeyDown}
          />
        )}
      </div>
      {!open && (
        <div className={styles['folded']}>
          <Button small kind="quiet" icon={PanelBottomOpen} label={label} keys="Ctrl J" onClick={toggle} />
        </div>
      )}
      {open && (
        <div className={styles['below']} style={{ height: `min(${height}px, 60%)` }}>
          {below}
        </div>
      )}
    </div>
  )
}
