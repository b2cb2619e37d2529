import { ArrowRight, Check, Clock, Mail, MailOpen, RotateCcw } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Inbox.module.css'
import type { MatterStanding } from './matter-marks.ts'

interface AsidesProps {
  standing: MatterStanding
  /** Where one acts, and what the way there is called; missing: there is none. */
  open?: { label: string; run: () => void; first: boolean } | undefined
  unread?: { now: boolean; toggle: () => void } | undefined
  onAside: () => void
  onLater: () => void
}

/** The foot of the reading pane: the way there, archive, tomorrow, unread, each with its key. */
export function Asides({ standing, open, unread, onAside, onLater }: AsidesProps) {
  const t = useT()
  return (
    <footer className={styles['actions']}>
      {open && <Button kind={open.first ? 'primary' : 'secondary'} icon={ArrowRight} label={open.label} keys="⏎" onClick={open.run} />}
      <Button icon={standing === 'open' ? Check : RotateCcw} label={t(standing === 'open' ? 'inbox.done' : 'inbox.reopen')} keys="E" onClick={onAside} />
      {standing === 'open' && <Button icon={Clock} label={t('inbox.later')} keys="H" onClick={onLater} />}
      {unread && <Button kind="quiet" icon={unread.now ? MailOpen : Mail} label={t(unread.now ? 'inbox.read' : 'inbox.unread')} keys="U" onClick={unread.toggle} />}
    </footer>
  )
}
