import { useState } from 'react'
import { z } from 'zod'
import { fold } from '../../shared/kernel/text.ts'
import { isInstant } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { collaborators } from '../../shared/domain/people/operations.ts'
import { availabilityStates, findPeople } from '../../shared/domain/planning/picker-operations.ts'
import { useCatalogue } from '../app/catalogue.ts'
import { ConflictRow, worstFirst } from '../app/conflicts.ts'
import { useAnswer, useList } from '../app/queries.ts'
import { PersonRow, rowsOf } from '../app/rows.ts'
import { useFormat } from '../i18n/format.ts'
import { useT, wordOf } from '../i18n/index.ts'
import { Combobox } from './Combobox.tsx'
import type { Option } from './Combobox.tsx'
import { ConflictBadge } from './ConflictBadge.tsx'
import type { FieldProps } from './Field.tsx'
import styles from './PeoplePicker.module.css'

const instant = z.custom<Instant>(isInstant).nullable()
const maybe = z.string().nullable()
const Fitting = z.object({
  id: z.string(), display_name: z.string(), crew_role_id: maybe, crew_role_name: maybe, crew_role_name_en: maybe, department_code: maybe,
  availability: z.object({ state: z.enum(availabilityStates), start_at: instant, end_at: instant, zone: z.string(), title: maybe, day_code: maybe, on_mission: z.boolean() }),
  conflicts: z.array(ConflictRow),
})
type Fitting = z.infer<typeof Fitting>

/** Whom the picker gives: with the crew role that fits what is asked. */
export type Picked = Pick<PersonRow, 'id' | 'display_name' | 'crew_role_id' | 'crew_role_name' | 'crew_role_name_en' | 'department_code'>

interface PeoplePickerProps extends FieldProps {
  /** Availability and conflicts are those of this mission; null: names and roles only. */
  mission: string | null
  /** Crew role asked for; missing: those the mission still needs. */
  role?: string | null
  /** Hours that are not the mission's own, and the assignment that would be given away. */
  window?: { start_at: string; end_at: string } | undefined
  assignment?: string | undefined
  /** Not offered: chosen already. */
  without?: ReadonlySet<string>
  /** Shown in the field; the picker empties itself after each choice when it is null. */
  value?: Pick<PersonRow, 'id' | 'display_name'> | null
  onPick: (person: Picked | null) => void
  autoFocus?: boolean
}

const NOBODY: ReadonlySet<string> = new Set()
const SHOWN = 30

/** People as one types: the best fit first, with role, availability and conflicts before anybody is chosen. */
export function PeoplePicker({ mission, role, window: hours, assignment, without = NOBODY, value = null, onPick, autoFocus, ...field }: PeoplePickerProps) {
  const t = useT()
  const catalogue = useCatalogue()
  const wordsOf = useAvailabilityWords()
  const [typed, setTyped] = useState('')
  const words = fold(typed).split(' ').filter(Boolean)
  const search = typed.trim() ? { search: typed.trim() } : {}
  const found = useAnswer(findPeople, mission === null ? null : { mission_id: mission, ...search, ...(role ? { crew_role_id: role } : {}), ...(hours ?? {}), ...(assignment ? { assignment_id: assignment } : {}), limit: SHOWN })
  const listed = useList(collaborators.list, mission === null ? { filter: { status: 'active' }, ...search, sort: ['display_name'], limit: SHOWN } : null, PersonRow)
  const fitting: readonly Fitting[] = mission === null || !found.answer ? [] : rowsOf(Fitting, found.answer.value.items)
  const people: readonly Picked[] = mission === null ? listed.items : fitting
  // An answer to fewer letters may still be shown: Enter must never take somebody the letters typed since leave out.
  const named = ({ display_name }: Picked): boolean => words.every((word) => fold(display_name).split(/[\s-]+/).some((part) => part.startsWith(word)) || fold(display_name).includes(word))
  const offered = people.filter((row) => !without.has(row.id) && named(row))
  const roleOf = (row: Picked): string => [row.department_code, row.crew_role_name && catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en })].filter(Boolean).join(' · ')
  const options: Option[] = offered.map((row) => {
    const fit = fitting.find((one) => one.id === row.id)
    const detail = roleOf(row)
    return { id: row.id, label: row.display_name, ...(detail ? { detail } : {}), ...(fit ? { trailing: <Standing fit={fit} words={wordsOf(fit)} /> } : {}) }
  })
  const shown = value && !options.some((option) => option.id === value.id) && typed === '' ? [{ id: value.id, label: value.display_name }, ...options] : options
  return (
    <Combobox
      {...field}
      hint={field.hint ?? (mission === null ? undefined : t('picker.hint'))}
      options={shown}
      value={value?.id ?? null}
      onSearch={setTyped}
      {...(autoFocus === undefined ? {} : { autoFocus })}
      onChange={(id) => onPick(id === null ? null : (people.find((row) => row.id === id) ?? null))}
    />
  )
}

function Standing({ fit, words }: { fit: Fitting; words: string }) {
  const t = useT()
  const [worst] = worstFirst(fit.conflicts)
  return (
    <span className={styles['standing']}>
      <span className={styles[fit.availability.state]}>{words}</span>
      {worst && <ConflictBadge severity={worst.severity} count={fit.conflicts.length} text={String(fit.conflicts.length)} source={[...new Set(fit.conflicts.map((one) => wordOf(t, 'conflict', one.kind)))].join(', ')} />}
    </span>
  )
}

/** `libre`, `indisponible jusqu’au sam. 24 oct. 14:00`, `déjà sur J3 14:00–23:30`. */
function useAvailabilityWords(): (fit: Fitting) => string {
  const t = useT()
  const format = useFormat()
  return ({ availability: { state, start_at, end_at, zone, title, day_code, on_mission } }) => {
    if (on_mission) return t('picker.on_mission')
    if (state === 'unavailable') return end_at ? t('picker.unavailable_until', { until: `${format.dayOf(end_at, zone)} ${format.timeOf(end_at, zone)}` }) : t('person.unavailable')
    if (state === 'assigned' && start_at && end_at) {
      const hours = `${format.timeOf(start_at, zone)}–${format.timeOf(end_at, zone)}`
      return day_code ?? title ? t('picker.on', { mission: day_code ?? title ?? '', hours }) : t('picker.busy', { hours })
    }
    return t(state === 'available' ? 'picker.available' : 'picker.free')
  }
}
