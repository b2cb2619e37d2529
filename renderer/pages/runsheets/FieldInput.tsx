import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { DepartmentRow } from '../../app/rows.ts'
import { todayIn } from '../../components/DateTimeField.tsx'
import { listOf } from '../../components/draft.ts'
import { dayText, parseDay } from '../../components/time-entry.ts'
import { useT } from '../../i18n/index.ts'
import { agendaFrom, agendaText } from './agenda.ts'
import { ClockInput } from './row-save.tsx'
import type { SectionField } from './section-fields.ts'
import type { SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

interface FieldInputProps {
  field: SectionField
  body: Readonly<Record<string, unknown>>
  day: SheetDay
  departments: readonly DepartmentRow[]
  /** Of the empty last line. */
  fresh?: boolean
  onChange: (change: Readonly<Record<string, unknown>>) => void
}

/** One field of a row of a typed section, as its kind is typed. */
export function FieldInput({ field, body, day, departments, fresh, onChange }: FieldInputProps) {
  const t = useT()
  const [typed, setTyped] = useState<string | null>(null)
  const value = body[field.name]
  const label = fresh ? `${t(field.label)} (${t('sheet.add_row')})` : t(field.label)
  const give = (next: unknown): void => onChange({ [field.name]: next })
  const className = field.wide ? styles['wide'] : undefined
  const common = { 'aria-label': label, title: label, className }
  switch (field.kind) {
    case 'clock':
      return <ClockInput label={label} placeholder={t(field.label)} optional={field.nullable ?? false} value={isInstant(value) ? value : null} day={day} onChange={(at) => (at || field.nullable) && give(at)} />
    case 'department':
      return (
        <select {...common} value={String(value ?? '')} onChange={(event) => give(event.target.value)}>
          {departments.map((row) => (
            <option key={row.id} value={row.id}>
              {row.code} · {row.name}
            </option>
          ))}
        </select>
      )
    case 'kind':
      return (
        <select {...common} value={String(value)} onChange={(event) => give(event.target.value)}>
          <option value="scene">{t('sheet.scene_kind.scene')}</option>
          <option value="banner">{t('sheet.scene_kind.banner')}</option>
        </select>
      )
    case 'agenda':
      return (
        <textarea
          {...common}
          rows={2}
          placeholder={t('sheet.agenda_hint')}
          value={typed ?? agendaText(value, day.zone)}
          onChange={(event) => {
            setTyped(event.target.value)
            give(agendaFrom(event.target.value, value, body['date'], day.zone))
          }}
          onBlur={() => setTyped(null)}
        />
      )
    case 'list':
      return (
        <input
          {...common}
          placeholder={t(field.label)}
          value={typed ?? (Array.isArray(value) ? value.join(', ') : '')}
          onChange={(event) => {
            setTyped(event.target.value)
            give(listOf(event.target.value))
          }}
          onBlur={() => setTyped(null)}
        />
      )
    case 'day':
      return (
        <input
          {...common}
          placeholder={t(field.label)}
          value={typed ?? (typeof value === 'string' ? dayText(value) : '')}
          onChange={(event) => {
            setTyped(event.target.value)
            const date = parseDay(event.target.value, day.date, todayIn(day.zone))
            if (date) give(date)
          }}
          onBlur={() => setTyped(null)}
        />
      )
    case 'number':
      return (
        <input
          {...common}
          placeholder={t(field.label)}
          inputMode="numeric"
          value={value === null || value === undefined ? '' : String(value)}
          onChange={(event) => give(event.target.value === '' && field.nullable ? null : Number.parseInt(event.target.value, 10) || 0)}
        />
      )
    case 'text':
      return (
        <input
          {...common}
          placeholder={t(field.label)}
          value={value === null || value === undefined ? '' : String(value)}
          onChange={(event) => give(event.target.value === '' && field.nullable ? null : event.target.value)}
        />
      )
  }
}
