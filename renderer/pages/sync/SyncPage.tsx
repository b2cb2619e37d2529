import { Download, RefreshCw, Upload } from 'lucide-react'
import { useRef } from 'react'
import { listKept, listQueue } from '../../../shared/domain/sync/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { saveFile } from '../../app/files.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { syncNow } from '../../app/sync/operations.ts'
import { useSince, useSyncStatus } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { Page } from '../../components/Page.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { syncExport, syncImport } from './host-operations.ts'
import { decisionsIn } from './kept.ts'
import { KeptTable } from './KeptTable.tsx'
import { LastExchanges } from './LastExchanges.tsx'
import { MergedList } from './MergedList.tsx'
import { byRecord } from './queue.ts'
import { QueueTable } from './QueueTable.tsx'
import styles from './Sync.module.css'

/** What is not sent, what disagrees, what was exchanged. */
export function SyncPage() {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const since = useSince()
  const status = useSyncStatus()
  const followed = status !== null && status.server !== null
  const signedOut = (status?.others ?? []).filter(({ signed_in: held }) => !held).map(({ user_id: user }) => user)
  const queue = useAnswer(listQueue, signedOut.length > 0 ? { signed_out: signedOut } : {})
  const kept = useAnswer(listKept, {})
  // Who manages members sees what others have to decide, and may take it over; for anybody else there is none here.
  const others = (useAnswer(listKept, { everyone: true }).answer?.value.items ?? []).filter(({ mine }) => !mine)
  const decided = useAnswer(listKept, { decided: true }).answer?.value.items ?? []
  const now = useCommand(syncNow)
  const carry = useCommand(syncExport)
  const bring = useCommand(syncImport)
  const textOf = useFailureText()
  const picker = useRef<HTMLInputElement>(null)
  const open = kept.answer?.value.items ?? []
  const merged = kept.answer?.value.merged ?? []
  const records = byRecord(queue.answer?.value.items ?? [])
  const failure = now.failure ?? carry.failure ?? bring.failure
  const exportQueue = async (): Promise<void> => {
    const answer = await carry.run({})
    if (answer) await saveFile(answer.value.name, new TextEncoder().encode(answer.value.text), 'application/json')
  }
  const importFile = async (file: File | undefined): Promise<void> => {
    if (file && (await bring.run({ text: await file.text() }))) announce(t('sync.imported'))
  }
  return (
    <Page
      title={t('sync.title')}
      {...(queue.answer ? { scope: t('sync.waiting_count', { count: queue.answer.value.total }) } : {})}
      actions={
        <>
          {followed && (
            <>
              <input ref={picker} type="file" hidden accept=".callboard,.json,application/json" onChange={(event) => void importFile(event.target.files?.[0])} />
              <Button icon={Upload} label={t('sync.import')} onClick={() => picker.current?.click()} />
              <Button icon={Download} label={t('sync.export')} disabled={records.length === 0} onClick={() => void exportQueue()} />
              <Button icon={RefreshCw} label={t('sync.send_now')} keys="Ctrl S" disabled={now.pending} onClick={() => void now.run({})} />
            </>
          )}
          {open.length > 0 && <Button kind="primary" label={t('sync.decide', { count: decisionsIn(open) })} onClick={() => go(paths.syncConflicts(org))} />}
        </>
      }
    >
      <div className={styles['page']}>
        {failure && <p className={styles['refusal']} role="alert">{textOf.failure(failure)}</p>}
        {status && (
          <p className={styles['standing']} role="status">
            {followed
              ? t('sync.standing', { phase: wordOf(t, 'sync.phase', status.phase), server: status.server?.name ?? status.server?.url ?? '', at: status.last_contact_at ? since(status.last_contact_at) : '—' })
              : t('sync.local')}
          </p>
        )}
        {open.length > 0 && (
          <section aria-labelledby="sync-kept">
            <h2 id="sync-kept">{t('sync.to_decide')}</h2>
            <KeptTable items={open} label={t('sync.to_decide')} />
          </section>
        )}
        <section aria-labelledby="sync-queue">
          <h2 id="sync-queue">{t('sync.queue_title')}</h2>
          {queue.failure ? <ErrorState failure={queue.failure} onRetry={queue.retry} /> : queue.loading ? <LoadingSkeleton rows={3} /> : records.length === 0 ? <p>{t(followed ? 'sync.all_sent' : 'sync.nothing_leaves')}</p> : <QueueTable records={records} />}
          {(status?.others ?? []).map((one) => (
            <p key={one.user_id} className={styles['muted']}>
              {t(one.signed_in ? 'sync.other_waiting' : 'sync.other_sealed', { name: one.name, count: one.waiting, at: since(one.since) })}
            </p>
          ))}
        </section>
        {others.length > 0 && (
          <section aria-labelledby="sync-others">
            <h2 id="sync-others">{t('sync.of_others')}</h2>
            <KeptTable items={others} label={t('sync.of_others')} />
          </section>
        )}
        {merged.length > 0 && (
          <section aria-labelledby="sync-merged">
            <h2 id="sync-merged">{t('sync.merged')}</h2>
            <MergedList merged={merged} />
          </section>
        )}
        {followed && <LastExchanges />}
        {decided.length > 0 && (
          <section aria-labelledby="sync-decided">
            <h2 id="sync-decided">{t('sync.decided')}</h2>
            <KeptTable items={decided} label={t('sync.decided')} />
          </section>
        )}
      </div>
    </Page>
  )
}
