import { z } from 'zod'
import { languages, workKinds } from '../../../shared/domain/organization/model.ts'

const maybe = z.string().nullish()
/** The organization as its settings read it. */
export const Identity = z.object({
  id: z.string(), version: z.number(), name: z.string(), kind: z.enum(workKinds), legal_name: maybe, legal_form: maybe, address: maybe, siren: maybe, siret: maybe, vat_number: maybe, ape: maybe, idcc: maybe,
  licences: z.array(z.string()).nullish(), brand_line: maybe, logo_sha256: maybe, default_language: z.enum(languages), default_zone: z.string(), default_currency: z.string(),
  publish_needs_two_people: z.boolean(), planners_read_rates: z.boolean(), managers_read_audit: z.boolean(),
})
export type Identity = z.infer<typeof Identity>
