/** A contract as its page reads it. */
import { z } from 'zod'
import { contractFileKinds, requestStates, signingMethods } from '../../../../shared/domain/contracts/model.ts'
import { payPeriodicities, recordingRights } from '../../../../shared/domain/contracts/facts.ts'
import { contractKinds, contractVersionStates, requestKinds } from '../../../../shared/domain/contracts/kinds.ts'
import { assignmentStates as engagementStates } from '../../../../shared/domain/planning/model.ts'
import { languages } from '../../../../shared/domain/organization/model.ts'
import { isInstant } from '../../../../shared/kernel/instants.ts'
import type { Instant } from '../../../../shared/kernel/instants.ts'

const maybe = z.string().nullish().transform((value) => value ?? null)
const maybeNumber = z.number().nullish().transform((value) => value ?? null)
const maybeFlag = z.boolean().nullish().transform((value) => value ?? null)
const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)

export const Allowance = z.object({ label: z.string(), amount_minor: z.number(), currency: z.string(), quantity: z.number() })
export type Allowance = z.infer<typeof Allowance>

export const Typed = z.object({
  language: z.enum(languages), template_id: maybe, title: maybe, starts_on: maybe, ends_on: maybe, price_minor: maybeNumber, allowances: z.array(Allowance), production_title: maybe, temporary_reason: maybe, is_live: maybeFlag,
  object_number: maybe, object_number_due: z.boolean(), function_title: maybe, is_executive: maybeFlag, risky_post: maybeFlag, trial_days: maybeNumber, day_minutes: maybeNumber, week_minutes: maybeNumber,
  performances: maybeNumber, rehearsals: maybeNumber, pay_periodicity: z.enum(payPeriodicities).nullable(), overtime: maybe, recording: z.enum(recordingRights).nullable(), dpae_reference: maybe, deliverables: maybe,
  exclusivity: maybe, royalties: maybe, territory: maybe, usage: maybe, scope: maybe, service_level: maybe, rate_card: maybe, invoicing_schedule: maybe, milestones: maybe, acceptance_criteria: maybe,
  payment_schedule: maybe, change_control: maybe, governing_law: maybe, termination: maybe, renewal: maybe, attachments: z.array(z.string()), other_legal_form: maybe, other_signatory_name: maybe,
  other_signatory_capacity: maybe, signature_place: maybe, originals: z.number(),
})
export type Typed = z.infer<typeof Typed>

const Signature = z.object({ name: z.string(), at: instant, method: z.enum(signingMethods), image_sha256: maybe, content_hash: z.string() }).nullish().transform((value) => value ?? null)

export const VersionRow = Typed.extend({
  id: z.string(), version: z.number(), contract_id: z.string(), number: z.number(), former_version_id: maybe, state: z.enum(contractVersionStates), state_reason: maybe, approved_at: maybeInstant, sent_at: maybeInstant,
  signed_at: maybeInstant, activated_at: maybeInstant, ended_at: maybeInstant, house_signature: Signature, other_signature: Signature, content_hash: maybe, created_at: maybeInstant,
})
export type VersionRow = z.infer<typeof VersionRow>
export type KeptSignature = NonNullable<VersionRow['house_signature']>

export const FileRow = z.object({ id: z.string(), contract_version_id: z.string(), kind: z.enum(contractFileKinds), name: z.string(), type: z.string(), size: z.number(), sha256: z.string(), created_at: instant })
export type FileRow = z.infer<typeof FileRow>
export const RequestRow = z.object({
  id: z.string(), version: z.number(), kind: z.enum(requestKinds), state: z.enum(requestStates), cause: z.string(), words: maybe, created_at: instant, settled_at: maybeInstant, settled_words: maybe, can: z.array(z.string()),
})
export type RequestRow = z.infer<typeof RequestRow>
export const CoveredRow = z.object({ id: z.string(), mission_id: z.string(), state: z.enum(engagementStates), start_at: instant, end_at: instant })
export type CoveredRow = z.infer<typeof CoveredRow>

const Body = z.object({ name: z.string(), address: maybe }).nullish().transform((value) => value ?? null)
/** What the page shows of the facts: the paper says them all. */
export const Facts = z.object({
  kind: z.enum(contractKinds), zone: z.string(), currency: z.string(), project_name: maybe,
  house: z.object({ name: maybe, signatory_name: maybe, signatory_capacity: maybe }),
  other: z.object({ name: maybe, alias: maybe, address: maybe, siret: maybe, birth_date: maybe, signatory_name: maybe }),
  days: z.array(z.object({ assignment_id: z.string(), date: z.string(), start_at: instant, end_at: instant, zone: z.string(), break_minutes: z.number(), label: z.string(), place: maybe })),
  pay: z.array(z.object({ assignment_id: z.string(), basis: z.string(), rate_minor: z.number(), currency: z.string(), cachets: z.number() })),
  employment: z.object({
    production_title: maybe, is_live: maybeFlag, function_title: maybe, agreement_title: maybe, idcc: maybe, pay_periodicity: maybe, overtime: maybe, pension: Body, welfare: Body, leave_fund: Body,
  }).nullable(),
  governing_law: maybe, signature: z.object({ place: maybe }),
})
export type Facts = z.infer<typeof Facts>

export const Missing = z.object({ key: z.string(), article: maybe, where: maybe, names: z.array(z.string()) })
export type Missing = z.infer<typeof Missing>

export const ContractRecord = z.object({
  contract: z.object({ id: z.string(), version: z.number(), project_id: z.string(), kind: z.enum(contractKinds), title: maybe, reference: z.string(), collaborator_id: maybe, party_id: maybe, active_version_id: maybe }),
  name: maybe, can: z.array(z.string()),
  versions: z.array(z.object({ row: VersionRow, can: z.array(z.string()) })),
  shown: z.object({ version_id: z.string(), facts: Facts, missing: z.array(Missing), ready: z.boolean(), frozen: z.boolean() }),
  assignments: z.array(CoveredRow), requests: z.array(RequestRow), documents: z.array(FileRow),
})
export type ContractRecord = z.infer<typeof ContractRecord>
