import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { useProject } from '../../../app/context.tsx'
import { useSyncMarks } from '../../../app/sync/marks.ts'
import { useUrlState } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { StateBadge } from '../../../components/StateBadge.tsx'
import { useT, wordOf } from '../../../i18n/index.ts'
import { openMission } from '../opened.ts'
import type { Plan } from '../plan.ts'
import { missionTest } from '../plan-filter.ts'
import type { FilteredPlan } from '../use-plan-filter.ts'
import type { Selection } from '../use-selection.ts'
import styles from './Board.module.css'
import { CardFace } from './BoardCard.tsx'
import { Lane } from './Lane.tsx'
import { assignmentCards, cardBeside, inLanes, laneSets, lanesOf, missionCards, movedBefore, movedBy } from './lanes.ts'
import type { BoardCard } from './lanes.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useBoardMenus } from './use-board-menus.ts'
import { useBoardMove } from './use-board-move.ts'
import { useCardDrag } from './use-card-drag.ts'
import { useLaneOrder } from './use-lane-order.ts'
import { useLaneWords } from './use-lane-words.ts'

interface BoardProps {
  plan: Plan
  filtered: FilteredPlan
  selection: Selection
  open: string
  onOpen: (sel: string) => void
}

const arrows: Readonly<Record<string, 'up' | 'down' | 'left' | 'right' | 'first' | 'last'>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'first', End: 'last' }
const openingOf = (card: BoardCard): string => (card.bar ? card.id : openMission(card.id))
const focusCard = (id: string): void => {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus())
}

