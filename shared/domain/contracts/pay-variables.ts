/**
 * Pay variables for payroll tools: one row for each contract, month and way of being paid, and the file they are written in. There is no
 * social-security number nor bank account in it: payroll tools have their own, and know people by their payroll number. What somebody typed
 * into a title or a name by mistake is masked.
 */
import { toMs, type Instant, type LocalDate } from '../../kernel/instants.ts'
import { timesQuantity } from '../../kernel/money.ts'
import unemploymentData from '../planning/rule-packs/unemployment.json' with { type: 'json' }
import { withoutNumbers } from '../personal-data/masking.ts'
import type { AllowanceFacts, ContractLanguage, DayFacts, PayFacts } from './facts.ts'
import { payLine } from './totals.ts'

/** A day as it was planned, and as it was worked where that was entered. */
export interface WorkedDayFacts extends DayFacts {
  actual: { start_at: Instant; end_at: Instant } | null
}

/** One contract, in force or signed; of one currency. */
export interface PayVariablesFacts {
  contract_id: string
  reference: string
  employer_siret: string | null
  project_code: string
  production_title: string | null
  object_number: string | null
  idcc: string | null
  person_id: string
  /** In the payroll tool; null: it is looked up by name. */
  payroll_number: string | null
  last_name: string
  first_name: string
  /** Annexe of the unemployment insurance: 8 technicians, 10 artists. */
  annex: 8 | 10
  function_title: string | null
  is_executive: boolean | null
  starts_on: LocalDate
  ends_on: LocalDate
  dpae_reference: string | null
  days: readonly WorkedDayFacts[]
  pay: readonly PayFacts[]
  allowances: readonly AllowanceFacts[]
}

type Kind = 'text' | 'date' | 'count' | 'hours' | 'money'
interface Column {
  kind: Kind
  fr: string
  en: string
  /** What payroll reads in it. */
  about: { fr: string; en: string }
}
const column = (kind: Kind, fr: string, en: string, aboutFr: string, aboutEn: string): Column => ({ kind, fr, en, about: { fr: aboutFr, en: aboutEn } })

