import { memo } from 'react'
import styles from './Background.module.css'
import { changeBand, nights, past } from './backgrounds.ts'
import type { Sun } from './backgrounds.ts'
import { xOf } from './scale.ts'
import type { Scale } from './scale.ts'
import type { AxisTicks, Transition } from './ticks.ts'
import type { ZoomLevel } from './timeline-props.ts'

export interface BackgroundProps {
  readonly level: ZoomLevel
  readonly scale: Scale
  readonly ticks: AxisTicks
  readonly sun: readonly Sun[]
  readonly changes: readonly Transition[]
  readonly from: number
  readonly to: number
  readonly now: number
  readonly height: number
}

/** Behind the rows: night, what is over, the hour that comes twice, the lines of the grid. */
export const Background = memo(function Background({ level, scale, ticks, sun, changes, from, to, now, height }: BackgroundProps) {
  const x = (ms: number): number => Math.round(xOf(scale, ms))
  const left = x(from)
  const line = (at: number): string => `M${x(at) - left + 0.5} 0V${height}`
  const majors = new Set(ticks.majors.map(({ at }) => at))
  const minors = level === 'hour' || level === 'day' ? ticks.minors.map(({ at }) => at) : ticks.days.map(({ at }) => at)
  const over = past(from, to, now)
  return (
    <div className={styles['background']} aria-hidden>
      {level !== 'month' && nights(sun, from, to).map(({ start, end }) => <i key={start} className={styles['night']} style={{ left: x(start), width: x(end) - x(start) }} />)}
      {over && <i className={styles['past']} style={{ left: x(over.start), width: x(over.end) - x(over.start) }} />}
      {level !== 'month' && changes.map((change) => {
        const { start, end } = changeBand(change)
        return <i key={change.at} className={styles['change']} style={{ left: x(start), width: x(end) - x(start) }} />
      })}
      <svg className={styles['lines']} style={{ left, width: x(to) - left }}>
        <path className={styles['hair']} d={ticks.hairs.map(line).join('')} />
        <path d={minors.filter((at) => !majors.has(at)).map(line).join('')} />
        <path className={styles['major']} d={[...majors].map(line).join('')} />
      </svg>
    </div>
  )
})
