import Papa from 'papaparse'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suggestMapping } from '../../../shared/documents/import/columns.ts'
import type { ImportKind } from '../../../shared/documents/import/fields.ts'
import { IMPORT_MESSAGES } from '../../../shared/documents/import/messages.ts'
import { headerOf, previewImport, rowsUnderHeader } from '../../../shared/documents/import/preview.ts'
import { readTable } from '../../../shared/documents/import/read-table.ts'
import type { SheetTable } from '../../../shared/documents/import/read-table.ts'
import { NIR, preview } from './preview-fixtures.ts'

describe('whatever the table', () => {
  it('rows and keys add up, references hold, and nothing comes from a rejected row', () => {
    const cells = fc.constantFrom(
      '',
      'Ada',
      'Ada Roux',
      'Bo; Cy; Bo',
      'ada@example.org',
      '24/10/2026',
      '24/10',
      '8h',
      '18h',
      '2026-10-24T08:00:00Z',
      '31/02/2026',
      'J1',
      '250 €',
      '06 39 98 00 01',
      NIR,
      'Europe/Paris',
      'x',
    )
    const table = fc.array(fc.array(cells, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 12 })
    const mappings = {
      people: ['full_name', 'email', 'phone', 'tags', 'notes', 'kind', null, 'external_id'],
      missions: ['title', 'date', 'start', 'end', 'zone', 'location', 'tags', 'external_id'],
      schedule: ['external_id', 'title', 'start', 'end', 'zone', 'location', 'track', 'persons'],
      assignments: ['person', 'mission', 'date', 'start', 'end', 'rate', 'call', 'engagement_kind'],
    } as const
    fc.assert(
      fc.property(table, fc.constantFrom('people', 'missions', 'schedule', 'assignments'), (rows, kind: ImportKind) => {
        const header = Array.from({ length: 8 }, (_, index) => `c${index}`)
        const sheet: SheetTable = { name: 's', rows: [header, ...rows], lines: rows.map((_, index) => index + 2), header_row: 0 }
        const result = previewImport({
          kind,
          sheet,
          mapping: [...mappings[kind]],
          source: 's',
          zone: 'Europe/Paris',
          language: 'fr',
          currency: 'EUR',
          country: 'FR',
        })
        const rejected = new Set(result.rows.filter((row) => row.state === 'rejected').map((row) => row.index))
        const { locations, people, missions, assignments } = result.proposals
        for (const list of [locations, people, missions, assignments]) {
          expect(new Set(list.map((item) => item.key)).size).toBe(list.length)
          for (const item of list) expect(item.rows.some((row) => rejected.has(row))).toBe(false)
        }
        const keys = (list: readonly { key: string }[]): Set<string> => new Set(list.map((item) => item.key))
        for (const { draft } of assignments) expect(keys(people).has(draft.person_key) && keys(missions).has(draft.mission_key)).toBe(true)
        for (const { draft } of missions) {
          expect(draft.location_key === null || keys(locations).has(draft.location_key)).toBe(true)
          expect(draft.ends_at > draft.starts_at).toBe(true)
        }
        expect(result.counts.accepted + result.counts.rejected).toBe(rows.length)
        expect(JSON.stringify(result)).not.toContain(NIR)
      }),
      { numRuns: 300 },
    )
  })

  it('every message has words in both languages', () => {
    for (const [code, words] of Object.entries(IMPORT_MESSAGES)) expect(words.fr.length > 5 && words.en.length > 5, code).toBe(true)
  })
})

describe('large files', () => {
  const people = (count: number): string[][] => [
    ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Fonction', 'Compétences', 'Date'],
    ...Array.from({ length: count }, (_, index) => [
      `Ada${index}`,
      `ROUX${index}`,
      `ada${index}@example.org`,
      `06 39 98 ${String(index % 100).padStart(2, '0')} ${String(Math.floor(index / 100) % 100).padStart(2, '0')}`,
      'Régie',
      'CACES, SSIAP',
      '24/10/2026',
    ]),
  ]
  it('2,000 rows are previewed within a second', () => {
    const text = Papa.unparse(people(2000), { delimiter: ';' })
    const start = performance.now()
    const result = preview('people', text)
    const spent = performance.now() - start
    expect(result.counts).toMatchObject({ rows: 2000, rejected: 0 })
    console.info(`preview of 2,000 rows: ${Math.round(spent)} ms`)
    expect(spent).toBeLessThan(1000)
  })
  it('an XLSX of 10,000 rows is read and previewed', () => {
    const bytes: Buffer = write(
      { SheetNames: ['S'], Sheets: { S: utils.aoa_to_sheet(people(10_000)) } },
      { type: 'buffer', bookType: 'xlsx', compression: true },
    )
    const start = performance.now()
    const table = readTable(new Uint8Array(bytes), 'equipe.xlsx')
    const read = performance.now() - start
    const sheet = table.ok ? table.value.sheets[0] : undefined
    if (!sheet) throw new Error('unreadable')
    const mapping = suggestMapping('people', headerOf(sheet, 'fr'), rowsUnderHeader(sheet).rows).mapping
    const result = previewImport({
      kind: 'people',
      sheet,
      mapping,
      source: 's',
      zone: 'Europe/Paris',
      language: 'fr',
      currency: 'EUR',
      country: 'FR',
    })
    console.info(`10,000 rows of XLSX: read ${Math.round(read)} ms, all ${Math.round(performance.now() - start)} ms`)
    expect(result.counts).toMatchObject({ rows: 10_000, rejected: 0, people: { create: 10_000 } })
  })
})
