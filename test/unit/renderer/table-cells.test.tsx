import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginEdit, isChanged, neighbour, refused, saving, typedInto } from '../../../renderer/components/table/cell-edit.ts'
import { plainText, tsv } from '../../../renderer/components/table/table-text.ts'

describe('editing a cell', () => {
  test('a refused save keeps what was typed, with what is wrong, until something else is typed', () => {
    const edit = refused(saving(typedInto(beginEdit('p1', 'phone', '06 39 98 12 34'), 'douze')), 'Numéro attendu')
    expect(edit).toMatchObject({ typed: 'douze', state: 'refused', error: 'Numéro attendu' })
    expect(typedInto(edit, 'douz')).toMatchObject({ typed: 'douz', state: 'typing', error: null })
  })
  test('nothing is saved when it is as it was', () => {
    const edit = beginEdit('p1', 'phone', 'a')
    expect([isChanged(edit), isChanged(typedInto(edit, 'b')), isChanged(typedInto(typedInto(edit, 'b'), 'a'))]).toEqual([false, true, false])
  })
  test('Tab goes along the row, then to the next row, and ends at the last cell', () => {
    const at = (row: string, column: string, step: 1 | -1) => neighbour(['r1', 'r2'], ['a', 'b'], { row, column }, step)
    expect(at('r1', 'a', 1)).toEqual({ row: 'r1', column: 'b' })
    expect(at('r1', 'b', 1)).toEqual({ row: 'r2', column: 'a' })
    expect(at('r2', 'b', 1)).toBeNull()
    expect(at('r1', 'a', -1)).toBeNull()
    expect(at('r2', 'a', -1)).toEqual({ row: 'r1', column: 'b' })
  })
  test('Shift+Tab undoes Tab wherever both exist', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(names, names, fc.nat(), fc.nat(), (rows, columns, one, other) => {
        const from = { row: rows[one % rows.length] ?? '', column: columns[other % columns.length] ?? '' }
        const next = neighbour(rows, columns, from, 1)
        if (next) expect(neighbour(rows, columns, next, -1)).toEqual(from)
      }),
    )
  })
})

describe('copied rows', () => {
  test('stay one cell per column and one line per row, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (lines) => {
        const text = tsv(lines)
        expect(text.split('\n')).toHaveLength(lines.length)
        for (const line of text.split('\n')) expect(line.split('\t')).toHaveLength(2)
      }),
    )
  })
  test('hold the words that a cell draws', () => {
    expect(plainText(<strong>Anouk {'Ferrand'}</strong>)).toBe('Anouk Ferrand')
    expect([plainText(null), plainText(false), plainText(3)]).toEqual(['', '', '3'])
  })
})
