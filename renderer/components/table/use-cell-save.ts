import { useQueryClient } from '@tanstack/react-query'
import { call, CallFailure } from '../../app/client.ts'
import type { Declared, Plain } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'

/**
 * Saving of cells by one command. `input` makes the call for a row; answers null once the lists show it, else the text of the refusal,
 * that of the field first.
 */
export function useCellSave<I, O>(operation: Declared<I, O>): (field: string, input: Plain<I>) => Promise<string | null> {
  const org = useOrg()
  const client = useQueryClient()
  const textOf = useFailureText()
  return async (field, input) => {
    try {
      await call(operation, input, org ? { org } : {})
    } catch (error) {
      const failure = failureOf(error) ?? new CallFailure('client.unexpected_answer', String(error))
      return textOf.field(failure, field) ?? textOf.field(failure, `changes.${field}`) ?? textOf.failure(failure)
    }
    await client.invalidateQueries({ queryKey: [org] })
    return null
  }
}
