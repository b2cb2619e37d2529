import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { applyProposal } from '../../../../shared/domain/planning/proposal-operations.ts'
import { call } from '../../../app/client.ts'
import type { CallFailure } from '../../../app/client.ts'
import { failureOf } from '../../../app/queries.ts'
import { useOrg } from '../../../app/routes.ts'
import type { ProposedCommand } from './proposal.ts'

/** Commands that one call does: 2,000 rows; a longer gesture is done part by part in one group, undone as one (decision C26). */
const AT_ONCE = 4

interface Asked {
  readonly commands: readonly ProposedCommand[]
  readonly reason: string | null
}
export interface Applying {
  /** Resolves to whether all of it was done; what was done of a gesture that was refused half way is undone with its group. */
  readonly run: (asked: Asked) => Promise<boolean>
  readonly failure: CallFailure | null
  readonly reset: () => void
  /** Share of the commands that are done, from 0 to 1, while a gesture of several parts is under way. */
  readonly progress: number | null
}

/** Applies a proposal. Trying the same again after a failure is the same gesture: what was done is found and not done twice. */
export function useApplying(): Applying {
  const org = useOrg()
  const client = useQueryClient()
  const [progress, setProgress] = useState<number | null>(null)
  const unanswered = useRef<{ text: string; group: string } | null>(null)
  const { mutateAsync, reset, error } = useMutation({
    mutationKey: [org ?? '', applyProposal.name],
    mutationFn: async ({ commands, reason }: Asked) => {
      const text = JSON.stringify([commands, reason])
      const group = unanswered.current?.text === text ? unanswered.current.group : crypto.randomUUID()
      unanswered.current = { text, group }
      const more = reason === null ? {} : { reason }
      for (let from = 0; from < commands.length; from += AT_ONCE) {
        if (commands.length > AT_ONCE) setProgress(from / commands.length)
        await call(applyProposal, { commands: commands.slice(from, from + AT_ONCE), ...more }, { id: `${group}:${from}`, group, ...(org ? { org } : {}) })
      }
      await client.invalidateQueries({ queryKey: [org] })
      unanswered.current = null
    },
    onSettled: () => setProgress(null),
  })
  const run = useCallback((asked: Asked) => mutateAsync(asked).then(() => true, () => false), [mutateAsync])
  return { run, failure: failureOf(error), reset, progress }
}
