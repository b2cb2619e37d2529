import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { addDays, toLocal } from '../../kernel/instants.ts'
import { fold } from '../../kernel/text.ts'
import type { DateOptions } from './dates.ts'
import { dateHead, parseDate } from './dates.ts'
import type { ImportField } from './fields.ts'
import type { ListSeparator } from './lists.ts'
import { splitList } from './lists.ts'
import type { CatalogueIndex } from './catalogue.ts'
import { inCatalogue } from './catalogue.ts'
import type { RateReading } from './money.ts'
import { parseRate } from './money.ts'
import type { NameOrder } from './names.ts'
import { splitName, tidyName } from './names.ts'
import { parsePhone } from './phones.ts'
import type { PersonDraft } from './preview-types.ts'
import type { Report } from './row-window.ts'
import { parseMoment, placeClock } from './times.ts'
import type { EngagementKind, MissionKind } from './vocabulary.ts'
import { parseEngagementKind, parseMissionKind, parsePersonKind } from './vocabulary.ts'

/** How the columns of this file are read, settled once for all its rows. */
export interface ReadingRules {
  zone: string
  currency: string
  country: string
  dates: DateOptions
  names: NameOrder
  lists: Partial<Record<ImportField, ListSeparator | null>>
  /** Crew roles and skills of the organization; absent: names are taken as typed. */
  catalogue?: CatalogueIndex
}

export type RowValues = Partial<Record<ImportField, string>>

export const cell = (values: RowValues, field: ImportField): string => (values[field] ?? '').trim()
export const textOrNull = (values: RowValues, field: ImportField): string | null => cell(values, field) || null
const list = (values: RowValues, field: ImportField, rules: ReadingRules): string[] =>
  splitList(cell(values, field), rules.lists[field] ?? null)
export { list as readList }

const EMAIL = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/

/** An e-mail cell, `mailto:` and `Name <address>` allowed. */
function readEmail(values: RowValues, report: Report): string | null {
  const typed = cell(values, 'email')
  if (typed === '') return null
  const address = (/<([^>]+)>/.exec(typed)?.[1] ?? typed).replace(/^mailto:/i, '').trim()
  if (EMAIL.test(address)) return address
  report('import.email_invalid', 'email', 'error', typed, 'prenom.nom@example.org')
  return null
}

function readPhone(values: RowValues, rules: ReadingRules, report: Report): { phone: string | null; phone_e164: string | null } {
  const typed = cell(values, 'phone')
  if (typed === '') return { phone: null, phone_e164: null }
  const reading = parsePhone(typed, rules.country)
  if (!reading?.e164) report('import.phone_unsure', 'phone', 'warning', typed, '06 39 98 00 00, +33 6 39 98 00 00')
  else if (reading.zero_restored) report('import.phone_zero_restored', 'phone', 'warning', typed, reading.e164)
  return { phone: typed, phone_e164: reading?.e164 ?? null }
}

/** What cannot be read is left aside with a warning: a person comes in without it. */
function readBirthDate(values: RowValues, rules: ReadingRules, report: Report): LocalDate | null {
  const typed = cell(values, 'birth_date')
  if (typed === '') return null
  const reading = parseDate(dateHead(typed), { order: rules.dates.order })
  if (reading.ok) return reading.date
  report('import.birth_date_unreadable', 'birth_date', 'warning', typed, '24/10/1985')
  return null
}

