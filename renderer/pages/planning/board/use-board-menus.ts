import type { MenuGroup } from '../../../components/Menu.tsx'
import { useT } from '../../../i18n/index.ts'
import { lanesOf, movedBy } from './lanes.ts'
import type { BoardCard, LaneSet } from './lanes.ts'
import type { BoardMove } from './use-board-move.ts'
import type { LaneWords } from './use-lane-words.ts'

interface BoardMenusSettings {
  set: LaneSet
  lanes: ReadonlyMap<string, readonly BoardCard[]>
  inFocus: BoardCard | null
  move: BoardMove
  words: LaneWords
  put: (lane: string, ids: readonly string[] | null) => void
  reorder: (card: BoardCard, ids: readonly string[]) => void
}

/** The moves of arrows and pointer, as menus: of a card, and of a lane for the card that has the focus. */
export function useBoardMenus({ set, lanes, inFocus, move, words, put, reorder }: BoardMenusSettings): { ofCard: (card: BoardCard) => readonly MenuGroup[]; ofLane: (lane: string) => readonly MenuGroup[] } {
  const t = useT()
  const idsIn = (lane: string): readonly string[] => (lanes.get(lane) ?? []).map(({ id }) => id)
  return {
    ofCard: (card) => {
      const ids = idsIn(card.lane)
      const step = (by: 1 | -1, label: string) => ({ key: String(by), label, disabled: movedBy(ids, card.id, by) === ids, onChoose: () => reorder(card, movedBy(ids, card.id, by)) })
      const known = move.moves?.id === card.id ? move.moves : null
      return [
        {
          key: 'lanes',
          label: t('board.move_to'),
          choices: lanesOf[set].filter((lane) => lane !== card.lane).map((lane) => ({ key: lane, label: words.name(lane), disabled: known !== null && !known.lanes.has(lane), onChoose: () => move.ask(card, lane) })),
        },
        { key: 'order', label: t('board.order'), choices: [step(-1, t('board.up')), step(1, t('board.down'))] },
      ]
    },
    ofLane: (lane) => {
      const ids = idsIn(lane)
      if (!inFocus) return ids.length < 2 ? [] : [{ key: 'order', choices: [{ key: 'sort', label: t('board.sort'), onChoose: () => put(lane, null) }] }]
      const forbidden = move.moves?.id === inFocus.id && !move.moves.lanes.has(lane)
      return [
        ...(inFocus.lane === lane ? [] : [{ key: 'bring', choices: [{ key: 'bring', label: t('board.bring', { name: inFocus.name }), disabled: forbidden, onChoose: () => move.ask(inFocus, lane) }] }]),
        ...(ids.length < 2 ? [] : [{ key: 'order', choices: [{ key: 'sort', label: t('board.sort'), onChoose: () => put(lane, null) }] }]),
      ]
    },
  }
}
