/**
 * Everything a contract says, gathered from rows before anything is written: templates, the list of mandatory mentions, the PDF and the
 * pay variables read this and nothing else. `null`, or an empty list, is "not known": shown as missing where it is needed.
 *
 * Amounts are integers of minor units; minutes are whole. No number of the person is here but an already masked one.
 */
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import type { rateBases } from '../organization/model.ts'
import type { ContractKind } from './rules.ts'

export type ContractLanguage = 'fr' | 'en'
export type RateBasis = (typeof rateBases)[number]

/** The organization that keeps this contract: employer, customer of a vendor, or provider of a client. */
export interface HouseFacts {
  /** Legal name; the usual one where there is no other. */
  name: string | null
  legal_form: string | null
  address: string | null
  siren: string | null
  siret: string | null
  ape: string | null
  vat_number: string | null
  signatory_name: string | null
  signatory_capacity: string | null
  /** Entertainment licences: numbers with their category. */
  licences: readonly LicenceFacts[]
}

export interface LicenceFacts {
  number: string
  /** 1 venue, 2 producer, 3 diffuser; null: not typed. */
  category: 1 | 2 | 3 | null
}

/** The other side: the person employed, the vendor or the client. */
export interface OtherPartyFacts {
  /** Civil name of a person, legal name of a company. */
  name: string | null
  /** Artist's name or pseudonym, where there is one. */
  alias: string | null
  address: string | null
  birth_date: LocalDate | null
  /** `1 85 •• •• …`, made by the vault's holder; null: none known, or not shown to who makes the contract. */
  nir_masked: string | null
  /** Number of leave fund and pension (Audiens), where one is known. */
  fund_number: string | null
  /** Of a company. */
  legal_form: string | null
  siret: string | null
  vat_number: string | null
  signatory_name: string | null
  signatory_capacity: string | null
}

/** One stretch of work on one day, of one assignment. */
export interface DayFacts {
  assignment_id: string
  /** Local date of the first start in `zone`: a night belongs to the day it begins. */
  date: LocalDate
  start_at: Instant
  end_at: Instant
  zone: string
  /** Unpaid. */
  break_minutes: number
  /** What is done: title of the mission. */
  label: string
  place: string | null
}

/** What is paid for one assignment. */
export interface PayFacts {
  assignment_id: string
  basis: RateBasis
  rate_minor: number
  currency: string
  /** Of a `cachet` rate: how many; 0 of another. */
  cachets: number
}

export interface AllowanceFacts {
  /** `Indemnité de repas`, as it is printed. */
  label: string
  amount_minor: number
  currency: string
  /** In 1/10,000: 2 meals are 20,000. */
  quantity: number
}

export interface BodyFacts {
  name: string
  address: string | null
}

export const payPeriodicities = ['monthly', 'end_of_engagement', 'weekly'] as const
export type PayPeriodicity = (typeof payPeriodicities)[number]

/** What is recorded of the work, and what may be done with it: the person's own words come as clauses. */
export const recordingRights = ['none', 'promotion', 'full'] as const
export type RecordingRights = (typeof recordingRights)[number]

export interface EmploymentFacts {
  /** Title of the show, film or episode. */
  production_title: string | null
  /** Why the work is temporary by nature: dates of the run, shooting schedule, creation. */
  temporary_reason: string | null
  /** Staged before an audience: the interbranch agreement of 24 June 2008 and the licence concern it. */
  is_live: boolean
  /** 12 characters; null: none given, or none is asked for. */
  object_number: string | null
  /** Whether a numéro d'objet is asked for: work of annexes 8 and 10. */
  object_number_due: boolean
  /** Function as the agreement names it. */
  function_title: string | null
  /** Of a performer. */
  part: string | null
  is_executive: boolean | null
  /** A post of particular risk asks for reinforced safety training (L. 4154-2). */
  risky_post: boolean | null
  agreement_title: string | null
  /** 4 digits. */
  idcc: string | null
  /** 0: none. null: not decided. */
  trial_days: number | null
  /** Reference hours. */
  day_minutes: number | null
  week_minutes: number | null
  performances: number | null
  rehearsals: number | null
  pay_periodicity: PayPeriodicity | null
  /** How hours beyond the reference are paid: a sentence. */
  overtime: string | null
  pension: BodyFacts | null
  welfare: BodyFacts | null
  leave_fund: BodyFacts | null
  recording: RecordingRights | null
  /** Reference of the declaration before hiring. */
  dpae_reference: string | null
}

/** An artist's contract, beside employment. Sentences, as typed. */
export interface ArtistFacts {
  deliverables: string | null
  exclusivity: string | null
  royalties: string | null
  territory: string | null
  usage: string | null
}

export interface VendorFacts {
  scope: string | null
  service_level: string | null
  rate_card: string | null
  invoicing_schedule: string | null
}

export interface ClientFacts {
  scope: string | null
  milestones: string | null
  acceptance_criteria: string | null
  payment_schedule: string | null
  change_control: string | null
}

export interface ContractFacts {
  kind: ContractKind
  language: ContractLanguage
  /** null: a preview, which has none. */
  reference: string | null
  /** 0: the contract; 1 and more: its amendments. */
  amendment: number
  /** Reference of the contract that an amendment changes. */
  amends_reference: string | null
  project_name: string | null
  project_code: string | null
  /** Of the project: dates of the contract are read on its clocks. */
  zone: string
  currency: string
  house: HouseFacts
  other: OtherPartyFacts
  /** In order of their start. Empty for a framework. */
  days: readonly DayFacts[]
  /** Where there are no days: the window of a framework or of a client's contract. */
  starts_on: LocalDate | null
  ends_on: LocalDate | null
  pay: readonly PayFacts[]
  allowances: readonly AllowanceFacts[]
  /** Price agreed with a vendor or a client, where it is no sum of rates. */
  price_minor: number | null
  employment: EmploymentFacts | null
  artist: ArtistFacts | null
  vendor: VendorFacts | null
  client: ClientFacts | null
  governing_law: string | null
  termination: string | null
  renewal: string | null
  attachments: readonly string[]
  signature: {
    place: string | null
    on: LocalDate | null
    originals: number | null
    house: SignatureFacts | null
    other: SignatureFacts | null
  }
}

export interface SignatureFacts {
  name: string
  at: Instant
}

/** First day of work, or the first of a framework. */
export const firstDayOf = ({ days, starts_on }: Pick<ContractFacts, 'days' | 'starts_on'>): LocalDate | null =>
  days.reduce<LocalDate | null>((first, { date }) => (first === null || date < first ? date : first), null) ?? starts_on

/** Last day of work: the one on which the last stretch begins. */
export const lastDayOf = ({ days, ends_on }: Pick<ContractFacts, 'days' | 'ends_on'>): LocalDate | null =>
  days.reduce<LocalDate | null>((last, { date }) => (last === null || date > last ? date : last), null) ?? ends_on

/** Places of work, each once, in the order of the days. */
export const placesOf = ({ days }: Pick<ContractFacts, 'days'>): string[] => [...new Set(days.flatMap(({ place }) => (place === null || place.trim() === '' ? [] : [place.trim()])))]
