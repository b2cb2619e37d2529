import { useState } from 'react'
import { workKinds } from '../../../shared/domain/organization/model.ts'
import { applyPreset, departments, getOrganization, previewPreset } from '../../../shared/domain/organization/operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ForbiddenState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { Identity } from './identity.ts'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

type Kind = (typeof workKinds)[number]
const kindOf = (value: unknown): Kind => workKinds.find((kind) => kind === value) ?? 'event'

/** Departments and crew roles of a kind of work, added beside what is there. */
export function PresetsSection() {
  const t = useT()
  const about = useAnswer(getOrganization, {})
  const listed = useAnswer(departments.list, { limit: 1 })
  const [chosen, setChosen] = useState<Kind | null>(null)
  const kind = chosen ?? kindOf(about.answer?.value.organization['kind'])
  const preview = useAnswer(previewPreset, { kind })
  const apply = useCommand(applyPreset)
  if (!about.answer || !listed.answer) return null
  Identity.parse(about.answer.value.organization)
  if (!listed.answer.can.has(departments.create.name)) return <ForbiddenState role={t('data.role')} />
  const missing = preview.answer?.value
  const nothing = missing !== undefined && missing.departments.length + missing.crew_roles.length === 0
  const run = async (): Promise<void> => {
    const done = await apply.run({ kind })
    if (done) announce(t('settings.preset_done', { departments: done.value.departments.length, roles: done.value.crew_roles.length }))
  }
  return (
    <>
      <SectionHead title={t('settings.section.presets')} about={t('settings.presets_about')} />
      <FormErrorSummary failure={apply.failure ?? preview.failure} />
      <div className={styles['form']}>
        <Select label={t('settings.kind')} value={kind} choices={workKinds.map((value) => ({ value, label: wordOf(t, 'settings.kind', value) }))} onChange={(value) => setChosen(kindOf(value))} />
        {missing && (
          <div className={styles['part']} role="status">
            {nothing ? (
              <p>{t('settings.preset_nothing')}</p>
            ) : (
              <>
                <p>{t('settings.preset_adds', { departments: missing.departments.length, roles: missing.crew_roles.length })}</p>
                {missing.departments.length > 0 && <p className={styles['muted']}>{missing.departments.join(', ')}</p>}
                {missing.crew_roles.length > 0 && <p className={styles['muted']}>{missing.crew_roles.join(', ')}</p>}
              </>
            )}
          </div>
        )}
        <div className={styles['actions']}>
          <Button kind="primary" label={t('settings.preset_apply')} disabled={apply.pending || nothing || !missing} onClick={() => void run()} />
        </div>
      </div>
    </>
  )
}
