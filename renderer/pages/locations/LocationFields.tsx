import { useEffect, useState } from 'react'
import { locationKinds } from '../../../shared/domain/locations/model.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import type { LocationRow } from '../../app/rows.ts'
import { textOf as plain } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { CheckField, Select, TextArea, TextField } from '../../components/Field.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { PlacePicker } from '../../components/PlacePicker.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { TagsField } from '../../components/TagsField.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { withError } from '../planning/ProjectForm.tsx'

export const emptyLocation: LocationRow = {
  id: '', version: 0, kind: 'venue', parent_id: null, parent_name: null, name: '', status: 'active', shareable: false, address: null, latitude: null, longitude: null, zone: '',
  capacity: null, hazards: [], gates: [], parking: null, power: null, quiet_hours: null, access_notes: null, hospital_name: null, hospital_address: null, hospital_phone: null,
  hospital_minutes: null, on_site_aid: null, contact_name: null, contact_phone: null,
  description: null, dimensions: null, equipment_capacity: null, accessibility: null, map_reference: null, plan_sha256: null, path: null, depth: null, pins: [], label_history: [],
}

/** What other places stand in. */
const PARENTS = ['venue', 'site'] as const

type TextName = 'address' | 'access_notes' | 'parking' | 'power' | 'quiet_hours' | 'hospital_name' | 'hospital_address' | 'hospital_phone' | 'on_site_aid' | 'contact_name' | 'contact_phone' | 'description' | 'dimensions' | 'equipment_capacity' | 'accessibility' | 'map_reference'
type NumberName = 'latitude' | 'longitude' | 'capacity' | 'hospital_minutes'

interface LocationFieldsProps {
  draft: Draft<LocationRow>
  failure: CallFailure | null
  /** Zone proposed for a new place. */
  zone?: string
  self?: string
  autoFocus?: boolean
}

export function LocationFields({ draft, failure, zone, self, autoFocus }: LocationFieldsProps) {
  const t = useT()
  const textOf = useFailureText()
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const text = (name: TextName) => ({ name, value: plain(draft.get(name)), onChange: (typed: string) => draft.set(name, typed === '' ? null : typed), error: error(name) })
  const number = (name: NumberName) => ({ name, value: draft.get(name), onChange: (typed: number | null) => draft.set(name, typed), error: error(name) })
  return (
    <div className={formStack}>
      <TextField label={t('location.name')} name="name" autoFocus={autoFocus} value={draft.get('name')} onChange={(name) => draft.set('name', name)} error={error('name')} />
      <div className={formTwo}>
        <Select label={t('location.kind')} value={draft.get('kind')} onChange={(kind) => draft.set('kind', kind)} choices={locationKinds.map((value) => ({ value, label: wordOf(t, 'location.kind', value) }))} />
        <PlacePicker label={t('location.parent')} name="parent_id" kinds={PARENTS} without={self ? [self] : []} placeholder="—" value={draft.get('parent_id')} onPick={(place) => draft.set('parent_id', place?.id ?? null)} error={error('parent_id')} />
      </div>
      <ZoneField label={t('location.zone')} name="zone" value={draft.get('zone') || (zone ?? '')} onChange={(chosen) => draft.set('zone', chosen)} {...withError(error('zone'))} />
      <TextArea label={t('location.address')} rows={3} {...text('address')} />
      <TextArea label={t('location.description')} rows={2} {...text('description')} />
      <CheckField label={t('location.shareable')} checked={draft.get('shareable')} onChange={(shareable) => draft.set('shareable', shareable)} />
      <PanelSection title={t('location.access')}>
        <TextArea label={t('location.access_notes')} rows={3} {...text('access_notes')} />
        <TagsField label={t('location.gates')} hint={t('location.gates_hint')} value={draft.get('gates')} onChange={(gates) => draft.set('gates', gates)} error={error('gates')} />
        <TextArea label={t('location.parking')} rows={2} {...text('parking')} />
        <TextField label={t('location.dimensions')} hint={t('location.dimensions_hint')} {...text('dimensions')} />
        <TextField label={t('location.equipment_capacity')} {...text('equipment_capacity')} />
        <TextField label={t('location.power')} {...text('power')} />
        <TextField label={t('location.quiet_hours')} {...text('quiet_hours')} />
        <TextArea label={t('location.accessibility')} rows={2} {...text('accessibility')} />
        <TextField label={t('location.map_reference')} {...text('map_reference')} />
        <div className={formTwo}>
          <NumberField label={t('location.latitude')} {...number('latitude')} />
          <NumberField label={t('location.longitude')} {...number('longitude')} />
        </div>
        <NumberField label={t('location.capacity')} {...number('capacity')} />
        <TextField label={t('location.contact_name')} {...text('contact_name')} />
        <TextField label={t('location.contact_phone')} {...text('contact_phone')} />
      </PanelSection>
      <PanelSection title={t('location.emergency')}>
        <TextField label={t('location.hospital')} {...text('hospital_name')} />
        <TextField label={t('location.hospital_address')} {...text('hospital_address')} />
        <div className={formTwo}>
          <TextField label={t('location.hospital_phone')} {...text('hospital_phone')} />
          <NumberField label={t('location.hospital_minutes')} {...number('hospital_minutes')} />
        </div>
        <TextField label={t('location.on_site_aid')} {...text('on_site_aid')} />
        <TagsField label={t('location.hazards')} hint={t('location.hazards_hint')} value={draft.get('hazards')} onChange={(hazards) => draft.set('hazards', hazards)} error={error('hazards')} />
      </PanelSection>
    </div>
  )
}

interface NumberFieldProps {
  label: string
  name: string
  value: number | null
  onChange: (value: number | null) => void
  error: string | undefined
}

/** A number typed with a point or a comma; what cannot be read is said and not sent. */
function NumberField({ label, name, value, onChange, error }: NumberFieldProps) {
  const t = useT()
  const [typed, setTyped] = useState(value === null ? '' : String(value))
  useEffect(() => setTyped((now) => (numberOf(now) === value ? now : value === null ? '' : String(value))), [value])
  const bad = typed.trim() !== '' && numberOf(typed) === null
  return (
    <TextField
      label={label}
      name={name}
      inputMode="decimal"
      value={typed}
      error={error ?? (bad ? t('issue.number') : undefined)}
      onChange={(text) => {
        setTyped(text)
        onChange(numberOf(text))
      }}
    />
  )
}

function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace(/\s/g, ''))
  return text.trim() === '' || !Number.isFinite(value) ? null : value
}
