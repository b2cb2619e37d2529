import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { previewProposal } from '../../../../shared/domain/planning/proposal-operations.ts'
import { call } from '../../../app/client.ts'
import type { CallFailure } from '../../../app/client.ts'
import { ConflictRow, worstFirst } from '../../../app/conflicts.ts'
import { failureOf } from '../../../app/queries.ts'
import { useOrg } from '../../../app/routes.ts'
import { rowsOf } from '../../../app/rows.ts'
import { latestOnly } from './latest-only.ts'
import { withReason } from './proposal.ts'
import type { ProposedCommand } from './proposal.ts'
import { useApplying } from './use-applying.ts'

type Answered = z.infer<typeof previewProposal.output>
/** What the core found when it ran the commands and took them back, conflicts the gravest first and with the names of whom they are about. */
export interface Rehearsed extends Omit<Answered, 'broken' | 'mended'> {
  readonly broken: readonly ConflictRow[]
  readonly mended: readonly ConflictRow[]
}

/** Steps of a drag or of a key held down that are asked about at once. */
const PAUSE_MS = 30

/** `reason.required` of a command itself: somebody who had said yes is released, and is owed the words. */
const wantsReason = ({ reason, refusal }: Pick<Rehearsed, 'reason' | 'refusal'>): boolean => (refusal === null ? reason === 'required' : refusal.code === 'reason.required')

export interface Gesture {
  /** Of these commands, or of earlier ones while `current` is false; null: nothing is proposed, or nothing is known yet. */
  readonly rehearsed: Rehearsed | null
  readonly current: boolean
  /** The commands are being applied. */
  readonly pending: boolean
  /** Share that is done, of a gesture of several parts. */
  readonly progress: number | null
  /** Nothing is done without one: something severe would be broken, or somebody is released who had said yes. */
  readonly asksReason: boolean
  /** Why it was not applied, else why it could not be rehearsed. */
  readonly failure: CallFailure | null
  /** null: no reason was asked for yet. */
  readonly reason: string | null
  readonly onReason: (text: string) => void
  /** Applies, once the last rehearsal is in. What is severe asks for a reason first; what is refused stays. */
  readonly apply: () => void
}

interface GestureOptions {
  /** Asked again when it changes, also for the same commands: the rows that the answer stands on. */
  readonly over?: unknown
  /** It is still being applied until this resolves. */
  readonly onApplied: () => Promise<void> | void
}

function read({ broken, mended, ...answer }: Answered): Rehearsed {
  const { people, missions, locations } = answer.names
  const named = (rows: readonly Record<string, unknown>[]): ConflictRow[] =>
    worstFirst(rowsOf(ConflictRow, rows).map((row) => {
      const place = row.records.find(({ entity }) => entity === 'location')?.id
      const who = (row.person_id && people[row.person_id]) || (place && locations[place]) || (row.mission_id && missions[row.mission_id])
      return who ? { ...row, who } : row
    }))
  return { ...answer, broken: named(broken), mended: named(mended) }
}

/** Some commands as one gesture: rehearsed at each change with one question at a time, applied as one and undone as one. */
export function useGesture(commands: readonly ProposedCommand[], { over, onApplied }: GestureOptions): Gesture {
  const org = useOrg()
  const { run, failure, reset, progress } = useApplying()
  const [pending, setPending] = useState(false)
  const [found, setFound] = useState<{ text: string; rehearsed: Rehearsed | null; failure: CallFailure | null } | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const text = useMemo(() => JSON.stringify(commands), [commands])
  const latest = useRef({ text, commands, reason, onApplied, waiting: false, writing: false })
  useLayoutEffect(() => {
    latest.current = { ...latest.current, text, commands, reason, onApplied }
  })
  const [asking] = useState(() =>
    latestOnly<{ org: string; text: string; commands: readonly ProposedCommand[] }, Answered>({
      pauseMs: PAUSE_MS,
      ask: async ({ org, commands }) => (await call(previewProposal, { commands: [...commands] }, { org })).value,
      onAnswer: ({ text }, answer) => {
        setFound({ text, rehearsed: read(answer), failure: null })
      },
      onFailure: ({ text }, error) => {
        setFound({ text, rehearsed: null, failure: failureOf(error) })
      },
    }),
  )
  const none = commands.length === 0
  useEffect(() => {
    // Its own commit moves the rows under it: nothing is asked about a proposal that is being applied.
    if (latest.current.writing) return
    reset()
    if (none || !org) {
      asking.drop()
      setFound(null)
      setReason(null)
    } else asking.put({ org, text, commands: latest.current.commands })
  }, [asking, text, none, org, over, reset])
  useEffect(() => () => asking.drop(), [asking])

  const apply = useCallback(() => {
    const go = async (): Promise<void> => {
      const settled = await asking.settled()
      const { commands, reason, text } = latest.current
      const rehearsed = settled?.question.text === text ? settled.answer : null
      if (commands.length === 0 || rehearsed === null || (rehearsed.refusal !== null && !wantsReason(rehearsed)) || rehearsed.reason === 'forbidden') return
      const why = reason?.trim() ?? ''
      if (wantsReason(rehearsed) && why === '') {
        setReason((typed) => typed ?? '')
        return
      }
      latest.current.writing = true
      setPending(true)
      const given = wantsReason(rehearsed) ? why : null
      const done = await run({ commands: given !== null && rehearsed.refusal !== null ? withReason(commands, given) : commands, reason: given })
      if (done) await latest.current.onApplied()
      latest.current.writing = false
      setPending(false)
      // Refused: what was rehearsed may hold no more.
      if (!done && org) asking.put({ org, text, commands })
    }
    // Enter held down, or a click while Enter works, is the same gesture.
    if (latest.current.waiting) return
    latest.current.waiting = true
    void go().finally(() => {
      latest.current.waiting = false
    })
  }, [asking, run, org])

  return {
    rehearsed: found?.rehearsed ?? null,
    current: found !== null && found.text === text,
    pending,
    progress,
    asksReason: found?.rehearsed != null && wantsReason(found.rehearsed),
    failure: failure ?? found?.failure ?? null,
    reason: found?.rehearsed != null && wantsReason(found.rehearsed) ? reason : null,
    onReason: setReason,
    apply,
  }
}
