import { useEffect, useState } from 'react'
import { missionKinds, missionStatuses } from '../../../../shared/domain/planning/model.ts'
import { cancelAssignments, changeMissionStatus, updateMission } from '../../../../shared/domain/planning/operations.ts'
import type { CallFailure } from '../../../app/client.ts'
import { useCommand } from '../../../app/queries.ts'
import { laneBeside } from './lanes.ts'
import type { BoardCard, LaneSet } from './lanes.ts'
import { useCardMoves } from './use-card-moves.ts'
import type { CardMoves, Form } from './use-card-moves.ts'

interface Wanted {
  readonly card: BoardCard
  /** A lane by name, or the next one on the way. */
  readonly to: string | 1 | -1
}

export interface BoardMove {
  /** Of the card in hand; null until the core has answered. */
  readonly moves: CardMoves | null
  readonly ask: (card: BoardCard, to: string | 1 | -1) => void
  /** A form waits: its lane asks for a word. */
  readonly asking: { readonly card: BoardCard; readonly lane: string; readonly form: Form } | null
  readonly confirm: (reason: string) => void
  readonly close: () => void
  readonly pending: boolean
  readonly failure: CallFailure | null
  readonly forget: () => void
}

interface BoardMoveSettings {
  set: LaneSet
  /** The card in hand: dragged, else the one with the focus. */
  inHand: BoardCard | null
  onMoved: (card: BoardCard, lane: string) => void
  onForbidden: (card: BoardCard, lane: string | null) => void
}

/** One move of a card: asked, checked with the core, with its form when it has one, then one command. */
export function useBoardMove({ set, inHand, onMoved, onForbidden }: BoardMoveSettings): BoardMove {
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [asking, setAsking] = useState<BoardMove['asking']>(null)
  const moves = useCardMoves(set, wanted?.card ?? inHand)
  const status = useCommand(changeMissionStatus)
  const update = useCommand(updateMission)
  const cancel = useCommand(cancelAssignments)
  const used = [status, update, cancel]

  const run = async (card: BoardCard, lane: string, reason: string): Promise<void> => {
    const word = reason ? { reason } : {}
    const to = missionStatuses.find((one) => one === lane)
    const kind = missionKinds.find((one) => one === lane)
    const done = card.bar
      ? await cancel.run({ ids: [card.id], ...word })
      : set === 'kind' && kind
        ? await update.run({ id: card.id, version: card.mission.version, changes: { kind } })
        : to && (await status.run({ id: card.id, to, ...word }))
    if (!done) return
    setAsking(null)
    onMoved(card, lane)
  }
  const decide = (): void => {
    if (!wanted || moves?.id !== wanted.card.id) return
    setWanted(null)
    const { card, to } = wanted
    const lane = typeof to === 'string' ? to : laneBeside(set, card, to, (name) => moves.lanes.has(name))
    const form = lane === null ? undefined : moves.lanes.get(lane)
    if (lane === null || form === undefined) onForbidden(card, lane)
    else if (form === 'none') void run(card, lane, '')
    else setAsking({ card, lane, form })
  }
  useEffect(decide)
  return {
    moves: moves && moves.id === (inHand?.id ?? '') ? moves : null,
    ask: (card, to) => {
      for (const one of used) one.reset()
      setWanted({ card, to })
    },
    asking,
    confirm: (reason) => asking && void run(asking.card, asking.lane, reason),
    close: () => setAsking(null),
    pending: used.some((one) => one.pending),
    failure: used.find((one) => one.failure)?.failure ?? null,
    forget: () => {
      for (const one of used) one.reset()
    },
  }
}
