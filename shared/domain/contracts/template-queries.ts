/** What is asked of templates and of the employer's facts before any contract is made of them. */
import { z } from 'zod'
import { inputOf } from '../entity.ts'
import { query } from '../operation.ts'
import { contractTemplate } from './model.ts'
import { templateIssues } from './template.ts'

export const previewTemplate = query({
  name: 'contract_template.preview',
  about: 'The paper of these clauses with invented facts, as PDF with a watermark; what the clauses name wrongly, each with its clause, instead. Nothing is kept.',
  input: z.strictObject(inputOf(contractTemplate, ['kind', 'language', 'clauses'])),
  output: z.object({
    /** null: the clauses cannot be read, see `problems`. */
    base64: z.string().nullable(),
    problems: z.array(z.object({ issue: z.enum(templateIssues), clause: z.string().nullable(), name: z.string().nullable() })),
    /** Mentions that the law asks for and that this text does not say, by key, with their article. */
    unread: z.array(z.object({ key: z.string(), article: z.string().nullable() })),
    /** What each variable of this kind says with the invented facts. */
    examples: z.record(z.string(), z.string()),
  }),
  permission: 'contract:draft',
  target: { kind: 'visible' },
})

export const missingOfEmployer = query({
  name: 'contract_setting.missing',
  about: 'What a fixed-term contract would lack of the employer’s own facts, those of the identity included: each mention with its article and the variables that are not known.',
  input: z.strictObject({}),
  output: z.object({ items: z.array(z.object({ key: z.string(), article: z.string().nullable(), names: z.array(z.string()) })) }),
  permission: 'contract:draft',
  target: { kind: 'visible' },
})
