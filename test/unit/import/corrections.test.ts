import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerSignature, recallMapping, rememberMapping } from '../../../shared/documents/import/columns.ts'
import { correctRows } from '../../../shared/documents/import/corrections.ts'
import { IMPORT_FIELDS } from '../../../shared/documents/import/fields.ts'

const values = fc.constantFrom('', 'reg', 'Régie', 'régie générale', 'son', 'lumière')
const rows = fc.array(fc.array(values, { minLength: 3, maxLength: 3 }), { maxLength: 8 })
const corrections = fc.record({
  replacements: fc.array(fc.record({ column: fc.nat(4), found: values, value: values }), { maxLength: 8 }),
  edits: fc.array(fc.record({ row: fc.nat(10), column: fc.nat(4), value: values }), { maxLength: 5 }),
})

describe('corrections', () => {
  it('made twice are made once, whatever they are and in whatever order they were typed', () => {
    fc.assert(fc.property(rows, corrections, (table, given) => {
      const once = correctRows(table, given)
      expect(correctRows(once, given)).toEqual(once)
    }), { numRuns: 500 })
  })

  it('of items of lists made twice are made once', () => {
    const lists = fc.array(fc.array(fc.array(values, { maxLength: 4 }).map((items) => items.join(', ')), { minLength: 1, maxLength: 1 }), { maxLength: 6 })
    fc.assert(fc.property(lists, fc.array(fc.record({ column: fc.constant(0), found: values, value: values, item: fc.constant(true as const) }), { maxLength: 6 }), (table, replacements) => {
      const once = correctRows(table, { replacements })
      expect(correctRows(once, { replacements })).toEqual(once)
    }))
  })

  it('keep the shape of the table and every cell they do not name', () => {
    fc.assert(fc.property(rows, corrections, (table, given) => {
      const after = correctRows(table, given)
      expect(after.map((row) => row.length)).toEqual(table.map((row) => row.length))
      const named = new Set([...given.replacements.map(({ column }) => column), ...given.edits.map(({ column }) => column)])
      for (const [index, row] of table.entries()) for (const [column, typed] of row.entries()) if (!named.has(column)) expect(after[index]?.[column]).toBe(typed)
    }))
  })

  it('replace one skill of a list and leave the others', () => {
    expect(correctRows([['Conduite, Voltije']], { replacements: [{ column: 0, found: 'Voltije', value: 'Voltige', item: true }] })).toEqual([['Conduite, Voltige']])
  })

  it('of a single cell have the last word', () => {
    const given = { replacements: [{ column: 0, found: 'reg', value: 'Régie' }], edits: [{ row: 0, column: 0, value: 'son' }] }
    expect(correctRows([['reg'], ['reg']], given)).toEqual([['son'], ['Régie']])
  })
})

describe('a remembered mapping', () => {
  const header = fc.uniqueArray(fc.constantFrom('Nom', 'Prénom', 'E-mail', 'Téléphone', 'Poste', 'Remarques'), { minLength: 1, maxLength: 6 })
  const field = fc.option(fc.constantFrom(...IMPORT_FIELDS))

  it('comes back for the same columns in another order, and for no other header line', () => {
    fc.assert(fc.property(header, header, fc.array(field, { minLength: 6, maxLength: 6 }), (mine, other, fields) => {
      const mapping = mine.map((_, column) => fields[column] ?? null)
      const turned = mine.toReversed()
      expect(headerSignature('people', turned)).toBe(headerSignature('people', mine))
      expect(recallMapping(turned, rememberMapping(mine, mapping))).toEqual(mapping.toReversed())
      const same = [...mine].sort().join() === [...other].sort().join()
      expect(headerSignature('people', other) === headerSignature('people', mine)).toBe(same)
      expect(headerSignature('missions', mine)).not.toBe(headerSignature('people', mine))
    }))
  })
})
