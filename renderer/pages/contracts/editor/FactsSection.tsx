import { useProject } from '../../../app/context.tsx'
import { paths, useGo } from '../../../app/routes.ts'
import { Button } from '../../../components/Button.tsx'
import { mutedText } from '../../../components/RowList.tsx'
import { Facts } from '../../../components/SidePanel.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT, wordOf } from '../../../i18n/index.ts'
import type { ContractRecord } from './contract-rows.ts'
import styles from './ContractEditor.module.css'
import { assignmentPath, EMPLOYER_SECTION } from './MissingList.tsx'

/** What is read from the person, the assignments and the settings: shown here, changed where it lives. */
export function FactsSection({ record, onParty }: { record: ContractRecord; onParty: (() => void) | null }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const { contract, shown: { facts, frozen } } = record
  const { other, house, employment } = facts
  return (
    <section className={styles['section']} aria-label={t('contract_editor.facts')}>
      <h2>{t('contract_editor.facts')}</h2>
      <p className={mutedText}>{t(frozen ? 'contract_editor.facts_frozen' : 'contract_editor.facts_about')}</p>
      <Facts
        facts={[
          [t('contract_editor.fact.other'), [other.name, other.alias].filter(Boolean).join(', ')],
          [t('contract_editor.fact.address'), other.address],
          ...(employment ? [] : [['SIRET', other.siret] as const]),
          [t('contract_editor.fact.house'), [house.name, [house.signatory_name, house.signatory_capacity].filter(Boolean).join(', ')].filter(Boolean).join(' · ')],
          ...(employment ? [[t('contract_editor.fact.function'), employment.function_title] as const, [t('contract_editor.fact.agreement'), [employment.agreement_title, employment.idcc && `IDCC ${employment.idcc}`].filter(Boolean).join(' · ')] as const] : []),
        ]}
      />
      <div className={styles['row']}>
        {contract.collaborator_id !== null && <Button small kind="quiet" label={t('contract_editor.open_person')} onClick={() => go(`${paths.people(project.org)}?sel=${contract.collaborator_id ?? ''}`)} />}
        {onParty && <Button small kind="quiet" label={t('contract_editor.party')} onClick={onParty} />}
        <Button small kind="quiet" label={t('contract_editor.page.employer')} onClick={() => go(paths.settings(project.org, EMPLOYER_SECTION))} />
      </div>
      {facts.days.length > 0 && (
        <>
          <h3>{t('contract_editor.fact.days')}</h3>
          <ul className={styles['days']}>
            {facts.days.map((day) => (
              <li key={`${day.assignment_id} ${day.date}`}>
                <a
                  href={assignmentPath(project, day.assignment_id)}
                  onClick={(event) => {
                    event.preventDefault()
                    go(assignmentPath(project, day.assignment_id))
                  }}
                >
                  {format.day(day.date)}
                </a>
                <span>
                  {format.timeOf(day.start_at, day.zone)} – {format.timeOf(day.end_at, day.zone)}
                </span>
                <span>{day.label}</span>
                <span className={mutedText}>{day.place ?? t('contract_editor.no_place')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {facts.pay.length > 0 && (
        <>
          <h3>{t('contract_editor.fact.pay')}</h3>
          <ul className={styles['days']}>
            {facts.pay.map((line) => (
              <li key={line.assignment_id}>
                {format.amount(line.rate_minor, line.currency)} · {wordOf(t, 'settings.basis', line.basis)}
                {line.cachets > 0 && ` × ${line.cachets}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
