import { assertNever } from '../../kernel/result.ts'
import type { ImportKind } from './fields.ts'
import type { MissionDraft, PreviewRow } from './preview-types.ts'
import type { ProposalBook } from './proposal-book.ts'
import { locationKey } from './proposal-book.ts'
import { checkLengths } from './lengths.ts'
import { nameKey } from './names.ts'
import type { ReadingRules } from './row-readers.ts'
import {
  cell,
  distinctFolded,
  namedPerson,
  readCall,
  readEngagement,
  readList,
  readMissionKind,
  readPerson,
  readRate,
  textOrNull,
} from './row-readers.ts'
import type { Report, RowWindow, WindowCells } from './row-window.ts'
import { checkWindow, readWindow, readZone, saysWindow } from './row-window.ts'

export interface RowContext {
  kind: ImportKind
  rules: ReadingRules
  book: ProposalBook
}

const windowCells = (row: PreviewRow): WindowCells => ({
  date: cell(row.values, 'date'),
  start: cell(row.values, 'start'),
  end: cell(row.values, 'end'),
  end_date: cell(row.values, 'end_date'),
  zone: cell(row.values, 'zone'),
})

const isRejected = (row: PreviewRow): boolean => row.issues.some((issue) => issue.severity === 'error')

/** Reads one row and enters in the book what it proposes; nothing at all when it has an error. */
export function proposeRow(row: PreviewRow, context: RowContext, report: Report): void {
  checkLengths(row, context.kind, context.rules, report)
  switch (context.kind) {
    case 'people':
      return proposePerson(row, context, report)
    case 'missions':
    case 'schedule':
      return proposeEvent(row, context, report)
    case 'assignments':
      return proposeAssignment(row, context, report)
    default:
      assertNever(context.kind)
  }
}

function proposePerson(row: PreviewRow, { rules, book }: RowContext, report: Report): void {
  const draft = readPerson(row.values, 'full_name', rules, report)
  if (!draft || isRejected(row)) return
  const externalId = textOrNull(row.values, 'external_id')
  const entered = book.person(draft, externalId, row.index)
  if (!entered) {
    report('import.duplicate_external_id', 'external_id', 'error', externalId ?? '')
    return
  }
  if (entered.again) report('import.duplicate_row', draft.email ? 'email' : 'full_name', 'warning', draft.full_name)
  if (entered.ambiguous) report('import.person_ambiguous', 'full_name', 'warning', draft.full_name)
}

/** Event, room, track, persons: mission, location, tag, people with their assignments (A20). */
function proposeEvent(row: PreviewRow, { rules, book }: RowContext, report: Report): void {
  const title = cell(row.values, 'title').replace(/\s+/g, ' ')
  if (title === '') report('import.title_missing', 'title', 'error', '')
  const window = readWindow(windowCells(row), rules.zone, rules.dates, report)
  const kind = readMissionKind(row.values, report)
  if (!window || isRejected(row)) return
  const track = cell(row.values, 'track')
  const place = cell(row.values, 'location')
  const draft: MissionDraft = {
    title,
    day_code: textOrNull(row.values, 'day_code'),
    ...window,
    location_key: place === '' ? null : locationKey(place),
    kind,
    tags: distinctFolded([...(track === '' ? [] : [track]), ...readList(row.values, 'tags', rules)]),
    description: textOrNull(row.values, 'description'),
    notes: textOrNull(row.values, 'notes'),
    canceled: false,
  }
  const externalId = textOrNull(row.values, 'external_id')
  const mission = book.mission(draft, externalId, row.index)
  if (!mission) {
    report('import.duplicate_external_id', 'external_id', 'error', externalId ?? '')
    return
  }
  if (place !== '') book.location(place, row.index)
  if (mission.again) report('import.duplicate_row', 'title', 'warning', title)
  const named = new Set<string>()
  for (const name of readList(row.values, 'persons', rules)) {
    if (named.has(nameKey(name))) {
      report('import.duplicate_person', 'persons', 'warning', name)
      continue
    }
    named.add(nameKey(name))
    const person = book.person(namedPerson(name, rules.names), null, row.index)
    if (!person) continue
    if (person.ambiguous) report('import.person_ambiguous', 'persons', 'warning', name)
    const entered = book.assignment(
      {
        person_key: person.key,
        mission_key: mission.key,
        crew_role: null,
        department: null,
        call_at: null,
        start_at: window.starts_at,
        end_at: window.ends_at,
        rate: null,
        engagement_kind: null,
        notes: null,
      },
      null,
      row.index,
    )
    if (!entered) report('import.duplicate_person', 'persons', 'warning', name)
  }
}

