/**
 * Every variable that a clause may name, the kinds of contract that have it, and its text from the facts. The names are those of the
 * missing-field list, of the mandatory mentions and of templates people write. A condition is asked with `{{#if}}` and never printed.
 */
import { firstDayOf, lastDayOf, placesOf, type ContractFacts, type EmploymentFacts, type HouseFacts, type OtherPartyFacts, type PayFacts } from './facts.ts'
import type { ContractKind } from './rules.ts'
import { count, listed, oneLine, periodicityWords, recordingWords, riskWords, sayAllowance, sayBody, sayDate, sayLength, sayLicence, sayMoney, sayPay, saySiren, saySiret, sayStretch } from './said.ts'
import { totalsOf } from './totals.ts'

export interface Variable {
  kinds: readonly ContractKind[]
  /** null: not known. Several lines are parted by `\n`. */
  text: (facts: ContractFacts) => string | null
}
export interface Condition {
  kinds: readonly ContractKind[]
  holds: (facts: ContractFacts) => boolean
}

const all = ['cddu', 'artist', 'vendor', 'client'] as const
const employment = ['cddu', 'artist'] as const

const filled = (text: string | null | undefined): string | null => (text == null || text.trim() === '' ? null : text.trim())
const lines = (items: readonly string[]): string | null => (items.length === 0 ? null : items.join('\n'))

function houseVariables(prefix: string, kinds: readonly ContractKind[]): [string, Variable][] {
  const of = (text: (house: HouseFacts, facts: ContractFacts) => string | null): Variable => ({ kinds, text: (facts) => text(facts.house, facts) })
  const named: Record<string, Variable> = {
    name: of(({ name }) => filled(name)),
    legal_form: of(({ legal_form }) => filled(legal_form)),
    address: of(({ address }) => (filled(address) === null ? null : oneLine(address ?? ''))),
    siren: of(({ siren, siret }) => (filled(siren) !== null ? saySiren(siren ?? '') : filled(siret) !== null ? saySiren((siret ?? '').slice(0, 9)) : null)),
    siret: of(({ siret }) => (filled(siret) === null ? null : saySiret(siret ?? ''))),
    ape: of(({ ape }) => filled(ape)),
    vat_number: of(({ vat_number }) => filled(vat_number)),
    signatory: of(({ signatory_name }) => filled(signatory_name)),
    capacity: of(({ signatory_capacity }) => filled(signatory_capacity)),
    licences: of(({ licences }, { language }) => filled(listed(licences.map((one) => sayLicence(one, language)), language))),
  }
  return Object.entries(named).map(([name, variable]) => [`${prefix}.${name}`, variable])
}

function otherVariables(prefix: string, kinds: readonly ContractKind[], person: boolean): [string, Variable][] {
  const of = (text: (other: OtherPartyFacts, facts: ContractFacts) => string | null): Variable => ({ kinds, text: (facts) => text(facts.other, facts) })
  const common: Record<string, Variable> = {
    name: of(({ name }) => filled(name)),
    address: of(({ address }) => (filled(address) === null ? null : oneLine(address ?? ''))),
  }
  const own: Record<string, Variable> = person
    ? {
        alias: of(({ alias }) => filled(alias)),
        birth_date: of(({ birth_date }, { language }) => (birth_date === null ? null : sayDate(birth_date, language))),
        nir: of(({ nir_masked }) => filled(nir_masked)),
        fund_number: of(({ fund_number }) => filled(fund_number)),
      }
    : {
        legal_form: of(({ legal_form }) => filled(legal_form)),
        siret: of(({ siret }) => (filled(siret) === null ? null : saySiret(siret ?? ''))),
        vat_number: of(({ vat_number }) => filled(vat_number)),
        signatory: of(({ signatory_name }) => filled(signatory_name)),
        capacity: of(({ signatory_capacity }) => filled(signatory_capacity)),
      }
  return Object.entries({ ...common, ...own }).map(([name, variable]) => [`${prefix}.${name}`, variable])
}

const work = (text: (work: EmploymentFacts, facts: ContractFacts) => string | null): Variable => ({
  kinds: employment, text: (facts) => (facts.employment === null ? null : text(facts.employment, facts)),
})

