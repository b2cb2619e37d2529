import { Info, Lock, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { listGrantors } from '../../shared/domain/organization/grantors.ts'
import { permissions } from '../../shared/domain/permissions.ts'
import type { CallFailure } from '../app/client.ts'
import { useFailureText } from '../app/failure-text.ts'
import { useAnswer } from '../app/queries.ts'
import { useT } from '../i18n/index.ts'
import { topicOfFailure } from '../pages/help/chapters.ts'
import type { Topic } from '../pages/help/chapters.ts'
import { Button } from './Button.tsx'
import { HelpLink } from './HelpLink.tsx'
import styles from './States.module.css'

/** `help`: the chapter of the guide to read when the sentence and its actions are not enough. */
export function EmptyState({ text, help, children }: { text: string; help?: Topic; children?: ReactNode }) {
  return (
    <div className={styles['block']}>
      <p className={styles['text']}>{text}</p>
      {children && <div className={styles['actions']}>{children}</div>}
      {help && <HelpLink about={help} />}
    </div>
  )
}

export function ErrorState({ failure, onRetry }: { failure: CallFailure; onRetry: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const copied = JSON.stringify({ code: failure.code, message: failure.message, request_id: failure.request_id })
  return (
    <div className={styles['block']} role="alert">
      <h2 className={styles['title']}>{t('error.title')}</h2>
      <p className={styles['text']}>{textOf.failure(failure)}</p>
      <p className={styles['text']}>{t('error.safe')}</p>
      <div className={styles['actions']}>
        <Button kind="primary" icon={RotateCw} label={t('action.retry')} onClick={onRetry} />
        <Button label={t('action.copy_details')} onClick={() => void navigator.clipboard.writeText(copied)} />
      </div>
      <HelpLink about={topicOfFailure(failure.code)} />
      <p className={styles['code']}>{failure.code}</p>
    </div>
  )
}

/** Who may see it, and who can open it: with the refusal, those people by name (decision B7). */
export function ForbiddenState({ role, failure }: { role: string; failure?: CallFailure | null }) {
  const t = useT()
  const wanted = permissions.find((name) => failure?.details.some(({ issue, expected }) => issue === 'permission' && expected === name))
  const { answer } = useAnswer(listGrantors, wanted ? { permission: wanted } : null)
  const names = (answer?.value.people ?? []).slice(0, 3).map(({ name }) => name)
  return (
    <div className={styles['block']}>
      <h2 className={styles['title']}>
        <Lock size={16} aria-hidden /> {t('forbidden.title', { role })}
      </h2>
      <p className={styles['text']}>{names.length > 0 ? t('forbidden.ask', { names: names.join(', ') }) : t('forbidden.text')}</p>
      <HelpLink about="rights" />
    </div>
  )
}

/** Rows of the real height, only when the answer takes more than 100 ms: local answers normally never show it. */
export function LoadingSkeleton({ rows = 8 }: { rows?: number }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 100)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles['rows']} aria-busy="true">
      {late &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className={styles['row']}>
            <div className={styles['bone']} />
          </div>
        ))}
    </div>
  )
}

export function ReadOnlyStrip({ text, children, note }: { text: string; children?: ReactNode; /** Something to know rather than a lock. */ note?: boolean }) {
  return (
    <div className={styles['strip']} role="status">
      {note ? <Info size={14} aria-hidden /> : <Lock size={14} aria-hidden />}
      <span>{text}</span>
      {children}
    </div>
  )
}
