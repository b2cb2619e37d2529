import { Check, Hourglass, History } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { serverRecovery } from '../../app/sync/operations.ts'
import type { Console, RecoveryState, Right } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { CheckField } from '../../components/Field.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Server.module.css'

/**
 * A restored server takes back what the computers know before it goes on: who came since, who is still waited for, which roles come back
 * and are to be looked at, and closing it.
 */
export function Recovery({ console: { devices }, recovery }: { console: Console; recovery: RecoveryState }) {
  const t = useT()
  const since = useSince()
  const format = useFormat()
  const close = useCommand(serverRecovery)
  const [asking, setAsking] = useState(false)
  const [reviewed, setReviewed] = useState<string | null>(null)
  const { restored_at, offered, rights, review } = recovery
  const known = new Map(devices.map((device) => [`${device.device} ${device.user_id}`, device]))
  const shown = recovery.devices.filter(({ expected, came }) => expected || came).map((device) => ({ ...device, of: known.get(`${device.device} ${device.user_id}`) }))
  const absent = shown.filter(({ came }) => !came)
  const isReviewed = review === null || reviewed === review
  const confirm = async (): Promise<void> => {
    const answer = await close.run({ confirm: true, review })
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
      <p>{restored_at === null ? t('server.recovery_offered', { count: offered }) : t('server.recovery_since', { at: format.moment(restored_at), count: offered })}</p>
      <h3>{t('server.recovery_devices')}</h3>
      {shown.length === 0 ? (
        <p>{t('server.recovery_nobody')}</p>
      ) : (
        <ul className={styles['plain']}>
          {shown.map(({ device, user_id: user, came, of }) => (
            <li key={`${device} ${user}`}>
              {came ? <Check size={16} aria-hidden /> : <Hourglass size={16} aria-hidden />}
              {t(came ? 'server.recovery_came' : 'server.recovery_device', { name: of?.name ?? '', device: of?.device_name ?? device, at: of?.last_contact_at ? since(of.last_contact_at) : t('server.never') })}
            </li>
          ))}
        </ul>
      )}
      {rights.length > 0 && (
        <>
          <h3>{t('server.recovery_rights')}</h3>
          <p>{t('server.recovery_rights_about')}</p>
          <Rights rights={rights} />
          <CheckField label={t('server.recovery_reviewed')} checked={isReviewed} onChange={(checked) => setReviewed(checked ? review : null)} />
        </>
      )}
      <div className={styles['actions']}>
        <Button label={t('server.recovery_close')} disabled={!isReviewed} onClick={() => setAsking(true)} />
        {!isReviewed && <span>{t('server.recovery_review_first')}</span>}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('server.recovery_close_title')}
          about={t('server.recovery_close_about')}
          action={t('server.recovery_close')}
          pending={close.pending}
          failure={close.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void confirm()}
        >
          {absent.length > 0 && <p>{t('server.recovery_close_absent', { count: absent.length, names: absent.map(({ of, device }) => of?.name ?? device).join(', ') })}</p>}
        </ConfirmDialog>
      )}
    </section>
  )
}

/** Who is added with a role is one line: of the member alone it would say nothing more. */
const withRoles = (rights: readonly Right[]): Right[] => {
  const said = new Set(rights.flatMap(({ id, member, role }) => (role !== null && member ? [`${id} ${member.id}`] : [])))
  return rights.filter(({ id, member, role }) => role !== null || !member || !said.has(`${id} ${member.id}`))
}

/** What comes back of roles and members when the recovery closes. */
function Rights({ rights }: { rights: readonly Right[] }) {
  const t = useT()
  const since = useSince()
  return (
    <table className={styles['table']} aria-label={t('server.recovery_rights')}>
      <thead>
        <tr>
          <th scope="col">{t('server.recovery_what')}</th>
          <th scope="col">{t('members.name')}</th>
          <th scope="col">{t('members.role')}</th>
          <th scope="col">{t('server.recovery_place')}</th>
          <th scope="col">{t('server.recovery_by')}</th>
        </tr>
      </thead>
      <tbody>
        {withRoles(rights).map((right, index) => (
          <tr key={`${right.id} ${index}`}>
            <td>{wordOf(t, 'operation', right.name.replaceAll('.', '_'))}</td>
            <td>{right.member?.name ?? '—'}</td>
            <td>{right.role === null ? '—' : wordOf(t, 'role', right.role)}</td>
            <td>{right.entity === 'role_binding' ? (right.project?.name ?? t('server.recovery_everywhere')) : '—'}</td>
            <td>{t('server.recovery_by_at', { name: right.by_name, at: since(right.at) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
