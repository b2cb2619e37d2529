import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CallFailure } from '../../../app/client.ts'
import { useLeaving } from '../../../app/leaving.ts'
import { announce } from '../../../components/LiveRegion.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { Plan, PlanBar } from '../plan.ts'
import type { TimelineProps } from '../timeline/timeline-props.ts'
import type { Ghost, Intent } from './intent.ts'
import { commandsOf, ghostsOf, metMeanwhile, NOTHING_STANDS, withIntent } from './proposal.ts'
import type { Standing } from './proposal.ts'
import { conflictText, movesOf, spokenOf } from './proposal-words.ts'
import type { ProposedMove } from './proposal-words.ts'
import { useGesture } from './use-gesture.ts'
import type { Gesture } from './use-gesture.ts'

/** What stands before anything is written: drawn as ghosts by timeline and board, said by the bar. */
export interface Proposal {
  readonly standing: boolean
  readonly ghosts: readonly Ghost[]
  /** Each bar that would move, from and to. */
  readonly moves: readonly ProposedMove[]
  /** The gravest that it would break. */
  readonly conflict: TimelineProps['ghostConflict']
  readonly gesture: Gesture
  /** Bars that somebody else wrote while it stood, and how many are gone: it is rehearsed again on what is there now. */
  readonly meanwhile: { readonly changed: readonly PlanBar[]; readonly gone: number }
  /** Adds to what stands. */
  readonly intent: (intent: Intent) => void
  readonly apply: () => void
  readonly cancel: () => void
  readonly pending: boolean
  readonly failure: CallFailure | null
}

const DRAWN_MS = 50
/** Said once the hand rests: each step of a key held down is not news. */
const REST_MS = 250

/** The proposal of a page. It is kept while the page is: scroll, zoom, filter and view draw it anew, and leaving asks once. */
export function useProposal(plan: Plan | null): Proposal {
  const t = useT()
  const format = useFormat()
  const [standing, setStanding] = useState<Standing>(NOTHING_STANDS)
  const ghosts = useMemo(() => (plan === null ? [] : ghostsOf(plan, standing)), [plan, standing])
  const commands = useMemo(() => (plan === null ? [] : commandsOf(plan, ghosts)), [plan, ghosts])
  const moves = useMemo(() => (plan === null ? [] : movesOf(plan, ghosts)), [plan, ghosts])
  const met = useMemo(() => (plan === null ? NOTHING_MET : metMeanwhile(plan, standing)), [plan, standing])
  const forget = useCallback(() => setStanding(NOTHING_STANDS), [])
  const gesture = useGesture(commands, {
    over: plan,
    onApplied: async () => {
      announce(t('proposal.applied', { count: moves.length }))
      // The plan is drawn anew first: no bar is seen where it was before.
      await new Promise((resolve) => setTimeout(resolve, DRAWN_MS))
      forget()
    },
  })
  const { rehearsed, current, pending, apply, failure } = gesture
  const stands = standing.size > 0
  const intent = useCallback((given: Intent) => plan !== null && setStanding((now) => withIntent(plan, now, given)), [plan])
  const cancel = useCallback(() => {
    if (pending) return
    forget()
    announce(t('proposal.canceled'))
  }, [pending, forget, t])
  useLeaving(stands && !pending)

  const [worst] = rehearsed?.broken ?? []
  const words = worst ? conflictText(t, worst) : ''
  const conflict = useMemo(() => (worst ? { severity: worst.severity, words } : null), [worst, words])

  const sentence = current && !pending && moves.length > 0 && rehearsed ? spokenOf(t, format, moves, rehearsed) : ''
  const begun = useRef(0)
  useEffect(() => {
    begun.current = Date.now()
  }, [standing])
  useEffect(() => {
    if (sentence === '') return undefined
    const timer = setTimeout(() => announce(sentence), Math.max(0, begun.current + REST_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [sentence])

  return { standing: stands, ghosts, moves, conflict, gesture, meanwhile: pending ? NOTHING_MET : met, intent, apply, cancel, pending, failure }
}

const NOTHING_MET = { changed: [], gone: 0 }
