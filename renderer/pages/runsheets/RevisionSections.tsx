import { useState } from 'react'
import { languages } from '../../../shared/domain/organization/model.ts'
import { updateDraft } from '../../../shared/domain/runsheets/operations.ts'
import { listLayouts } from '../../../shared/domain/runsheets/layout-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { textOf as plain, useAutosave, useDraft } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { PlacePicker } from '../../components/PlacePicker.tsx'
import { useLinePlace } from '../../components/line-drafts.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { channelsFrom, channelsText, linesFrom, linesText, numbersFrom, numbersText } from './typed-lines.ts'
import { EditorSection } from './EditorSection.tsx'
import { PlanField } from './PlanField.tsx'
import type { RevisionRow, SheetDay, SheetRecord } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** The draft's own fields; saved when the focus leaves a section. */
export function RevisionSections({ work, day, layout }: { work: RevisionRow; day: SheetDay; layout: SheetRecord['layout'] }) {
  const t = useT()
  const draft = useDraft(work, work.id, useLinePlace('fields'))
  const save = useCommand(updateDraft)
  const put = useAutosave(draft, async (typed) => {
    const { language, headline, unit, colour, day_number, day_total, alerts, sheet_location_id, emergency_numbers, on_site_aid, hospital, weather, catering, channels, safety, legal_note, plan_sha256 } = typed
    const changes = given({
      language, headline, unit, colour, day_number, day_total, alerts, sheet_location_id, emergency_numbers, on_site_aid, hospital, weather, catering, channels, safety, legal_note, plan_sha256,
    })
    return (await save.run({ revision_id: work.id, version: work.version, changes })) !== null
  })
  return (
    <div
      data-resumed={draft.resumed || undefined}
      onBlur={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget) || event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) put()
      }}
    >
      <FormErrorSummary failure={save.failure} />
      <EditorSection name="header" title={t('sheet.header')}>
        <HeaderFields draft={draft} layout={layout} />
      </EditorSection>
      <EditorSection name="alerts" title={t('sheet.alerts')}>
        <AlertFields draft={draft} />
      </EditorSection>
      <EditorSection name="emergency" title={t('sheet.emergency')}>
        <EmergencyFields draft={draft} />
      </EditorSection>
      <EditorSection name="weather" title={t('sheet.weather')}>
        <WeatherFields draft={draft} day={day} />
      </EditorSection>
      <EditorSection name="practical" title={t('sheet.sections')}>
        <div className={formStack}>
          <Lines label={t('sheet.safety')} value={linesText(draft.get('safety'))} onChange={(text) => draft.set('safety', linesFrom(text, draft.get('safety')))} />
          <Lines label={t('sheet.catering')} value={linesText(draft.get('catering'))} onChange={(text) => draft.set('catering', linesFrom(text, draft.get('catering')))} />
          <Lines label={t('sheet.channels')} hint={t('sheet.channels_hint')} value={channelsText(draft.get('channels'))} onChange={(text) => draft.set('channels', channelsFrom(text, draft.get('channels')))} />
          <TextArea label={t('sheet.legal_note')} rows={2} value={plain(draft.get('legal_note'))} onChange={(text) => draft.set('legal_note', text === '' ? null : text)} />
        </div>
      </EditorSection>
      <EditorSection name="plan" title={t('sheet.plan')}>
        <PlanField value={draft.get('plan_sha256')} onChange={(sha256) => draft.set('plan_sha256', sha256)} onDone={put} />
      </EditorSection>
    </div>
  )
}

