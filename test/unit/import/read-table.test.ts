import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import Papa from 'papaparse'
import { utils, write } from '@e965/xlsx'
import type { WorkBook } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import type { Separator } from '../../../shared/documents/import/delimited.ts'
import { IMPORT_LIMITS } from '../../../shared/documents/import/problems.ts'
import { readTable } from '../../../shared/documents/import/read-table.ts'
import type { SourceTable } from '../../../shared/documents/import/read-table.ts'
import { latin1, odsOf, utf16, utf8 } from './table-fixtures.ts'

function read(bytes: Uint8Array, name = 'equipe.csv', options: Parameters<typeof readTable>[2] = {}): SourceTable {
  const table = readTable(bytes, name, options)
  if (!table.ok) throw new Error(JSON.stringify(table.error))
  return table.value
}
const rowsOf = (table: SourceTable): string[][] => table.sheets[0]?.rows ?? []
const refusal = (bytes: Uint8Array, name: string, options: Parameters<typeof readTable>[2] = {}): string => {
  const table = readTable(bytes, name, options)
  return table.ok ? 'accepted' : table.error.code
}

const TEXT = 'Prénom;Nom;Tarif\nChloé;Lefèvre;250 €\nNoël;Müller;300 €\n'

describe('a text table is read whatever program wrote it', () => {
  it.each([
    ['UTF-8', utf8(TEXT), 'utf-8'],
    ['UTF-8 with mark', utf8(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 little endian with mark', utf16(TEXT, 'le', true), 'utf-16le'],
    ['UTF-16 big endian with mark', utf16(TEXT, 'be', true), 'utf-16be'],
    ['UTF-16 without mark', utf16(TEXT, 'le', false), 'utf-16le'],
    ['Windows-1252', latin1(TEXT), 'windows-1252'],
  ])('%s', (_name, bytes, encoding) => {
    const table = read(bytes)
    expect(table.encoding).toBe(encoding)
    expect(rowsOf(table)).toEqual([
      ['Prénom', 'Nom', 'Tarif'],
      ['Chloé', 'Lefèvre', '250 €'],
      ['Noël', 'Müller', '300 €'],
    ])
    expect(table.sheets[0]?.header_row).toBe(0)
  })

  it.each([[','], [';'], ['\t'], ['|']] as [Separator][])('finds the separator %j among cells that hold others', (separator) => {
    const lines = [
      ['titre', 'lieu', 'personnes'],
      ['Montage', 'Halle A', 'Ana; Bo'],
      ['Balances, 2', 'Halle B', 'Cy; Di; Ed'],
      ['Show', 'a|b', 'Fy'],
    ]
    const table = read(utf8(Papa.unparse(lines, { delimiter: separator })), 'planning.txt')
    expect(table.separator).toBe(separator)
    expect(rowsOf(table)).toEqual(lines)
  })

  it('takes the separator that a first line announces, and counts that line', () => {
    const table = read(utf8('sep=;\r\nnom;note\r\nAda;"a, b"\r\n'))
    expect(table.separator).toBe(';')
    expect(table.sheets[0]).toMatchObject({
      rows: [
        ['nom', 'note'],
        ['Ada', 'a, b'],
      ],
      lines: [2, 3],
    })
  })

  it('knows the line of each row past blank lines and cells of several lines', () => {
    const table = read(utf8('nom,note\r\n\r\nAda,"un\r\ndeux"\r\n,\r\nBo,x\r\n'))
    expect(table.sheets[0]).toMatchObject({
      rows: [
        ['nom', 'note'],
        ['Ada', 'un\ndeux'],
        ['Bo', 'x'],
      ],
      lines: [1, 3, 6],
    })
  })

  it('steps over a title above the header', () => {
    const table = read(utf8('Festival des Lilas 2027;;\nÉquipe technique;;\n\nPrénom;Nom;Téléphone\nAda;Roux;06 39 98 00 01\n'))
    expect(table.sheets[0]?.header_row).toBe(2)
  })

  it('sees that a table of values has no header', () => {
    expect(read(utf8('Ada,06 39 98 00 01,ada@example.org\nBo,06 39 98 00 02,bo@example.org\n')).sheets[0]?.header_row).toBeNull()
  })

  it('any table printed as CSV is read back equal', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('a;b', 'a,b', '"', 'é\nè', '=1+1', '\t', '|', ' x '),
    )
    const text = cell.filter((value) => !/[\0\r\u{feff}]|\p{Cs}/u.test(value))
    const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.array(
        fc.array(text, { minLength: width, maxLength: width }).filter((row) => row.some((value) => value.trim() !== '')),
        { minLength: 1, maxLength: 8 },
      ),
    )
    fc.assert(
      fc.property(table, fc.constantFrom<Separator>(',', ';', '\t', '|'), fc.constantFrom('\r\n', '\n'), (rows, separator, newline) => {
        const printed = Papa.unparse(rows, { delimiter: separator, newline, quotes: true })
        fc.pre(!/^sep=/i.test(printed))
        const result = readTable(utf8(printed), 't.csv', { separator })
        expect(result.ok && result.value.sheets[0]?.rows).toEqual(rows)
      }),
      { numRuns: 300 },
    )
  })
})

