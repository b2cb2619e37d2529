import { useMemo } from 'react'
import { fromMs } from '../../../../shared/kernel/instants.ts'
import { useProject } from '../../../app/context.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { isKey, useT, wordOf } from '../../../i18n/index.ts'
import type { BoardCard, LaneSet } from './lanes.ts'

const families = { status: 'state.mission', kind: 'mission.kind', engagement: 'state.engagement' } as const

export interface LaneWords {
  name: (lane: string) => string
  /** What comes before a card stands here, `documents et budget`; empty: nothing. */
  rule: (lane: string) => string
  /** Why a card cannot go to a lane; null: to any on its way. */
  why: (card: BoardCard, lane: string | null) => string
  /** The card in one sentence. */
  card: (card: BoardCard) => string
}

export function useLaneWords(set: LaneSet): LaneWords {
  const t = useT()
  const format = useFormat()
  const { archived } = useProject()
  return useMemo(() => {
    const name = (lane: string): string => wordOf(t, families[set], lane)
    return {
      name,
      rule: (lane) => {
        const key = `board.rule.${set}.${lane}`
        return isKey(key) ? t(key) : ''
      },
      why: (card, lane) => {
        if (archived) return t('project.archived_strip')
        if (!card.bar && card.mission.locked) return t('board.why.locked', { name: card.name })
        if (card.bar) return t('board.why.engagement')
        return lane === null ? t('board.why.none', { name: card.name }) : t('board.why.status', { from: name(card.lane), to: name(lane) })
      },
      card: ({ name: own, lane, bar, mission, start }) =>
        [own, name(lane), bar ? mission.title : mission.location?.name, `${format.dayOf(fromMs(start), mission.zone)} ${format.timeOf(fromMs(start), mission.zone)}`].filter(Boolean).join(', '),
    }
  }, [t, format, set, archived])
}
