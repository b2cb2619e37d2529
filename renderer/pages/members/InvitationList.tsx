import { useState } from 'react'
import { listInvitations, withdrawInvitation } from '../../../shared/domain/organization/invitation-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { renewInvitation } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Members.module.css'

/** Those who have a code and did not come yet. */
export function InvitationList() {
  const t = useT()
  const org = useOrg()
  const language = usePreferences((state) => state.language)
  const { answer } = useAnswer(listInvitations, {})
  const renew = useCommand(renewInvitation)
  const withdraw = useCommand(withdrawInvitation)
  const [said, setSaid] = useState<{ name: string; code: string } | null>(null)
  const items = answer?.value.items ?? []
  if (!org || items.length === 0) return null
  const day = (instant: string): string => new Date(instant).toLocaleDateString(language, { day: 'numeric', month: 'long' })
  return (
    <section className={styles['section']}>
      <h2>{t('invitations.title')}</h2>
      <FormErrorSummary failure={renew.failure ?? withdraw.failure} />
      <table className={styles['list']}>
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('members.email')}</th>
            <th scope="col">{t('invitations.until')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('members.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, name, email, expires_at, expired }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{email ?? t('members.reserved')}</td>
              <td>{expired ? t('invitations.expired', { day: day(expires_at) }) : day(expires_at)}</td>
              <td>
                <div className={styles['doors']}>
                  <Button small label={t('invitations.renew')} disabled={renew.pending} onClick={() => void renew.run({ id }).then((made) => made && setSaid({ name, code: made.value.code }))} />
                  <Button small kind="quiet" label={t('invitations.withdraw')} disabled={withdraw.pending} onClick={() => void withdraw.run({ id })} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {said && <SecretOnce title={t('invitations.code_title', { name: said.name })} about={t('invitations.code_about')} secret={said.code} onClose={() => setSaid(null)} />}
    </section>
  )
}