const workVariables: Record<string, Variable> = {
  'work.production': work(({ production_title }) => filled(production_title)),
  'work.temporary_reason': work(({ temporary_reason }) => filled(temporary_reason)),
  'work.object_number': work(({ object_number }) => filled(object_number)),
  'work.function': work(({ function_title }) => filled(function_title)),
  'work.part': work(({ part }) => filled(part)),
  'work.status': work(({ is_executive }, { language }) =>
    is_executive === null ? null : language === 'fr' ? (is_executive ? 'cadre' : 'non-cadre') : is_executive ? 'executive (cadre)' : 'non-executive (non-cadre)'),
  'work.agreement': work(({ agreement_title }) => filled(agreement_title)),
  'work.idcc': work(({ idcc }) => filled(idcc)),
  'work.trial': work(({ trial_days }, { language }) =>
    trial_days === null || trial_days === 0 ? null : count(trial_days, { fr: ['jour', 'jours'], en: ['day', 'days'] }, language)),
  'work.day_hours': work(({ day_minutes }, { language }) => (day_minutes === null ? null : sayLength(day_minutes, language))),
  'work.week_hours': work(({ week_minutes }, { language }) => (week_minutes === null ? null : sayLength(week_minutes, language))),
  'work.performances': work(({ performances }, { language }) =>
    performances === null ? null : count(performances, { fr: ['représentation', 'représentations'], en: ['performance', 'performances'] }, language)),
  'work.rehearsals': work(({ rehearsals }, { language }) =>
    rehearsals === null ? null : count(rehearsals, { fr: ['service de répétition', 'services de répétition'], en: ['rehearsal service', 'rehearsal services'] }, language)),
  'work.periodicity': work(({ pay_periodicity }, { language }) => (pay_periodicity === null ? null : periodicityWords[pay_periodicity][language])),
  'work.overtime': work(({ overtime }) => filled(overtime)),
  'work.pension': work(({ pension }) => (pension === null ? null : sayBody(pension))),
  'work.welfare': work(({ welfare }) => (welfare === null ? null : sayBody(welfare))),
  'work.leave_fund': work(({ leave_fund }) => (leave_fund === null ? null : sayBody(leave_fund))),
  /** Sentences. */
  'work.risk': work(({ risky_post }, { language }) => (risky_post === null ? null : riskWords[risky_post ? 'risky' : 'usual'][language])),
  'work.recording': work(({ recording }, { language }) => (recording === null ? null : recordingWords[recording][language])),
  'work.dpae': work(({ dpae_reference }) => filled(dpae_reference)),
}

const common: Record<string, Variable> = {
  'contract.reference': { kinds: all, text: ({ reference }) => filled(reference) },
  'contract.amends': { kinds: all, text: ({ amends_reference }) => filled(amends_reference) },
  'contract.amendment': { kinds: all, text: ({ amendment }) => (amendment === 0 ? null : String(amendment)) },
  'contract.project': { kinds: all, text: ({ project_name }) => filled(project_name) },
  'contract.start': { kinds: all, text: (facts) => said(firstDayOf(facts), facts) },
  'contract.end': { kinds: all, text: (facts) => said(lastDayOf(facts), facts) },
  'contract.schedule': { kinds: all, text: ({ days, zone, language }) => lines(days.map((day) => sayStretch(day, zone, language))) },
  'contract.places': { kinds: all, text: (facts) => filled(listed(placesOf(facts), facts.language)) },
  'contract.days': { kinds: all, text: (facts) => (facts.days.length === 0 ? null : count(new Set(facts.days.map(({ date }) => date)).size, { fr: ['jour', 'jours'], en: ['day', 'days'] }, facts.language)) },
  'contract.hours': { kinds: all, text: (facts) => ofTotals(facts, ({ minutes }) => (minutes === 0 ? null : sayLength(minutes, facts.language))) },
  'contract.pay': { kinds: all, text: (facts) => (facts.pay.length === 0 ? null : ofTotals(facts, (totals) => lines(totals.lines.map((line) => sayPay(line, facts.language))))) },
  'contract.gross_total': { kinds: all, text: (facts) => (facts.pay.length === 0 ? null : ofTotals(facts, ({ gross_minor, currency }) => sayMoney(gross_minor, currency, facts.language))) },
  'contract.price': { kinds: all, text: ({ price_minor, currency, language }) => (price_minor === null ? null : sayMoney(price_minor, currency, language)) },
  'contract.allowances': { kinds: all, text: ({ allowances, language }) => lines(allowances.map((one) => sayAllowance(one, language))) },
  'contract.governing_law': { kinds: all, text: ({ governing_law }) => filled(governing_law) },
  'contract.termination': { kinds: all, text: ({ termination }) => filled(termination) },
  'contract.renewal': { kinds: all, text: ({ renewal }) => filled(renewal) },
  'contract.attachments': { kinds: all, text: ({ attachments }) => lines(attachments) },
  'contract.signed_place': { kinds: all, text: ({ signature }) => filled(signature.place) },
  'contract.signed_on': { kinds: all, text: ({ signature, language }) => (signature.on === null ? null : sayDate(signature.on, language)) },
  'contract.originals': { kinds: all, text: ({ signature }) => (signature.originals === null ? null : String(signature.originals)) },
}

