import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { identityPaper, paperKinds, vaultItem, vaultKinds } from './model.ts'

const Kind = z.enum(vaultKinds)
const ofPerson = { kind: 'person', id: (input: { collaborator_id: z.infer<typeof wire.id> }) => input.collaborator_id } as const

/** Asked by the host, which has checked and sealed the number: commands, parcels and the log hold cipher text only. */
export const putVaultItem = command({
  name: 'vault.put',
  about: 'Keeps a sealed number of a person, in place of the former of its kind.',
  input: z.strictObject(inputOf(vaultItem, ['collaborator_id', 'kind', 'cipher', 'key_round'])),
  output: Written,
  permission: 'pii:read',
  target: ofPerson,
  undoable: false,
  sealed: (input) => [{ path: ['cipher'], subject: input.collaborator_id }],
})
export const removeVaultItem = command({
  name: 'vault.remove',
  about: 'Takes a sealed number of a person away.',
  input: z.strictObject({ collaborator_id: wire.id, kind: Kind }),
  output: Written,
  permission: 'pii:read',
  target: ofPerson,
  undoable: false,
})
export const listVaultItems = query({
  name: 'vault.list',
  about: 'Which numbers of a person are kept, sealed as they are.',
  input: z.strictObject({ collaborator_id: wire.id }),
  output: z.object({ items: z.array(z.object({ id: z.string(), version: z.int(), kind: Kind, cipher: z.string(), key_round: z.int(), updated_at: wire.instant, updated_by: z.string() })) }),
  permission: 'pii:read',
  target: ofPerson,
})

/** Asked by the host, which has sealed the file: it lies beside the database before any row names it. */
export const putPaper = command({
  name: 'vault.put_paper',
  about: 'Keeps a sealed identity paper of a person, with its kind and until when it is good.',
  input: z.strictObject(inputOf(identityPaper, ['collaborator_id', 'kind', 'sha256', 'size', 'key_round'], ['expires_on'])),
  output: Written,
  permission: 'pii:read',
  target: ofPerson,
  undoable: false,
  sealed: (input) => [{ path: ['expires_on'], subject: input.collaborator_id }],
})
export const removePaper = command({
  name: 'vault.remove_paper',
  about: 'Takes an identity paper of a person away: its file is named by nothing any more, and cleared.',
  input: z.strictObject({ collaborator_id: wire.id, id: wire.id }),
  output: Written,
  permission: 'pii:read',
  target: ofPerson,
  undoable: false,
})
export const listPapers = query({
  name: 'vault.list_papers',
  about: 'Which identity papers of a person are kept, of which kind and until when they are good; the files stay sealed.',
  input: z.strictObject({ collaborator_id: wire.id }),
  output: z.object({ items: z.array(z.object({
    id: z.string(), version: z.int(), kind: z.enum(paperKinds), expires_on: wire.localDate.nullable(), sha256: z.string().nullable(), size: z.int(), key_round: z.int(), created_at: wire.instant, updated_by: z.string(),
  })) }),
  permission: 'pii:read',
  target: ofPerson,
})
