import { ArrowLeftRight, Ban, Clock, Ellipsis, Move, UserRound } from 'lucide-react'
import { ConflictBadge } from '../../../components/ConflictBadge.tsx'
import { Menu } from '../../../components/Menu.tsx'
import type { Ghost } from '../proposal/intent.ts'
import { BAR, dayOf, deltaOf, offsetsOf, timeOf } from './drawing.ts'
import styles from './Overlay.module.css'
import { xOf } from './scale.ts'
import timelineStyles from './Timeline.module.css'
import type { Band } from './use-gestures.ts'
import type { World } from './world.ts'

export interface OverlayProps {
  readonly world: World
  readonly focused: string | null
  readonly hovered: string | null
  readonly dragging: string | null
  readonly band: Band | null
}

/** px from the top of the canvas: where the bar of this person, or the bar itself, stands. */
function topOf({ layout, sizes, props }: World, id: string, person: string | null): number | null {
  const own = layout.rowOf.get(id)
  const bar = props.plan.barOf.get(id)
  const index = person === null || bar === undefined || bar.person.id === person || props.grouping !== 'person' ? own : layout.rows.findIndex((row) => row.kind === 'person' && row.person.id === person)
  const row = index === undefined ? undefined : layout.rows[index]
  if (index === undefined || row?.kind !== 'person') return null
  const lane = index === own ? (row.lanes.find(({ item }) => item.id === id)?.lane ?? 0) : 0
  return (layout.tops[index] ?? 0) + Math.round(sizes.pad / 2) + lane * sizes.bar - 1
}

/** Above the bars: where they would be, the band of a choice, the menu of the bar in hand. */
export function Overlay({ world, focused, hovered, dragging, band }: OverlayProps) {
  const { props, sizes, scale } = world
  const tipped = props.ghosts.find(({ id }) => id === (dragging ?? focused)) ?? props.ghosts[0]
  const inHand = dragging === null && props.ghosts.length === 0 ? (hovered ?? focused) : null
  return (
    <>
      {props.ghosts.map((ghost) => {
        const top = topOf(world, ghost.id, ghost.person)
        const bar = props.plan.barOf.get(ghost.id)
        if (top === null || bar === undefined) return null
        return (
          <div
            key={ghost.id}
            data-bar={ghost.id}
            data-ghost
            aria-hidden
            // The focus stays on the bar it stands for.
            onMouseDown={(event) => event.preventDefault()}
            className={styles['ghost']}
            style={{ left: xOf(scale, ghost.start), top, width: Math.max(BAR.least, (ghost.end - ghost.start) * scale.pxPerMs), height: sizes.bar }}
          >
            <ArrowLeftRight size={12} strokeWidth={2.25} aria-hidden />
            {bar.mission.title}
          </div>
        )
      })}
      {tipped && <GhostTip world={world} ghost={tipped} />}
      {band && <i className={timelineStyles['band']} style={{ left: band.left, top: band.top, width: band.right - band.left, height: band.bottom - band.top }} />}
      {inHand !== null && <BarMenu world={world} id={inHand} />}
    </>
  )
}

function GhostTip({ world, ghost }: { world: World; ghost: Ghost }) {
  const { props, scale, format } = world
  const top = topOf(world, ghost.id, ghost.person)
  const bar = props.plan.barOf.get(ghost.id)
  if (top === null || bar === undefined) return null
  const { zone } = bar.mission
  const shift = ghost.start === bar.start ? ghost.end - bar.end : ghost.start - bar.start
  return (
    <div className={styles['tipLine']} style={{ top: top > 30 ? top - 31 : top + world.sizes.bar + 5 }} aria-hidden>
      <div className={styles['tip']} style={{ marginLeft: Math.max(0, xOf(scale, ghost.start)) }}>
      {props.view.level === 'month' && <span>{dayOf(format, ghost.start, zone)}</span>}
      <b>{timeOf(format, ghost.start, zone)}</b> → <b>{timeOf(format, ghost.end, zone)}</b>
      <small>{offsetsOf(ghost.start, ghost.end, zone)}</small>
      <i className={styles['rule']} />
      <span>{deltaOf(format, shift)}</span>
      {props.ghostConflict && <ConflictBadge severity={props.ghostConflict.severity} text={props.ghostConflict.words} />}
      </div>
    </div>
  )
}

function BarMenu({ world, id }: { world: World; id: string }) {
  const { props, scale, sizes, t } = world
  const bar = props.plan.barOf.get(id)
  const top = topOf(world, id, null)
  if (bar === undefined || top === null) return null
  const may = props.onIntent !== null && !bar.mission.locked
  const choice = (key: 'shift' | 'times' | 'replace' | 'cancel', icon: typeof Move) => ({ key, label: t(`timeline.menu_${key}`), icon, disabled: !may, onChoose: () => props.onMenu(id, key) })
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          data-bar-menu
          tabIndex={-1}
          className={styles['menu']}
          style={{ left: Math.max(xOf(scale, bar.start) + 24, xOf(scale, bar.end)) + 2, top: top + (sizes.bar - 24) / 2 }}
          aria-label={t('timeline.menu', { title: bar.mission.title, person: bar.person.name })}
          title={t('timeline.menu', { title: bar.mission.title, person: bar.person.name })}
        >
          <Ellipsis size={14} strokeWidth={2} aria-hidden />
        </button>
      }
      groups={[
        { key: 'open', choices: [{ key: 'open', label: t('timeline.menu_open'), icon: UserRound, onChoose: () => props.onOpen(id) }] },
        { key: 'change', choices: [choice('shift', Move), choice('times', Clock), choice('replace', ArrowLeftRight), choice('cancel', Ban)] },
      ]}
    />
  )
}
