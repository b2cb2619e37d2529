/** What somebody does not want to be told by mail or on their desktop. The inbox is mandatory: it cannot be turned off. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { mailTypes, notificationTypes } from './model.ts'

const NoMail = z.array(z.enum(mailTypes)).max(mailTypes.length)
const NoDesktop = z.array(z.enum(notificationTypes)).max(notificationTypes.length)

export const ownPreferences = query({
  name: 'notification_preference.own',
  about: 'By which ways one is told of what, beside the inbox: by mail (of a person without an account here, who agreed to be written to) and on the desktop. Of somebody else: for who keeps the directory.',
  input: z.strictObject({ collaborator_id: wire.id.optional().describe('of a person of the directory; oneself when left out') }),
  output: z.object({
    id: z.string().nullable().describe('null: nothing was taken back'),
    types: z.array(z.object({ type: z.enum(notificationTypes), mail: z.boolean().nullable().describe('null: no mail is ever sent of it'), desktop: z.boolean() })),
    has_account: z.boolean().describe('they read an inbox here, so that no mail is sent to them'),
    mail_consent: z.enum(['given', 'refused']).nullable().describe('of the person; null: nobody asked'),
    may_change: z.boolean(),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const savePreferences = command({
  name: 'notification_preference.save',
  about: 'Says by which ways one does not want to be told of what. What is left out stays as it is.',
  input: z.strictObject({ no_mail: NoMail.optional(), no_desktop: NoDesktop.optional() }),
  output: Written,
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const savePreferencesFor = command({
  name: 'notification_preference.save_for',
  about: 'The same for a person of the directory who has no account here: by mail. Who has one says so themselves.',
  input: z.strictObject({ collaborator_id: wire.id, no_mail: NoMail }),
  output: Written,
  permission: 'collaborator:write',
  target: { kind: 'person', id: ({ collaborator_id }) => collaborator_id },
})
