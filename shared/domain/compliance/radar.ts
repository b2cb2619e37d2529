/**
 * The compliance radar: what the law asks of an employer and is not done, each with its date, its article and who must act. Derived from
 * facts and a clock, never stored: what is done is gone from the list. Dates are read on the clocks of the place where people work.
 */
import { addDays, DAY, fromMs, HOUR, localDateOf, toMs, type Instant, type LocalDate } from '../../kernel/instants.ts'
import { isAcceptedOrLater, type EngagementKind, type EngagementState } from '../engagement/rules.ts'
import type { Role } from '../permissions.ts'
import { holidaysBetween } from '../planning/holidays/holidays.ts'
import { readLicence } from '../contracts/numbers.ts'
import { radarRuleOn, radarRules, type RadarCode, type RadarRule } from './radar-rules.ts'

/** Work of one person under one contract, or under one that is to come: its assignments together. */
export interface HireFacts {
  /** Of the contract; of the assignment where there is none. */
  id: string
  project_id: string
  collaborator_id: string
  kind: EngagementKind
  /** The furthest of its assignments that is not canceled; `canceled` when all are. */
  state: EngagementState
  zone: string
  stretches: readonly { start_at: Instant; end_at: Instant }[]
  dpae_reference: string | null
  /** null: none was made, or it was made void. */
  contract: { id: string; signed_at: Instant | null; sent_at: Instant | null } | null
  /** Months whose certificate was sent, `2027-06`. */
  aem_months: readonly string[]
}

export interface RadarFacts {
  now: Instant
  /** Of the organization: for what belongs to no project. */
  zone: string
  hires: readonly HireFacts[]
  /** Of each project: whether a numéro d'objet is asked for, and the one that was given. */
  projects: readonly { id: string; object_number: string | null; object_number_due: boolean }[]
  licences: readonly LicenceDates[]
  certifications: readonly Lasting[]
  /** Residence and work permits. */
  permits?: readonly Lasting[]
}

/** What a person holds until a day; null: without end. */
export interface Lasting {
  id: string
  collaborator_id: string
  kind_id: string
  expires_on: LocalDate | null
}

export interface LicenceDates {
  number: string
  /** Last day of validity, where it was typed. */
  expires_on: LocalDate | null
  declared_on: LocalDate | null
}

export interface RadarLine {
  rule: RadarCode
  article: string
  /** The article was not read whole: to be checked. */
  unsure: boolean
  subject: { entity: 'hire' | 'contract' | 'project' | 'licence' | 'certification' | 'identity_paper'; id: string }
  project_id: string | null
  collaborator_id: string | null
  /** Last day on which it is in time. */
  due: LocalDate
  /** The moment itself where an hour counts: from it on, it is late. */
  due_at: Instant | null
  /** Whole days from today to `due`; negative when past. */
  days_left: number
  late: boolean
  severity: 'info' | 'warning' | 'severe'
  who: Role
  /** Of a monthly certificate, `2027-06`; null of the others. */
  month: string | null
  /** The date is worked out from a licence's number, which says the year only. */
  estimated: boolean
}

/** Engagements that this radar speaks of: fixed-term contracts of customary use. Others have their own papers. */
const concerned = ({ kind, state, stretches }: HireFacts): boolean => (kind === 'cddu_technician' || kind === 'cddu_artist') && isAcceptedOrLater(state) && stretches.length > 0

const startOf = ({ stretches }: HireFacts): Instant => stretches.reduce((first, { start_at }) => (start_at < first ? start_at : first), stretches[0]?.start_at ?? ('' as Instant))
const endOf = ({ stretches }: HireFacts): Instant => stretches.reduce((last, { end_at }) => (end_at > last ? end_at : last), stretches[0]?.end_at ?? ('' as Instant))
const firstDay = (hire: HireFacts): LocalDate => localDateOf(startOf(hire), hire.zone)
/** An end at midnight belongs to the day before. */
const lastDay = (hire: HireFacts): LocalDate => localDateOf(fromMs(toMs(endOf(hire)) - 1), hire.zone)

const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)

/** The `count`-th working day after a date (jours ouvrables: Monday to Saturday without public holidays, where those of the zone are known). */
export function workingDayAfter(date: LocalDate, count: number, zone: string): LocalDate {
  const off = new Set(holidaysBetween(date, addDays(date, 3 * count + 14), zone, null).map(({ first }) => first))
  let day = date
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0 && !off.has(day)) left--
  }
  return day
}

