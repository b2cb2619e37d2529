import { ChevronDown } from 'lucide-react'
import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { usePreferences } from '../../../app/preferences.ts'
import { Menu } from '../../../components/Menu.tsx'
import { useT } from '../../../i18n/index.ts'
import { groupings } from '../plan.ts'
import type { Grouping } from '../plan.ts'
import { NAMES, offsetsOf } from './drawing.ts'
import styles from './Timeline.module.css'

export interface CornerProps {
  readonly grouping: Grouping
  readonly onGrouping: (grouping: Grouping) => void
  readonly zone: string
  /** Of the missions shown. */
  readonly zones: readonly string[]
  /** ms: in view. */
  readonly start: number
  readonly end: number
  readonly names: number
  /** While the border is held; null: as kept. */
  readonly onNames: (width: number | null) => void
}

const within = (width: number): number => Math.min(NAMES.most, Math.max(NAMES.least, Math.round(width)))

/** By what rows are grouped, in which zone times are, and the border of the names. */
export function Corner({ grouping, onGrouping, zone, zones, start, end, names, onNames }: CornerProps) {
  const t = useT()
  const kept = usePreferences((state) => state.timelineNames)
  const keep = usePreferences((state) => state.set)
  const held = useRef<{ x: number; width: number; now: number } | null>(null)
  const offsets = offsetsOf(start, end, zone)
  const onMove = (event: PointerEvent): void => {
    if (!held.current) return
    held.current.now = within(held.current.width + event.clientX - held.current.x)
    onNames(held.current.now)
  }
  const onUp = (): void => {
    if (held.current) keep({ timelineNames: held.current.now })
    held.current = null
    onNames(null)
  }
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -16 : event.key === 'ArrowRight' ? 16 : 0
    if (by === 0) return
    event.preventDefault()
    keep({ timelineNames: within(kept + by) })
  }
  return (
    <div className={styles['cornerTop']}>
      <Menu
        trigger={
          <button type="button" className={styles['grouping']}>
            {t(`timeline.by_${grouping}`)}
            <ChevronDown size={14} strokeWidth={2} aria-hidden />
          </button>
        }
        groups={[{ key: 'grouping', choices: groupings.map((one) => ({ key: one, label: t(`timeline.by_${one}`), checked: one === grouping, onChoose: () => onGrouping(one) })) }]}
      />
      <span className={styles['zones']} title={[...new Set([zone, ...zones])].join(', ')}>
        <span>{[zone, ...zones.filter((one) => one !== zone)].join(', ')}</span>
        <span>{offsets}</span>
      </span>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('timeline.names_width')}
        aria-valuemin={NAMES.least}
        aria-valuemax={NAMES.most}
        aria-valuenow={kept}
        className={styles['handle']}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, width: names, now: names }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        onDoubleClick={() => keep({ timelineNames: 262 })}
        onKeyDown={onKey}
      />
    </div>
  )
}
