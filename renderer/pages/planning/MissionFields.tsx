import { missionKinds } from '../../../shared/domain/planning/model.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useList } from '../../app/queries.ts'
import { LocationRow } from '../../app/rows.ts'
import type { MissionRow } from '../../app/rows.ts'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { textOf as plain } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { withError } from './ProjectForm.tsx'

export function MissionFields({ draft, failure }: { draft: Draft<MissionRow>; failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const places = useList(locations.list, { sort: ['name'], limit: 200 }, LocationRow)
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const zone = draft.get('zone')
  return (
    <div className={formStack}>
      <TextField label={t('mission.title')} name="title" value={draft.get('title')} onChange={(title) => draft.set('title', title)} error={error('title')} />
      <div className={formTwo}>
        <TextField label={t('mission.day_code')} placeholder={t('mission.day_code_hint')} name="day_code" value={plain(draft.get('day_code'))} onChange={(code) => draft.set('day_code', code === '' ? null : code)} error={error('day_code')} />
        <Select
          label={t('mission.kind')}
          value={draft.get('kind')}
          onChange={(value) => draft.set('kind', missionKinds.find((kind) => kind === value) ?? 'show')}
          choices={missionKinds.map((value) => ({ value, label: wordOf(t, 'mission.kind', value) }))}
        />
      </div>
      <Select
        label={t('mission.location')}
        name="location_id"
        value={plain(draft.get('location_id'))}
        error={error('location_id')}
        onChange={(id) => {
          draft.set('location_id', id === '' ? null : id)
          const place = places.items.find((row) => row.id === id)
          if (place) draft.set('zone', place.zone)
        }}
        choices={[{ value: '', label: t('mission.no_location') }, ...places.items.map((row) => ({ value: row.id, label: row.name }))]}
      />
      <DateTimeField label={t('mission.start')} name="start_at" zone={zone} value={draft.get('start_at')} onChange={(at) => at && draft.set('start_at', at)} {...withError(error('start_at'))} />
      <DateTimeField label={t('mission.end')} name="end_at" zone={zone} base={draft.get('start_at')} value={draft.get('end_at')} onChange={(at) => at && draft.set('end_at', at)} {...withError(error('end_at'))} />
      <TextField label={t('mission.objective')} name="objective" value={plain(draft.get('objective'))} onChange={(text) => draft.set('objective', text === '' ? null : text)} error={error('objective')} />
      <TextArea label={t('mission.description')} name="description" value={plain(draft.get('description'))} onChange={(text) => draft.set('description', text === '' ? null : text)} error={error('description')} />
      <TagsField label={t('mission.tags')} value={draft.get('tags')} onChange={(tags) => draft.set('tags', tags)} error={error('tags')} />
    </div>
  )
}