interface Deadline {
  rule: RadarCode
  /** The date on which the law is asked. */
  on: LocalDate
  zone: string
  subject: RadarLine['subject']
  project_id: string | null
  collaborator_id: string | null
  due: LocalDate
  due_at?: Instant
  month?: string
  estimated?: boolean
}

function lineOf(deadline: Deadline, now: Instant, rules: readonly RadarRule[]): RadarLine[] {
  const rule = radarRuleOn(deadline.rule, deadline.on, rules)
  if (rule === null) return []
  const today = localDateOf(now, deadline.zone)
  const days_left = daysBetween(today, deadline.due)
  const late = deadline.due_at === undefined ? days_left < 0 : now >= deadline.due_at
  if (!late && days_left > rule.parameters.shown_days) return []
  return [{
    rule: deadline.rule, article: rule.article, unsure: rule.standing === 'unsure', subject: deadline.subject, project_id: deadline.project_id, collaborator_id: deadline.collaborator_id,
    due: deadline.due, due_at: deadline.due_at ?? null, days_left, late, severity: late ? 'severe' : days_left <= rule.parameters.warning_days ? 'warning' : 'info', who: rule.who,
    month: deadline.month ?? null, estimated: deadline.estimated ?? false,
  }]
}

type Common = Pick<Deadline, 'on' | 'zone' | 'project_id' | 'collaborator_id'>
const commonOf = (hire: HireFacts): Common => ({ on: firstDay(hire), zone: hire.zone, project_id: hire.project_id, collaborator_id: hire.collaborator_id })

function dpaeOf(hire: HireFacts): Deadline[] {
  if (hire.dpae_reference !== null) return []
  return [{ ...commonOf(hire), rule: 'dpae', subject: { entity: 'hire', id: hire.id }, due: firstDay(hire), due_at: startOf(hire) }]
}

/** No contract at all; or one that is not signed by both in time, or not in the person's hands. Signing hands it over. */
function contractOf(hire: HireFacts, rules: readonly RadarRule[]): Deadline[] {
  const common = commonOf(hire)
  const start = startOf(hire)
  if (hire.contract === null) return [{ ...common, rule: 'contract_missing', subject: { entity: 'hire', id: hire.id }, due: common.on, due_at: start }]
  if (hire.contract.signed_at !== null) return []
  const subject = { entity: 'contract', id: hire.contract.id } as const
  const found: Deadline[] = []
  const hours = radarRuleOn('contract_unsigned', common.on, rules)?.parameters.hours
  if (hours !== undefined) {
    // A shorter engagement would be over: signed before it starts.
    const short = toMs(endOf(hire)) - toMs(start) < hours * HOUR
    const due_at = short ? start : fromMs(toMs(start) + hours * HOUR)
    found.push({ ...common, rule: 'contract_unsigned', subject, due: localDateOf(due_at, hire.zone), due_at })
  }
  const days = radarRuleOn('contract_handover', common.on, rules)?.parameters.working_days
  if (days !== undefined && hire.contract.sent_at === null) found.push({ ...common, rule: 'contract_handover', subject, due: workingDayAfter(common.on, days, hire.zone) })
  return found
}

/** One for each month with a working day, once that month's last working day has begun. */
function aemOf(hire: HireFacts, now: Instant, rules: readonly RadarRule[]): Deadline[] {
  const begun = hire.stretches.flatMap(({ start_at }) => (start_at <= now ? [localDateOf(start_at, hire.zone)] : []))
  const months = [...new Set(begun.map((day) => day.slice(0, 7)))].sort()
  return months.flatMap((month): Deadline[] => {
    const on = `${month}-01` as LocalDate
    const day = radarRuleOn('aem', on, rules)?.parameters.day_of_month
    const ahead = hire.stretches.some(({ start_at }) => start_at > now && localDateOf(start_at, hire.zone).startsWith(month))
    if (day === undefined || ahead || hire.aem_months.includes(month)) return []
    const next = addDays(on, 31).slice(0, 7)
    return [{ ...commonOf(hire), on, rule: 'aem', subject: { entity: 'hire', id: hire.id }, due: `${next}-${String(day).padStart(2, '0')}` as LocalDate, month }]
  })
}

