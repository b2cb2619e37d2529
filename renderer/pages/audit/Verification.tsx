import { useState } from 'react'
import { verifyAudit } from '../../../shared/domain/audit/operations.ts'
import { useActions } from '../../app/actions.ts'
import { call } from '../../app/client.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { isKey, useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'

interface Verification {
  said: string | null
  failure: CallFailure | null
  pending: boolean
  run: () => void
  /** Takes what was said away. */
  close: () => void
}

/** Walks the whole chain, with the key V too, and says that it holds or where and how it first breaks. `may`: this person sees all of it. */
export function useVerification(may: boolean): Verification {
  const t = useT()
  const org = useOrg()
  const [said, setSaid] = useState<string | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [pending, setPending] = useState(false)
  const verify = async (): Promise<void> => {
    if (pending) return
    setPending(true)
    setFailure(null)
    setSaid(t('audit.verifying'))
    try {
      const { value } = await call(verifyAudit, {}, org ? { org } : {})
      setSaid(value.whole ? t('audit.verified', { count: value.events }) : brokenWords(t, value.why ?? '', value.broken_at ?? 0))
    } catch (error) {
      setSaid(null)
      setFailure(failureOf(error))
    } finally {
      setPending(false)
    }
  }
  const run = (): void => void verify()
  useActions(may ? [{ id: 'audit.verify', label: t('audit.verify'), keys: 'v', group: 'page', run, ...(pending ? { off: t('audit.verifying') } : {}) }] : [])
  return {
    said,
    failure,
    pending,
    run,
    close: () => {
      setSaid(null)
      setFailure(null)
    },
  }
}

export function VerificationStrip({ verification: { said, failure, pending, run, close } }: { verification: Verification }) {
  const t = useT()
  const textOf = useFailureText()
  const text = failure ? textOf.failure(failure) : said
  if (text === null) return null
  return (
    <ReadOnlyStrip note text={text}>
      {failure && <Button small label={t('action.retry')} onClick={run} />}
      {!pending && <Button small kind="quiet" label={t('action.close')} onClick={close} />}
    </ReadOnlyStrip>
  )
}

function brokenWords(t: Translate, why: string, position: number): string {
  const key = `audit.broken_why.${why}`
  return isKey(key) ? t(key, { position }) : t('audit.broken', { position })
}
