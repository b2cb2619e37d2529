import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler } from '../operation.ts'
import { sheetLayouts } from '../planning/model.ts'
import * as operations from './layout-operations.ts'
import { settingsOf } from './layout-settings.ts'
import { sheetLayoutSetting } from './model.ts'

const twice = (values: readonly string[]): string | undefined => values.find((value, index) => values.indexOf(value) !== index)

export const layoutHandlers: readonly Handler[] = [
  answer(operations.listLayouts, async (reader) => {
    const rows = await reader.find(sheetLayoutSetting, {})
    return {
      items: sheetLayouts.map((layout) => {
        const row = rows.find((one) => one.layout === layout) ?? null
        const { key_times, sections, phones, revision_colours, legal_note } = settingsOf(layout, row)
        return {
          layout, id: row?.id ?? null, version: row?.version ?? null, key_times: [...key_times], sections: [...sections], phones, revision_colours: [...revision_colours], legal_note,
        }
      }),
    }
  }),
  handle(operations.saveLayout, async (tx, { layout, version, ...values }) => {
    for (const field of ['key_times', 'sections'] as const) {
      const repeated = twice(values[field])
      if (repeated !== undefined) throw refuse('validation.invalid', detail(field, 'twice', null, repeated))
    }
    const [row] = await tx.find(sheetLayoutSetting, { layout })
    if (!row) {
      const made = await tx.insert(sheetLayoutSetting, 'row', { layout, ...values })
      return { id: made.id, version: made.version }
    }
    await tx.checkVersion(sheetLayoutSetting, row, version ?? 0, Object.keys(values))
    const after = await tx.update(sheetLayoutSetting, row.id, values)
    return { id: after.id, version: after.version }
  }),
  handle(operations.resetLayout, async (tx, { layout }) => {
    const [row] = await tx.find(sheetLayoutSetting, { layout })
    if (row) await tx.remove(sheetLayoutSetting, row.id)
    return { id: row?.id ?? tx.call.org, version: 0 }
  }),
]
