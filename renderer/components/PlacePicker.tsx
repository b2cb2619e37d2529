import { useState } from 'react'
import type { z } from 'zod'
import { fold } from '../../shared/kernel/text.ts'
import { findPlaces } from '../../shared/domain/locations/picker-operations.ts'
import { useAnswer } from '../app/queries.ts'
import { useT } from '../i18n/index.ts'
import { Combobox } from './Combobox.tsx'
import type { Option } from './Combobox.tsx'
import type { FieldProps } from './Field.tsx'

type Found = z.infer<typeof findPlaces.output>['items'][number]
/** The place that was chosen. */
export type PickedPlace = Pick<Found, 'id' | 'name' | 'zone'>

interface PlacePickerProps extends FieldProps {
  value: string | null
  onPick: (place: PickedPlace | null) => void
  /** Places of its missions come first. */
  project?: string | undefined
  kinds?: readonly Found['kind'][]
  /** Not offered. */
  without?: readonly string[]
  autoFocus?: boolean
  /** Text of the empty field: what no place means. */
  placeholder?: string
  /** Not asked yet: what only choosing needs. */
  off?: boolean
}

/** Places as one types: searched in the core, twenty at a time, those used last first, each with where it is and its time zone. */
export function PlacePicker({ value, onPick, project, kinds, without, placeholder, off = false, ...field }: PlacePickerProps) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const search = typed.trim()
  const asked = {
    ...(search ? { search } : {}), ...(project ? { project_id: project } : {}), ...(kinds ? { kinds: [...kinds] } : {}), ...(without && without.length > 0 ? { without: [...without] } : {}),
    ...(value ? { id: value } : {}),
  }
  const answer = useAnswer(findPlaces, off && value === null ? null : asked).answer?.value
  // An answer to fewer letters is still shown: Enter must never take a place that the letters typed since leave out.
  const words = answer?.search === search ? [] : fold(search).split(' ').filter(Boolean)
  const places = (answer?.items ?? []).filter((row) => words.every((word) => fold(row.name).includes(word)))
  const options: Option[] = places.map((row) => ({ id: row.id, label: row.name, detail: [row.parent_name, row.zone].filter(Boolean).join(' · ') }))
  const chosen = answer?.chosen ?? null
  const shown = chosen && typed === '' && !places.some((row) => row.id === chosen.id) ? [{ id: chosen.id, label: chosen.name, detail: chosen.zone }, ...options] : options
  const left = (answer?.total ?? 0) - places.length
  return (
    <Combobox
      {...field}
      options={shown}
      value={value}
      note={left > 0 ? t('picker.places_left', { count: left }) : undefined}
      placeholder={placeholder}
      onSearch={setTyped}
      onChange={(id) => onPick(id === null ? null : (places.find((row) => row.id === id) ?? (chosen?.id === id ? chosen : null)))}
    />
  )
}
