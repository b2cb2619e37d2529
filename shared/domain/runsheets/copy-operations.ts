/** Bringing what another sheet says into a draft. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query } from '../operation.ts'
import { sheetSections } from './model.ts'

/** What can be brought; the weather is not: a forecast is of its day. */
export const copyParts = ['key_times', 'slots', 'notes', 'alerts', 'emergency', 'safety', 'catering', 'channels', 'legal_note', 'people', ...sheetSections] as const
export type CopyPart = (typeof copyParts)[number]

/** `keep`: lines are added to those of the draft; `replace`: they take the place of what the chosen parts hold. */
const existing = z.enum(['keep', 'replace']).optional()

export const PartCount = z.object({
  part: z.enum(copyParts),
  /** Lines that come into the draft. */
  added: z.int(),
  /** Lines that do not come: the draft already says the same, or has its own. */
  kept: z.int(),
  /** Lines of the draft that go. */
  removed: z.int(),
  /** Lines that find no room: the part is full. */
  left_out: z.int(),
})
export type PartCount = z.infer<typeof PartCount>

const Counts = z.array(PartCount)
const input = { id: wire.id, from: wire.id, existing }
const ofSheet = { kind: 'rows', entity: 'run_sheet', ids: (asked: { id: z.infer<typeof wire.id> }) => [asked.id] } as const

export const previewCopy = query({
  name: 'sheet.preview_copy',
  about: 'How many lines sheet.copy_content would bring into the draft of the sheet, part by part, and what would go. Without parts, all that the other version fills.',
  input: z.strictObject({ ...input, parts: z.array(z.enum(copyParts)).max(copyParts.length).optional() }),
  output: z.object({ parts: Counts, days: z.int() }),
  permission: 'sheet:draft',
  target: ofSheet,
})
export const copyContent = command({
  name: 'sheet.copy_content',
  about: 'Copies chosen parts of another sheet of the project (`from`: any of its versions) into the draft: times move by the difference of days on the clock, lines get new identities. Lines of the draft stay unless `existing` is `replace`.',
  input: z.strictObject({ ...input, parts: z.array(z.enum(copyParts)).min(1).max(copyParts.length) }),
  output: z.object({ id: z.string(), version: z.int(), parts: Counts }),
  permission: 'sheet:draft',
  target: ofSheet,
})