/** The columns, in their order: names are stable, a new one goes to the end. */
export const payColumns = {
  month: column('text', 'Mois', 'Month', 'Mois de travail, 2027-06. Une nuit compte au jour où elle commence.', 'Month of work, 2027-06. A night counts on the day it begins.'),
  employer_siret: column('text', 'SIRET employeur', 'Employer SIRET', '14 chiffres.', '14 digits.'),
  project_code: column('text', 'Projet', 'Project', 'Code du projet.', 'Code of the project.'),
  production_title: column('text', 'Production', 'Production', 'Titre du spectacle, du film ou de l’épisode.', 'Title of the show, film or episode.'),
  object_number: column('text', 'Numéro d’objet', 'Numéro d’objet', '12 caractères, à reporter sur l’AEM et le bulletin.', '12 characters, for the AEM and the payslip.'),
  idcc: column('text', 'IDCC', 'IDCC', 'Convention collective, 4 chiffres.', 'Collective agreement, 4 digits.'),
  person_id: column('text', 'Identifiant', 'Id', 'Identifiant de la personne dans Callboard, sans signification.', 'Id of the person in Callboard, without meaning.'),
  payroll_number: column('text', 'Matricule', 'Payroll number', 'Matricule dans l’outil de paie, s’il est connu.', 'Number in the payroll tool, where it is known.'),
  last_name: column('text', 'Nom', 'Last name', 'Nom de famille.', 'Family name.'),
  first_name: column('text', 'Prénom', 'First name', 'Prénom.', 'First name.'),
  reference: column('text', 'Contrat', 'Contract', 'Référence du contrat.', 'Reference of the contract.'),
  starts_on: column('date', 'Début du contrat', 'Contract start', 'Premier jour de travail.', 'First working day.'),
  ends_on: column('date', 'Fin du contrat', 'Contract end', 'Dernier jour de travail.', 'Last working day.'),
  continues: column('text', 'Contrat en cours', 'Contract continues', '« oui » si le contrat se poursuit après ce mois.', '“yes” when the contract goes on after this month.'),
  annex: column('count', 'Annexe', 'Annexe', '8 techniciens, 10 artistes.', '8 technicians, 10 artists.'),
  function_title: column('text', 'Fonction', 'Function', 'Fonction de la convention collective.', 'Function of the collective agreement.'),
  status: column('text', 'Statut', 'Status', 'Cadre ou non-cadre.', 'Executive or not.'),
  basis: column('text', 'Base', 'Basis', 'heure, jour, cachet ou forfait.', 'hour, day, cachet or flat.'),
  rate: column('money', 'Taux brut', 'Gross rate', 'Par heure, jour ou cachet ; total d’un forfait.', 'By the hour, day or cachet; total of a flat fee.'),
  days: column('count', 'Jours', 'Days', 'Jours travaillés dans le mois.', 'Days worked in the month.'),
  hours: column('hours', 'Heures', 'Hours', 'Heures travaillées, pauses non rémunérées déduites, au centième.', 'Hours worked less unpaid breaks, to the hundredth.'),
  minutes: column('count', 'Minutes', 'Minutes', 'La même durée en minutes, exacte.', 'The same in minutes, exact.'),
  cachets: column('count', 'Cachets', 'Cachets', 'Cachets ; comptés au mois du premier jour de l’affectation.', 'Cachets; counted in the month of the assignment’s first day.'),
  counted_hours: column('hours', 'Heures déclarées', 'Declared hours', 'Heures, et 12 par cachet.', 'Hours, and 12 for each cachet.'),
  gross: column('money', 'Brut', 'Gross', 'Rémunération brute de la ligne, arrondie au centime par mois.', 'Gross pay of the row, rounded by the month.'),
  allowances: column('money', 'Défraiements', 'Allowances', 'Somme des défraiements du contrat, sur sa première ligne.', 'Sum of the contract’s allowances, on its first row.'),
  currency: column('text', 'Devise', 'Currency', 'ISO 4217.', 'ISO 4217.'),
  hours_source: column('text', 'Source des heures', 'Source of hours', 'réel, prévu ou mixte (des jours sans heures réelles).', 'actual, planned or mixed (days without actual hours).'),
  dpae_reference: column('text', 'DPAE', 'DPAE', 'Référence de la déclaration préalable à l’embauche.', 'Reference of the declaration before hiring.'),
} as const satisfies Record<string, Column>

export type PayColumn = keyof typeof payColumns
export const payColumnNames = Object.keys(payColumns) as readonly PayColumn[]
/** Money in minor units of the row's currency, hours in minutes: written as decimals by the file alone. */
export type PayRow = Readonly<Record<PayColumn, string | number | null>>

const words = {
  fr: { yes: 'oui', no: 'non', executive: 'cadre', other: 'non-cadre', actual: 'réel', planned: 'prévu', mixed: 'mixte', hourly: 'heure', daily: 'jour', cachet: 'cachet', flat: 'forfait' },
  en: { yes: 'yes', no: 'no', executive: 'executive', other: 'non-executive', actual: 'actual', planned: 'planned', mixed: 'mixed', hourly: 'hour', daily: 'day', cachet: 'cachet', flat: 'flat' },
} as const

const worked = (day: WorkedDayFacts): WorkedDayFacts => (day.actual === null ? day : { ...day, ...day.actual })
const monthOf = ({ date }: DayFacts): string => date.slice(0, 7)

function sourceOf(days: readonly WorkedDayFacts[]): 'actual' | 'planned' | 'mixed' {
  const known = days.filter(({ actual }) => actual !== null).length
  return known === 0 ? 'planned' : known === days.length ? 'actual' : 'mixed'
}

/** Rows of one month, by name, then contract; of a contract, in the order of its pay. A contract without work in that month has none. */
export function payRows(contracts: readonly PayVariablesFacts[], month: string, language: ContractLanguage): PayRow[] {
  const names = new Intl.Collator(language)
  return contracts
    .toSorted((a, b) => names.compare(a.last_name, b.last_name) || names.compare(a.first_name, b.first_name) || (a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : 0))
    .flatMap((contract) => contractRows(contract, month, language))
}

