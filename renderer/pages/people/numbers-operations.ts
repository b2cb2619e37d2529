import { z } from 'zod'
import { paperKinds, vaultKinds } from '../../../shared/domain/personal-data/model.ts'
import { declare } from '../../app/client.ts'

const Kind = z.enum(vaultKinds)
const Warning = z.object({ issue: z.string(), expected: z.string() })

/** The host's: numbers are checked, sealed and opened there. */
export const readNumbers = declare('vault.read', z.object({ collaborator_id: z.string() }), z.object({ items: z.array(z.object({ kind: Kind, masked: z.string().nullable(), readable: z.boolean(), updated_at: z.string() })) }))
export const storeNumber = declare('vault.store', z.object({ collaborator_id: z.string(), kind: Kind, number: z.string() }), z.object({ masked: z.string(), warnings: z.array(Warning) }))
export const revealNumber = declare('vault.reveal', z.object({ collaborator_id: z.string(), kind: Kind, reason: z.string() }), z.object({ number: z.string() }))

export const storePaper = declare('vault.store_paper', z.object({ collaborator_id: z.string(), kind: z.string(), expires_on: z.string().nullable(), name: z.string(), content_base64: z.string() }), z.object({ id: z.string() }))
export const showPaper = declare('vault.show_paper', z.object({ collaborator_id: z.string(), id: z.string(), reason: z.string() }), z.object({ kind: z.enum(paperKinds), name: z.string(), type: z.string(), content_base64: z.string() }))
export const vaultKeyState = declare('vault.key_state', z.object({}), z.object({ at_server: z.boolean(), held: z.boolean(), needed: z.boolean() }))
export const printVaultKey = declare('vault.print_key', z.object({ password: z.string() }), z.object({ key: z.string() }))
export const enterVaultKey = declare('vault.enter_key', z.object({ key: z.string() }), z.object({}))
export const printContract = declare('vault.print_contract', z.object({ id: z.string(), whole: z.boolean(), reason: z.string() }), z.object({ file_name: z.string(), media_type: z.string(), base64: z.string() }))
