import { memo } from 'react'
import type { CSSProperties } from 'react'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { Plan } from '../plan.ts'
import { Bar, barClass } from './Bar.tsx'
import barStyles from './Bar.module.css'
import type { BarWords } from './bar-words.ts'
import { coverageLabel, drawnStrip, isShort } from './coverage-strip.ts'
import { BAR, REST_SHOWN, lengthOf } from './drawing.ts'
import { barsInView } from './in-view.ts'
import type { GroupRow, NeedRow, PersonRow, RowSizes, TimelineRow } from './rows.ts'
import styles from './Rows.module.css'
import { xOf } from './scale.ts'
import type { Scale } from './scale.ts'
import type { ZoomLevel } from './timeline-props.ts'

export interface RowCellsProps {
  readonly row: TimelineRow
  readonly index: number
  readonly top: number
  readonly plan: Plan
  readonly scale: Scale
  readonly sizes: RowSizes
  readonly level: ZoomLevel
  readonly words: BarWords
  /** ms: what is mounted. */
  readonly from: number
  readonly to: number
  /** Bars that begin before it may stand with their beginning out of sight. */
  readonly stickyBefore: number
  readonly selected: ReadonlySet<string>
  /** Where the focus is, when it is in this row: an id, or the key of the row. */
  readonly focused: string | null
  readonly held: ReadonlySet<string>
  readonly showCode: boolean
  readonly fixed: boolean
  /** Who changed what is not sent yet, by row. */
  readonly unsent: ReadonlyMap<string, string>
}

/** Least width of an interval of coverage that says its figures, in px. */
const LABELLED = 34

const laneTop = (lane: number, lanes: number, sizes: RowSizes): number => Math.round(sizes.pad / 2) + lane * sizes.bar + (lanes > 1 ? 1 : 0) - 1
const barHeight = (lanes: number, sizes: RowSizes): number => (lanes > 1 ? sizes.bar - 2 : sizes.bar)

/** One row of the grid: its bars and what lies behind them. */
export const RowCells = memo(function RowCells(props: RowCellsProps) {
  const { row, index, top, focused, selected, words } = props
  const t = useT()
  const on = row.kind === 'person' && (row.bars.some(({ id }) => selected.has(id)) || (focused !== null && focused !== row.key))
  const name = row.kind === 'group' ? row.title : row.kind === 'need' ? `${t('timeline.open_post')} ${words.roleName(row.role)}` : `${row.person.name} ${words.roleName(row.role)}`
  return (
    <div
      role="row"
      data-row={row.key}
      data-on={on || undefined}
      tabIndex={focused === row.key ? 0 : -1}
      aria-rowindex={index + 1}
      aria-level={row.kind === 'group' ? 1 : 2}
      aria-expanded={row.kind === 'group' ? !row.collapsed : undefined}
      className={`${styles['row']} ${row.kind === 'group' ? styles['group'] : ''}`}
      style={{ top, height: row.height }}
    >
      <span role="rowheader" className="visually-hidden">{name}</span>
      {row.kind === 'group' ? <GroupCells {...props} row={row} /> : row.kind === 'need' ? <NeedCells {...props} row={row} /> : <PersonCells {...props} row={row} on={on} />}
    </div>
  )
})

function GroupCells({ row, scale, from, to }: RowCellsProps & { row: GroupRow }) {
  const t = useT()
  return drawnStrip(row.strip.filter((one) => one.end > from && one.start < to), LABELLED / scale.pxPerMs).map((one) => {
    const width = (one.end - one.start) * scale.pxPerMs
    const style: CSSProperties & { '--held': string } = { left: xOf(scale, one.start), width, '--held': isShort(one) ? `${Math.min(100, (100 * one.held) / one.needed)}%` : '0%' }
    return (
      <i
        key={one.start}
        className={`${styles['coverage']} ${isShort(one) ? '' : styles['covered']}`}
        data-label={width >= LABELLED ? coverageLabel(one) : undefined}
        style={style}
        title={t('timeline.coverage', { filled: one.filled, needed: one.needed, held: one.held })}
      />
    )
  })
}

function NeedCells({ row, scale, sizes, words, from, to, focused }: RowCellsProps & { row: NeedRow }) {
  return row.lanes.map(({ item, lane }) => {
    if (item.end <= from || item.start >= to) return null
    const width = Math.max(BAR.least, (item.end - item.start) * scale.pxPerMs)
    const text = words.need(item)
    return (
      <div
        key={item.id}
        role="gridcell"
        tabIndex={focused === item.id ? 0 : -1}
        data-need={item.id}
        data-fixed
        aria-label={text.about}
        aria-description={text.description}
        title={`${text.about}\n${text.description}`}
        className={barClass('need', width < BAR.label && 'narrow', 'tiny')}
        style={{ left: xOf(scale, item.start), top: laneTop(lane, row.laneCount, sizes), width, height: barHeight(row.laneCount, sizes) }}
      >
        {width >= BAR.label && (
          <>
            <span className={`${barStyles['label']} ${barStyles['state']}`}>{text.label}</span>
            {text.sub !== '' && <> <span className={barStyles['sub']}>{text.sub}</span></>}
          </>
        )}
      </div>
    )
  })
}

