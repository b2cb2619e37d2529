import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeLines, lineText } from '../../../shared/domain/runsheets/change-sentences.ts'
import { applyChanges, compareSheets, normalizeSheet, printedChanges } from '../../../shared/domain/runsheets/compare.ts'
import { contentHash } from '../../../shared/domain/runsheets/content-hash.ts'
import type { SheetPerson, SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { sheetSnapshotSchema } from '../../../shared/domain/runsheets/snapshot.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { filmDay, oct, stageDay, stageDayBefore, theatreDay } from '../../fixtures/sheets.ts'

const context = { zone: stageDay.zone, date: stageDay.date, language: 'fr' as const }
const spaces = (text: string): string => text.replace(/\s/gu, ' ')
const same = (a: SheetSnapshot, b: SheetSnapshot): boolean => canonicalJson(normalizeSheet(a)) === canonicalJson(normalizeSheet(b))

/** A snapshot some way from the stage day: rows dropped, changed, added, moved; values changed. */
const variants: fc.Arbitrary<SheetSnapshot> = fc
  .record({
    people: fc
      .shuffledSubarray(stageDay.people)
      .chain((rows) =>
        fc.tuple(
          ...rows.map((row) =>
            fc
              .record({
                name: fc.constantFrom(row.name, 'Autre'),
                quantity: fc.constantFrom(row.quantity, 9),
                call: fc.constantFrom(row.call_at, oct('24 12:00')),
              })
              .map(({ name, quantity, call }): SheetPerson => ({ ...row, name, quantity, call_at: call })),
          ),
        ),
      ),
    slots: fc
      .shuffledSubarray(stageDay.slots)
      .chain((rows) =>
        fc.nat(3).map((extra) => [...rows, ...stageDay.slots.slice(0, extra).map((row) => ({ ...row, id: `new-${row.id}` }))]),
      ),
    safety: fc.shuffledSubarray(stageDay.practical.safety),
    headline: fc.constantFrom(stageDay.headline, null, 'relâche'),
    location: fc.constantFrom(stageDay.location, null, theatreDay.location),
    hospital: fc.constantFrom(stageDay.emergency.hospital, null),
    scenes: fc.shuffledSubarray(filmDay.scenes),
  })
  .map(({ people, slots, safety, headline, location, hospital, scenes }) => ({
    ...stageDay,
    people,
    slots,
    headline,
    location,
    scenes,
    practical: { ...stageDay.practical, safety },
    emergency: { ...stageDay.emergency, hospital },
  }))

describe('comparing two snapshots', () => {
  it('finds nothing between a sheet and itself', () => {
    fc.assert(
      fc.property(variants, (sheet) => {
        expect(compareSheets(sheet, structuredClone(sheet))).toEqual([])
      }),
    )
  })

  it('finds exactly what leads from one to the other', () => {
    fc.assert(
      fc.property(variants, variants, (before, after) => {
        sheetSnapshotSchema.parse(after)
        expect(same(applyChanges(before, compareSheets(before, after)), after)).toBe(true)
      }),
    )
  })

  it('does not care for the order of people, but does for the order of the schedule', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(stageDay.people, { minLength: stageDay.people.length }), (people) => {
        expect(compareSheets(stageDay, { ...stageDay, people })).toEqual([])
      }),
    )
    const [first, second, ...rest] = stageDay.slots
    const slots = [second, first, ...rest].filter((slot) => slot !== undefined)
    expect(compareSheets(stageDay, { ...stageDay, slots }).map((change) => change.kind)).toEqual(['rows_moved'])
  })

  it('says the nine changes of version 3 as people would', () => {
    const lines = changeLines(printedChanges(compareSheets(stageDayBefore, stageDay), 'full'), context).map((line) =>
      spaces(lineText(line)),
    )
    expect(lines).toContain('Balances 16:30 → 17:00')
    expect(lines).toContain('Roads : 4 → 6')
    expect(lines).toHaveLength(9)
    const bold = changeLines(compareSheets(stageDayBefore, stageDay), context)
      .find((line) => line.row_id === 's03')
      ?.runs.filter((run) => run.bold)
    expect(bold).toEqual([{ text: '17:00', bold: true }])
    const english = changeLines(compareSheets(stageDayBefore, stageDay), { ...context, language: 'en' }).map((line) =>
      spaces(lineText(line)),
    )
    expect(english).toContain('Électro 2: post to be filled')
  })

  it('tells apart two times that the clocks show alike', () => {
    const before = {
      ...stageDay,
      slots: stageDay.slots.map((slot) => (slot.id === 's10' ? { ...slot, start_at: oct('25 02:15'), end_at: oct('25 02:45') } : slot)),
    }
    const [line] = changeLines(compareSheets(before, stageDay), context)
    expect(line && lineText(line)).toContain('02:15 (+1) (UTC+2) → 02:15 (+1) (UTC+1)')
  })

  it('does not tell the field about internal notes, even one that was opened or closed', () => {
    const closed = {
      ...stageDay,
      notes: stageDay.notes.map((note) => (note.id === 'n1' ? { ...note, visibility: 'internal' as const, text: 'Confidentiel' } : note)),
    }
    const lines = (before: SheetSnapshot, after: SheetSnapshot): string =>
      changeLines(printedChanges(compareSheets(before, after), 'field'), context)
        .map(lineText)
        .join('\n')
    expect(lines(stageDay, closed)).toContain('suppression')
    expect(lines(stageDay, closed)).not.toContain('Confidentiel')
    expect(lines(closed, stageDay)).toContain('ajout')
    expect(lines(closed, stageDay)).not.toContain('Confidentiel')
  })
})

describe('the content hash', () => {
  it('is twelve hexadecimal digits in groups of four, the same for the same content', () => {
    expect(contentHash(stageDay)).toMatch(/^[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}$/)
    expect(contentHash(structuredClone(stageDay))).toBe(contentHash(stageDay))
    expect(contentHash(sheetSnapshotSchema.parse(JSON.parse(canonicalJson(stageDay))))).toBe(contentHash(stageDay))
  })
  it('differs as soon as the content does', () => {
    fc.assert(
      fc.property(variants, variants, (a, b) => {
        expect(contentHash(a) === contentHash(b)).toBe(canonicalJson(a) === canonicalJson(b))
      }),
    )
  })
})
