import { Link } from 'wouter'
import { registers } from '../../../shared/domain/contracts/queries.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { paths, useUrlState } from '../../app/routes.ts'
import { DayField } from '../../components/DateTimeField.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { EmptyState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ContractState } from './ContractState.tsx'
import styles from './Contracts.module.css'
import { Unread } from './RadarTab.tsx'

/** Everybody employed on the project, in the order of their entry; on a day, who may be found at work by an inspector. */
export function RegisterTab() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const project = useProject()
  const on = isLocalDate(url.get('on')) ? url.get('on') : ''
  const asked = useAnswer(registers, { project_id: project.id, ...(on ? { on } : {}) })
  const shown = asked.answer?.value
  if (asked.failure) return <Unread asked={asked} />
  if (!shown) return <LoadingSkeleton />
  const day = (date: string | null): string => (date === null ? '—' : format.shortDay(date))
  return (
    <>
      <div className={styles['choices']}>
        <DayField label={t('contracts.register_on')} name="on" value={on} onChange={(text) => url.set({ on: text || null })} />
        <p className={mutedText}>{t('contracts.register_about')}</p>
      </div>
      <div>
        {shown.without_contract.length > 0 && (
          <ReadOnlyStrip note text={t('contracts.register_without', { count: shown.without_contract.length })}>
            <Link href={`${paths.contracts(project.org, project.id)}?phase=to_prepare`}>{t('contracts.see')}</Link>
          </ReadOnlyStrip>
        )}
      </div>
      <div className={styles['body']} tabIndex={0} role="group" aria-label={t('contracts.tab.register')} aria-busy={asked.stale}>
        {shown.items.length === 0 ? (
          <EmptyState text={t(on ? 'contracts.register_nobody' : 'contracts.register_empty')} help="contracts" />
        ) : (
          <table className={styles['table']} aria-label={t('contracts.tab.register')}>
            <thead>
              <tr>
                <th scope="col">{t('contracts.person')}</th>
                <th scope="col">{t('contracts.born')}</th>
                <th scope="col">{t('contracts.function')}</th>
                <th scope="col">{t('contracts.entry')}</th>
                <th scope="col">{t('contracts.exit')}</th>
                <th scope="col">{t('contracts.reference')}</th>
                <th scope="col">{t('contracts.state')}</th>
                <th scope="col">{t('contracts.dpae')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.items.map((line) => (
                <tr key={line.contract_id}>
                  <td>
                    <strong>{line.name ?? '—'}</strong>
                  </td>
                  <td>{line.birth_date === null ? '—' : format.day(line.birth_date)}</td>
                  <td>{[line.function, line.status].filter(Boolean).join(' · ') || '—'}</td>
                  <td>{day(line.entry)}</td>
                  <td>{day(line.exit)}</td>
                  <td>
                    <Link href={paths.contract(project.org, project.id, line.contract_id)}>{line.reference}</Link>
                  </td>
                  <td>
                    <ContractState state={line.state} />
                  </td>
                  <td>{line.dpae_reference ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}
