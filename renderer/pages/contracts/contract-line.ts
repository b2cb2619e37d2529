import { z } from 'zod'
import { contractPhases } from '../../../shared/domain/contracts/phases.ts'
import { contractKinds, requestKinds } from '../../../shared/domain/contracts/kinds.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const maybe = z.string().nullable()
const instant = z.custom<Instant>(isInstant).nullable()

/** A contract, or accepted work that has none yet, as `contract.lines` says it. */
export const ContractLine = z.object({
  id: z.string(), contract_id: maybe, version_id: maybe, number: z.number().nullable(), phase: z.enum(contractPhases), state: z.string(), kind: z.enum(contractKinds), reference: maybe, title: maybe, name: maybe,
  collaborator_id: maybe, party_id: maybe, first_day: maybe, last_day: maybe, assignment_ids: z.array(z.string()), mission_ids: z.array(z.string()), missions: z.array(z.string()), sent_at: instant, signed_at: instant,
  house_signed: maybe, other_signed: maybe, requests: z.array(z.enum(requestKinds)), missing: z.number().nullable(), gross_minor: z.number().nullable(), currency: maybe, can: z.array(z.string()),
})
export type ContractLine = z.infer<typeof ContractLine>

/** The steps that are taken for many at once: those that ask for no words. */
export const manySteps = ['submit', 'approve', 'send', 'activate'] as const
export type ManyStep = (typeof manySteps)[number]

export const isWaiting = (row: ContractLine): boolean => row.phase === 'to_prepare'
/** Of what cannot be done on a row, the row is left out of the gesture. */
export const mayStep = (row: ContractLine, step: ManyStep): boolean => row.can.includes(`contract.${step}`)

/** What many rows offer, in the order of the ladder: how many of them may take each step. */
export function stepsOffered(rows: readonly ContractLine[]): { step: ManyStep; count: number }[] {
  return manySteps.map((step) => ({ step, count: rows.filter((row) => mayStep(row, step)).length })).filter(({ count }) => count > 0)
}