function contractRows(contract: PayVariablesFacts, month: string, language: ContractLanguage): PayRow[] {
  const say = words[language]
  const firstMonth = contract.days.map(monthOf).toSorted()[0]
  const rows: PayRow[] = []
  for (const pay of contract.pay) {
    const own = contract.days.filter(({ assignment_id }) => assignment_id === pay.assignment_id)
    const inMonth = own.filter((day) => monthOf(day) === month)
    if (inMonth.length === 0) continue
    // Cachets and flat fees fall on the first day of their assignment, as in the cost view.
    const isFirst = own.map(monthOf).toSorted()[0] === month
    const whole = payLine({ ...pay, cachets: isFirst ? pay.cachets : 0 }, inMonth.map(worked))
    const line = pay.basis === 'flat' && !isFirst ? { ...whole, gross_minor: 0 } : whole
    const cachets = pay.basis === 'cachet' ? line.cachets : 0
    const text = (value: string | null): string | null => (value === null ? null : withoutNumbers(value))
    rows.push({
      month, employer_siret: contract.employer_siret, project_code: text(contract.project_code), production_title: text(contract.production_title), object_number: text(contract.object_number), idcc: contract.idcc,
      person_id: contract.person_id, payroll_number: text(contract.payroll_number), last_name: text(contract.last_name), first_name: text(contract.first_name), reference: contract.reference,
      starts_on: contract.starts_on, ends_on: contract.ends_on, continues: contract.ends_on.slice(0, 7) > month ? say.yes : say.no, annex: contract.annex, function_title: text(contract.function_title),
      status: contract.is_executive === null ? null : contract.is_executive ? say.executive : say.other, basis: say[pay.basis], rate: pay.rate_minor, days: line.days, hours: line.minutes, minutes: line.minutes, cachets,
      counted_hours: pay.basis === 'cachet' ? cachets * unemploymentData.cachet_minutes : line.minutes, gross: line.gross_minor,
      allowances: rows.length === 0 && month === firstMonth ? contract.allowances.reduce((sum, one) => sum + timesQuantity(one.amount_minor, one.quantity), 0) : 0,
      currency: pay.currency, hours_source: say[sourceOf(inMonth)], dpae_reference: text(contract.dpae_reference),
    })
  }
  return rows
}

/** Days whose end does not come after their start: their hours would be counted as none. Said before the file is given. */
export const reversedDays = (contracts: readonly PayVariablesFacts[]): { contract_id: string; date: LocalDate }[] =>
  contracts.flatMap(({ contract_id, days }) => days.filter((day) => toMs(worked(day).end_at) <= toMs(worked(day).start_at)).map(({ date }) => ({ contract_id, date })))

const fractions = new Map<string, number>()
function fractionOf(currency: string): number {
  let digits = fractions.get(currency)
  if (digits === undefined) fractions.set(currency, (digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2))
  return digits
}
/** An integer with its last digits after the decimal mark, exact. */
function decimal(value: number, digits: number, language: ContractLanguage): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}${language === 'fr' ? ',' : '.'}${text.slice(-digits)}`
  return value < 0 ? `-${whole}` : whole
}

function cellOf(name: PayColumn, row: PayRow, language: ContractLanguage): string {
  const value = row[name]
  if (value === null) return ''
  if (typeof value === 'string') {
    if (payColumns[name].kind !== 'date') return safeText(value)
    const [year = '', month = '', day = ''] = value.split('-')
    return language === 'fr' ? `${day}/${month}/${year}` : value
  }
  switch (payColumns[name].kind) {
    case 'money':
      return decimal(value, fractionOf(String(row.currency)), language)
    case 'hours':
      return decimal(Math.round((value * 100) / 60), 2, language)
    default:
      return String(value)
  }
}

/** What a spreadsheet would take for a formula, also after a tab or a line break or in wide signs, is made text (OWASP). */
const safeText = (text: string): string => (/^[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text)
const quoted = (text: string, separator: string): string => (text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)

/**
 * RFC 4180 with CRLF, UTF-8 with a byte order mark; in French `;`, decimal commas and `18/06/2027`, in English `,`, decimal points and `2027-06-18`.
 * The first line is the head.
 */
export function payCsv(rows: readonly PayRow[], language: ContractLanguage): string {
  const separator = language === 'fr' ? ';' : ','
  const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`
  return `\ufeff${line(payColumnNames.map((name) => payColumns[name][language]))}${rows.map((row) => line(payColumnNames.map((name) => cellOf(name, row, language)))).join('')}`
}