/** One item a line; the text typed stays as typed while it means the same items. */
function Lines({ label, hint, value, onChange }: { label: string; hint?: string; value: string; onChange: (text: string) => void }) {
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextArea
      label={label}
      hint={hint ?? t('sheet.lines_hint')}
      rows={3}
      value={typed ?? value}
      onChange={(text) => {
        setTyped(text)
        onChange(text)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

const numberOrNull = (text: string): number | null => {
  const read = Number.parseInt(text, 10)
  return read > 0 ? read : null
}
const numberText = (value: number | null): string => (value === null ? '' : String(value))

function HeaderFields({ draft, layout }: { draft: Draft<RevisionRow>; layout: SheetRecord['layout'] }) {
  const t = useT()
  const { answer } = useAnswer(listLayouts, {})
  const colours = answer?.value.items.find((one) => one.layout === layout)?.revision_colours ?? []
  return (
    <div className={formStack}>
      <TextField label={t('sheet.headline')} name="headline" value={plain(draft.get('headline'))} onChange={(text) => draft.set('headline', text === '' ? null : text)} />
      <div className={formTwo}>
        <PlacePicker label={t('sheet.location')} placeholder={t('sheet.location_default')} value={draft.get('sheet_location_id')} onPick={(place) => draft.set('sheet_location_id', place?.id ?? null)} />
        <Select label={t('sheet.language')} value={draft.get('language')} onChange={(code) => draft.set('language', languages.find((known) => known === code) ?? 'fr')} choices={languages.map((code) => ({ value: code, label: t(`language.${code}`) }))} />
      </div>
      <div className={formTwo}>
        <TextField label={t('sheet.unit')} optional value={plain(draft.get('unit'))} onChange={(text) => draft.set('unit', text === '' ? null : text)} />
        <TextField label={t('sheet.colour')} optional list="sheet-colours" value={plain(draft.get('colour'))} onChange={(text) => draft.set('colour', text === '' ? null : text)} />
        <datalist id="sheet-colours">
          {colours.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </div>
      <div className={formTwo}>
        <TextField label={t('sheet.day_number')} optional inputMode="numeric" value={numberText(draft.get('day_number'))} onChange={(text) => draft.set('day_number', numberOrNull(text))} />
        <TextField label={t('sheet.day_total')} optional inputMode="numeric" value={numberText(draft.get('day_total'))} onChange={(text) => draft.set('day_total', numberOrNull(text))} />
      </div>
    </div>
  )
}

const MOST_ALERTS = 2

/** At most two; the third, empty, is never drawn. */
function AlertFields({ draft }: { draft: Draft<RevisionRow> }) {
  const t = useT()
  const alerts = draft.get('alerts')
  const [fresh] = useState(() => crypto.randomUUID())
  const shown = alerts.length < MOST_ALERTS ? [...alerts, { id: alerts.some(({ id }) => id === fresh) ? `${fresh}-2` : fresh, title: '', text: '' }] : alerts
  const set = (index: number, change: { title?: string; text?: string }): void =>
    draft.set('alerts', shown.map((alert, at) => (at === index ? { ...alert, ...change } : alert)).filter((alert) => alert.title !== '' || alert.text !== ''))
  return (
    <div className={formStack}>
      {shown.map((alert, index) => (
        <div key={alert.id} className={formTwo}>
          <TextField label={t('sheet.alert_title', { number: index + 1 })} optional value={alert.title} onChange={(title) => set(index, { title })} />
          <TextField label={t('sheet.alert_text', { number: index + 1 })} optional value={alert.text} onChange={(text) => set(index, { text })} />
        </div>
      ))}
    </div>
  )
}

function EmergencyFields({ draft }: { draft: Draft<RevisionRow> }) {
  const t = useT()
  const hospital = draft.get('hospital')
  const setHospital = (change: Partial<NonNullable<RevisionRow['hospital']>>): void =>
    draft.set('hospital', { name: '', address: null, phone: null, minutes: null, distance_km: null, ...hospital, ...change })
  return (
    <div className={formStack}>
      <Lines label={t('sheet.emergency_numbers')} hint={t('sheet.numbers_hint')} value={numbersText(draft.get('emergency_numbers'))} onChange={(text) => draft.set('emergency_numbers', numbersFrom(text, draft.get('emergency_numbers')))} />
      <TextField label={t('sheet.on_site')} value={plain(draft.get('on_site_aid'))} onChange={(text) => draft.set('on_site_aid', text === '' ? null : text)} />
      <Select
        label={t('sheet.hospital')}
        value={hospital ? 'own' : 'place'}
        onChange={(which) => (which === 'own' ? setHospital({}) : draft.set('hospital', null))}
        choices={[
          { value: 'place', label: t('sheet.hospital_default') },
          { value: 'own', label: t('sheet.hospital_own') },
        ]}
      />
      {hospital && (
        <div className={formTwo}>
          <TextField label={t('sheet.hospital_name')} value={hospital.name} onChange={(name) => setHospital({ name })} />
          <TextField label={t('sheet.phone')} value={plain(hospital.phone)} onChange={(phone) => setHospital({ phone: phone === '' ? null : phone })} />
          <TextField label={t('sheet.hospital_address')} value={plain(hospital.address)} onChange={(address) => setHospital({ address: address === '' ? null : address })} />
          <TextField
            label={t('sheet.hospital_distance')}
            inputMode="decimal"
            value={hospital.distance_km === null ? '' : String(hospital.distance_km)}
            onChange={(text) => setHospital({ distance_km: text === '' ? null : Number.parseFloat(text.replace(',', '.')) || 0 })}
          />
          <TextField label={t('sheet.hospital_minutes')} inputMode="numeric" value={hospital.minutes === null ? '' : String(hospital.minutes)} onChange={(text) => setHospital({ minutes: text === '' ? null : Number.parseInt(text, 10) || 0 })} />
        </div>
      )}
    </div>
  )
}

function WeatherFields({ draft, day }: { draft: Draft<RevisionRow>; day: SheetDay }) {
  const t = useT()
  const weather = draft.get('weather')
  if (!weather) {
    return (
      <div>
        <Button small label={t('sheet.weather_add')} onClick={() => draft.set('weather', { source: '', forecast_at: day.from, periods: [{ id: crypto.randomUUID(), label: '', figure: '', note: null }] })} />
      </div>
    )
  }
  const setPeriod = (index: number, change: { label?: string; figure?: string; note?: string | null }): void =>
    draft.set('weather', { ...weather, periods: weather.periods.map((period, at) => (at === index ? { ...period, ...change } : period)) })
  return (
    <div className={formStack}>
      <div className={formTwo}>
        <TextField label={t('sheet.weather_source')} value={weather.source} onChange={(source) => draft.set('weather', { ...weather, source })} />
        <DateTimeField label={t('sheet.weather_at')} zone={day.zone} value={weather.forecast_at} onChange={(at) => at && draft.set('weather', { ...weather, forecast_at: at })} />
      </div>
      {weather.periods.map((period, index) => (
        <div key={period.id} className={`${styles['row']} ${styles['period']}`}>
          <input aria-label={t('sheet.period')} placeholder={t('sheet.period')} value={period.label} onChange={(event) => setPeriod(index, { label: event.target.value })} />
          <input aria-label={t('sheet.figure')} placeholder="15°" value={period.figure} onChange={(event) => setPeriod(index, { figure: event.target.value })} />
          <input aria-label={t('sheet.period_note')} placeholder={t('sheet.period_note')} value={plain(period.note)} onChange={(event) => setPeriod(index, { note: event.target.value === '' ? null : event.target.value })} />
        </div>
      ))}
      <div>
        {weather.periods.length < 4 && <Button small label={t('sheet.add_row')} onClick={() => draft.set('weather', { ...weather, periods: [...weather.periods, { id: crypto.randomUUID(), label: '', figure: '', note: null }] })} />}{' '}
        <Button small kind="quiet" label={t('sheet.weather_remove')} onClick={() => draft.set('weather', null)} />
      </div>
    </div>
  )
}
