import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverRevoke } from '../../app/sync/operations.ts'
import type { Console, Device } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Computers that come to the server: one line a person and a computer, with what of theirs is not here yet. */
export function DevicesTab({ console: { devices } }: { console: Console }) {
  const t = useT()
  const since = useSince()
  const format = useFormat()
  const [revoked, setRevoked] = useState<Device | null>(null)
  if (devices.length === 0) return <EmptyState text={t('server.devices_none')} />
  return (
    <>
      <p className={styles['muted']}>{t('server.devices_about')}</p>
      <table className={styles['table']} aria-label={t('server.tab.devices')}>
        <thead>
          <tr>
            <th scope="col">{t('server.device')}</th>
            <th scope="col">{t('server.last_contact')}</th>
            <th scope="col" className={styles['number']}>{t('server.unsent')}</th>
            <th scope="col" className={styles['number']}>{t('server.kept')}</th>
            <th scope="col" className={styles['number']}>{t('server.behind')}</th>
            <th scope="col">{t('server.clock')}</th>
            <th scope="col">{t('server.version')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('server.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={`${device.device} ${device.user_id}`} className={device.revoked_at ? styles['off'] : undefined}>
              <td>
                {device.name} <span className={styles['off']} title={device.device}>{computer(device)}</span>
              </td>
              <td>{device.last_contact_at ? since(device.last_contact_at) : t('server.never')}</td>
              <td className={styles['number']}>{format.number(device.waiting)}</td>
              <td className={styles['number']}>{format.number(device.kept)}</td>
              <td className={styles['number']}>{format.number(device.behind)}</td>
              <td className={styles['whole']}>{device.drift_ms === null ? '—' : Math.abs(device.drift_ms) < DRIFT_SAID_MS ? t('server.clock_right') : t('server.clock_minutes', { minutes: Math.round(Math.abs(device.drift_ms) / 60_000), side: device.drift_ms > 0 ? 'ahead' : 'behind' })}</td>
              <td className={styles['whole']}>{device.app_version}</td>
              <td className={styles['end']}>
                {device.revoked_at ? t('server.revoked_at', { at: since(device.revoked_at) }) : <Button small label={t('server.revoke')} aria-label={t('server.revoke_of', { name: device.name, device: computer(device) })} onClick={() => setRevoked(device)} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoked && <RevokeDialog device={revoked} onClose={() => setRevoked(null)} />}
    </>
  )
}

/** Its name as it registered itself; else the id it is known by. */
const computer = ({ device, device_name }: Device): string => device_name ?? device

/** Less is the usual difference of two clocks. */
const DRIFT_SAID_MS = 120_000

function RevokeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const t = useT()
  const revoke = useCommand(serverRevoke)
  return (
    <ConfirmDialog
      danger
      reason="required"
      title={t('server.revoke_title', { name: device.name, device: computer(device) })}
      about={t('server.revoke_about')}
      action={t('server.revoke')}
      pending={revoke.pending}
      failure={revoke.failure}
      onClose={onClose}
      onConfirm={(reason) => void revoke.run({ device: device.device, reason }).then((done) => done && onClose())}
    >
      <p>{device.waiting > 0 ? t('server.revoke_waiting', { count: device.waiting }) : t('server.revoke_nothing')}</p>
    </ConfirmDialog>
  )
}
