/** A gesture of several commands that was refused amid takes back those already done. */
import { undo } from '../domain/audit/operations.ts'
import { detail } from '../domain/errors.ts'
import { Refusal } from '../kernel/result.ts'
import type { Composer } from './core-handler.ts'

/** The last first, then the refusal goes on; what cannot be taken back is said with the refusal. */
export async function takeBack(error: unknown, composer: Composer, commands: readonly string[]): Promise<never> {
  const left: string[] = []
  for (const command_id of commands.toReversed()) {
    try {
      undo.output.parse((await composer.execute(undo.name, { command_id, keep_moved: true }, `back:${command_id}`)).value)
    } catch {
      left.push(command_id)
    }
  }
  if (error instanceof Refusal && left.length > 0)
    throw new Refusal({ ...error.failure, details: [...error.failure.details, ...left.map((id) => detail('command_id', 'not_taken_back', null, id))] })
  throw error
}
