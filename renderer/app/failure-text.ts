import { useMemo } from 'react'
import type { ErrorDetail } from '../../shared/kernel/result.ts'
import { isKey, useT } from '../i18n/index.ts'
import type { Key } from '../i18n/index.ts'
import type { CallFailure } from './client.ts'

export interface FailureText {
  failure(failure: Pick<CallFailure, 'code' | 'message'>): string
  detail(detail: ErrorDetail): string
  /** Text under the field of that name; undefined: nothing is wrong with it. */
  field(failure: CallFailure | null | undefined, name: string): string | undefined
}

/** Errors are translated by code: `error.<code, dots as _>`, then its family, then the English message that came with it. */
export function useFailureText(): FailureText {
  const t = useT()
  return useMemo(() => {
    const detail = (given: ErrorDetail): string => {
      const key = `issue.${given.issue.replaceAll('.', '_')}`
      const text = isKey(key) ? t(key, { expected: given.expected ?? '', found: given.found ?? '' }) : [given.issue, given.expected].filter(Boolean).join(': ')
      return text
    }
    return {
      failure: (failure) => {
        const key = failureKey(failure.code)
        return key ? t(key) : failure.message
      },
      detail,
      field: (failure, name) => {
        const found = failure?.details.find((given) => given.field === name)
        return found && detail(found)
      },
    }
  }, [t])
}

/** `mission.transition_rejected` is looked up whole, then as `*.transition_rejected`, then as `mission.*`. */
export function failureKey(code: string): Key | null {
  const [family = '', ...rest] = code.split('.')
  const tries = [`error.${code.replaceAll('.', '_')}`, `error.any_${rest.join('_')}`, `error.${family}_any`]
  return tries.find(isKey) ?? null
}