function workbookBytes(book: WorkBook, type: 'xlsx' | 'ods'): Uint8Array {
  const bytes: Buffer = write(book, { type: 'buffer', bookType: type })
  return new Uint8Array(bytes)
}

describe('a spreadsheet is read as typed, without being run', () => {
  it('dates and times keep the day and hour that the cell shows, leading zeros stay, a formula gives its stored value', () => {
    const sheet = utils.aoa_to_sheet([['Date', 'Début', 'Tél', 'Taux', 'Somme', 'Durée']])
    Object.assign(sheet, {
      '!ref': 'A1:F3',
      A2: { t: 'n', v: 46319, z: 'dd/mm/yyyy' },
      B2: { t: 'n', v: 46319.604166666664, z: 'dd/mm/yyyy hh:mm' },
      C2: { t: 'n', v: 639980001, z: '0# ## ## ## ##' },
      D2: { t: 'n', v: 0.1 + 0.2 },
      E2: { t: 'n', v: 5, f: 'HYPERLINK("x")' },
      F2: { t: 'n', v: 1.0625, z: '[h]:mm' },
      A3: { t: 'n', v: 46110.99999999, z: 'yyyy-mm-dd hh:mm' },
      B3: { t: 'n', v: 0.99999, z: 'hh:mm' },
    })
    const table = read(workbookBytes({ SheetNames: ['Équipe'], Sheets: { Équipe: sheet } }, 'xlsx'), 'equipe.xlsx')
    expect(table).toMatchObject({ format: 'xlsx', encoding: null, separator: null })
    expect(table.sheets[0]?.name).toBe('Équipe')
    expect(rowsOf(table).slice(1)).toEqual([
      ['2026-10-24', '2026-10-24T14:30', '06 39 98 00 01', '0.3', '5', '25:30'],
      ['2026-03-30', '23:59:59', '', '', '', ''],
    ])
  })

  it('reads the dates of a workbook that counts from 1904', () => {
    const sheet = utils.aoa_to_sheet([['Date'], [0]])
    Object.assign(sheet, { A2: { t: 'n', v: 46319 - 1462, z: 'dd/mm/yyyy' } })
    const bytes = workbookBytes({ SheetNames: ['S'], Sheets: { S: sheet }, Workbook: { WBProps: { date1904: true } } }, 'xlsx')
    expect(rowsOf(read(bytes, 'vieux.xlsx'))[1]).toEqual(['2026-10-24'])
  })

  it('reads ODS dates, times and formulas', () => {
    const cell = (attributes: string, text: string): string => `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
    const bytes = odsOf(
      `<table:table-row>${cell('office:value-type="string"', 'Date')}${cell('office:value-type="string"', 'Début')}${cell('office:value-type="string"', 'Fin')}${cell('office:value-type="string"', 'Nombre')}</table:table-row>` +
        `<table:table-row>${cell('office:value-type="date" office:date-value="2026-10-25"', '25/10/26')}${cell('office:value-type="date" office:date-value="2026-10-25T02:30:00"', '')}${cell('office:value-type="time" office:time-value="PT14H30M00S"', '14:30')}${cell('table:formula="of:=2+3" office:value-type="float" office:value="5"', '5')}</table:table-row>`,
    )
    const table = read(bytes, 'planning.ods')
    expect(table.format).toBe('ods')
    expect(rowsOf(table)[1]).toEqual(['2026-10-25', '2026-10-25T02:30', '14:30', '5'])
  })

  it('keeps every sheet with its own header', () => {
    const book = utils.book_new()
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['Nom', 'E-mail'],
        ['Ada', 'ada@example.org'],
      ]),
      'Équipe',
    )
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Planning'], [], ['Titre', 'Début'], ['Montage', '8h']]), 'Missions')
    const table = read(workbookBytes(book, 'xlsx'), 'tout.xlsx')
    expect(table.sheets.map((sheet) => [sheet.name, sheet.header_row, sheet.lines.at(-1)])).toEqual([
      ['Équipe', 0, 2],
      ['Missions', 1, 4],
    ])
  })
})

describe('what cannot be read is refused with what was found', () => {
  const limits = { ...IMPORT_LIMITS, max_rows: 3, max_columns: 4, max_bytes: 4000, max_inflated_bytes: 50_000 }
  it('an empty file, blank rows, a heavy file, too many rows or columns', () => {
    expect(refusal(new Uint8Array(), 'a.csv')).toBe('import.file_empty')
    expect(refusal(utf8('\n ; \n\n'), 'a.csv')).toBe('import.no_rows')
    expect(refusal(utf8('x'.repeat(5000)), 'a.csv', { limits })).toBe('import.file_too_large')
    expect(refusal(utf8('a\n1\n2\n3\n'), 'a.csv', { limits })).toBe('accepted')
    expect(refusal(utf8('a\n1\n2\n3\n4\n'), 'a.csv', { limits })).toBe('import.too_many_rows')
    expect(refusal(utf8('a,b,c,d,e\n1,2,3,4,5\n'), 'a.csv', { limits })).toBe('import.too_many_columns')
  })

  it('cells and rows repeated without end, or written once for a whole sheet', () => {
    const cell = (columns: number): string => `<table:table-cell office:value-type="string" table:number-columns-repeated="${columns}"><text:p>x</text:p></table:table-cell>`
    const row = (rows: number, cells: string): string => `<table:table-row table:number-rows-repeated="${rows}">${cells}</table:table-row>`
    for (const rows of [row(1_048_576, cell(16_384)), row(999_999_999, cell(1)), row(1, cell(999_999_999))]) expect(refusal(odsOf(rows), 'a.ods')).toBe('import.archive_too_large')
    // Blank to the end of the sheet, as every such file is.
    expect(refusal(odsOf(row(1, cell(2)) + row(1_048_575, '<table:table-cell table:number-columns-repeated="16384"/>')), 'a.ods')).toBe('accepted')
    const shared = utils.book_new()
    utils.book_append_sheet(shared, utils.aoa_to_sheet(Array.from({ length: 60 }, () => Array.from({ length: 30 }, () => 'x'.repeat(32_000)))), 'A')
    const packed: unknown = write(shared, { type: 'array', bookType: 'xlsx', compression: true, bookSST: true })
    expect(refusal(new Uint8Array(packed instanceof ArrayBuffer ? packed : new ArrayBuffer(0)), 'a.xlsx')).toBe('import.archive_too_large')
  })

  it('an archive that would inflate beyond the limit, whatever size it declares', () => {
    const bomb = zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(2_000_000) })
    expect(refusal(bomb, 'bombe.xlsx', { limits })).toBe('import.archive_too_large')
    // The same, its declared sizes replaced by a small lie in both headers.
    const liar = bomb.slice()
    const view = new DataView(liar.buffer)
    for (let at = 0; at + 4 < liar.length; at++) {
      const size = view.getUint32(at, true)
      if (size === 2_000_000) view.setUint32(at, 100, true)
    }
    expect(refusal(liar, 'bombe.xlsx', { limits })).not.toBe('accepted')
  })

  it('files of other programs, damaged workbooks and binary content, never with an exception', () => {
    expect(refusal(utf8('%PDF-1.7'), 'a.csv')).toBe('import.format_unknown')
    expect(refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'a.xls')).toBe('import.format_unknown')
    expect(refusal(utf8('<html><table></table></html>'), 'a.xls')).toBe('import.format_unknown')
    expect(refusal(zipSync({ 'word/document.xml': strToU8('<x/>') }), 'a.docx')).toBe('import.format_unknown')
    expect(refusal(Uint8Array.of(1, 2, 0, 3, 9, 7), 'a.csv')).toBe('import.format_unknown')
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Nom'], ['Ada']]), 'S')
    expect(refusal(workbookBytes(book, 'xlsx').slice(0, 900), 'a.xlsx')).toBe('import.file_damaged')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, zip) => {
        const result = readTable(zip ? Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes) : bytes, 'x.csv')
        expect(typeof result.ok).toBe('boolean')
      }),
    )
  })
})
