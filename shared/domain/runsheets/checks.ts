/** What stands in the way of publishing, and what to look at first (decision A15). Pure, over the snapshot that would be frozen. */
import { localDateOf } from '../../kernel/instants.ts'
import type { Check } from './operations.ts'
import type { SheetSnapshot } from './snapshot.ts'

/** What the snapshot alone does not say. */
export interface Surroundings {
  /** Rows of the sheet that two copies changed differently, each with the command that its author has to decide about. */
  in_sync_conflict: readonly { entity: string; id: string; command: string }[]
  /** Severe conflicts of this sheet's missions that nobody acknowledged, each with a record of the sheet. */
  /** `rule` and `article`: of a conflict of working time, empty for others. */
  severe: readonly { kind: string; name: string; rule_fr: string; rule_en: string; article: string; record: { entity: string; id: string } | null }[]
}
/** Where an organization asks that two people publish: who asks, where the version stands, and who else may take the next step (names). */
export interface TwoPeople {
  state: string
  validated_by_asker: boolean
  publishers: readonly string[]
}
export const nothingAround: Surroundings = { in_sync_conflict: [], severe: [] }

type Found = Omit<Check, 'severity'>
const found = (code: Check['code'], params: Check['params'] = {}, record: Check['record'] = null): Found => ({ code, params, record })

export function blockingChecks(sheet: SheetSnapshot, around: Surroundings = nothingAround): Check[] {
  const list: Found[] = []
  if (!sheet.key_times.some((row) => row.code === 'general_call')) list.push(found('no_general_call'))
  if (sheet.location === null || sheet.location.address.length === 0)
    list.push(found('no_place', { place: sheet.location?.name ?? '' }, sheet.location && { entity: 'location', id: sheet.location.id }))
  if (sheet.emergency.numbers.every((row) => row.number.trim() === '')) list.push(found('no_emergency_line'))
  if (sheet.emergency.hospital === null || sheet.emergency.hospital.name.trim() === '') list.push(found('no_hospital'))
  for (const [index, slot] of sheet.slots.entries()) {
    const before = sheet.slots[index - 1]
    if (before && slot.start_at < before.start_at)
      list.push(found('slots_out_of_order', { label: slot.label, start_at: slot.start_at, after: before.label, after_start_at: before.start_at }, { entity: 'sheet_slot', id: slot.id }))
  }
  for (const { command, ...record } of around.in_sync_conflict) list.push(found('sync_conflict', { command }, record))
  return list.map((check) => ({ ...check, severity: 'blocking' }))
}

/** Said before anybody presses Publish: one person cannot do both, and who may do the other half (decision A16). */
export function twoPeopleChecks({ state, validated_by_asker, publishers }: TwoPeople): Check[] {
  const params = { count: publishers.length, names: publishers.join(', ') }
  if (state === 'draft') return [{ ...found('validate_first', params), severity: 'blocking' }]
  return state === 'validated' && validated_by_asker ? [{ ...found('another_publishes', params), severity: 'blocking' }] : []
}

export function warnings(sheet: SheetSnapshot, around: Surroundings = nothingAround): Check[] {
  const list: Found[] = []
  const count = (marker: 'to_fill' | 'to_confirm'): number => sheet.people.filter((row) => row.marker === marker).reduce((sum, row) => sum + row.quantity, 0)
  if (sheet.people.length === 0) list.push(found('nobody'))
  const open = count('to_fill')
  if (open > 0) list.push(found('open_posts', { count: open, roles: [...new Set(sheet.people.filter((row) => row.marker === 'to_fill').map((row) => row.crew_role))].join(', ') }))
  const unanswered = count('to_confirm')
  if (unanswered > 0) list.push(found('unanswered', { count: unanswered, names: sheet.people.filter((row) => row.marker === 'to_confirm').map((row) => row.name ?? '').join(', ') }))
  for (const { record, ...params } of around.severe) list.push(found('severe_conflicts', params, record))
  if (sheet.practical.weather === null) list.push(found('no_weather'))
  for (const mission of sheet.missions)
    if (localDateOf(mission.start_at, sheet.zone) !== sheet.date) list.push(found('other_day', { title: mission.title, date: localDateOf(mission.start_at, sheet.zone) }, { entity: 'mission', id: mission.id }))
  return list.map((check) => ({ ...check, severity: 'warning' }))
}