function PersonCells({ row, plan, scale, sizes, level, words, from, to, stickyBefore, selected, focused, held, showCode, fixed, unsent, on }: RowCellsProps & { row: PersonRow; on: boolean }) {
  const t = useT()
  const format = useFormat()
  const shown = new Set(barsInView(row.bars, from, to, ({ id }) => id === focused || held.has(id)))
  const middle = row.height / 2
  const inWindow = <T extends { start: number; end: number }>(one: T): boolean => one.end > from && one.start < to
  return (
    <>
      {(plan.availability.get(row.person.id) ?? []).filter((one) => one.kind === 'unavailable' && inWindow(one)).map(({ start, end, reason }) => {
        const [begin, until] = [Math.max(start, from), Math.min(end, to)]
        return (
          <i key={start} className={styles['unavailable']} title={reason ? t('timeline.unavailable_reason', { reason }) : t('timeline.unavailable')} style={{ left: xOf(scale, begin), width: (until - begin) * scale.pxPerMs }}>
            {(until - begin) * scale.pxPerMs > 70 && <span style={{ marginTop: (row.height - 16) / 2 }}>{reason ? t('timeline.unavailable_reason', { reason }) : t('timeline.unavailable')}</span>}
          </i>
        )
      })}
      {(plan.busy.get(row.person.id) ?? []).filter(inWindow).map(({ start, end, firm }) => (
        <i
          key={`${start}-${end}`}
          className={`${styles['busy']} ${firm ? styles['firm'] : ''}`}
          style={{ left: xOf(scale, start), width: Math.max(BAR.least, (end - start) * scale.pxPerMs), top: laneTop(0, row.laneCount, sizes), height: barHeight(row.laneCount, sizes) }}
          title={t('timeline.elsewhere')}
        >
          {(end - start) * scale.pxPerMs > 60 && t('timeline.elsewhere')}
        </i>
      ))}
      {restsOf(row, on).map(({ start, end, violated }) =>
        inWindow({ start, end }) ? (
          <i key={`rest${start}`} className={`${styles['rest']} ${violated ? styles['violated'] : ''}`} style={{ left: xOf(scale, start), width: (end - start) * scale.pxPerMs, top: middle - 5 }}>
            {(end - start) * scale.pxPerMs > 70 && <span>{t('timeline.rest', { length: lengthOf(format, end - start) })}</span>}
          </i>
        ) : null,
      )}
      {row.lanes.map(({ item, lane }, index) => {
        if (!shown.has(item)) return null
        const x = xOf(scale, item.start)
        const width = Math.max(BAR.least, (item.end - item.start) * scale.pxPerMs)
        const next = row.lanes.slice(index + 1).find((other) => other.lane === lane)
        return (
          <Bar
            key={item.id} bar={item} text={words.bar(item)} unsent={unsent.get(item.id)} x={x} width={width} top={laneTop(lane, row.laneCount, sizes)} height={barHeight(row.laneCount, sizes)}
            free={next ? xOf(scale, next.item.start) - x - width : Infinity} bare={level === 'month'} selected={selected.has(item.id)} focused={focused === item.id} held={held.has(item.id)}
            sticky={item.start < stickyBefore && width > 90} showCode={showCode} fixed={fixed || item.mission.locked} cutLeft={item.start < plan.from} cutRight={item.end > plan.to}
          />
        )
      })}
    </>
  )
}

/** Rests that a rule found too short; for a chosen row, every gap between two works. */
function restsOf(row: PersonRow, chosen: boolean): { start: number; end: number; violated: boolean }[] {
  const found = new Map<number, { start: number; end: number; violated: boolean }>()
  if (chosen) {
    let until = -Infinity
    for (const { start, end, state } of row.bars) {
      if (state === 'canceled' || state === 'declined') continue
      if (start > until && start - until <= REST_SHOWN) found.set(until, { start: until, end: start, violated: false })
      until = Math.max(until, end)
    }
  }
  for (const bar of row.bars) {
    for (const { kind, start, end, person, figures } of bar.conflicts) {
      // A week's rest and a break are no gap between two works: they have their badge alone.
      if (kind === 'rest_short' && figures['rule'] === 'daily_rest' && start !== null && end !== null && person?.id === row.person.id) found.set(start, { start, end, violated: true })
    }
  }
  return [...found.values()]
}

