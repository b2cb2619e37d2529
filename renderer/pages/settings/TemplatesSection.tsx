import { z } from 'zod'
import { missionKinds } from '../../../shared/domain/planning/model.ts'
import { missionTemplates } from '../../../shared/domain/templates/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { Select, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { parseDuration, parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { CatalogueSection, catalogueOperations } from './CatalogueSection.tsx'

const Row = z.object({
  id: z.string(), version: z.number(), name: z.string(), title: z.string(), kind: z.enum(missionKinds), start_time: z.string(), duration_minutes: z.number(),
  needs: z.array(z.object({ head_count: z.number() })), milestones: z.array(z.unknown()),
})
const operations = catalogueOperations(missionTemplates)

/** Days that come back. Needs and milestones of a template are those of the mission it was kept from. */
export function TemplatesSection() {
  const t = useT()
  const errors = useFailureText()
  const format = useFormat()
  return (
    <CatalogueSection
      title={t('settings.section.templates')}
      about={t('templates.about')}
      empty={t('templates.empty')}
      operations={operations}
      schema={Row}
      columns={[
        { label: t('templates.name'), render: (row) => row.name },
        { label: t('mission.title'), render: (row) => row.title },
        { label: t('mission.kind'), render: (row) => wordOf(t, 'mission.kind', row.kind) },
        { label: t('templates.start'), number: true, render: (row) => row.start_time },
        { label: t('templates.duration'), number: true, render: (row) => format.minutes(row.duration_minutes) },
        { label: t('mission.needs'), number: true, render: (row) => t('templates.heads', { count: row.needs.reduce((sum, need) => sum + need.head_count, 0) }) },
      ]}
      formOf={(row) => ({ name: row?.name ?? '', title: row?.title ?? '', kind: row?.kind ?? ('show' as const), start: row?.start_time ?? '09:00', duration: row ? format.minutes(row.duration_minutes) : '8 h' })}
      values={({ start, duration, ...changes }, whole) => ({
        ...changes,
        // A text that is no time goes as it is: the core says what it expects.
        ...(start === undefined ? {} : { start_time: parseTime(start) ?? start }),
        ...(duration === undefined ? {} : { duration_minutes: parseDuration(whole.duration) ?? duration }),
      })}
      fields={(draft, failure) => (
        <>
          <TextField label={t('templates.name')} name="name" required autoFocus value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />
          <TextField label={t('mission.title')} name="title" required value={draft.get('title')} error={errors.field(failure, 'title')} onChange={(title) => draft.set('title', title)} />
          <Select label={t('mission.kind')} value={draft.get('kind')} choices={missionKinds.map((value) => ({ value, label: wordOf(t, 'mission.kind', value) }))} onChange={(value) => draft.set('kind', missionKinds.find((one) => one === value) ?? 'show')} />
          <div className={formTwo}>
            <TextField label={t('templates.start')} name="start_time" required value={draft.get('start')} error={errors.field(failure, 'start_time') ?? errors.field(failure, 'changes.start_time')} onChange={(start) => draft.set('start', start)} />
            <TextField label={t('templates.duration')} name="duration_minutes" required value={draft.get('duration')} error={errors.field(failure, 'duration_minutes') ?? errors.field(failure, 'changes.duration_minutes')} onChange={(duration) => draft.set('duration', duration)} />
          </div>
        </>
      )}
    />
  )
}
