import { useEffect, useRef } from 'react'
import { useFailureText } from '../app/failure-text.ts'
import type { CallFailure } from '../app/client.ts'
import { useT } from '../i18n/index.ts'
import { fieldId } from './Field.tsx'
import styles from './FormErrorSummary.module.css'

/** What is wrong with the form, in the words shown at the fields; takes the focus each time a call is refused. */
export function FormErrorSummary({ failure }: { failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failure) box.current?.focus()
  }, [failure])
  if (!failure) return null
  return (
    <div ref={box} className={styles['summary']} role="alert" tabIndex={-1}>
      <h3>{t('form.problem')}</h3>
      <p>{textOf.failure(failure)}</p>
      {failure.details.length > 0 && (
        <ul>
          {failure.details.map((detail, index) => (
            <li key={index}>
              {detail.field ? <a href={`#${fieldId(detail.field)}`} onClick={(event) => focusField(event, fieldId(detail.field ?? ''))}>{textOf.detail(detail)}</a> : textOf.detail(detail)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function focusField(event: { preventDefault(): void }, id: string): void {
  event.preventDefault()
  document.getElementById(id)?.focus()
}
