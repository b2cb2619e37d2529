import { getOrganization, updateOrganization } from '../../../shared/domain/organization/operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { Identity } from './identity.ts'
import { RulePacks } from './RulePacks.tsx'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

const RULES = ['publish_needs_two_people', 'planners_read_rates', 'managers_read_audit'] as const

/** What the organization decides of how its people work together; each takes effect at once. */
export function RulesSection() {
  const t = useT()
  const { answer } = useAnswer(getOrganization, {})
  const update = useCommand(updateOrganization)
  if (!answer) return null
  const row = Identity.parse(answer.value.organization)
  const may = answer.can.has(updateOrganization.name)
  const set = async (name: (typeof RULES)[number], on: boolean): Promise<void> => {
    if (await update.run({ id: row.id, version: row.version, changes: { [name]: on } })) announce(t('settings.saved'))
  }
  return (
    <>
      <SectionHead title={t('settings.section.rules')} about={t('settings.rules_about')} closed={!may} />
      <FormErrorSummary failure={update.failure} />
      {RULES.map((name) => (
        <div key={name} className={styles['part']}>
          {may ? (
            <label className={styles['actions']}>
              <input type="checkbox" checked={row[name]} disabled={update.pending} aria-describedby={`rule-${name}`} onChange={(event) => void set(name, event.target.checked)} />
              <strong>{t(`settings.rule.${name}`)}</strong>
            </label>
          ) : (
            <p>
              <strong>{t(`settings.rule.${name}`)}</strong> {row[name] ? t('settings.yes') : t('settings.no')}
            </p>
          )}
          <p id={`rule-${name}`} className={styles['muted']}>
            {t(`settings.rule_about.${name}`)}
          </p>
        </div>
      ))}
      <RulePacks />
    </>
  )
}
