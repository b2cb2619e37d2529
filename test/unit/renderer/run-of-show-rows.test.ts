import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromLocal } from '../../../shared/kernel/instants.ts'
import { departmentsShown, durationText, eighthsText, parseAt, parseEighths, parseSeconds, pastedLines, columnsOf } from '../../../renderer/pages/missions/run-of-show-rows.ts'

const zone = 'Europe/Paris'
const run = { start_at: fromLocal('2026-10-24', '18:00', zone), zone, layout: 'stage' } as const

describe('cells of a run of show', () => {
  it('take durations as people write them, and write them back so that they read the same', () => {
    expect(['1h30', "3'20", '3:20', '1:03:20', '45"', '45s', '12', '12min', '2h', "0'", '', 'x', '1h30m20'].map(parseSeconds)).toEqual([5400, 200, 200, 3800, 45, 45, 720, 720, 7200, 0, null, null, 5420])
    fc.assert(fc.property(fc.integer({ min: 0, max: 172_000 }), (seconds) => {
      expect(parseSeconds(durationText(seconds))).toBe(seconds)
    }))
  })

  it('take times on the day of the mission, and after midnight on the next', () => {
    expect(parseAt('20h', run.start_at, zone)).toBe('2026-10-24T18:00:00.000Z')
    expect(parseAt('20:00:30', run.start_at, zone)).toBe('2026-10-24T18:00:30.000Z')
    expect(parseAt('1h', run.start_at, zone)).toBe(fromLocal('2026-10-25', '01:00', zone))
    expect(parseAt('17:30', run.start_at, zone)).toBe(fromLocal('2026-10-24', '17:30', zone))
    expect([parseAt('', run.start_at, zone), parseAt('soir', run.start_at, zone)]).toEqual([null, 'bad'])
  })

  it('take lengths of pages in eighths', () => {
    expect(['1 3/8', '5/8', '2', '', 'x', '9/8'].map(parseEighths)).toEqual([11, 5, 16, null, 'bad', 'bad'])
    fc.assert(fc.property(fc.integer({ min: 0, max: 700 }), (eighths) => {
      expect(parseEighths(eighthsText(eighths))).toBe(eighths)
    }))
  })

  it('have a column for each department in use', () => {
    const departments = ['LUM', 'SON', 'VID', 'PLT', 'MAQ'].map((code) => ({ code, name: code, name_en: null, used: code === 'MAQ' }))
    expect(departmentsShown({ departments, layout: 'stage' }, ['SON'])).toEqual(['SON', 'MAQ'])
    expect(departmentsShown({ departments: departments.map((row) => ({ ...row, used: false })), layout: 'stage' }, [])).toEqual(['LUM', 'SON', 'VID', 'PLT'])
  })

  it('take lines of a spreadsheet from the cell on, and say what could not be read', () => {
    const columns = columnsOf('stage', ['LUM', 'SON'])
    const { lines, unread } = pastedLines("1\t20h\t3'\tNoir salle\tnoir 5 s\r\n2\tdemain\t\tEntrée\t\tannonce\r\n\r\n", columns, 'number', run)
    expect(lines).toEqual([
      { kind: 'cue', number: '1', at: '2026-10-24T18:00:00.000Z', duration_seconds: 180, label: 'Noir salle', departments: { LUM: 'noir 5 s' } },
      { kind: 'cue', number: '2', label: 'Entrée', departments: { SON: 'annonce' } },
    ])
    expect(unread).toBe(1)
    expect(pastedLines('A\nB', columns, 'label', run).lines.map(({ label }) => label)).toEqual(['A', 'B'])
  })
})