const said = (date: ReturnType<typeof firstDayOf>, { language }: ContractFacts): string | null => (date === null ? null : sayDate(date, language))

function ofTotals(facts: ContractFacts, text: (totals: Extract<ReturnType<typeof totalsOf>, { ok: true }>['value']) => string | null): string | null {
  const totals = totalsOf(facts)
  return totals.ok ? text(totals.value) : null
}

const typed = (kind: ContractKind, text: (facts: ContractFacts) => string | null | undefined): Variable => ({ kinds: [kind], text: (facts) => filled(text(facts)) })
const terms: Record<string, Variable> = {
  'artist.deliverables': typed('artist', ({ artist }) => artist?.deliverables),
  'artist.exclusivity': typed('artist', ({ artist }) => artist?.exclusivity),
  'artist.royalties': typed('artist', ({ artist }) => artist?.royalties),
  'artist.territory': typed('artist', ({ artist }) => artist?.territory),
  'artist.usage': typed('artist', ({ artist }) => artist?.usage),
  'terms.scope': { kinds: ['vendor', 'client'], text: ({ kind, vendor, client }) => filled(kind === 'vendor' ? vendor?.scope : client?.scope) },
  'terms.service_level': typed('vendor', ({ vendor }) => vendor?.service_level),
  'terms.rate_card': typed('vendor', ({ vendor }) => vendor?.rate_card),
  'terms.invoicing_schedule': typed('vendor', ({ vendor }) => vendor?.invoicing_schedule),
  'terms.milestones': typed('client', ({ client }) => client?.milestones),
  'terms.acceptance_criteria': typed('client', ({ client }) => client?.acceptance_criteria),
  'terms.payment_schedule': typed('client', ({ client }) => client?.payment_schedule),
  'terms.change_control': typed('client', ({ client }) => client?.change_control),
}

/** By name, in the order in which the editor lists them. */
export const variables: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ...Object.entries(common),
  ...houseVariables('employer', employment), ...otherVariables('employee', employment, true),
  ...houseVariables('customer', ['vendor']), ...otherVariables('vendor', ['vendor'], false),
  ...houseVariables('provider', ['client']), ...otherVariables('client', ['client'], false),
  ...Object.entries(workVariables), ...Object.entries(terms),
])

/** By the hour or the day: hours beyond the reference are paid apart. */
export const isPaidByTime = (pay: readonly PayFacts[]): boolean => pay.some(({ basis }) => basis === 'hourly' || basis === 'daily')

const workCondition = (holds: (work: EmploymentFacts) => boolean): Condition => ({ kinds: employment, holds: ({ employment: facts }) => facts !== null && holds(facts) })

/** By name. A variable is a condition too: it holds when its text is known. */
export const conditions: ReadonlyMap<string, Condition> = new Map<string, Condition>([
  ...all.map((kind): [string, Condition] => [`kind.${kind}`, { kinds: all, holds: (facts) => facts.kind === kind }]),
  ['is.amendment', { kinds: all, holds: ({ amendment }) => amendment > 0 }],
  ['is.live', workCondition(({ is_live }) => is_live)],
  ['is.object_number_due', workCondition(({ object_number_due }) => object_number_due)],
  ['is.exploited', workCondition(({ recording }) => recording === 'full')],
  ['is.paid_by_time', { kinds: employment, holds: ({ pay }) => isPaidByTime(pay) }],
  ['is.trial', workCondition(({ trial_days }) => trial_days === null || trial_days > 0)],
])

/** Text of a variable for these facts; null when it is not known, or not of this kind of contract. */
export function valueOf(name: string, facts: ContractFacts): string | null {
  const variable = variables.get(name)
  return variable !== undefined && variable.kinds.includes(facts.kind) ? variable.text(facts) : null
}

/** Whether a variable or condition exists for a kind of contract. */
export const isKnownName = (name: string, kind: ContractKind): boolean => (variables.get(name) ?? conditions.get(name))?.kinds.includes(kind) ?? false
export const isPrintable = (name: string): boolean => variables.has(name)

export function holds(name: string, facts: ContractFacts): boolean {
  const condition = conditions.get(name)
  if (condition !== undefined) return condition.kinds.includes(facts.kind) && condition.holds(facts)
  return valueOf(name, facts) !== null
}
