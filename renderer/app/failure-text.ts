import { useMemo } from 'react'
import type { ErrorDetail } from '../../shared/kernel/result.ts'
import { isKey, useT } from '../i18n/index.ts'
import type { Key, Translate } from '../i18n/index.ts'
import type { CallFailure } from './client.ts'

export interface FailureText {
  failure(failure: Pick<CallFailure, 'code' | 'message'>): string
  detail(detail: ErrorDetail): string
  /** `Début : À remplir.`; the second alone where what it is about has no name. */
  named(what: string | undefined, how: string): string
  /** Text under the field of that name; undefined: nothing is wrong with it. */
  field(failure: CallFailure | null | undefined, name: string): string | undefined
}

/** Errors are translated by code: `error.<code, dots as _>`, then its family, then the English message that came with it. */
export function failureTextIn(t: Translate): FailureText {
  const detail = (given: ErrorDetail): string => {
    const key = `issue.${given.issue.replaceAll('.', '_')}`
    return isKey(key) ? t(key, { expected: given.expected ?? '', found: given.found ?? '' }) : [given.issue, given.expected].filter(Boolean).join(': ')
  }
  return {
    failure: (failure) => {
      const key = failureKey(failure.code)
      return key ? t(key) : failure.message
    },
    detail,
    named: (what, how) => (what === undefined ? how : t('form.named', { what, how })),
    field: (failure, name) => {
      const found = failure?.details.find((given) => given.field === name)
      return found && detail(found)
    },
  }
}

export function useFailureText(): FailureText {
  const t = useT()
  return useMemo(() => failureTextIn(t), [t])
}

/** `mission.transition_rejected` is looked up whole, then as `*.transition_rejected`, then as `mission.*`. */
export function failureKey(code: string): Key | null {
  const [family = '', ...rest] = code.split('.')
  const tries = [`error.${code.replaceAll('.', '_')}`, `error.any_${rest.join('_')}`, `error.${family}_any`]
  return tries.find(isKey) ?? null
}
