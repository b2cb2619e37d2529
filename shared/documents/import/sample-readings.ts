import { fromLocal, toLocal } from '../../kernel/instants.ts'
import { catalogueIndex, type ImportCatalogue } from './catalogue.ts'
import { dateHead, parseDate } from './dates.ts'
import type { ColumnMapping, ImportField } from './fields.ts'
import { splitList } from './lists.ts'
import { parseRate } from './money.ts'
import { splitName } from './names.ts'
import { parsePhone } from './phones.ts'
import type { ReadingRules } from './row-readers.ts'
import { parseMoment } from './times.ts'

/** How one sample of a column is understood, for a person to see that the order of days and months, or of names, is right. */
export type SampleReading =
  | { kind: 'date'; date: string }
  | { kind: 'time'; time: string; next_day: boolean }
  | { kind: 'date_time'; date: string; time: string }
  | { kind: 'name'; first_name: string | null; last_name: string | null }
  | { kind: 'phone'; e164: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'money'; minor: number; currency: string; unit: string | null }
  | { kind: 'known'; name: string }
  | { kind: 'unreadable' }

function readMoment(typed: string, rules: ReadingRules): SampleReading {
  const moment = parseMoment(typed, rules.dates)
  switch (moment.kind) {
    case 'date':
      return { kind: 'date', date: moment.date }
    case 'time':
      return { kind: 'time', time: moment.clock.time, next_day: moment.clock.days === 1 }
    case 'date_time': {
      const at = toLocal(fromLocal(moment.date, moment.clock.time, rules.zone), rules.zone)
      return { kind: 'date_time', date: at.date, time: at.time }
    }
    case 'instant': {
      const at = toLocal(moment.instant, rules.zone)
      return { kind: 'date_time', date: at.date, time: at.time }
    }
    case 'unreadable':
      return { kind: 'unreadable' }
  }
}

/** Null: taken as it is typed. */
function readSample(field: ImportField, typed: string, rules: ReadingRules, catalogue: ImportCatalogue): SampleReading | null {
  switch (field) {
    case 'date':
    case 'end_date':
    case 'birth_date': {
      const reading = parseDate(dateHead(typed), field === 'birth_date' ? { order: rules.dates.order } : rules.dates)
      return reading.ok ? { kind: 'date', date: reading.date } : readMoment(typed, rules)
    }
    case 'start':
    case 'end':
    case 'call':
      return readMoment(typed, rules)
    case 'full_name':
    case 'person': {
      const { first_name, last_name } = splitName(typed, rules.names)
      return { kind: 'name', first_name, last_name }
    }
    case 'phone': {
      const e164 = parsePhone(typed, rules.country)?.e164
      return e164 ? { kind: 'phone', e164 } : { kind: 'unreadable' }
    }
    case 'rate': {
      const rate = parseRate(typed, rules.currency)
      return rate ? { kind: 'money', minor: rate.amount_minor, currency: rate.currency, unit: rate.unit } : { kind: 'unreadable' }
    }
    case 'skills':
    case 'tags':
    case 'languages':
    case 'persons':
      return { kind: 'list', items: splitList(typed, rules.lists[field] ?? null) }
    case 'crew_role': {
      const known = catalogueIndex(catalogue).crewRole(typed)
      return known ? { kind: 'known', name: known.name } : null
    }
    default:
      return null
  }
}

/** For each column the readings of its samples, in their order; empty where the column has no field. */
export const sampleReadings = (mapping: ColumnMapping, samples: readonly (readonly string[])[], rules: ReadingRules, catalogue: ImportCatalogue): (SampleReading | null)[][] =>
  samples.map((typed, column) => {
    const field = mapping[column]
    return field ? typed.map((one) => readSample(field, one, rules, catalogue)) : []
  })
