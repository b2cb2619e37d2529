import * as operations from '../../../../shared/domain/contracts/operations.ts'
import type { CallFailure } from '../../../app/client.ts'
import { useCommand } from '../../../app/queries.ts'
import type { Step } from './ladder.ts'

export type PlainStep = Exclude<Step, 'sign'>

export interface Steps {
  /** Answers whether it was done. */
  run: (step: PlainStep, version_id: string, reason?: string) => Promise<boolean>
  pending: boolean
  failure: CallFailure | null
  reset: () => void
}

/** Every step of the ladder that is one command on a version. */
export function useSteps(): Steps {
  const commands = {
    submit: useCommand(operations.submitContract), approve: useCommand(operations.approveContract), send: useCommand(operations.sendContract), activate: useCommand(operations.activateContract),
    resume: useCommand(operations.resumeContract), complete: useCommand(operations.completeContract), archive: useCommand(operations.archiveContract), reject: useCommand(operations.rejectContract),
    reopen: useCommand(operations.reopenContract), suspend: useCommand(operations.suspendContract), terminate: useCommand(operations.terminateContract), drop_amendment: useCommand(operations.dropAmendment),
  } satisfies Record<PlainStep, unknown>
  const all = Object.values(commands)
  const reset = (): void => all.forEach((command) => command.reset())
  return {
    run: async (step, id, reason) => {
      // Only the last gesture is spoken of.
      reset()
      return (await commands[step].run({ id, ...(reason === undefined ? {} : { reason }) })) !== null
    },
    pending: all.some(({ pending }) => pending),
    failure: all.find(({ failure }) => failure !== null)?.failure ?? null,
    reset,
  }
}
