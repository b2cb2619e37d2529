import { describe, expect, it } from 'vitest'
import { correctRows } from '../../../shared/documents/import/corrections.ts'
import { withEdit, withReplacement } from '../../../renderer/pages/import/fixes.ts'
import { pastedTable } from '../../../renderer/pages/import/pasted-table.ts'
import { withoutCells } from '../../../renderer/pages/import/import-file.ts'

describe('corrections typed one after the other', () => {
  const fix = (pairs: readonly (readonly [string, string])[]) => pairs.reduce<Parameters<typeof withReplacement>[0]>((list, [found, value]) => withReplacement(list, { column: 0, found, value }), [])

  it('leave each value as it was said last, also when one goes back to what it was', () => {
    expect(correctRows([['reg']], { replacements: fix([['reg', 'régie'], ['reg', 'Régie']]) })).toEqual([['Régie']])
    expect(correctRows([['a'], ['b']], { replacements: fix([['a', 'b'], ['b', 'a']]) })).toEqual([['a'], ['a']])
    expect(fix([['a', 'b'], ['a', 'a']])).toEqual([])
  })

  it('of one cell replace what was typed there before', () => {
    const edits = withEdit(withEdit([], { row: 1, column: 0, value: 'a' }), { row: 1, column: 0, value: 'b' })
    expect(edits).toEqual([{ row: 1, column: 0, value: 'b' }])
  })
})

describe('what is pasted', () => {
  it('is a table when it has cells or lines, a calendar when it says so, and else nothing', () => {
    expect(pastedTable('Nom\tPoste\nInès\tRégie', '')).toBe('Nom\tPoste\nInès\tRégie')
    expect(pastedTable('Nom;Poste\nInès;Régie', '')).toBe('Nom;Poste\nInès;Régie')
    expect(pastedTable('BEGIN:VCALENDAR', '')).toBe('BEGIN:VCALENDAR')
    expect(pastedTable('une phrase', '')).toBeNull()
  })
})

it('another sheet keeps how dates and telephones are read and drops what stood for its rows and columns', () => {
  expect(withoutCells({ date_order: 'mdy', country: 'BE', mapping: ['email'], edits: [], leave: [] })).toEqual({ date_order: 'mdy', country: 'BE' })
})
