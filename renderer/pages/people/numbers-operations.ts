import { z } from 'zod'
import { vaultKinds } from '../../../shared/domain/personal-data/model.ts'
import { declare } from '../../app/client.ts'

const Kind = z.enum(vaultKinds)
const Warning = z.object({ issue: z.string(), expected: z.string() })

/** The host's: numbers are checked, sealed and opened there. */
export const readNumbers = declare('vault.read', z.object({ collaborator_id: z.string() }), z.object({ items: z.array(z.object({ kind: Kind, masked: z.string().nullable(), readable: z.boolean(), updated_at: z.string() })) }))
export const storeNumber = declare('vault.store', z.object({ collaborator_id: z.string(), kind: Kind, number: z.string() }), z.object({ masked: z.string(), warnings: z.array(Warning) }))
export const revealNumber = declare('vault.reveal', z.object({ collaborator_id: z.string(), kind: Kind, reason: z.string() }), z.object({ number: z.string() }))