/** Before the first work of the project: asked once for it, whoever comes next. */
function objectNumbers({ projects, hires }: RadarFacts): Deadline[] {
  return projects.flatMap(({ id, object_number, object_number_due }): Deadline[] => {
    if (!object_number_due || object_number !== null) return []
    const first = hires.filter((hire) => hire.project_id === id && concerned(hire)).sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))[0]
    if (first === undefined) return []
    return [{ ...commonOf(first), collaborator_id: null, rule: 'object_number', subject: { entity: 'project', id }, due: firstDay(first), due_at: startOf(first) }]
  })
}

/** Same month and day some years later; 29 February becomes 28. */
function yearsAfter(date: LocalDate, years: number): LocalDate {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  return (later.endsWith('-02-29') && new Date(`${later}T00:00:00Z`).getUTCMonth() !== 1 ? `${later.slice(0, 4)}-02-28` : later) as LocalDate
}

/**
 * Last day of a licence: the one typed, else the day before the years after its declaration, else, from the year in its number, the earliest it can be
 * (`estimated`). null: nothing says it.
 */
export function licenceEnd({ number, expires_on, declared_on }: LicenceDates, years: number): { on: LocalDate; estimated: boolean } | null {
  if (expires_on !== null) return { on: expires_on, estimated: false }
  if (declared_on !== null) return { on: addDays(yearsAfter(declared_on, years), -1), estimated: false }
  const read = readLicence(number)
  if (!read.ok || read.value.year === null) return null
  return { on: addDays(`${read.value.year + years}-01-01` as LocalDate, -1), estimated: true }
}

function licences({ licences: held, zone, now }: RadarFacts, rules: readonly RadarRule[]): Deadline[] {
  const today = localDateOf(now, zone)
  const years = radarRuleOn('licence_expiring', today, rules)?.parameters.years
  if (years === undefined) return []
  return held.flatMap((licence): Deadline[] => {
    const end = licenceEnd(licence, years)
    if (end === null) return []
    return [{ rule: 'licence_expiring', on: today, zone, subject: { entity: 'licence', id: licence.number }, project_id: null, collaborator_id: null, due: end.on, estimated: end.estimated }]
  })
}

/** Of each kind a person holds, the one that lasts longest; a line for the first work, not over yet, that it does not cover to its end. */
function ending(held: readonly Lasting[], { hires, now }: RadarFacts, rule: RadarCode, entity: 'certification' | 'identity_paper'): Deadline[] {
  const longest = new Map<string, Lasting>()
  for (const one of held) {
    const key = `${one.collaborator_id} ${one.kind_id}`
    const known = longest.get(key)
    if (known === undefined || (known.expires_on !== null && (one.expires_on === null || one.expires_on > known.expires_on))) longest.set(key, one)
  }
  return [...longest.values()].flatMap(({ id, collaborator_id, expires_on }): Deadline[] => {
    if (expires_on === null) return []
    const uncovered = hires
      .filter((hire) => hire.collaborator_id === collaborator_id && isAcceptedOrLater(hire.state) && hire.stretches.length > 0 && endOf(hire) > now && lastDay(hire) > expires_on)
      .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))[0]
    if (uncovered === undefined) return []
    return [{ ...commonOf(uncovered), rule, subject: { entity, id }, due: expires_on }]
  })
}

const ranks = { severe: 0, warning: 1, info: 2 } as const

/** Every line, the most urgent first. The same facts and clock give the same list. */
export function complianceRadar(facts: RadarFacts, rules: readonly RadarRule[] = radarRules): RadarLine[] {
  const deadlines = [
    ...facts.hires.filter(concerned).flatMap((hire) => [...dpaeOf(hire), ...contractOf(hire, rules), ...aemOf(hire, facts.now, rules)]),
    ...objectNumbers(facts), ...licences(facts, rules), ...ending(facts.certifications, facts, 'certification_expiring', 'certification'),
    ...ending(facts.permits ?? [], facts, 'permit_expiring', 'identity_paper'),
  ]
  const order = (line: RadarLine): string => `${line.due} ${ranks[line.severity]} ${line.rule} ${line.subject.id} ${line.month ?? ''}`
  return deadlines.flatMap((deadline) => lineOf(deadline, facts.now, rules)).sort((a, b) => (order(a) < order(b) ? -1 : 1))
}
