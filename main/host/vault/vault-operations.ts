/** Numbers of people (NIR, bank) and identity papers: checked and sealed here, before any command is issued; shown masked, and whole for a reason only. */
import { z } from 'zod'
import { declare } from '../host-operation.ts'
import { wire } from '../../../shared/domain/entity.ts'
import { paperKinds, vaultKinds } from '../../../shared/domain/personal-data/model.ts'

const Kind = z.enum(vaultKinds)

export const vaultOperations = {
  storeNumber: declare('command', 'vault.store', 'session', 'Checks a number of a person by its keys, seals it and keeps it; what does not agree with what is known of them is answered as warnings.', z.strictObject({
    collaborator_id: wire.id, kind: Kind, number: z.string().min(1).max(80),
  })),
  readNumbers: declare('query', 'vault.read', 'session', 'Which numbers of a person are kept, masked.', z.strictObject({ collaborator_id: wire.id })),
  revealNumber: declare('command', 'vault.reveal', 'session', 'One number of a person, whole. Who, whose, which and why are in the log before it is shown.', z.strictObject({
    collaborator_id: wire.id, kind: Kind, reason: z.string().trim().min(3).max(300),
  })),
  printContract: declare('command', 'vault.print_contract', 'session', 'A contract as PDF with the social-security number of who is engaged, whole or its last four digits; what is kept of it holds none. Who, whose and why are in the log first.', z.strictObject({
    id: wire.id, whole: z.boolean(), reason: z.string().trim().min(3).max(300),
  })),
  storePaper: declare('command', 'vault.store_paper', 'session', 'Seals an identity paper of a person (PDF, JPEG or PNG, at most 8 MiB) and keeps it; its name and its pages are nowhere in clear.', z.strictObject({
    collaborator_id: wire.id, kind: z.enum(paperKinds), expires_on: wire.localDate.nullable(), name: z.string().trim().min(1).max(255), content_base64: z.base64().max(12_000_000),
  })),
  showPaper: declare('command', 'vault.show_paper', 'session', 'An identity paper of a person, opened. Who, whose, which and why are in the log before it is shown.', z.strictObject({
    collaborator_id: wire.id, id: wire.id, reason: z.string().trim().min(3).max(300),
  })),
  keyState: declare('query', 'vault.key_state', 'session', 'Whether the key of numbers and papers is here, lies with a server, or is to be typed from its sheet.', z.strictObject({})),
  printKey: declare('command', 'vault.print_key', 'session', 'The key of numbers and papers, for a sheet kept elsewhere; of an organization without a server. Needs the password; written in the log.', z.strictObject({ password: z.string().max(200) })),
  enterKey: declare('command', 'vault.enter_key', 'session', 'Takes the key of numbers and papers from its sheet, after a backup was put back on another computer.', z.strictObject({ key: z.string().min(1).max(200) })),
} as const
