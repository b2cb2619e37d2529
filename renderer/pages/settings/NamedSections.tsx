import { z } from 'zod'
import { certificationKinds, skills } from '../../../shared/domain/organization/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { TextField } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import { CatalogueSection, catalogueOperations } from './CatalogueSection.tsx'

const Skill = z.object({ id: z.string(), version: z.number(), name: z.string() })
const Kind = Skill.extend({ months_valid: z.number().nullish() })
const skillOperations = catalogueOperations(skills)
const kindOperations = catalogueOperations(certificationKinds)

export function SkillsSection() {
  const t = useT()
  const errors = useFailureText()
  return (
    <CatalogueSection
      title={t('settings.section.skills')}
      about={t('settings.skills_about')}
      empty={t('settings.skills_empty')}
      operations={skillOperations}
      schema={Skill}
      columns={[{ label: t('departments.name'), render: (row) => row.name }]}
      formOf={(row) => ({ name: row?.name ?? '' })}
      fields={(draft, failure) => <TextField label={t('departments.name')} name="name" required autoFocus value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />}
    />
  )
}

export function CertificationKindsSection() {
  const t = useT()
  const errors = useFailureText()
  return (
    <CatalogueSection
      title={t('settings.section.certifications')}
      about={t('settings.certifications_about')}
      empty={t('settings.certifications_empty')}
      operations={kindOperations}
      schema={Kind}
      columns={[
        { label: t('departments.name'), render: (row) => row.name },
        { label: t('settings.months_valid'), number: true, render: (row) => (row.months_valid ? t('settings.months', { count: row.months_valid }) : t('settings.no_expiry')) },
      ]}
      formOf={(row) => ({ name: row?.name ?? '', months: row?.months_valid ? String(row.months_valid) : '' })}
      // A text that is no number goes as it is: the core says what it expects.
      values={({ months, ...changes }) => ({ ...changes, ...(months === undefined ? {} : { months_valid: months.trim() === '' ? null : /^\d+$/.test(months.trim()) ? Number(months) : months }) })}
      fields={(draft, failure) => (
        <>
          <TextField label={t('departments.name')} name="name" required autoFocus value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />
          <TextField label={t('settings.months_valid')} hint={t('settings.months_hint')} name="months_valid" optional inputMode="numeric" value={draft.get('months')} error={errors.field(failure, 'months_valid') ?? errors.field(failure, 'changes.months_valid')} onChange={(months) => draft.set('months', months)} />
        </>
      )}
    />
  )
}
