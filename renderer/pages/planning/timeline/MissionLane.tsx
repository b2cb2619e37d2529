import { ChevronDown, ChevronRight, Lock } from 'lucide-react'
import { memo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { HOUR } from '../../../../shared/kernel/instants.ts'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { Plan, PlanMission } from '../plan.ts'
import { dayOf, timeOf, timesOf } from './drawing.ts'
import type { Laned } from './lanes.ts'
import barStyles from './Bar.module.css'
import styles from './MissionLane.module.css'
import { xOf } from './scale.ts'
import type { Scale } from './scale.ts'

export interface MissionLaneProps {
  readonly plan: Plan
  readonly lanes: readonly Laned<PlanMission>[]
  readonly laneCount: number
  readonly laneHeight: number
  readonly scale: Scale
  readonly from: number
  readonly to: number
  readonly now: number
  /** Missions of what is selected. */
  readonly chosen: ReadonlySet<string>
  /** Who changed what is not sent yet, by row. */
  readonly unsent: ReadonlyMap<string, string>
  readonly onMission: (id: string) => void
}

/** px of an hour under which milestones of one day would lie on each other. */
const MARKED = 3

/** Missions above the rows, always in view, with their milestones and what must come before what. */
export const MissionLane = memo(function MissionLane({ plan, lanes, laneCount, laneHeight, scale, from, to, now, chosen, unsent, onMission }: MissionLaneProps) {
  const t = useT()
  const format = useFormat()
  const laneOf = new Map(lanes.filter(({ lane }) => lane < laneCount).map(({ item, lane }) => [item.id, lane]))
  const middle = (mission: PlanMission): number => ((laneOf.get(mission.id) ?? 0) + 0.5) * laneHeight
  const links = plan.dependencies.filter(({ before, after, violated }) => laneOf.has(before.id) && laneOf.has(after.id) && (violated || chosen.has(before.id) || chosen.has(after.id)))
  const [current, setCurrent] = useState<string | null>(null)
  const drawn = lanes.filter(({ item, lane }) => item.end > from && item.start < to && lane < laneCount)
  // One stop of Tab; arrows lead from mission to mission.
  const stop = drawn.some(({ item }) => item.id === current) ? current : drawn[0]?.item.id
  return (
    <div role="toolbar" aria-label={t('missions.title')} className={styles['lane']} style={{ height: laneCount * laneHeight }} onKeyDown={alongMissions}>
      {drawn.map(({ item, lane }) => {
        const width = Math.max(6, (item.end - item.start) * scale.pxPerMs)
        const by = unsent.get(item.id)
        const about = [[item.day_code, item.title].filter(Boolean).join(' '), `${dayOf(format, item.start, item.zone)} ${timesOf(format, item.start, item.end, item.zone)}`, item.location?.name, by === undefined ? '' : t('pill.unsent_by', { name: by })].filter(Boolean).join(' · ')
        return (
          <button
            key={item.id}
            type="button"
            tabIndex={item.id === stop ? 0 : -1}
            onFocus={() => setCurrent(item.id)}
            className={styles['mission']}
            data-mission={item.id}
            data-when={item.end <= now ? 'done' : item.start <= now ? 'live' : 'next'}
            data-on={chosen.has(item.id) || undefined}
            style={{ left: xOf(scale, item.start), width, top: lane * laneHeight + 4, height: laneHeight - 8, ...(width < 30 ? { padding: 0 } : {}) }}
            aria-label={about}
            title={about}
            onClick={() => onMission(item.id)}
          >
            {by !== undefined && <i className={barStyles['unsent']} aria-hidden />}
            {width >= 30 && (
              <span>
                {item.locked && <Lock size={11} strokeWidth={2} aria-hidden />}
                {item.day_code && <b>{item.day_code}</b>}{' '}
                {item.title}
              </span>
            )}
          </button>
        )
      })}
      {scale.pxPerMs * HOUR >= MARKED && plan.milestones.map(({ id, mission, label, at, done }) =>
        at < from || at > to || !laneOf.has(mission.id) ? null : (
          <i
            key={id}
            role="img"
            className={styles['diamond']}
            data-done={done}
            style={{ left: xOf(scale, at), top: middle(mission) - 5.5 }}
            aria-label={t('timeline.milestone', { label, time: timeOf(format, at, mission.zone) })}
            title={t('timeline.milestone', { label, time: timeOf(format, at, mission.zone) })}
          />
        ),
      )}
      {links.length > 0 && (
        <svg className={styles['links']} width="1" height="1" aria-hidden>
          {links.map(({ id, before, after, violated }) => {
            const [x1, y1, x2, y2] = [xOf(scale, before.end), middle(before), xOf(scale, after.start), middle(after)]
            const turn = x2 - x1 >= 12 ? `H${x1 + (x2 - x1) / 2}V${y2}` : `h6V${(y1 + y2) / 2}H${x2 - 8}V${y2}`
            return <path key={id} data-violated={violated} d={`M${x1} ${y1}${turn}H${x2}m-5 -4l5 4l-5 4`} />
          })}
        </svg>
      )}
    </div>
  )
})

/** Arrows, Home and End lead along the missions that are drawn, by their beginnings. */
function alongMissions(event: KeyboardEvent<HTMLDivElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-mission]')]
  const at = all.findIndex((one) => one === document.activeElement)
  const to = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : null
  if (to === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  event.stopPropagation()
  all[to]?.focus()
}

/** `onOpen`: null where every mission is seen already. */
export function MissionTitle({ height, count, open, onOpen }: { height: number; count: number; open: boolean; onOpen: ((open: boolean) => void) | null }) {
  const t = useT()
  const format = useFormat()
  const Twist = open ? ChevronDown : ChevronRight
  return (
    <div className={styles['title']} style={{ height }}>
      {onOpen && (
        <button type="button" className={styles['twist']} aria-expanded={open} aria-label={t('list.all_missions')} title={t('list.all_missions')} onClick={() => onOpen(!open)}>
          <Twist size={14} strokeWidth={2} aria-hidden />
        </button>
      )}
      <b>{t('missions.title')}</b>
      <small>{format.number(count)}</small>
    </div>
  )
}