/** Missions by status or kind, or assignments by state: a card moves by arrows, by its menu or by pointer, always as one step of the core. */
export function Board({ plan, filtered, selection, open, onOpen }: BoardProps) {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const set = laneSets.find((one) => one === url.get('lanes')) ?? 'status'
  const words = useLaneWords(set)
  const { unsent } = useSyncMarks()
  const { kept, put } = useLaneOrder(project.id, set)
  const { bars, needs, choice } = filtered
  const cards = useMemo(
    () => (set === 'engagement' ? assignmentCards(bars) : missionCards(set, plan.missions.filter(missionTest(choice, bars, needs)), bars, plan.needs)),
    [set, plan.missions, plan.needs, choice, bars, needs],
  )
  const lanes = useMemo(() => inLanes(set, cards, kept), [set, cards, kept])
  const [focusId, setFocusId] = useState<string | null>(null)
  const inFocus = cards.find(({ id }) => id === focusId) ?? null
  const first = [...lanes.values()].find((found) => found.length > 0)?.[0] ?? null
  const stop = inFocus ?? first

  const idsOf = (lane: string): readonly string[] => (lanes.get(lane) ?? []).map(({ id }) => id)
  const reorder = (card: BoardCard, ids: readonly string[]): void => {
    if (ids.join() === idsOf(card.lane).join()) return
    put(card.lane, ids)
    announce(t('board.ordered', { name: card.name, place: ids.indexOf(card.id) + 1, total: ids.length }))
    focusCard(card.id)
  }
  const { drag, begin, justDropped } = useCardDrag()
  // A card that changes lane is drawn anew there, once the plan is: the focus goes with it.
  const [arriving, setArriving] = useState<{ id: string; lane: string } | null>(null)
  const arrived = useRef(arriving)
  useEffect(() => {
    if (!arriving || arrived.current === arriving || !cards.some(({ id, lane }) => id === arriving.id && lane === arriving.lane)) return
    arrived.current = arriving
    focusCard(arriving.id)
  }, [arriving, cards])
  const move = useBoardMove({
    set,
    inHand: drag?.card ?? inFocus,
    onMoved: (card, lane) => {
      announce(t('board.moved', { name: card.name, lane: words.name(lane) }))
      setArriving({ id: card.id, lane })
    },
    onForbidden: (card, lane) => announce(words.why(card, lane)),
  })
  const menus = useBoardMenus({ set, lanes, inFocus, move, words, put, reorder })

  const drop = (card: BoardCard) => (lane: string, before: string | null): void => {
    if (lane === card.lane) reorder(card, movedBefore(idsOf(lane), card.id, before))
    else move.ask(card, lane)
  }
  const isChosen = (card: BoardCard): boolean => card.bars.length > 0 && card.bars.every(({ id }) => selection.selected.has(id))
  const toggle = (card: BoardCard): void => {
    const next = new Set(selection.selected)
    const chosen = isChosen(card)
    for (const { id } of card.bars) {
      if (chosen) next.delete(id)
      else next.add(id)
    }
    selection.set(next)
  }
  const onCardKey = (event: KeyboardEvent<HTMLElement>, card: BoardCard): boolean => {
    const command = event.ctrlKey || event.metaKey
    const arrow = arrows[event.code] ?? (command ? undefined : { j: 'down' as const, k: 'up' as const }[event.key.toLowerCase()])
    if (command && (arrow === 'left' || arrow === 'right')) move.ask(card, arrow === 'right' ? 1 : -1)
    else if (command && (arrow === 'up' || arrow === 'down')) reorder(card, movedBy(idsOf(card.lane), card.id, arrow === 'down' ? 1 : -1))
    else if (command && event.key.toLowerCase() === 'a') selection.all()
    else if (command || event.altKey) return false
    else if (arrow) {
      const next = cardBeside(lanes, card.id, arrow)
      if (next) {
        setFocusId(next.id)
        focusCard(next.id)
      }
    } else if (event.key === 'Enter') onOpen(openingOf(card))
    else if (event.key === ' ' || event.key.toLowerCase() === 'x') toggle(card)
    else if (event.key === 'Escape' && selection.selected.size > 0) selection.set(new Set())
    else return false
    return true
  }
  const onCardClick = (event: MouseEvent, card: BoardCard): void => {
    if (justDropped()) return
    setFocusId(card.id)
    if (event.ctrlKey || event.metaKey) toggle(card)
    else onOpen(openingOf(card))
  }
  const draw = (card: BoardCard) => (
    <div key={card.id} role="listitem" className={styles['item']}>
      <div
        role="group"
        className={styles['card']}
        tabIndex={card.id === stop?.id ? 0 : -1}
        aria-label={words.card(card)}
        data-card={card.id}
        data-chosen={isChosen(card)}
        data-carried={drag?.card.id === card.id}
        {...(openingOf(card) === open ? { 'aria-current': true } : {})}
        onFocus={(event) => event.target === event.currentTarget && setFocusId(card.id)}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && !event.defaultPrevented && onCardKey(event, card)) event.preventDefault()
        }}
        onPointerDown={(event) => begin(event, card, drop(card))}
        onClick={(event) => event.target instanceof Element && !event.target.closest('button, label') && onCardClick(event, card)}
      >
        <CardFace card={card} unsent={unsent.get(card.id)} stop={card.id === stop?.id} selected={isChosen(card)} onToggle={() => toggle(card)} menu={menus.ofCard(card)} />
      </div>
    </div>
  )
  return (
    <div className={styles['board']}>
      <div className={styles['bar']}>
        <Segmented label={t('board.by')} value={set} choices={laneSets.map((value) => ({ value, label: t(`board.by.${value}`) }))} onChange={(next) => url.set({ lanes: next === 'status' ? null : next }, 'push')} />
        <span className={styles['hint']}>{t('board.keys')}</span>
        {selection.selected.size > 0 && (
          <>
            <strong>{t('table.selected', { count: selection.selected.size })}</strong>
            <Button small kind="quiet" label={t('table.clear_selection')} onClick={() => selection.set(new Set())} />
          </>
        )}
      </div>
      {move.failure && !move.asking && (
        <div className={styles['refused']}>
          <FormErrorSummary failure={move.failure} />
          <Button small label={t('action.close')} onClick={move.forget} />
        </div>
      )}
      <div className={styles['lanes']} data-roving>
        {lanesOf[set].map((lane) => (
          <Lane
            key={lane}
            lane={lane}
            title={set === 'kind' ? wordOf(t, 'mission.kind', lane) : <StateBadge family={set === 'status' ? 'mission' : 'engagement'} state={lane} />}
            rule={words.rule(lane)}
            cards={lanes.get(lane) ?? []}
            forbidden={drag && drag.card.lane !== lane && move.moves && !move.moves.lanes.has(lane) ? words.why(drag.card, lane) : null}
            over={drag?.over === lane}
            focused={focusId}
            menu={menus.ofLane(lane)}
            draw={draw}
          />
        ))}
      </div>
      {drag && (
        <div className={styles['carried']} style={{ transform: `translate(${drag.x + 8}px, ${drag.y + 8}px)` }} aria-hidden>
          {drag.card.name}
        </div>
      )}
      {move.asking && <MoveDialog asking={move.asking} words={words} pending={move.pending} failure={move.failure} onConfirm={move.confirm} onClose={move.close} />}
    </div>
  )
}
