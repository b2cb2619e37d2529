import { useEffect, useRef, useState } from 'react'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Messages.module.css'

/** The mail as a mail program shows it: its own styles, its link that leads nowhere. */
function drawn(html: string): Node[] {
  // Set as the page's rules allow it: a style that comes as text is not drawn. In the texts of people quotes are escaped.
  const { body } = new DOMParser().parseFromString(html.replaceAll(' style="', ' data-style="'), 'text/html')
  for (const one of body.querySelectorAll<HTMLElement>('*')) {
    one.style.cssText = one.dataset['style'] ?? ''
    delete one.dataset['style']
    one.removeAttribute('href')
    // Its heading is one of the mail, not of this page.
    if (one.tagName === 'H1') one.setAttribute('aria-level', '4')
  }
  return [...body.childNodes]
}

interface Made {
  subject: string
  text: string
  html: string
}

/** What is typed as the mail that it makes, of invented people. What cannot be filled in is named by the form: the last mail that could be made stays. */
export function MessagePreview({ answer: made, stale, failed }: { answer: Made | undefined; stale: boolean; failed: boolean }) {
  const t = useT()
  const [last, setLast] = useState(made)
  if (made !== undefined && made !== last) setLast(made)
  const answer = made ?? last
  const mail = useRef<HTMLDivElement>(null)
  const html = answer?.html
  useEffect(() => {
    if (html !== undefined) mail.current?.replaceChildren(...drawn(html))
  }, [html])
  if (!answer) return failed ? null : <LoadingSkeleton rows={6} />
  return (
    <section className={styles['preview']} aria-label={t('messages.preview')} aria-busy={stale}>
      <h3>{t('messages.preview')}</h3>
      <p className={styles['subject']}>{answer.subject}</p>
      <div className={styles['mail']} ref={mail} />
      <details>
        <summary>{t('messages.as_text')}</summary>
        <pre className={styles['text']} tabIndex={0} aria-label={t('messages.as_text')}>{answer.text}</pre>
      </details>
    </section>
  )
}
