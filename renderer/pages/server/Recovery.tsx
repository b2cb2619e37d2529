import { History } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverRecovery } from '../../app/sync/operations.ts'
import type { Console } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** A restored server takes back what the computers know before it goes on: who came since, who is still waited for, and closing it. */
export function Recovery({ console: { devices } }: { console: Console }) {
  const t = useT()
  const since = useSince()
  const close = useCommand(serverRecovery)
  const [asking, setAsking] = useState(false)
  const expected = devices.filter(({ revoked_at: revoked }) => revoked === null)
  const confirm = async (): Promise<void> => {
    const answer = await close.run({ confirm: true })
    if (!answer) return
    announce(t('server.recovered', answer.value))
    setAsking(false)
  }
  return (
    <section className={styles['warn']} aria-label={t('server.recovery')}>
      <h2>
        <History size={16} aria-hidden /> {t('server.recovery')}
      </h2>
      <p>{t('server.recovery_about')}</p>
      <ul className={styles['list']}>
        {expected.map((device) => (
          <li key={`${device.device} ${device.user_id}`}>{t('server.recovery_device', { name: device.name, device: device.device_name ?? device.device, at: device.last_contact_at ? since(device.last_contact_at) : t('server.never') })}</li>
        ))}
      </ul>
      <div className={styles['actions']}>
        <Button label={t('server.recovery_close')} onClick={() => setAsking(true)} />
      </div>
      {asking && <ConfirmDialog title={t('server.recovery_close_title')} about={t('server.recovery_close_about')} action={t('server.recovery_close')} pending={close.pending} failure={close.failure} onClose={() => setAsking(false)} onConfirm={() => void confirm()} />}
    </section>
  )
}
