import { BellDot, RefreshCw } from 'lucide-react'
import { memo } from 'react'
import type { CSSProperties } from 'react'
import { useT } from '../../../i18n/index.ts'
import type { PlanBar } from '../plan.ts'
import type { BarText } from './bar-words.ts'
import styles from './Bar.module.css'
import { BAR, formOf, stripeOf, worstOf } from './drawing.ts'
import { SeverityGlyph } from './glyphs.tsx'

/** Of the rules that name an instant shared by two things: the part of the bar in question is hatched. */
const overlapping: ReadonlySet<string> = new Set(['person_overlap', 'slot_collision', 'unavailable', 'equipment_overlap', 'location_overlap', 'outside_mission', 'outside_project'])

/** px that the mark of what is not sent takes at the beginning of a bar, over the stripe. */
const UNSENT = 9

export interface BarProps {
  readonly bar: PlanBar
  readonly text: BarText
  /** Who changed it, where that is not sent yet. */
  readonly unsent: string | undefined
  /** px in the canvas. */
  readonly x: number
  readonly width: number
  readonly top: number
  readonly height: number
  /** px free to its right, for a label that does not fit inside. */
  readonly free: number
  readonly bare: boolean
  readonly selected: boolean
  readonly focused: boolean
  readonly held: boolean
  readonly sticky: boolean
  readonly showCode: boolean
  readonly fixed: boolean
  readonly cutLeft: boolean
  readonly cutRight: boolean
}

export const barClass = (form: string, ...more: (string | false | undefined)[]): string =>
  [styles['bar'], styles[form], ...more.map((name) => (name ? styles[name] : undefined))].filter(Boolean).join(' ')

export const Bar = memo(function Bar({ bar, text, unsent, x, width, top, height, free, bare, selected, focused, held, sticky, showCode, fixed, cutLeft, cutRight }: BarProps) {
  const t = useT()
  const form = formOf(bar.state)
  const inside = width >= BAR.label
  const outside = !inside && !bare && free > text.label.length * 6.5 + 14
  const severity = worstOf(bar.conflicts)
  const style: CSSProperties & { '--stripe': string } = { left: x, top, width, height, '--stripe': stripeOf(bar.role?.department_code) }
  const perMs = width / Math.max(1, bar.end - bar.start)
  const hatches = bar.conflicts.flatMap(({ id, kind, start, end }) => {
    if (start === null || end === null || !overlapping.has(kind)) return []
    const [from, to] = [Math.max(start, bar.start), Math.min(end, bar.end)]
    return to > from ? [<i key={id} className={styles['hatch']} style={{ left: (from - bar.start) * perMs, width: (to - from) * perMs }} />] : []
  })
  const description = unsent === undefined ? text.description : `${text.description} · ${t('pill.unsent_by', { name: unsent })}`
  const words = (
    <>
      {!bare && <span className={`${styles['label']} ${styles['state']}`}>{text.label}</span>}
      {inside && text.sub !== '' && width > 120 && <> <span className={styles['sub']}>{text.sub}</span></>}
      {!bare && showCode && inside && width > 110 && bar.role?.department_code && <span className={styles['code']} data-code={bar.role.department_code} aria-hidden />}
      {inside && bar.quantity > 1 && width > 170 && (
        <span className={styles['meter']} aria-hidden>
          {Array.from({ length: Math.min(bar.quantity, 12) }, (_, index) => (
            <i key={index} data-answer={index < bar.accepted ? 'yes' : index >= bar.quantity - bar.refused ? 'no' : 'none'} />
          ))}
        </span>
      )}
    </>
  )
  return (
    <div
      role="gridcell"
      tabIndex={focused ? 0 : -1}
      data-bar={bar.id}
      data-fixed={fixed || undefined}
      aria-selected={selected}
      aria-label={text.about}
      aria-description={description}
      title={`${text.about}\n${description}`}
      className={barClass(form, !inside && 'narrow', width < 14 && 'tiny', selected && 'selected', held && 'held', cutLeft && 'cutLeft', cutRight && 'cutRight', hatches.length > 0 && 'hatched', bare && width >= 15 && 'bareGlyph')}
      style={style}
    >
      {hatches}
      {unsent !== undefined && width >= UNSENT && <i className={styles['unsent']} aria-hidden />}
      {inside ? sticky ? <span className={styles['text']}>{words}</span> : words : outside ? <span className={`${styles['text']} ${styles['outside']}`}>{words}</span> : null}
      {inside && bar.reconfirm && <span className={styles['mark']} title={t('timeline.reconfirm')} aria-hidden><RefreshCw size={10} strokeWidth={2.5} aria-hidden /></span>}
      {inside && bar.untold && <span className={styles['mark']} title={t('timeline.untold')} aria-hidden><BellDot size={10} strokeWidth={2.5} aria-hidden /></span>}
      {severity !== null && width >= 30 && (
        <span className={`${styles['badge']} ${styles[severity]}`} data-count={bare ? '' : bar.conflicts.length} aria-hidden>
          <SeverityGlyph severity={severity} />
        </span>
      )}
    </div>
  )
})
