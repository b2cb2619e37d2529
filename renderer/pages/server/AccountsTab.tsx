import { useState } from 'react'
import { Link } from 'wouter'
import { useCommand } from '../../app/queries.ts'
import { paths, useOrg } from '../../app/routes.ts'
import { serverAccess } from '../../app/sync/operations.ts'
import type { Account } from '../../app/sync/operations.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Server.module.css'

/** Members and whether they may enter the server; a code opens it to them, said once. */
export function AccountsTab({ accounts }: { accounts: readonly Account[] }) {
  const t = useT()
  const org = useOrg() ?? ''
  const since = useSince()
  const format = useFormat()
  const give = useCommand(serverAccess)
  const [said, setSaid] = useState<{ name: string; code: string; until: string } | null>(null)
  const open = async (account: Account): Promise<void> => {
    const answer = await give.run({ user_id: account.user_id })
    if (answer) setSaid({ name: account.name, code: answer.value.code, until: format.moment(answer.value.expires_at) })
  }
  if (accounts.length === 0) return <EmptyState text={t('server.accounts_none')} />
  return (
    <>
      <p className={styles['muted']}>{t('server.accounts_about')}</p>
      <FormErrorSummary failure={give.failure} />
      <table className={styles['table']} aria-label={t('server.tab.accounts')}>
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('members.email')}</th>
            <th scope="col">{t('members.standing')}</th>
            <th scope="col">{t('server.last_sign_in')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('server.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.user_id}>
              <td>{account.name}</td>
              <td>{account.email}</td>
              <td>{t(`server.account.${account.status}`)}</td>
              <td>{account.last_sign_in_at ? since(account.last_sign_in_at) : t('server.never')}</td>
              <td className={styles['end']}>
                {account.status === 'invited' ? (
                  // Not a member yet: the code of their invitation is renewed where it was made.
                  <Link href={paths.members(org)} className={styles['link']}>
                    {t('nav.members')}
                  </Link>
                ) : (
                  <Button small label={t(account.status === 'none' ? 'server.give' : 'server.give_again')} aria-label={t(account.status === 'none' ? 'server.give_of' : 'server.give_again_of', { name: account.name })} disabled={give.pending} onClick={() => void open(account)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {said && <SecretOnce title={t('server.access_title', { name: said.name })} about={t('server.access_about', { until: said.until })} secret={said.code} onClose={() => setSaid(null)} />}
    </>
  )
}
