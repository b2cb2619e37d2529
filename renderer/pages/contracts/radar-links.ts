/** Where what the radar says is settled. Pure: a line in, an address out. */
import { z } from 'zod'
import { paths } from '../../app/routes.ts'

const maybe = z.string().nullable()
/** A line of the radar, as the core says it. */
export const RadarLine = z.object({
  rule: z.string(), article: z.string(), unsure: z.boolean(), subject: z.object({ entity: z.string(), id: z.string() }), contract_id: maybe, collaborator_id: maybe, name: maybe, due: z.string(), due_at: maybe,
  days_left: z.number(), late: z.boolean(), severity: z.enum(['info', 'warning', 'severe']), who: z.string(), month: maybe, estimated: z.boolean(),
})
export type RadarLine = z.infer<typeof RadarLine>

/** The contract; without one, whom it waits for; the organization's licences; the person's own record. Null: nowhere here. */
export function radarPath({ subject, contract_id, collaborator_id }: Pick<RadarLine, 'subject' | 'contract_id' | 'collaborator_id'>, org: string, project: string): string | null {
  if (contract_id !== null) return paths.contract(org, project, contract_id)
  switch (subject.entity) {
    case 'hire':
      return `${paths.contracts(org, project)}?phase=to_prepare`
    case 'project':
      return `${paths.contracts(org, project)}?phase=draft,review,approved`
    case 'licence':
      return paths.settings(org, 'identity')
    default:
      return collaborator_id === null ? null : `${paths.people(org)}?sel=${collaborator_id}`
  }
}
