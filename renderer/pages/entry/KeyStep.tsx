import { Copy, Printer } from 'lucide-react'
import { useState } from 'react'
import { openDemo } from '../../app/host-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'
import { EntryForm } from './EntryFrame.tsx'
import { useEntered, useWelcome } from './welcome.ts'

/** The recovery key, once: to print on a page of its own, to copy, or to leave (a new one is made in the person's settings). */
export function KeyStep({ onDone }: { onDone: () => void }) {
  const t = useT()
  const go = useGo()
  const format = useFormat()
  const [{ way, you }] = useEntered()
  const { key, end, secret } = useWelcome()
  const demo = useCommand(openDemo, { org: null })
  const [copied, setCopied] = useState(false)
  const submit = async (): Promise<void> => {
    if (way !== 'demo') {
      onDone()
      return secret({ key: null })
    }
    const made = await demo.run({})
    if (!made) return
    end()
    go(paths.organization(made.value.id))
  }
  const copy = (): void => {
    if (key) void navigator.clipboard.writeText(key).then(() => setCopied(true))
  }
  return (
    <>
      <EntryForm onSubmit={() => void submit()} actions={<Button type="submit" kind="primary" label={t('action.continue')} disabled={demo.pending} />}>
        <FormErrorSummary failure={demo.failure} />
        <p className={styles['secret']}>{key}</p>
        <div className={styles['row']}>
          <Button icon={Printer} label={t('welcome.key_print')} onClick={() => window.print()} />
          <Button icon={Copy} label={t('secret.copy')} onClick={copy} />
          <span role="status">{copied ? t('welcome.key_copied') : ''}</span>
        </div>
        <p className={styles['about']}>{t('welcome.key_keep')}</p>
        {demo.pending && <p role="status">{t('welcome.demo_making')}</p>}
      </EntryForm>
      <section className={styles['paper']} aria-hidden>
        <p>{t('app.name')}</p>
        <h2>{t('me.recovery_title')}</h2>
        <p>{you.name}</p>
        <p>{you.email}</p>
        <p className={styles['secret']}>{key}</p>
        <p>{t('welcome.key_paper')}</p>
        <p>{t('welcome.key_paper_keep')}</p>
        <p>{t('welcome.key_paper_made', { day: format.day(new Date().toISOString().slice(0, 10)) })}</p>
      </section>
    </>
  )
}
