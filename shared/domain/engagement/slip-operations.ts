/** A question on paper, for who has no screen or where there is no server: its slip, and the answer found again by the slip's code. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { acceptance, acceptanceStates } from './model.ts'

export const slipPapers = ['a4', 'a5'] as const
/** Slips of one print. */
export const mostSlips = 200

export const printSlips = query({
  name: 'engagement.slip_pdf',
  about: 'Slips to answer on, each in the language of its person: the terms, boxes for the answer, a line to sign, a code and its QR by which the answer is entered. A5, or two on an A4 page. Printing tells nobody. The rate is on it only when it is asked for, by who reads rates.',
  input: z.strictObject({ acceptance_ids: z.array(wire.id).min(1).max(mostSlips), paper: z.enum(slipPapers), with_rate: z.boolean().optional() }),
  output: z.object({ file_name: z.string(), media_type: z.string(), base64: z.string(), slips: z.int(), pages: z.int() }),
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: acceptance.name, ids: ({ acceptance_ids }) => acceptance_ids },
})

/** `open`: an answer may be entered. `closed`: the question is over. `unknown`: of another organization, or not on this computer. Else what is wrong with the code itself. */
export const slipVerdicts = ['open', 'closed', 'unknown', 'letters', 'length', 'check'] as const

export const readSlip = query({
  name: 'engagement.read_slip',
  about: 'Which question a slip is of, by its code as it was typed or scanned; wrong letters are told from a slip that is unknown here, and from one of a question that is over. Writes nothing.',
  input: z.strictObject({ text: z.string().min(1).max(200) }),
  output: z.object({
    verdict: z.enum(slipVerdicts),
    code: z.string().nullable(),
    slip: z.object({
      acceptance_id: z.string(), assignment_id: z.string(), project_id: z.string(), mission_id: z.string(), state: z.enum(acceptanceStates),
      name: z.string(), mission: z.string(), start_at: wire.instant, zone: z.string(), deadline_at: wire.instant,
    }).nullable(),
  }),
  permission: 'assignment:answer_for',
  target: { kind: 'visible' },
})
