/** Commands on one whole organization: its full export, the proof of its audit log. */
import { z } from 'zod'
import { withCore, type Who } from './asking.ts'
import { Refused } from './failure.ts'

export interface OrganizationCommand extends Who {
  data?: string | undefined
  org?: string | undefined
}

/** Writes everything that the organization holds to one zip; answers where, with counts and checksum. */
export function exportOrganization(command: OrganizationCommand): Promise<unknown> {
  return withCore(command, (run) => run.ask('export.full', {}, { org: command.org }))
}

const Verified = z.looseObject({ whole: z.boolean(), broken_at: z.number().optional(), why: z.string().optional() })

/** Walks the whole audit chain. A broken chain is a refusal, `audit.broken`, so that scripts see it by the exit code. */
export async function verifyAudit(command: OrganizationCommand): Promise<unknown> {
  const found = Verified.parse(await withCore(command, (run) => run.ask('audit.verify', {}, { org: command.org })))
  if (found.whole) return found
  const details = [{ field: 'position', issue: 'broken', expected: null, found: found.broken_at === undefined ? null : String(found.broken_at) }]
  throw new Refused({ code: 'audit.broken', message: found.why ?? 'The audit log was altered.', details })
}
