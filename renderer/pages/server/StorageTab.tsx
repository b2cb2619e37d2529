import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverVerifyAudit } from '../../app/sync/operations.ts'
import type { Console } from '../../app/sync/operations.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { isKey, useT } from '../../i18n/index.ts'
import { MissingNumbers } from './MissingNumbers.tsx'
import styles from './Server.module.css'

/** What the server is, the room it takes of what it may, and its audit chain walked on demand. */
export function StorageTab({ console: { server, storage, seq, epoch, mode, numbers } }: { console: Console }) {
  const t = useT()
  const format = useFormat()
  const { quota_bytes: quota, database_bytes: database, blob_bytes: files } = storage
  const used = database + files
  return (
    <>
      <section className={styles['part']}>
        <h2>{t('server.room')}</h2>
        <Facts
          facts={[
            [t('server.rows'), format.number(storage.rows)],
            [t('server.database'), format.size(database)],
            [t('server.files'), storage.blobs === 0 ? t('server.files_none') : t('server.files_of', { count: storage.blobs, size: format.size(files) })],
            [t('server.quota'), quota === null ? t('server.quota_none') : t('server.quota_of', { used: format.size(used), quota: format.size(quota), percent: Math.round((used / quota) * 100) })],
          ]}
        />
        {quota !== null && <meter className={styles['progress']} aria-label={t('server.quota')} min={0} max={quota} high={quota * NEARLY} optimum={0} value={Math.min(used, quota)} />}
      </section>
      <section className={styles['part']}>
        <h2>{t('server.itself')}</h2>
        <Facts
          facts={[
            [t('server.url'), server.url],
            [t('server.version'), t('server.version_of', { version: server.version, protocol: server.protocol })],
            [t('server.base'), t(`server.base.${server.storage}`)],
            [t('server.uptime'), format.minutes(Math.floor(server.uptime_s / 60))],
            [t('server.state'), t(`server.mode.${mode}`)],
            [t('server.position'), t('server.position_of', { seq: format.number(seq), epoch })],
          ]}
        />
      </section>
      {numbers.length > 0 && numbers.every(({ reason }) => reason !== null) && <MissingNumbers numbers={numbers} />}
      <Audit />
    </>
  )
}

const NEARLY = 0.9

function Audit() {
  const t = useT()
  const verify = useCommand(serverVerifyAudit)
  const [said, setSaid] = useState('')
  const run = async (): Promise<void> => {
    setSaid('')
    const answer = await verify.run({})
    if (!answer) return
    const { ok, events, broken_at: position, why } = answer.value
    const key = `audit.broken_why.${why ?? ''}`
    setSaid(ok ? t('audit.verified', { count: events }) : isKey(key) ? t(key, { position: position ?? 0 }) : t('audit.broken', { position: position ?? 0 }))
  }
  return (
    <section className={styles['part']}>
      <h2>{t('server.audit')}</h2>
      <p className={styles['muted']}>{t('server.audit_about')}</p>
      <FormErrorSummary failure={verify.failure} />
      <div className={styles['actions']}>
        <Button icon={ShieldCheck} label={t('audit.verify')} disabled={verify.pending} onClick={() => void run()} />
        <span role="status">{verify.pending ? t('audit.verifying') : said}</span>
      </div>
    </section>
  )
}
