/** Numbers of people (NIR, bank): checked and sealed here, before any command is issued; shown masked, and whole for a reason only. */
import { z } from 'zod'
import { declare } from '../host-operation.ts'
import { wire } from '../../../shared/domain/entity.ts'
import { vaultKinds } from '../../../shared/domain/personal-data/model.ts'

const Kind = z.enum(vaultKinds)

export const vaultOperations = {
  storeNumber: declare('command', 'vault.store', 'session', 'Checks a number of a person by its keys, seals it and keeps it; what does not agree with what is known of them is answered as warnings.', z.strictObject({
    collaborator_id: wire.id, kind: Kind, number: z.string().min(1).max(80),
  })),
  readNumbers: declare('query', 'vault.read', 'session', 'Which numbers of a person are kept, masked.', z.strictObject({ collaborator_id: wire.id })),
  revealNumber: declare('command', 'vault.reveal', 'session', 'One number of a person, whole. Who, whose, which and why are in the log before it is shown.', z.strictObject({
    collaborator_id: wire.id, kind: Kind, reason: z.string().trim().min(3).max(300),
  })),
} as const
