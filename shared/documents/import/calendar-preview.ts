import { distinctFolded, namedPerson } from './row-readers.ts'
import type { IdentityChoice, ImportGroup } from './decisions.ts'
import { withDecisions } from './decisions.ts'
import type { ImportField } from './fields.ts'
import type { CalendarReading } from './ics.ts'
import { cutTo, MAX_ITEMS, MAX_LENGTH } from './lengths.ts'
import { nameKey } from './names.ts'
import { finishPreview, openRow } from './preview.ts'
import type { ExistingRecords, ImportPreview, MissionDraft, PersonDraft } from './preview-types.ts'
import { keyOf, locationKey, proposalBook } from './proposal-book.ts'
import { checkWindow } from './row-window.ts'
import { strikeOutSealed } from './sealed-values.ts'

export interface CalendarPreviewInput {
  reading: CalendarReading
  source: string
  country: string
  /** People invited become people assigned; rooms and those who declined are left out. */
  attendees: 'ignore' | 'assign'
  /** Events that the person leaves out, by place in the reading. */
  skipped_rows?: readonly number[]
  existing?: ExistingRecords
  identities?: readonly IdentityChoice[] | undefined
  leave?: readonly ImportGroup[] | undefined
}

const COLUMNS: readonly ImportField[] = ['external_id', 'title', 'start', 'end', 'zone', 'location', 'tags', 'description']

/**
 * The preview of a calendar, in the same shape as a table's: one row per event. Parts that could not be read are in
 * `reading.problems`. A whole local day becomes an `off` mission (A21); a canceled event proposes nothing new.
 */
export function previewCalendar(input: CalendarPreviewInput): ImportPreview {
  const book = proposalBook(input.source, input.existing ?? { locations: [], people: [], missions: [], assignments: [] }, input.country, { identities: input.identities })
  const knownBefore = new Set(
    (input.existing?.missions ?? []).flatMap((mission) =>
      mission.external.filter((ref) => ref.source === input.source).map((ref) => ref.external_id),
    ),
  )
  const skipped = new Set(input.skipped_rows ?? [])
  const rows = input.reading.events.flatMap((event, index) => {
    if (skipped.has(index)) return []
    const title = cutTo(strikeOutSealed(event.title), MAX_LENGTH.title)
    const description = cutTo(strikeOutSealed(event.description), MAX_LENGTH.description)
    const place = cutTo(event.location, MAX_LENGTH.location)
    const externalId = event.external_id.length > MAX_LENGTH.external_id ? keyOf('uid', event.external_id) : event.external_id
    const cells = [
      event.external_id,
      title,
      event.starts_at,
      event.ends_at,
      event.zone,
      event.location,
      event.categories.join('; '),
      description,
    ]
    const { row, report } = openRow(index, event.line, Object.fromEntries(COLUMNS.map((field, column) => [field, cells[column] ?? ''])))
    row.cells = cells
    if (title.endsWith('…') && title.length === MAX_LENGTH.title) report('import.cut', 'title', 'warning', title)
    if (place.length < event.location.length) report('import.cut', 'location', 'warning', place)
    if (title === '') report('import.title_missing', 'title', 'error', '')
    checkWindow(event.starts_at, event.ends_at, event.ends_at, report)
    if (event.clock_note)
      report(event.clock_note === 'gap' ? 'import.clock_gap' : 'import.clock_repeat', 'start', 'warning', event.starts_at)
    if (event.outside_window) report('import.outside_window', 'start', 'warning', event.starts_at)
    if (event.canceled) report('import.event_canceled', 'title', 'warning', title)
    if (row.issues.some((issue) => issue.severity === 'error')) {
      row.state = 'rejected'
      return row
    }
    if (event.canceled && !knownBefore.has(externalId)) return row
    const draft: MissionDraft = {
      title,
      day_code: null,
      starts_at: event.starts_at,
      ends_at: event.ends_at,
      zone: event.zone,
      all_day: event.all_day,
      location_key: place === '' ? null : locationKey(place),
      kind: event.all_day ? 'off' : null,
      tags: distinctFolded(event.categories.map((tag) => cutTo(tag, MAX_LENGTH.track))).slice(0, MAX_ITEMS),
      description: description || null,
      notes: null,
      canceled: event.canceled,
    }
    const mission = book.mission(draft, externalId, index)
    if (!mission) {
      report('import.duplicate_external_id', 'external_id', 'error', event.external_id)
      row.state = 'rejected'
      return row
    }
    if (place !== '') book.location(place, index)
    if (input.attendees === 'ignore') return row
    const seen = new Set<string>()
    for (const attendee of event.attendees) {
      if (attendee.declined || ['room', 'resource'].includes(attendee.kind)) continue
      const name = attendee.name ?? attendee.email ?? ''
      if (name === '') continue
      if (seen.has(attendee.email ?? nameKey(name))) {
        report('import.duplicate_person', 'persons', 'warning', name)
        continue
      }
      seen.add(attendee.email ?? nameKey(name))
      const invited: PersonDraft = {
        ...namedPerson(name, 'first_last'),
        email: attendee.email,
        kind: attendee.kind === 'group' ? 'team' : 'person',
      }
      const person = book.person(invited, null, index)
      if (!person) continue
      if (person.ambiguous) report('import.person_ambiguous', 'persons', 'warning', name)
      const entered = book.assignment(
        {
          person_key: person.key,
          mission_key: mission.key,
          crew_role: null,
          department: null,
          call_at: null,
          start_at: event.starts_at,
          end_at: event.ends_at,
          rate: null,
          engagement_kind: null,
          notes: null,
        },
        null,
        index,
      )
      if (!entered) report('import.duplicate_person', 'persons', 'warning', name)
    }
    return row
  })
  const mapping = [...COLUMNS]
  return finishPreview({ kind: 'schedule', source: input.source, header: [...COLUMNS], mapping, refused: [], rows }, withDecisions(book.finish(), input.leave ?? []))
}
