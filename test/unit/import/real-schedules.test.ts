import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { suggestMapping } from '../../../shared/documents/import/columns.ts'
import { headerOf, previewImport, rowsUnderHeader } from '../../../shared/documents/import/preview.ts'
import type { ExistingRecords, ImportPreview } from '../../../shared/documents/import/preview-types.ts'
import { readTable } from '../../../shared/documents/import/read-table.ts'
import { minutesBetween } from '../../../shared/documents/import/times.ts'
import { toLocal, toMs } from '../../../shared/kernel/instants.ts'

// Real schedules hold real names: they are read where they are and never copied into the project.
const FOLDER = join(import.meta.dirname, '../../../../shared/data/schedules')
const present = existsSync(join(FOLDER, 'STATS.json'))
if (!present) console.warn('real schedules: SKIPPED, ../shared/data/schedules is not there')

interface Stats {
  events: number
  rooms: number
  tracks: number
  persons: number
  assignments: number
  room_overlaps: number
  person_overlaps: number
  cross_midnight: number
  zero_length: number
  first: string
  last: string
  total_minutes: number
}

function stats(): Record<string, Stats> {
  return JSON.parse(readFileSync(join(FOLDER, 'STATS.json'), 'utf8'))
}

function previewOf(name: string, existing?: ExistingRecords): ImportPreview {
  const table = readTable(readFileSync(join(FOLDER, `${name}.csv`)), `${name}.csv`)
  if (!table.ok) throw new Error(table.error.code)
  const sheet = table.value.sheets[0]
  if (!sheet) throw new Error('no sheet')
  const suggested = suggestMapping('schedule', headerOf(sheet, 'en'), rowsUnderHeader(sheet).rows)
  expect(suggested.columns.map((column) => column.confidence)).toEqual(Array(8).fill('sure'))
  return previewImport({
    kind: 'schedule',
    sheet,
    mapping: suggested.mapping,
    source: name,
    zone: 'Europe/Paris',
    language: 'en',
    currency: 'EUR',
    country: 'FR',
    ...(existing ? { existing } : {}),
  })
}

/** What the organization holds once everything proposed was written; ids are made from the keys. */
function asHeld({ proposals }: ImportPreview): ExistingRecords {
  return {
    locations: proposals.locations.map(({ key, external, draft }) => ({ id: `l ${key}`, external: [external], name: draft.name })),
    people: proposals.people.map(({ key, external, draft }) => ({ id: `p ${key}`, external: [external], ...draft })),
    missions: proposals.missions.map(({ key, external, draft }) => ({
      id: `m ${key}`,
      external: [external],
      ...draft,
      location_id: draft.location_key === null ? null : `l ${draft.location_key}`,
    })),
    assignments: proposals.assignments.map(({ key, external, draft }) => ({
      id: `a ${key}`,
      external: [external],
      ...draft,
      person_id: `p ${draft.person_key}`,
      mission_id: `m ${draft.mission_key}`,
    })),
  }
}

function overlaps(windows: { group: string; start: number; end: number }[]): number {
  let pairs = 0
  const groups = Map.groupBy(windows, (window) => window.group)
  for (const held of groups.values()) {
    for (const [index, a] of held.entries()) {
      for (const b of held.slice(index + 1)) if (a.start < b.end && b.start < a.end) pairs++
    }
  }
  return pairs
}

describe.skipIf(!present)('the real schedules come out as they were counted independently', () => {
  for (const [name, lessEvents, lessAssignments] of [
    ['fosdem-2018', 0, 0],
    ['fosdem-2026', 0, 1],
    ['havana-film-2025', 4, 0],
  ] as const) {
    it(`${name}: events, rooms, tracks, people, assignments, instants`, () => {
      const expected = stats()[name]
      if (!expected) throw new Error(`no statistics for ${name}`)
      const preview = previewOf(name)
      const { missions, locations, people, assignments } = preview.proposals
      expect(preview.counts.rows).toBe(expected.events)
      expect(missions).toHaveLength(expected.events - lessEvents)
      expect(locations).toHaveLength(expected.rooms)
      expect(people).toHaveLength(expected.persons)
      expect(assignments).toHaveLength(expected.assignments - lessAssignments)
      // The statistics count a blank track as one.
      expect(new Set(preview.rows.map((row) => row.values.track ?? '')).size).toBe(expected.tracks)
      const blank = preview.rows.some((row) => (row.values.track ?? '') === '') ? 1 : 0
      expect(new Set(missions.flatMap((mission) => mission.draft.tags)).size).toBe(expected.tracks - blank)

      const starts = missions.map((mission) => toMs(mission.draft.starts_at))
      const ends = missions.map((mission) => toMs(mission.draft.ends_at))
      expect(Math.min(...starts)).toBe(Date.parse(expected.first))
      expect(Math.max(...ends)).toBe(Date.parse(expected.last))
      expect(missions.reduce((sum, { draft }) => sum + minutesBetween(draft.starts_at, draft.ends_at), 0)).toBe(expected.total_minutes)
      const crossing = missions.filter(({ draft }) => toLocal(draft.starts_at, draft.zone).date !== toLocal(draft.ends_at, draft.zone).date)
      expect(crossing).toHaveLength(expected.cross_midnight)

      const rooms = missions.map(({ draft }) => ({
        group: draft.location_key ?? '',
        start: toMs(draft.starts_at),
        end: toMs(draft.ends_at),
      }))
      expect(overlaps(rooms)).toBe(expected.room_overlaps)
      const busy = assignments.map(({ draft }) => ({ group: draft.person_key, start: toMs(draft.start_at), end: toMs(draft.end_at) }))
      expect(overlaps(busy)).toBe(expected.person_overlaps)
    })
  }

  it.each(['fosdem-2018', 'fosdem-2026', 'havana-film-2025'])('%s imported a second time proposes nothing', (name) => {
    const first = previewOf(name)
    const again = previewOf(name, asHeld(first))
    expect(again.ready).toBe(false)
    for (const kind of ['locations', 'people', 'missions', 'assignments'] as const) {
      expect(again.counts[kind], kind).toEqual({ create: 0, update: 0, skip: first.proposals[kind].length })
    }
  })

  it('refuses the four screenings of no length, each with its line and reason', () => {
    const preview = previewOf('havana-film-2025')
    const rejected = preview.rows.filter((row) => row.state === 'rejected')
    expect(rejected.map((row) => row.values.external_id)).toEqual(['52', '53', '54', '55'])
    expect(
      rejected.every((row) => row.issues.length === 1 && row.issues[0]?.message_code === 'import.zero_length' && row.source_line > 1),
    ).toBe(true)
    expect(preview.groups).toHaveLength(1)
    expect(preview.counts.rejected).toBe(4)
  })

  it('notes the second mention of one person in an event and keeps the first', () => {
    const preview = previewOf('fosdem-2026')
    const noted = preview.rows.filter((row) => row.issues.length > 0)
    expect(noted.map((row) => [row.values.external_id, row.state, row.issues[0]?.message_code])).toEqual([
      ['9796', 'accepted', 'import.duplicate_person'],
    ])
  })
})
