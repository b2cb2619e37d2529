/** A person's own calendar becomes availability: the file is read and compared here, written in commands of a group. */
import type { z } from 'zod'
import { calendarPlan, isWritten, type CalendarItem, type PlannedEvent } from '../domain/availability/calendar-plan.ts'
import { importCalendar, mostCalendarDays, previewCalendar, writeCalendar } from '../domain/availability/operations.ts'
import { overlaps } from '../domain/availability/windows.ts'
import { detail, refuse } from '../domain/errors.ts'
import { bulkRows, type Reader } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { availability } from '../domain/people/model.ts'
import { readCalendar, type CalendarReading } from '../documents/import/ics.ts'
import { issueText } from '../documents/import/messages.ts'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'
import { DAY, addDays, fromLocal, isPlannableDate } from '../kernel/instants.ts'
import { commandsOfGroup } from '../store/command-log.ts'
import { compositeHandler, coreHandler, type AnyHandler, type Composer } from './core-handler.ts'

type Asked = Omit<z.infer<typeof previewCalendar.input>, 'language'>

interface ReadCalendar {
  reading: CalendarReading
  plan: PlannedEvent[]
  zone: string
  language: 'fr' | 'en'
  /** Blocks typed by hand or answered that a planned one lies over. */
  replaces: (one: PlannedEvent) => number
  digest: { /** The file and every setting. */ asked: string; /** What would be written, as the records stand. */ found: string }
}

/** Events shown and problems told. */
const mostShown = 400
const mostProblems = 100
const DIGEST = 40

async function read(reader: Reader, asked: Asked): Promise<ReadCalendar> {
  const { collaborator_id, text, kind, from, to, skip, remove_missing } = asked
  for (const [side, date] of Object.entries({ from, to })) if (!isPlannableDate(date)) throw refuse('validation.invalid', detail(side, 'date', null, date))
  if (from > to || (Date.parse(to) - Date.parse(from)) / DAY >= mostCalendarDays) throw refuse('validation.invalid', detail('to', 'window', `${mostCalendarDays} days at most`))
  const { default_zone: zone, default_language: language } = await reader.need(organization, reader.call.org)
  const window = { start: fromLocal(from, '00:00', zone), end: fromLocal(addDays(to, 1), '00:00', zone) }
  const reading = readCalendar(text, { zone, window })
  const items = reading.events.map((event): CalendarItem => ({
    external_id: sha256(event.external_id).slice(0, DIGEST), title: event.title, start_at: event.starts_at, end_at: event.ends_at, zone: event.zone, all_day: event.all_day,
    recurring: event.recurring, transparent: event.transparent, canceled: event.canceled, outside_window: event.outside_window,
  }))
  const said = await reader.find(availability, { collaborator_id, availability_project_id: null }, { sort: ['start_at'] })
  const imported = said.flatMap((row) => (row.source === 'import' && row.external_id !== null ? [{ external_id: row.external_id, kind: row.kind, start_at: row.start_at, end_at: row.end_at }] : []))
  const plan = calendarPlan(items, imported, { kind, skip: new Set(skip), remove_missing: remove_missing === true, window })
  const mine = new Set(plan.map(({ item }) => item.external_id))
  const others = said.filter((row) => row.external_id === null || !mine.has(row.external_id))
  return {
    reading, plan, zone, language,
    replaces: ({ blocks, decision }) => (decision === 'new' || decision === 'update' ? others.filter((row) => blocks.some((block) => overlaps(row, block))).length : 0),
    digest: {
      asked: sha256(canonicalJson({ collaborator_id, text, kind, from, to, skip: skip ?? [], remove_missing: remove_missing === true })).slice(0, DIGEST),
      found: sha256(canonicalJson(plan.map(({ item, decision, blocks }) => [item.external_id, decision, blocks.map(({ start_at, end_at }) => [start_at, end_at])]))).slice(0, DIGEST),
    },
  }
}

const digestText = ({ asked, found }: ReadCalendar['digest']): string => `${asked}.${found}`

const countsOf = (plan: readonly PlannedEvent[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { decision } of plan) counts[decision] = (counts[decision] ?? 0) + 1
  return counts
}

/** What is written first is what must be read first. */
const written = (plan: readonly PlannedEvent[]): PlannedEvent[] => [...plan.filter(isWritten), ...plan.filter((one) => !isWritten(one))]

type Write = z.infer<typeof writeCalendar.input>['events']

function chunksOf(plan: readonly PlannedEvent[]): Write[] {
  const chunks: Write[] = []
  let rows = bulkRows
  for (const { item, blocks } of plan.filter(isWritten)) {
    const weight = Math.max(1, blocks.length)
    if (rows + weight > bulkRows) {
      chunks.push([])
      rows = 0
    }
    rows += weight
    chunks.at(-1)?.push({ external_id: item.external_id, zone: item.zone, blocks: [...blocks] })
  }
  return chunks
}

async function apply(reader: Reader, { digest, reason, ...asked }: z.infer<typeof importCalendar.input>, composer: Composer) {
  const { plan, digest: now } = await read(reader, asked)
  // The same call again: what it wrote itself has changed the records, so only the file and the settings can be compared.
  const begun = (await commandsOfGroup(composer.inner.engine, composer.inner.org, composer.group_id)).some(({ name }) => name === writeCalendar.name)
  const same = begun ? digest.split('.')[0] === now.asked : digest === digestText(now)
  if (!same) throw refuse('import.changed', detail('digest', digest.split('.')[0] === now.asked ? 'records_changed' : 'file_changed', digestText(now), digest))
  const chunks = chunksOf(plan)
  for (const events of chunks) {
    const label = `events:${sha256(canonicalJson(events)).slice(0, DIGEST)}`
    await composer.execute(writeCalendar.name, { collaborator_id: asked.collaborator_id, kind: asked.kind, events, reason: reason ?? null }, label)
  }
  return { group_id: composer.group_id, counts: countsOf(plan), commands: chunks.length }
}

export const availabilityImportHandlers: readonly AnyHandler[] = [
  coreHandler(previewCalendar, async (reader, { language, ...asked }) => {
    const { reading, plan, zone, replaces, digest, language: house } = await read(reader, asked)
    return {
      digest: digestText(digest), zone,
      events: written(plan).slice(0, mostShown).map((one) => ({
        external_id: one.item.external_id, title: one.item.title, start_at: one.item.start_at, end_at: one.item.end_at, zone: one.item.zone, all_day: one.item.all_day,
        recurring: one.item.recurring, decision: one.decision, replaces: replaces(one),
      })),
      counts: countsOf(plan), writes: chunksOf(plan).length,
      problems: reading.problems.slice(0, mostProblems).map(({ code, line, severity, title, found }) => ({ line, severity, title, message: issueText(code, language ?? house, { found }) })),
    }
  }),
  compositeHandler(importCalendar, apply),
]