function proposeAssignment(row: PreviewRow, { rules, book }: RowContext, report: Report): void {
  const person = readPerson(row.values, 'person', rules, report)
  const cells = windowCells(row)
  const reference = cell(row.values, 'mission') || cell(row.values, 'title') || cell(row.values, 'day_code')
  if (reference === '') report('import.mission_missing', 'mission', 'error', '', 'J3, montage')
  const timed = cells.start !== '' || cells.end !== ''
  const typed = saysWindow(cells) && timed ? readWindow(cells, rules.zone, rules.dates, report) : null
  const zone = readZone(cells.zone, rules.zone, timed ? () => undefined : report)
  const rate = readRate(row.values, rules.currency, report)
  const engagement = readEngagement(row.values, report)
  if (!person || isRejected(row)) return
  const found = missionOf(row, reference, typed, book, report)
  if (!found || zone === null) return
  const window = typed ?? found.window
  if (!checkWindow(window.starts_at, window.ends_at, cells.end, report)) return
  const call = readCall(row.values, window.starts_at, window.zone, rules.dates, report)
  if (isRejected(row)) return
  const missionKey = found.key()
  if (missionKey === null) {
    report('import.duplicate_external_id', 'mission', 'error', reference)
    return
  }
  // What the row says of the assignment (role, notes, tags) is not said of the person.
  const entered = book.person({ ...person, crew_role: null, department: null, notes: null, tags: [] }, null, row.index)
  if (!entered) return
  if (entered.ambiguous) report('import.person_ambiguous', 'person', 'warning', person.full_name)
  const assignment = book.assignment(
    {
      person_key: entered.key,
      mission_key: missionKey,
      crew_role: person.crew_role,
      department: person.department,
      call_at: call,
      start_at: window.starts_at,
      end_at: window.ends_at,
      rate: rate ? { amount_minor: rate.amount_minor, currency: rate.currency, unit: rate.unit } : null,
      engagement_kind: engagement,
      notes: person.notes,
    },
    textOrNull(row.values, 'external_id'),
    row.index,
  )
  if (!assignment) report('import.duplicate_row', 'person', 'warning', person.full_name)
}

/** The mission of an assignment: one that exists, by reference; else a new one, where the row gives a title and a window. */
function missionOf(
  row: PreviewRow,
  reference: string,
  typed: RowWindow | null,
  book: ProposalBook,
  report: Report,
): { key: () => string | null; window: RowWindow } | null {
  const existing = book.existingMission(reference, typed?.starts_at ?? null, row.index)
  if (existing) {
    const { starts_at, ends_at, zone } = existing.mission
    return { key: () => existing.key, window: { starts_at, ends_at, zone, all_day: false } }
  }
  const title = cell(row.values, 'title') || cell(row.values, 'mission')
  if (!typed || title === '') {
    report('import.mission_not_found', 'mission', 'error', reference)
    return null
  }
  const draft: MissionDraft = {
    title,
    day_code: textOrNull(row.values, 'day_code'),
    ...typed,
    location_key: null,
    kind: null,
    tags: [],
    description: null,
    notes: null,
    canceled: false,
  }
  return { key: () => book.mission(draft, null, row.index)?.key ?? null, window: typed }
}
