import { useMemo } from 'react'
import type { ErrorDetail } from '../../shared/kernel/result.ts'
import { isLocalDate } from '../../shared/kernel/instants.ts'
import { useFormat } from '../i18n/format.ts'
import type { Format } from '../i18n/format.ts'
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
export function failureTextIn(t: Translate, format: Pick<Format, 'day'>): FailureText {
  const shown = (value: string | null | undefined): string => (value !== null && value !== undefined && isLocalDate(value) ? format.day(value) : (value ?? ''))
  const detail = (given: ErrorDetail): string => {
    // What a form of signs is made of is said by the field, where one knows: `issue.format_siren`.
    const own = given.issue === 'invalid_format' ? `issue.format_${given.field?.split('.').at(-1)}` : ''
    const key = isKey(own) ? own : `issue.${given.issue.replaceAll('.', '_')}`
    return isKey(key) ? t(key, { expected: shown(given.expected), found: shown(given.found?.replace(/^"(.*)"$/, '$1')) }) : [given.issue, given.expected].filter(Boolean).join(': ')
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
  const format = useFormat()
  return useMemo(() => failureTextIn(t, format), [t, format])
}

/** `mission.transition_rejected` is looked up whole, then as `*.transition_rejected`, then as `mission.*`. */
export function failureKey(code: string): Key | null {
  const [family = '', ...rest] = code.split('.')
  const tries = [`error.${code.replaceAll('.', '_')}`, `error.any_${rest.join('_')}`, `error.${family}_any`]
  return tries.find(isKey) ?? null
}
