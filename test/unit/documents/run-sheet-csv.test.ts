import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { clock } from '../../../shared/domain/runsheets/formats.ts'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { runSheetCsv } from '../../../shared/documents/run-sheet/csv.ts'
import { crowd, filmDay, issueOf, stageDay, theatreDay } from '../../fixtures/sheets.ts'

const parse = (csv: string, delimiter: string): string[][] =>
  Papa.parse<string[]>(csv.replace(/^\ufeff/, '').replace(/\r\n$/, ''), { delimiter, newline: '\r\n' }).data

describe('the run sheet as CSV', () => {
  it('starts with a byte order mark and the line of identifiers', () => {
    const csv = runSheetCsv(stageDay, issueOf(stageDay))
    expect(csv.startsWith('\ufeff')).toBe(true)
    const [identifiers] = parse(csv, ';')
    for (const text of [
      'Compagnie du Phare',
      'Les Nuits du Phare 2026',
      'J3',
      'v3',
      '2026-10-23T16:40:12.000Z',
      issueOf(stageDay).content_hash,
    ])
      expect(identifiers).toContain(text)
  })

  it('has the same number of fields on every line, in both languages', () => {
    for (const sheet of [stageDay, theatreDay, filmDay]) {
      for (const [language, delimiter] of [
        ['fr', ';'],
        ['en', ','],
      ] as const) {
        const rows = parse(runSheetCsv(sheet, issueOf(sheet), { language }), delimiter)
        expect(new Set(rows.map((row) => row.length))).toEqual(new Set([13]))
      }
    }
  })

  it('carries every person with call, end and state', () => {
    const sheet = crowd(150)
    const rows = parse(runSheetCsv(sheet, issueOf(sheet)), ';').filter((row) => row[0] === 'Équipe et convocations')
    expect(rows).toHaveLength(150)
    rows.forEach((row, index) => {
      const person = sheet.people[index]
      expect(row[7]).toBe(person?.name)
      expect(row[2]).toBe(person && clock(person.call_at, sheet.zone))
    })
  })

  it('makes text of cells a spreadsheet would run as formulas', () => {
    for (const bad of ['=HYPERLINK("http://example.org")', '+33 6', '-1', '@SUM(A1)', '\t=1']) {
      const sheet: SheetSnapshot = { ...stageDay, contacts: [{ id: 'c', label: bad, name: 'A;B "C"', phone: null }] }
      const row = parse(runSheetCsv(sheet, issueOf(sheet)), ';').find((cells) => cells[0] === 'Contacts')
      expect(row?.[6]).toBe(`'${bad}`)
      expect(row?.[7]).toBe('A;B "C"')
    }
  })

  it('leaves internal notes out of the field variant', () => {
    expect(runSheetCsv(stageDay, issueOf(stageDay))).toContain('majoration')
    expect(runSheetCsv(stageDay, issueOf(stageDay), { variant: 'field' })).not.toContain('majoration')
  })
})
