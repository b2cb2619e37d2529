/** What the authority does for a sheet that goes by mail, and for who reads it behind a link, without an account; and how such a link is made worth nothing. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, WrittenMany } from '../operation.ts'
import { sheetDelivery } from './model.ts'

type Id = z.infer<typeof wire.id>
const bySystem = { permission: 'system:act', output: WrittenMany, undoable: false, again: false, ignoresLock: true } as const
const ofDelivery = { kind: 'rows', entity: sheetDelivery.name, ids: (input: { id: Id }) => [input.id] } as const

export const prepareDelivery = command({
  ...bySystem,
  name: 'sheet.prepare_delivery',
  about: 'Makes ready that a version is given to one of its people: by mail, or by a link that somebody copies. Who is not on it is left out; nobody is told by it.',
  input: z.strictObject({ revision_id: wire.id, collaborator_id: wire.id, by: z.enum(['mail', 'link']) }),
  target: { kind: 'rows', entity: 'revision', ids: (input: { revision_id: Id }) => [input.revision_id] },
})
export const sheetMailed = command({
  ...bySystem, name: 'sheet.mailed', about: 'Notes that a mail server took the mail with the link: the person was told of the version.',
  input: z.strictObject({ id: wire.id }), target: ofDelivery,
})
export const sheetMailFailed = command({
  ...bySystem, name: 'sheet.mail_failed', about: 'Notes that the mail with the link was given up, and how: the person is to be told in another way.',
  input: z.strictObject({ id: wire.id, code: z.string().min(1).max(40) }), target: ofDelivery,
})
export const sheetOpenedByLink = command({
  ...bySystem, name: 'sheet.opened', about: 'Notes the first time the page behind the link was opened.', input: z.strictObject({ id: wire.id }), target: ofDelivery,
})
export const confirmReadByLink = command({
  ...bySystem, name: 'sheet.confirm_by_link', about: 'Notes that the person said, behind their link, that they read the version.', input: z.strictObject({ id: wire.id }), target: ofDelivery,
})

/** As many as the model counts. */
const mostRounds = 999
export const revokeSheetLink = command({
  name: 'sheet.revoke_link',
  about: 'Makes the links to a sheet that were given to one of its people worth nothing, of whichever version (sent to the wrong person, forwarded): a new one is made when it is mailed or copied again. `round`: of the links that are known; links of a later one stay. Who has an old one is told that it is no longer valid.',
  input: z.strictObject({ revision_id: wire.id, collaborator_id: wire.id, round: z.int().min(1).max(mostRounds - 1) }),
  output: WrittenMany,
  permission: 'sheet:draft',
  target: { kind: 'rows', entity: 'revision', ids: (input: { revision_id: Id }) => [input.revision_id] },
  possible: (row) => row['state'] === 'published' || row['state'] === 'archived',
  undoable: false, again: false, ignoresLock: true,
})
