import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { call } from '../../app/client.ts'
import type { Declared, Plain } from '../../app/client.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { useFailureText } from '../../app/failure-text.ts'
import type { LeftOut } from '../engagement/use-rows-gesture.ts'

export interface EachGesture {
  pending: boolean
  /** Rows that were refused, each with its reason; they stay chosen. */
  refused: readonly LeftOut[]
  /** A command a row, in one group: what is refused for one stops no other. Answers what was done. */
  run: <R extends { readonly id: string }, I, O>(operation: Declared<I, O>, rows: readonly R[], inputOf: (row: R) => Plain<I>) => Promise<readonly { row: R; value: O }[]>
}

/** The same gesture on several contracts: each is a command of its own, for each has its own reasons to be refused. */
export function useEach(): EachGesture {
  const org = useOrg()
  const client = useQueryClient()
  const textOf = useFailureText()
  /** Trying again with the same input is the same gesture. */
  const unanswered = useRef(new Map<string, string>())
  const [pending, setPending] = useState(false)
  const [refused, setRefused] = useState<readonly LeftOut[]>([])
  return {
    pending,
    refused,
    run: async <R extends { readonly id: string }, I, O>(operation: Declared<I, O>, rows: readonly R[], inputOf: (row: R) => Plain<I>) => {
      const group = crypto.randomUUID()
      setPending(true)
      const out: LeftOut[] = []
      const done: { row: R; value: O }[] = []
      for (const row of rows) {
        const input = inputOf(row)
        const text = `${operation.name} ${JSON.stringify(input)}`
        const id = unanswered.current.get(text) ?? crypto.randomUUID()
        unanswered.current.set(text, id)
        try {
          const answer = await call(operation, input, { id, group, ...(org ? { org } : {}) })
          unanswered.current.delete(text)
          done.push({ row, value: answer.value })
        } catch (error) {
          const failure = failureOf(error)
          out.push({ id: row.id, why: failure ? textOf.failure(failure) : String(error) })
        }
      }
      setRefused(out)
      await client.invalidateQueries({ queryKey: [org] })
      setPending(false)
      return done
    },
  }
}
