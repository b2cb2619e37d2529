import { HOUR, isInstant, toLocal, toMs, fromMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Choices, Unit } from './choices.ts'
import { resultOf } from './choices.ts'
import styles from './Versions.module.css'

interface Window {
  from: Instant
  to: Instant
}

function windowOf(unit: Unit, side: 'base' | 'mine' | 'theirs' | 'result', choices: Choices): Window | null {
  const of = (name: string): unknown => {
    const field = unit.fields.find((one) => one.field === name)
    return field && (side === 'result' ? resultOf(unit, field, choices) : field[side])
  }
  const [from, to] = [of('start_at'), of('end_at')]
  return isInstant(from) && isInstant(to) && from < to ? { from, to } : null
}

const ROWS = ['base', 'mine', 'theirs', 'result'] as const
/** Marks of the scale, at most. */
const MARKS = 9

/** The versions of a window on one line of time. */
export function Versions({ unit, choices, zone, theirs }: { unit: Unit; choices: Choices; zone: string | null; theirs: string }) {
  const t = useT()
  const format = useFormat()
  const at = zone ?? hostZone()
  const rows = ROWS.flatMap((side) => {
    const window = windowOf(unit, side, choices)
    return window ? [{ side, window }] : []
  })
  const [first] = rows
  if (!first || rows.length < 2) return null
  const start = Math.floor((Math.min(...rows.map(({ window }) => toMs(window.from))) - HOUR / 2) / HOUR) * HOUR
  const end = Math.ceil((Math.max(...rows.map(({ window }) => toMs(window.to))) + HOUR / 2) / HOUR) * HOUR
  const place = (instant: Instant): number => ((toMs(instant) - start) / (end - start)) * 100
  const step = Math.max(1, Math.ceil((end - start) / HOUR / MARKS)) * HOUR
  const marks = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => fromMs(start + index * step))
  const name = { base: t('sync.before'), mine: t('sync.mine'), theirs, result: t('sync.result') }
  return (
    <figure className={styles['versions']}>
      <figcaption className={styles['scale']}>
        <strong>{t('sync.versions')}</strong>
        <span className={styles['track']} aria-hidden>
          {marks.map((mark) => (
            <span key={mark} className={styles['mark']} style={{ insetInlineStart: `${place(mark)}%` }}>
              {toLocal(mark, at).time.slice(0, 2)}
            </span>
          ))}
        </span>
      </figcaption>
      {rows.map(({ side, window }) => (
        <div key={side} className={styles['version']}>
          <span>{name[side]}</span>
          <span className={styles['track']}>
            <span className={styles['bar']} data-side={side} style={{ insetInlineStart: `${place(window.from)}%`, width: `${place(window.to) - place(window.from)}%` }} />
            <span className={styles['barText']} style={{ insetInlineEnd: `${100 - place(window.to)}%` }} data-side={side}>
              {format.timeOf(window.from, at)} – {format.timeOf(window.to, at)}
            </span>
          </span>
        </div>
      ))}
    </figure>
  )
}
