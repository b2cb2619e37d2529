import { useState } from 'react'
import { missionKinds } from '../../../shared/domain/planning/model.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import type { MissionRow } from '../../app/rows.ts'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { textOf as plain } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { PeoplePicker } from '../../components/PeoplePicker.tsx'
import { PlacePicker } from '../../components/PlacePicker.tsx'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { withError } from './ProjectForm.tsx'

export function MissionFields({ draft, lead, failure }: { draft: Draft<MissionRow>; /** Who leads it, as it is saved. */ lead: { id: string; display_name: string } | null; failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const zone = draft.get('zone')
  const leads = draft.get('lead_collaborator_id')
  const [chosen, setChosen] = useState(lead)
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
      <PlacePicker
        label={t('mission.location')}
        name="location_id"
        project={draft.get('project_id')}
        placeholder={t('mission.no_location')}
        value={draft.get('location_id')}
        error={error('location_id')}
        onPick={(place) => {
          draft.set('location_id', place?.id ?? null)
          if (place) draft.set('zone', place.zone)
        }}
      />
      <PeoplePicker
        label={t('mission.lead')}
        name="lead_collaborator_id"
        optional
        mission={draft.get('id')}
        value={leads === null ? null : (chosen?.id === leads ? chosen : lead?.id === leads ? lead : { id: leads, display_name: '…' })}
        error={error('lead_collaborator_id')}
        onPick={(person) => {
          setChosen(person)
          draft.set('lead_collaborator_id', person?.id ?? null)
        }}
      />
      <DateTimeField label={t('mission.start')} name="start_at" zone={zone} value={draft.get('start_at')} onChange={(at) => at && draft.set('start_at', at)} {...withError(error('start_at'))} />
      <DateTimeField label={t('mission.end')} name="end_at" zone={zone} base={draft.get('start_at')} value={draft.get('end_at')} onChange={(at) => at && draft.set('end_at', at)} {...withError(error('end_at'))} />
      <TextField label={t('mission.objective')} name="objective" value={plain(draft.get('objective'))} onChange={(text) => draft.set('objective', text === '' ? null : text)} error={error('objective')} />
      <TextArea label={t('mission.description')} name="description" value={plain(draft.get('description'))} onChange={(text) => draft.set('description', text === '' ? null : text)} error={error('description')} />
      <TagsField label={t('mission.tags')} value={draft.get('tags')} onChange={(tags) => draft.set('tags', tags)} error={error('tags')} />
    </div>
  )
}
