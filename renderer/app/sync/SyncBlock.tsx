import { Link } from 'wouter'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { paths, useOrg } from '../routes.ts'
import { useSince } from './status.ts'
import styles from './Sync.module.css'

/** Something of the exchange waits for the person, or is on its way: worth more of the sidebar's foot than the next deadline. */
export const hasBlock = (status: SyncStatus | null): status is SyncStatus =>
  status !== null && status.phase !== 'local' && status.phase !== 'revoked' && (status.sending !== null || status.mine.conflicts + status.mine.rejected + status.mine.failing > 0 || status.others.some(({ signed_in }) => !signed_in))

/** At the foot of the sidebar: what went out, of how much, and what waits for somebody. */
export function SyncBlock({ status }: { status: SyncStatus }) {
  const t = useT()
  const since = useSince()
  const org = useOrg()
  if (!org) return null
  const { mine, sending, others, attachments } = status
  const head = sending ? t('pill.block_sent', { done: sending.done, of: sending.of }) : status.phase === 'offline' ? t('pill.block_offline', { at: since(status.since), count: mine.waiting }) : mine.waiting > 0 ? t('pill.waiting', { count: mine.waiting }) : wordOf(t, 'sync.phase', status.phase)
  const needs = [
    ...(mine.conflicts > 0 ? [t('pill.block_conflicts', { count: mine.conflicts })] : []),
    ...(mine.rejected > 0 ? [t('pill.block_rejected', { count: mine.rejected })] : []),
    ...(mine.failing > 0 ? [t('pill.block_failing', { count: mine.failing })] : []),
  ]
  const waits = [
    ...others.filter(({ signed_in }) => !signed_in).map(({ name, waiting }) => t('pill.block_other', { name, count: waiting })),
    ...(attachments.up > 0 ? [t('pill.block_attachments', { count: attachments.up })] : []),
  ]
  return (
    <Link href={paths.sync(org)} className={styles['block']}>
      <small>{t('pill.block')}</small>
      <b>{head}</b>
      {needs.map((line) => (
        <span key={line} className={styles['needs']}>
          {line}
        </span>
      ))}
      {waits.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Link>
  )
}
