import { OrganizationKind } from '../../app/host-operations.ts'
import { departmentPresets, sheetLayoutOf } from '../../../shared/domain/organization/presets.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Button } from '../../components/Button.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'
import { Choices, EntryForm } from './EntryFrame.tsx'
import { useEntered } from './welcome.ts'

const CURRENCIES = ['EUR', 'CHF', 'GBP', 'USD', 'CAD'] as const

interface OrganizationStepProps {
  /** It was made before the last step was interrupted: no longer to be changed here. */
  fixed: boolean
  backIsCancel: boolean
  onBack: (() => void) | undefined
  onDone: () => void
}

/** Name and kind of work, with what the kind brings. Nothing is made before the last step. */
export function OrganizationStep({ fixed, backIsCancel, onBack, onDone }: OrganizationStepProps) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const [{ organization, project }, set] = useEntered()
  const change = (more: Partial<typeof organization>): void => set({ organization: { ...organization, ...more } })
  const { kind } = organization
  const names = departmentPresets[kind].map((department) => (language === 'en' ? department.name_en : department.name))
  return (
    <EntryForm
      onSubmit={onDone}
      actions={
        <>
          {onBack && <Button label={backIsCancel ? t('action.cancel') : t('action.back')} onClick={onBack} />}
          <Button type="submit" kind="primary" label={t('action.continue')} />
        </>
      }
    >
      <fieldset className={styles['plain']} disabled={fixed}>
        <TextField label={t('welcome.organization_name')} hint={t('welcome.organization_name_hint')} name="name" optional maxLength={120} autoFocus value={organization.name} onChange={(name) => change({ name })} />
        <Choices legend={t('welcome.kind')} name="kind" value={kind} choices={OrganizationKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(value) => change({ kind: value })} />
        <dl className={styles['brings']} aria-live="polite" aria-label={t('welcome.brings')}>
          <dt>{t('welcome.brings_departments')}</dt>
          <dd>{names.join(', ')}</dd>
          <dt>{t('project.layout')}</dt>
          <dd>{t(`project.layout.${sheetLayoutOf[kind]}`)}</dd>
          <dt>{t('welcome.brings_mission')}</dt>
          <dd>{t(`welcome.mission.${kind}`)}</dd>
        </dl>
        <div className={styles['two']}>
          <ZoneField
            label={t('welcome.zone')} name="zone" value={organization.zone}
            onChange={(zone) => set({ organization: { ...organization, zone }, project: { ...project, zone: project.zone === organization.zone ? zone : project.zone } })}
          />
          <Select label={t('welcome.currency')} name="currency" value={organization.currency} onChange={(currency) => change({ currency })} choices={CURRENCIES.map((code) => ({ value: code, label: code }))} />
        </div>
      </fieldset>
    </EntryForm>
  )
}
