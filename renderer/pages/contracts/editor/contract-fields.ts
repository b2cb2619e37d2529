/** What is typed of a contract, by kind and section, and where each fact that it waits for is entered. Pure: names in, names out. */
import { isEmployment } from '../../../../shared/domain/contracts/kinds.ts'
import type { ContractKind } from '../../../../shared/domain/contracts/kinds.ts'
import type { typedFields } from '../../../../shared/domain/contracts/model.ts'

export type TypedField = (typeof typedFields)[number]

/** How a field is entered. `hours`: minutes, typed as `8h`; `flag`: yes, no or not said; `due`: yes or no. */
export type FieldControl = 'text' | 'area' | 'hours' | 'number' | 'flag' | 'due' | 'day' | 'money' | 'lines' | 'allowances' | 'periodicity' | 'recording' | 'language' | 'template'

const controls: Readonly<Record<TypedField, FieldControl>> = {
  language: 'language', template_id: 'template', title: 'text', starts_on: 'day', ends_on: 'day', price_minor: 'money', allowances: 'allowances', production_title: 'text', temporary_reason: 'area', is_live: 'flag',
  object_number: 'text', object_number_due: 'due', function_title: 'text', is_executive: 'flag', risky_post: 'flag', trial_days: 'number', day_minutes: 'hours', week_minutes: 'hours', performances: 'number',
  rehearsals: 'number', pay_periodicity: 'periodicity', overtime: 'area', recording: 'recording', dpae_reference: 'text', deliverables: 'area', exclusivity: 'area', royalties: 'area', territory: 'text', usage: 'area',
  scope: 'area', service_level: 'area', rate_card: 'area', invoicing_schedule: 'area', milestones: 'area', acceptance_criteria: 'area', payment_schedule: 'area', change_control: 'area', governing_law: 'text',
  termination: 'area', renewal: 'area', attachments: 'lines', other_legal_form: 'text', other_signatory_name: 'text', other_signatory_capacity: 'text', signature_place: 'text', originals: 'number',
}
export const controlOf = (field: TypedField): FieldControl => controls[field]

export const sectionNames = ['object', 'function', 'time', 'period', 'services', 'pay', 'rights', 'declarations', 'terms', 'other', 'document'] as const
export type SectionName = (typeof sectionNames)[number]
export interface FormSection {
  name: SectionName
  fields: readonly TypedField[]
}

const window: FormSection = { name: 'period', fields: ['starts_on', 'ends_on'] }
const terms: FormSection = { name: 'terms', fields: ['termination', 'renewal', 'governing_law', 'attachments'] }
const document: FormSection = { name: 'document', fields: ['language', 'template_id', 'title', 'signature_place', 'originals'] }
const other: FormSection = { name: 'other', fields: ['other_legal_form', 'other_signatory_name', 'other_signatory_capacity'] }

const employment: readonly FormSection[] = [
  { name: 'object', fields: ['production_title', 'temporary_reason', 'is_live', 'object_number_due', 'object_number'] },
  { name: 'function', fields: ['function_title', 'is_executive', 'risky_post'] },
  { name: 'time', fields: ['day_minutes', 'week_minutes', 'performances', 'rehearsals', 'trial_days'] },
  { name: 'pay', fields: ['pay_periodicity', 'overtime', 'allowances'] },
]
const declarations: FormSection = { name: 'declarations', fields: ['dpae_reference'] }

const own: Readonly<Record<ContractKind, readonly FormSection[]>> = {
  cddu: [...employment, { name: 'rights', fields: ['recording'] }, declarations],
  artist: [...employment, { name: 'rights', fields: ['recording', 'deliverables', 'exclusivity', 'usage', 'territory', 'royalties'] }, declarations],
  vendor: [{ name: 'services', fields: ['scope', 'service_level'] }, { name: 'pay', fields: ['price_minor', 'rate_card', 'invoicing_schedule', 'allowances'] }],
  client: [{ name: 'services', fields: ['scope', 'milestones', 'acceptance_criteria', 'change_control'] }, { name: 'pay', fields: ['price_minor', 'payment_schedule', 'allowances'] }],
}

/** The form of a kind. Where assignments give the days, no window is typed. */
export function sectionsOf(kind: ContractKind, hasDays: boolean): readonly FormSection[] {
  return [...(hasDays ? [] : [window]), ...own[kind], terms, ...(isEmployment(kind) ? [] : [other]), document]
}

/** Columns that the form sends: those it shows, and no other. */
export const fieldsOf = (kind: ContractKind, hasDays: boolean): readonly TypedField[] => sectionsOf(kind, hasDays).flatMap(({ fields }) => fields)

/** Where a fact is entered: a field of this form, or a page. */
export type FactPlace = { field: TypedField } | { page: 'identity' | 'employer' | 'project' | 'other' | 'planning' | 'mission' }

/** Variables (variables.ts) that are typed here under another name than theirs. */
const renamed: Readonly<Record<string, TypedField>> = {
  'work.production': 'production_title', 'work.function': 'function_title', 'work.status': 'is_executive', 'work.trial': 'trial_days', 'work.day_hours': 'day_minutes', 'work.week_hours': 'week_minutes',
  'work.periodicity': 'pay_periodicity', 'work.risk': 'risky_post', 'work.dpae': 'dpae_reference', 'contract.price': 'price_minor', 'contract.signed_place': 'signature_place',
}
const ofEmployer: ReadonlySet<string> = new Set(['signatory', 'capacity'])
const ofSettings: ReadonlySet<string> = new Set(['work.agreement', 'work.pension', 'work.welfare', 'work.leave_fund'])
const houses: ReadonlySet<string> = new Set(['employer', 'customer', 'provider'])
const others: ReadonlySet<string> = new Set(['employee', 'vendor', 'client'])
const ofOther: Readonly<Record<string, TypedField>> = { legal_form: 'other_legal_form', signatory: 'other_signatory_name', capacity: 'other_signatory_capacity' }

const isTyped = (name: string): name is TypedField => Object.hasOwn(controls, name)

/** Where the text of a variable comes from; null: nowhere in a contract of this kind (a price in a contract of employment, which only an own template can name). */
export function placeOf(variable: string, kind: ContractKind, hasDays: boolean): FactPlace | null {
  const place = sourceOf(variable, hasDays)
  return 'field' in place && !fieldsOf(kind, hasDays).includes(place.field) ? null : place
}

function sourceOf(variable: string, hasDays: boolean): FactPlace {
  const [family = '', name = ''] = variable.split('.')
  if (houses.has(family)) return { page: ofEmployer.has(name) ? 'employer' : 'identity' }
  if (others.has(family)) {
    const field = ofOther[name]
    return field === undefined ? { page: 'other' } : { field }
  }
  if (ofSettings.has(variable)) return { page: 'employer' }
  if (variable === 'work.idcc') return { page: 'project' }
  if (variable === 'contract.start' || variable === 'contract.end') return hasDays ? { page: 'planning' } : { field: variable === 'contract.start' ? 'starts_on' : 'ends_on' }
  if (variable === 'contract.places') return { page: 'mission' }
  const field = renamed[variable] ?? name
  return isTyped(field) ? { field } : { page: 'planning' }
}
