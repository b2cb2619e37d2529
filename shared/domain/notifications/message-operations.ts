/** An organization's own words for its mails, by type and language, and what they would look like. */
import { z } from 'zod'
import { inputOf, changesOf, wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { languages } from '../organization/model.ts'
import { mailTypes, messageTemplate } from './model.ts'
import { messageVariables } from './messages.ts'

const Which = { type: z.enum(mailTypes), language: z.enum(languages) }
const Texts = z.object({ subject: z.string(), title: z.string(), body: z.string(), link_text: z.string().nullable() })

export const createMessage = command({
  name: 'message_template.create',
  about: 'Writes own words for a mail of a type, in a language. A variable that does not exist there is refused, by its name; no fee and no number of a person is one.',
  input: z.strictObject(inputOf(messageTemplate, ['type', 'language', 'subject', 'title', 'body'], ['link_text'])),
  output: Written,
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})

const row = { permission: 'catalogue:write', target: { kind: 'rows', entity: 'message_template', ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] }, output: Written } as const

export const updateMessage = command({
  ...row, name: 'message_template.update', about: 'Changes own words of a mail.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(messageTemplate, ['subject', 'title', 'body', 'link_text']) }),
})
export const resetMessage = command({
  name: 'message_template.reset', about: 'Takes own words of a mail away: those that ship are said again.', input: z.strictObject({ id: wire.id, version: wire.version }),
  permission: 'catalogue:write', target: { kind: 'rows', entity: 'message_template', ids: (input) => [input.id], removed: true }, output: Written,
})

export const listMessages = query({
  name: 'message_template.list',
  about: 'The mails of each type, in each language: what is said now, what ships, and which variables a text may have.',
  input: z.strictObject({}),
  output: z.object({
    items: z.array(z.object({
      ...Which, id: z.string().nullable().describe('null: as shipped'), version: z.int().nullable(), updated_at: z.string().nullable(), texts: Texts, shipped: Texts, variables: z.array(z.enum(messageVariables)),
    })),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const previewMessage = query({
  name: 'message_template.preview',
  about: 'The mail that such words make, of invented people and work: subject, text and HTML. Nothing is kept, nobody is written to.',
  input: z.strictObject({ ...Which, subject: z.string().max(160), title: z.string().max(160), body: z.string().max(2000), link_text: z.string().max(60).nullable().optional() }),
  output: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})