/** A person as a row describes them; null where nothing names them. `nameField` is where the whole name stands. */
export function readPerson(values: RowValues, nameField: 'full_name' | 'person', rules: ReadingRules, report: Report): PersonDraft | null {
  const email = readEmail(values, report)
  const phone = readPhone(values, rules, report)
  const first = tidyName(cell(values, 'first_name'))
  const last = tidyName(cell(values, 'last_name'))
  const whole = tidyName(cell(values, nameField))
  const split = whole === '' ? null : splitName(whole, rules.names)
  const fullName = whole !== '' ? displayName(whole, split) : [first, last].filter((part) => part !== '').join(' ')
  if (fullName === '' && cell(values, 'email') === '') {
    report(nameField === 'person' ? 'import.person_missing' : 'import.name_missing', nameField, 'error', '', 'Camille Martin')
    return null
  }
  const kindTyped = cell(values, 'kind')
  const kind = parsePersonKind(kindTyped)
  if (kindTyped !== '' && !kind && nameField === 'full_name')
    report('import.kind_unknown', 'kind', 'warning', kindTyped, 'personne, équipe, fournisseur')
  const draft: PersonDraft = {
    kind: kind ?? 'person',
    full_name: fullName || (email ?? ''),
    first_name: first || (split?.first_name ?? null),
    last_name: last || (split?.last_name ?? null),
    email,
    ...phone,
    crew_role: textOrNull(values, 'crew_role'),
    department: textOrNull(values, 'department'),
    skills: list(values, 'skills', rules),
    tags: list(values, 'tags', rules),
    languages: list(values, 'languages', rules),
    birth_date: readBirthDate(values, rules, report),
    notes: textOrNull(values, 'notes'),
  }
  return rules.catalogue ? inCatalogue(draft, rules.catalogue, report) : draft
}

/** `Dupont, Marie` and `DUPONT Marie` are turned round, first name first, spelling kept; a cell that does not show its order stays as typed. */
const displayName = (whole: string, split: { first_name: string | null; last_name: string | null; sure: boolean } | null): string =>
  split?.sure && split.first_name && split.last_name && !whole.includes('(') ? `${split.first_name} ${split.last_name}` : whole

/** A person known by name only (the list of a schedule). The name is kept whole, as published. */
export function namedPerson(name: string, order: NameOrder): PersonDraft {
  const split = splitName(name, order)
  return {
    kind: 'person',
    full_name: split.full_name,
    first_name: split.first_name,
    last_name: split.last_name,
    email: null,
    phone: null,
    phone_e164: null,
    crew_role: null,
    department: null,
    skills: [],
    tags: [],
    languages: [],
    birth_date: null,
    notes: null,
  }
}

export function readMissionKind(values: RowValues, report: Report): MissionKind | null {
  const typed = cell(values, 'kind')
  if (typed === '') return null
  const kind = parseMissionKind(typed)
  if (!kind)
    report('import.kind_unknown', 'kind', 'warning', typed, 'montage, répétition, représentation, tournage, démontage, voyage, relâche')
  return kind
}

export function readEngagement(values: RowValues, report: Report): EngagementKind | null {
  const typed = cell(values, 'engagement_kind')
  if (typed === '') return null
  const kind = parseEngagementKind(typed)
  if (!kind)
    report(
      'import.engagement_unknown',
      'engagement_kind',
      'warning',
      typed,
      'CDDU technicien, CDDU artiste, salarié, freelance, intérim, bénévole, stagiaire',
    )
  return kind
}

export function readRate(values: RowValues, currency: string, report: Report): RateReading | null {
  const typed = cell(values, 'rate')
  if (typed === '') return null
  const rate = parseRate(typed, currency)
  if (!rate || rate.amount_minor < 0) {
    report('import.rate_unreadable', 'rate', 'error', typed, '250,00 €')
    return null
  }
  if (rate.ambiguous) report('import.rate_ambiguous', 'rate', 'warning', typed, String(rate.amount_minor / 100))
  return rate
}

/** The call time beside a window: a clock time after the start belongs to the day before (called at 23:00 for 01:00). */
export function readCall(values: RowValues, start: Instant, zone: string, dates: DateOptions, report: Report): Instant | null {
  const typed = cell(values, 'call')
  if (typed === '') return null
  const moment = parseMoment(typed, dates)
  const day = toLocal(start, zone).date
  switch (moment.kind) {
    case 'instant':
      return moment.instant
    case 'date_time':
      return placeClock(moment.date, moment.clock, zone).instant
    case 'time': {
      const same = placeClock(day, moment.clock, zone).instant
      if (same <= start) return same
      return placeClock(addDays(day, -1), moment.clock, zone).instant
    }
    default:
      report('import.time_unreadable', 'call', 'error', typed, '7h30')
      return null
  }
}

/** Two spellings of one text count once. */
export function distinctFolded(items: readonly string[]): string[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = fold(item)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
