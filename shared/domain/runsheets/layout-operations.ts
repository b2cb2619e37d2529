import { z } from 'zod'
import { inputOf } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { sheetLayouts } from '../planning/model.ts'
import { sheetLayoutSetting, sheetPhones, sheetSections } from './model.ts'
import { KEY_TIME_CODES } from './snapshot.ts'

const fields = sheetLayoutSetting.fields

export const LayoutLine = z.object({
  layout: z.enum(sheetLayouts),
  /** null: as it ships. */
  id: z.string().nullable(), version: z.int().nullable(),
  key_times: z.array(z.enum(KEY_TIME_CODES)), sections: z.array(z.enum(sheetSections)), phones: z.enum(sheetPhones), revision_colours: z.array(z.string()), legal_note: z.string().nullable(),
})
export type LayoutLine = z.infer<typeof LayoutLine>

export const listLayouts = query({
  name: 'sheet_layout_setting.list',
  about: 'What the sheets of each layout start with and print; layouts nobody has set answer what they ship with.',
  input: z.strictObject({}),
  output: z.object({ items: z.array(LayoutLine) }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const saveLayout = command({
  name: 'sheet_layout_setting.save',
  about: 'Sets what the sheets of one layout start with and print, whole. Drafts follow at once; published sheets stay as they were issued.',
  input: z.strictObject({
    layout: fields.layout.schema,
    /** Of the settings read; null: there were none. */
    version: z.int().min(1).nullable(),
    ...inputOf(sheetLayoutSetting, ['key_times', 'sections', 'phones', 'revision_colours', 'legal_note']),
  }),
  output: Written,
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})

export const resetLayout = command({
  name: 'sheet_layout_setting.reset',
  about: 'Takes the settings of a layout away: its sheets are again as they ship.',
  input: z.strictObject({ layout: fields.layout.schema }),
  output: Written,
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})
