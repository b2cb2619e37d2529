import { useEffect, useRef, useState } from 'react'
import { useFailureText } from '../app/failure-text.ts'
import type { CallFailure } from '../app/client.ts'
import { useT } from '../i18n/index.ts'
import { topicOfFailure } from '../pages/help/chapters.ts'
import { fieldId } from './Field.tsx'
import styles from './FormErrorSummary.module.css'
import { HelpLink } from './HelpLink.tsx'

/** What is wrong with the form, in the words shown at the fields; takes the focus each time a call is refused. */
export function FormErrorSummary({ failure }: { failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const box = useRef<HTMLDivElement>(null)
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map())
  /** Fields that the page shows: what is wrong with anything else leads nowhere. */
  const [there, setThere] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (!failure) return
    box.current?.focus()
    setLabels(new Map(failure.details.flatMap(({ field }) => labelOf(field))))
    setThere(new Set(failure.details.flatMap(({ field }) => (field !== null && document.getElementById(fieldId(nameOf(field))) ? [field] : []))))
  }, [failure])
  if (!failure) return null
  return (
    <div ref={box} className={styles['summary']} role="alert" tabIndex={-1}>
      <h2>{t('form.problem')}</h2>
      <p>{textOf.failure(failure)}</p>
      {failure.details.length > 0 && (
        <ul>
          {failure.details.map((detail, index) => (
            <li key={index}>
              {detail.field && there.has(detail.field) ? <a href={`#${fieldId(nameOf(detail.field))}`} onClick={(event) => focusField(event, fieldId(nameOf(detail.field ?? '')))}>{textOf.named(labels.get(detail.field), textOf.detail(detail))}</a> : textOf.detail(detail)}
            </li>
          ))}
        </ul>
      )}
      {!failure.code.startsWith('validation.') && <HelpLink about={topicOfFailure(failure.code)} />}
    </div>
  )
}

/** `changes.title` of an update is the field `title` of the form. */
const nameOf = (field: string): string => field.replace(/^changes\./, '')

/** The label that the form shows for a field. */
function labelOf(field: string | null): [string, string][] {
  if (field === null) return []
  const label = document.querySelector(`label[for="${CSS.escape(fieldId(nameOf(field)))}"]`)?.firstChild?.textContent
  return label ? [[field, label]] : []
}

function focusField(event: { preventDefault(): void }, id: string): void {
  event.preventDefault()
  document.getElementById(id)?.focus()
}
