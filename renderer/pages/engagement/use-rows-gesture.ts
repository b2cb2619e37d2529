import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ErrorDetail } from '../../../shared/kernel/result.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Declared, Plain } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { inChunks } from '../planning/proposal/proposal.ts'
import { refusedRows } from './refused-rows.ts'

export interface LeftOut {
  readonly id: string
  readonly why: string
}

export interface RowsGesture {
  pending: boolean
  /** Refused as a whole, or for a reason that is about no row. */
  failure: CallFailure | null
  /** Rows that a refusal named, each with its reason: the next try goes without them. */
  refused: readonly LeftOut[]
  /** What the last refusal said, as it came. */
  details: readonly ErrorDetail[]
  /** Sends the rows in commands of at most so many (decision C26), in one group; false: stopped, and what was typed stays. */
  run: <R extends { readonly id: string }, I, O>(operation: Declared<I, O>, rows: readonly R[], inputOf: (rows: readonly R[]) => Plain<I>, done: (answer: O, rows: readonly R[]) => void) => Promise<boolean>
  reset: () => void
}

/** One gesture on many rows: what is refused is said row by row, and the others can go on without it. */
export function useRowsGesture(): RowsGesture {
  const org = useOrg()
  const client = useQueryClient()
  const why = useRefusedWords()
  const group = useRef('')
  /** Unanswered sendings: trying again with the same input is the same gesture. */
  const unanswered = useRef(new Map<string, string>())
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [refused, setRefused] = useState<readonly LeftOut[]>([])
  const [details, setDetails] = useState<readonly ErrorDetail[]>([])
  return {
    pending,
    failure,
    refused,
    details,
    reset: () => {
      setFailure(null)
      setRefused([])
      setDetails([])
    },
    run: async (operation, rows, inputOf, done) => {
      if (group.current === '') group.current = crypto.randomUUID()
      setPending(true)
      setFailure(null)
      setDetails([])
      let whole = true
      for (const chunk of inChunks(rows)) {
        const input = inputOf(chunk)
        const text = `${operation.name} ${JSON.stringify(input)}`
        const id = unanswered.current.get(text) ?? crypto.randomUUID()
        unanswered.current.set(text, id)
        try {
          const answer = await call(operation, input, { id, group: group.current, ...(org ? { org } : {}) })
          unanswered.current.delete(text)
          done(answer.value, chunk)
        } catch (error) {
          const met = failureOf(error)
          const named = met && refusedRows(met.details, chunk.map((row) => row.id))
          setDetails(met?.details ?? [])
          // Of one row alone there is nothing to go on without.
          if (met && named && rows.length > 1) setRefused((now) => [...now.filter((row) => !named.has(row.id)), ...[...named].map(([row, of]) => ({ id: row, why: why(met.code, of) }))])
          else setFailure(met)
          whole = false
          break
        }
      }
      await client.invalidateQueries({ queryKey: [org] })
      setPending(false)
      return whole
    },
  }
}

/** Why a row is refused: what is missing by its name, else what the refusal says. */
export function useRefusedWords(): (code: string, details: readonly ErrorDetail[]) => string {
  const t = useT()
  const textOf = useFailureText()
  return (code, details) => {
    const said = details.map((detail) => {
      if (detail.issue === 'transition' || detail.issue === 'state') {
        const state = detail.found && isKey(`state.engagement.${detail.found}`) ? detail.found : detail.expected
        if (state && isKey(`state.engagement.${state}`)) return t('engagement.left_out_state', { state: wordOf(t, 'state.engagement', state) })
      }
      if (detail.issue === 'conflict' && detail.expected) return t('engagement.left_out_conflict', { what: wordOf(t, 'conflict', detail.expected) })
      // A document that is missing, by its name: of who confirms (the kind expected), of who closes (where it stands).
      if (detail.issue === 'document' && detail.expected) return wordOf(t, 'paperwork.kind', detail.expected)
      if (detail.field === 'document' && isKey(`paperwork.kind.${detail.issue}`)) return t('paperwork.missing_line', { kind: wordOf(t, 'paperwork.kind', detail.issue), standing: wordOf(t, 'paperwork.standing', detail.expected ?? 'expected') })
      const field = detail.field?.replace(/^(?:changes|ids)\.\d+\.?/, '') ?? ''
      const named = isKey(`engagement.field.${field}`) ? wordOf(t, 'engagement.field', field) : undefined
      return textOf.named(named, textOf.detail(detail))
    })
    const words = [...new Set(said)].join(' ')
    return words === '' ? textOf.failure({ code, message: code }) : words
  }
}
