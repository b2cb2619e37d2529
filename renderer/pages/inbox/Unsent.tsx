import { ArrowUp } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import styles from './Inbox.module.css'

/** An answer given here that the server does not have yet; with `about`, when it leaves. */
export function Unsent({ by, about = false }: { by: string | undefined; about?: boolean }) {
  const t = useT()
  if (by === undefined) return null
  return (
    <span className={about ? styles['unsentLine'] : styles['unsent']} title={t('pill.unsent_by', { name: by })}>
      <ArrowUp size={12} strokeWidth={2.25} aria-hidden />
      <b>{t('inbox.to_send')}</b>
      {about && <span>{t('inbox.to_send_about')}</span>}
    </span>
  )
}
