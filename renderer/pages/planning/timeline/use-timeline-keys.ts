import { useEffect } from 'react'
import type { KeyboardEvent } from 'react'
import { announce } from '../../../components/LiveRegion.tsx'
import { moved, resized } from './accumulated.ts'
import { DAY, MINUTE } from '../../../../shared/kernel/instants.ts'
import { deltaSaid, offsetsOf, timeOf } from './drawing.ts'
import { keyOf } from './keys.ts'
import { neighbour, personBeside } from './neighbours.ts'
import type { TimelineRow } from './rows.ts'
import { STILL } from './snap.ts'
import type { Focus } from './use-focus.ts'
import type { Gestures } from './use-gestures.ts'
import type { World } from './world.ts'

/** ms without another step before a move is said. */
const SAID_AFTER = 250

/** Keys of the grid (ui 4.6), and what a step is said as. */
export function useTimelineKeys(world: World, focus: Focus, gestures: Gestures, onToggle: (row: TimelineRow) => void) {
  const { props, layout, format, t, frame, head } = world
  const { ghosts, ghostConflict, plan } = props
  useEffect(() => {
    const ghost = ghosts.find(({ id }) => id === focus.focused) ?? ghosts[0]
    const bar = ghost && plan.barOf.get(ghost.id)
    if (!ghost || !bar) return
    const timer = window.setTimeout(() => {
      const { zone } = bar.mission
      const shift = ghost.start === bar.start ? ghost.end - bar.end : ghost.start - bar.start
      const person = ghost.person === bar.person.id ? '' : (plan.people.find(({ id }) => id === ghost.person)?.name ?? '')
      announce([
        t('timeline.said', { title: bar.mission.title, start: timeOf(format, ghost.start, zone), end: timeOf(format, ghost.end, zone), offset: offsetsOf(ghost.start, ghost.end, zone) }),
        shift === 0 ? '' : deltaSaid(t, format, shift), person, ghostConflict ? `${t(`severity.${ghostConflict.severity}`, { count: 1 })} : ${ghostConflict.words}` : '',
      ].filter((part) => part !== '').join(', '))
    }, SAID_AFTER)
    return () => window.clearTimeout(timer)
  }, [ghosts, ghostConflict, plan, focus.focused, format, t])

  return (event: KeyboardEvent<HTMLElement>): void => {
    const { focused } = focus
    if (focused === null || event.target instanceof HTMLButtonElement) return
    const action = keyOf(event, props.view.level)
    if (action === null) return
    const bar = plan.barOf.get(focused)
    const row = layout.rows[layout.rowOf.get(focused) ?? layout.rows.findIndex(({ key }) => key === focused)]
    event.preventDefault()
    event.stopPropagation()
    const reach = (id: string | null, extend: boolean): void => {
      if (id === null) return
      focus.go(id)
      if (extend) props.onSelect(new Set([...props.selected, ...[focused, id].filter((one) => plan.barOf.has(one))]))
    }
    switch (action.kind) {
      case 'bar':
        if (row?.kind === 'group' && (action.to === 'previous' || action.to === 'next')) {
          if (row.collapsed === (action.to === 'next')) onToggle(row)
          return
        }
        return reach(neighbour(layout, focused, action.to), action.extend)
      case 'row': {
        const page = Math.max(1, (frame.current?.clientHeight ?? 0) - head)
        return reach(neighbour(layout, focused, action.by === 1 ? 'below' : 'above', action.page ? page : 0, plan.barOf.get(focused)?.start ?? props.view.start), action.extend)
      }
      case 'move':
      case 'end':
      case 'person': {
        if (bar === undefined || props.onIntent === null || bar.mission.locked) return
        const base = gestures.baseOf(focused)
        if (action.kind === 'move') return gestures.tell(moved(base, action.step))
        if (action.kind === 'end') return gestures.tell(resized(base, 'end', action.step.minutes + (action.step.days * DAY) / MINUTE))
        if (props.grouping !== 'person') return
        const person = personBeside(layout, base.person ?? bar.person.id, action.by)
        if (person !== null) gestures.tell({ ...moved(base, STILL), person: person === bar.person.id ? undefined : person })
        return
      }
      case 'zoom':
        return gestures.zoom(action.by === 1 ? 1.25 : 0.8)
      case 'open':
        if (ghosts.length > 0) return props.onApply()
        if (bar) return props.onOpen(focused)
        if (row?.kind === 'group') return onToggle(row)
        return row?.kind === 'need' && focused !== row.key ? props.onNeed(focused) : undefined
      case 'select': {
        if (!bar) return row?.kind === 'group' ? onToggle(row) : undefined
        const next = new Set(props.selected)
        if (!next.delete(focused)) next.add(focused)
        return props.onSelect(next)
      }
      case 'all':
        return props.onSelect(new Set(props.bars.map(({ id }) => id)))
      case 'times':
        return bar && props.onIntent !== null ? props.onMenu(focused, 'times') : undefined
      case 'menu':
        return frame.current?.querySelector<HTMLElement>('[data-bar-menu]')?.click()
      case 'escape':
        gestures.cancel()
        if (ghosts.length > 0) props.onCancelIntent()
        else if (props.selected.size > 0) props.onSelect(new Set())
    }
  }
}
