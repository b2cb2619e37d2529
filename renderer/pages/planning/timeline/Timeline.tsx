import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import { DAY } from '../../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../../app/catalogue.ts'
import { usePreferences } from '../../../app/preferences.ts'
import { useSyncMarks } from '../../../app/sync/marks.ts'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import { Axis } from './Axis.tsx'
import axisStyles from './Axis.module.css'
import { Background } from './Background.tsx'
import { sunOf } from './backgrounds.ts'
import { useBarWords } from './bar-words.ts'
import { Corner } from './Corner.tsx'
import { AXIS, MISSION_LANE, sizesOf } from './drawing.ts'
import { laned, lanesUsed } from './lanes.ts'
import { MissionLane, MissionTitle } from './MissionLane.tsx'
import { Overlay } from './Overlay.tsx'
import { RowCells } from './RowCells.tsx'
import { RowName } from './RowName.tsx'
import { layoutOf } from './rows.ts'
import type { TimelineRow } from './rows.ts'
import { msAt, scaleOf, xOf } from './scale.ts'
import { axisTicks, daysIn, transitionsIn } from './ticks.ts'
import type { TimelineProps } from './timeline-props.ts'
import styles from './Timeline.module.css'
import { useFocus } from './use-focus.ts'
import { useGestures } from './use-gestures.ts'
import { useNow } from './use-now.ts'
import { useScrollWindow } from './use-scroll-window.ts'
import { useTimelineKeys } from './use-timeline-keys.ts'

/** Days before the first row and after the last that can be scrolled to. */
const AROUND = 7 * DAY
/** Lanes of missions that stay in view. */
const MISSION_LANES = { few: 2, most: 8 } as const
const NONE: ReadonlySet<string> = new Set()

