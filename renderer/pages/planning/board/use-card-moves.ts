import { z } from 'zod'
import { getAssignment, getMission } from '../../../../shared/domain/planning/operations.ts'
import { useAnswer } from '../../../app/queries.ts'
import { NextState } from '../../../app/rows.ts'
import { lanesOf } from './lanes.ts'
import type { BoardCard, LaneSet } from './lanes.ts'

/** What going to a lane asks of the person. */
export type Form = 'none' | 'optional' | 'required'

export interface CardMoves {
  /** Of this card. */
  readonly id: string
  /** Lanes that the core opens to this person from where the card stands. */
  readonly lanes: ReadonlyMap<string, Form>
}

const MissionMoves = z.object({ locked: z.boolean(), next_states: z.array(NextState) })

/** Asks the core what may be done with a card; null until it has answered. Nothing is decided here. */
export function useCardMoves(set: LaneSet, card: BoardCard | null): CardMoves | null {
  const mission = useAnswer(getMission, card && !card.bar ? { id: card.id } : null, { keep: false })
  const assignment = useAnswer(getAssignment, card?.bar ? { id: card.id } : null, { keep: false })
  if (!card) return null
  if (card.bar) {
    if (!assignment.answer) return null
    // Other states come by other steps: an answer, a confirmation, hours that are over.
    return { id: card.id, lanes: new Map(assignment.answer.can.has('assignment.cancel') ? [['canceled', 'optional']] : []) }
  }
  if (!mission.answer) return null
  if (set === 'kind') return { id: card.id, lanes: new Map(mission.answer.can.has('mission.update') ? lanesOf.kind.flatMap((lane) => (lane === card.lane ? [] : [[lane, 'none'] as const])) : []) }
  const found = MissionMoves.safeParse(mission.answer.value)
  return { id: card.id, lanes: new Map(found.success ? found.data.next_states.map(({ to, reason }) => [to, reason ? 'required' : to === 'canceled' ? 'optional' : 'none'] as const) : []) }
}