/** Who works when (ui 4): people in groups, time to the right, everything drawn from the plan of the page. */
export function Timeline(props: TimelineProps) {
  const { plan, bars, needs, grouping, view, selected, ghosts, onIntent } = props
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const density = usePreferences((state) => state.density)
  const textScale = usePreferences((state) => Number(state.textScale) / 100)
  const kept = usePreferences((state) => state.timelineNames)
  const { unsent } = useSyncMarks()
  const now = useNow()
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const [collapsed, setCollapsed] = useState(NONE)
  const [opened, setOpened] = useState(NONE)
  const [allMissions, setAllMissions] = useState(false)
  const [width, setWidth] = useState<number | null>(null)
  const names = Math.round((width ?? kept) * Math.min(textScale, 1.5))
  const sizes = useMemo(() => sizesOf(density, textScale), [density, textScale])
  const zones = useMemo(() => [...new Set(bars.map(({ mission }) => mission.zone))], [bars])
  const zone = zones.length === 1 ? (zones[0] ?? plan.zone) : plan.zone
  const words = useBarWords(zone, view.level, grouping)

  const departments = useMemo(() => catalogue.departments.map((row) => ({ code: row.code, name: catalogue.name(row) })), [catalogue])
  const layout = useMemo(
    () => layoutOf({ plan, bars, needs, grouping, departments, others: t('timeline.others'), collapsed, opened, sizes, compare: format.compare }),
    [plan, bars, needs, grouping, departments, t, collapsed, opened, sizes, format],
  )
  const missionLanes = useMemo(() => laned(plan.missions.filter(({ status }) => status !== 'canceled')), [plan])
  const laneHeight = Math.round(MISSION_LANE * textScale)
  const axisHeight = Math.round(AXIS * textScale)
  const laneCount = Math.max(1, Math.min(MISSION_LANES[allMissions ? 'most' : 'few'], lanesUsed(missionLanes)))
  const lanesHidden = lanesUsed(missionLanes) > MISSION_LANES.few
  const head = axisHeight + laneCount * laneHeight

  // The days that can be scrolled to begin and end on days, so that a scroll moves neither.
  const first = Math.min(plan.from - AROUND, Math.floor(view.start / DAY) * DAY)
  const last = Math.max(plan.to + AROUND, Math.ceil(view.start / DAY) * DAY + AROUND)
  const scale = useMemo(() => scaleOf(first, view.pxPerHour), [first, view.pxPerHour])
  const total = layout.tops.at(-1) ?? 0
  const shown = useScrollWindow({ frame, scale, view, onView: props.onView, tops: layout.tops, names, head })
  const canvasWidth = Math.max(xOf(scale, last), shown.width)
  const [from, to] = [Math.floor(msAt(scale, Math.max(0, shown.from))), Math.ceil(msAt(scale, Math.min(canvasWidth, shown.to)))]
  const stickyBefore = msAt(scale, shown.from + shown.width * 2)

  const ticks = useMemo(() => axisTicks(view.level, from, to, zone), [view.level, from, to, zone])
  const changes = useMemo(() => transitionsIn(from, to, zone), [from, to, zone])
  const place = useMemo(() => plan.missions.find(({ location }) => location?.latitude != null)?.location ?? null, [plan])
  const sun = useMemo(() => {
    if (view.level === 'month' || place === null || place.latitude === null || place.longitude === null) return []
    return sunOf(daysIn(from - DAY, to + DAY, zone), { latitude: place.latitude, longitude: place.longitude }, zone)
  }, [view.level, place, from, to, zone])

  const heldKey = ghosts.map(({ id }) => id).sort().join()
  const held = useMemo(() => new Set(heldKey === '' ? [] : heldKey.split(',')), [heldKey])
  const toggle = useCallback((row: TimelineRow) => {
    const flipped = (known: ReadonlySet<string>, key: string): ReadonlySet<string> => {
      const next = new Set(known)
      if (!next.delete(key)) next.add(key)
      return next
    }
    if (row.kind === 'group') setCollapsed((known) => flipped(known, row.id))
    else setOpened((known) => flipped(known, row.key))
  }, [])

  const world = { props, layout, scale, sizes, frame, canvas, names, head, zone, format, t }
  const focus = useFocus(world)
  const gestures = useGestures(world, focus)
  const onKeyDown = useTimelineKeys(world, focus, gestures, toggle)
  const { focused } = focus
  const focusedRow = focused === null ? -1 : (layout.rowOf.get(focused) ?? layout.rows.findIndex(({ key }) => key === focused))
  const mounted = useMemo(() => {
    const indexes = Array.from({ length: Math.max(0, shown.end - shown.first) }, (_, index) => shown.first + index)
    return focusedRow >= 0 && (focusedRow < shown.first || focusedRow >= shown.end) ? [...indexes, focusedRow] : indexes
  }, [shown.first, shown.end, focusedRow])
  const chosen = useMemo(() => new Set([...selected].flatMap((id) => plan.barOf.get(id)?.mission.id ?? [])), [selected, plan])
  const wheel = gestures.onWheel
  useLayoutEffect(() => {
    const box = frame.current
    // Not passive: the page must not be zoomed by the browser as well.
    box?.addEventListener('wheel', wheel, { passive: false })
    return () => box?.removeEventListener('wheel', wheel)
  }, [wheel])

  const style: CSSProperties & Record<`--${string}`, string> = { '--names': `${names}px`, '--axis': `${axisHeight}px` }
  return (
    <section className={styles['timeline']} style={style} aria-label={t('timeline.label')}>
      <div ref={frame} className={styles['frame']} tabIndex={-1} data-level={view.level}>
        <div className={styles['content']} style={{ width: names + canvasWidth, gridTemplateRows: `${head}px ${total}px` }}>
          <div className={styles['corner']}>
            <Corner grouping={grouping} onGrouping={props.onGrouping} zone={zone} zones={zones} start={view.start} end={view.start + shown.width / scale.pxPerMs} names={names} onNames={setWidth} />
            <MissionTitle height={laneCount * laneHeight} count={missionLanes.length} open={allMissions} onOpen={lanesHidden ? setAllMissions : null} />
          </div>
          <div className={axisStyles['axis']} style={{ width: canvasWidth }}>
            <Axis level={view.level} scale={scale} zone={zone} ticks={ticks} changes={changes} sun={sun} holidays={plan.holidays} now={now} />
            <MissionLane plan={plan} lanes={missionLanes} laneCount={laneCount} laneHeight={laneHeight} scale={scale} from={from} to={to} now={now} chosen={chosen} unsent={unsent} onMission={props.onMission} />
            <i className={axisStyles['nowLine']} style={{ left: xOf(scale, now), top: axisHeight }} />
          </div>
          <div className={styles['names']} style={{ height: total }} aria-hidden>
            {mounted.map((index) => {
              const row = layout.rows[index]
              return row && <RowName key={row.key} row={row} top={layout.tops[index] ?? 0} on={row.kind === 'person' && (index === focusedRow || row.bars.some(({ id }) => selected.has(id)))} words={words} onToggle={toggle} />
            })}
          </div>
          <div ref={canvas} className={styles['canvas']} style={{ width: canvasWidth, height: total }} {...gestures.handlers}>
            <Background level={view.level} scale={scale} ticks={ticks} sun={sun} changes={changes} from={from} to={to} now={now} height={total} />
            {/* Keys of every bar are heard once, here; hands once, around it. */}
            <div
              role="treegrid"
              aria-label={t('timeline.label')}
              aria-multiselectable
              aria-rowcount={layout.rows.length}
              aria-readonly={onIntent === null}
              className={styles['rows']}
              onKeyDown={onKeyDown}
              onFocus={focus.onFocus}
            >
              {mounted.map((index) => {
                const row = layout.rows[index]
                return (
                  row && (
                    <RowCells
                      key={row.key} row={row} index={index} top={layout.tops[index] ?? 0} plan={plan} scale={scale} sizes={sizes} level={view.level} words={words} from={from} to={to}
                      stickyBefore={stickyBefore} selected={selected} focused={index === focusedRow ? focused : null} held={held} showCode={grouping !== 'person' && grouping !== 'department'} fixed={onIntent === null} unsent={unsent}
                    />
                  )
                )
              })}
            </div>
            <i className={axisStyles['nowLine']} style={{ left: xOf(scale, now) }} aria-hidden />
            <Overlay world={world} focused={focused} hovered={gestures.hovered} dragging={gestures.dragging} band={gestures.band} />
          </div>
        </div>
      </div>
    </section>
  )
}
