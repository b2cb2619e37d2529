import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarPlan, isWritten, type CalendarItem, type ImportedBlock } from '../../../shared/domain/availability/calendar-plan.ts'
import { overlaps } from '../../../shared/domain/availability/windows.ts'
import { fromMs, HOUR, type Instant } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'calendars' })
})
afterAll(() => app.close())

type Line = Record<string, unknown>
interface Preview {
  digest: string
  events: Line[]
  counts: Record<string, number>
  writes: number
  problems: Line[]
}
const person = async (name: string): Promise<string> => String((await app.ask('collaborator.create', { display_name: name }))['id'])
const file = (...events: string[][]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n')
const asked = (collaborator_id: string, text: string, more: Line = {}): Line => ({ collaborator_id, text, kind: 'unavailable', from: '2026-10-01', to: '2026-12-31', ...more })
const preview = async (input: Line): Promise<Preview> => (await app.ask('availability.preview_calendar', input)) as unknown as Preview
async function bring(input: Line, more: Line = {}): Promise<Line> {
  const { digest } = await preview(input)
  return app.ask('availability.import_calendar', { ...input, digest, ...more })
}
const blocksOf = (id: string): Promise<Line[]> =>
  app.file.readEngine.all('SELECT kind, start_at, end_at, zone, source, reason FROM availability WHERE collaborator_id = ? AND deleted_at IS NULL ORDER BY start_at', [id])

const weekly = ['UID:cours@example.org', 'SUMMARY:Consultation privée 8812', 'DTSTART;TZID=Europe/Paris:20261019T090000', 'DTEND;TZID=Europe/Paris:20261019T110000', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;TZID=Europe/Paris:20261026T090000', 'RDATE;TZID=Europe/Paris:20261028T090000']
const holiday = ['UID:conge@example.org', 'SUMMARY:Congé', 'DTSTART;VALUE=DATE:20261105', 'DTEND;VALUE=DATE:20261107']

describe('a person’s calendar', () => {
  it('becomes blocks: series expanded with their exceptions, whole days as local days, floating times in the zone of the organization', async () => {
    const id = await person('Jade Agenda')
    const text = file(weekly, holiday, ['UID:flottant', 'DTSTART:20261110T140000', 'DTEND:20261110T160000'], ['UID:libre', 'TRANSP:TRANSPARENT', 'DTSTART:20261111T140000Z', 'DTEND:20261111T160000Z'], ['UID:annule', 'STATUS:CANCELLED', 'DTSTART:20261112T140000Z', 'DTEND:20261112T160000Z'], ['UID:instant', 'DTSTART:20261113T140000Z'], ['UID:loin', 'DTSTART:20280101T140000Z', 'DTEND:20280101T150000Z'])
    const shown = await preview(asked(id, text))
    expect(shown.counts).toEqual({ new: 5, transparent: 1, canceled: 1, no_length: 1, outside: 1 })
    expect(await bring(asked(id, text), { reason: 'Indisponible' })).toMatchObject({ commands: 1 })
    expect(await blocksOf(id)).toEqual([
      ['2026-10-19T07:00:00.000Z', '2026-10-19T09:00:00.000Z'], ['2026-10-28T08:00:00.000Z', '2026-10-28T10:00:00.000Z'], ['2026-11-02T08:00:00.000Z', '2026-11-02T10:00:00.000Z'],
      ['2026-11-04T23:00:00.000Z', '2026-11-06T23:00:00.000Z'], ['2026-11-10T13:00:00.000Z', '2026-11-10T15:00:00.000Z'],
    ].map(([start_at, end_at]) => ({ kind: 'unavailable', start_at, end_at, zone: 'Europe/Paris', source: 'import', reason: 'Indisponible' })))
  })
  it('leaves no title, place or identifier of an event anywhere in the file of the organization', async () => {
    const id = await person('Karim Privé')
    await bring(asked(id, file([...weekly.map((line) => line.replace('8812', 'xylophone').replace('cours@', 'xylophone@')), 'LOCATION:Cabinet xylophone', 'DESCRIPTION:Détail xylophone'])))
    expect(await blocksOf(id)).not.toEqual([])
    for (const table of ['command_log', 'audit_event', 'availability'])
      expect(JSON.stringify(await app.file.readEngine.all(`SELECT * FROM ${table}`, [])).includes('xylophone'), table).toBe(false)
  })
  it('imported again proposes what changed by its UID, takes back what is canceled, and what is gone only when asked so', async () => {
    const id = await person('Louise Encore')
    await bring(asked(id, file(holiday, ['UID:b', 'DTSTART:20261110T140000Z', 'DTEND:20261110T160000Z'], ['UID:c', 'DTSTART:20261112T140000Z', 'DTEND:20261112T160000Z'])))
    expect((await preview(asked(id, file(holiday)))).counts).toEqual({ unchanged: 1 })
    const next = file(holiday, ['UID:b', 'DTSTART:20261110T150000Z', 'DTEND:20261110T170000Z'], ['UID:c', 'STATUS:CANCELLED', 'DTSTART:20261112T140000Z', 'DTEND:20261112T160000Z'])
    expect((await preview(asked(id, next))).counts).toEqual({ unchanged: 1, update: 1, remove: 1 })
    await bring(asked(id, next))
    expect((await blocksOf(id)).map((block) => block['start_at'])).toEqual(['2026-11-04T23:00:00.000Z', '2026-11-10T15:00:00.000Z'])
    expect((await preview(asked(id, file(holiday), { remove_missing: true }))).counts).toEqual({ unchanged: 1, remove: 1 })
    await bring(asked(id, file(holiday), { remove_missing: true }))
    expect(await blocksOf(id)).toHaveLength(1)
  })
  it('says what it replaces of what was typed by hand, and leaves aside the events that are unticked', async () => {
    const id = await person('Maël Dessous')
    await app.ask('availability.set', { collaborator_id: id, kind: 'available', start_at: '2026-11-04T00:00:00.000Z', end_at: '2026-11-05T12:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })
    const shown = await preview(asked(id, file(holiday)))
    expect(shown.events).toMatchObject([{ decision: 'new', replaces: 1, title: 'Congé', all_day: true }])
    expect((await preview(asked(id, file(holiday), { skip: [shown.events[0]?.['external_id']] }))).counts).toEqual({ skip: 1 })
  })
  it('is refused when the records changed since the preview, and done once however often the call comes', async () => {
    const id = await person('Nina Deux Fois')
    const input = asked(id, file(holiday))
    const { digest } = await preview(input)
    await app.ask('availability.import_calendar', { ...input, digest }, app.owner, 'once')
    await app.ask('availability.import_calendar', { ...input, digest }, app.owner, 'once')
    expect(await blocksOf(id)).toHaveLength(1)
    expect(await app.refused('availability.import_calendar', { ...input, digest }, app.owner, 'twice')).toBe('import.changed')
    expect(await app.refused('availability.preview_calendar', asked(id, file(holiday), { from: '2020-01-01', to: '2026-01-01' }))).toBe('validation.invalid')
  })
  it('of more than 500 events goes in several commands of one group, undone together', async () => {
    const id = await person('Oscar Beaucoup')
    const text = file(['UID:quotidien', 'DTSTART:20260101T080000Z', 'DTEND:20260101T090000Z', 'RRULE:FREQ=DAILY;COUNT=600'])
    const done = await bring(asked(id, text, { from: '2026-01-01', to: '2027-12-31' }))
    expect(done).toMatchObject({ commands: 2, counts: { new: 600 } })
    expect(await blocksOf(id)).toHaveLength(600)
    await app.ask('history.undo_group', { group_id: done['group_id'] })
    expect(await blocksOf(id)).toEqual([])
  })
})

const folder = join(import.meta.dirname, '../../../../shared/data/ics')
const files = [folder, join(folder, 'broken')].flatMap((at) => (existsSync(at) ? readdirSync(at).filter((name) => name.endsWith('.ics')).map((name) => join(at, name)) : []))
describe.skipIf(files.length === 0)('calendars found in the wild', () => {
  it.each(files.map((path) => [path.slice(folder.length + 1), path]))('%s is read whole or told in part, written without an overlap, and has nothing left to write the second time', async (name, path) => {
    const text = readFileSync(path, 'utf8')
    const years = [...text.split('BEGIN:VEVENT').slice(1).join('\n').matchAll(/DTSTART[^:]*:(\d{4})/g)].map(([, year]) => Number(year))
    const year = Math.min(...years.filter((one) => one > 1990), 2026)
    const id = await person(`Zoé ${name}`)
    const input = asked(id, text, { from: `${year}-01-01`, to: `${year + 1}-12-31` })
    const shown = await preview(input)
    expect(Object.values(shown.counts).reduce((sum, count) => sum + count, 0) + shown.problems.length).toBeGreaterThan(0)
    await bring(input)
    const blocks = await blocksOf(id)
    for (const [place, block] of blocks.entries()) if (place > 0) expect(String(blocks[place - 1]?.['end_at']) <= String(block['start_at'])).toBe(true)
    expect((await preview(input)).writes).toBe(0)
  })
})

describe('the plan of an import', () => {
  const T0 = Date.parse('2026-11-01T00:00:00.000Z')
  const at = (hours: number): Instant => fromMs(T0 + hours * HOUR)
  const item = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 0, max: 20 }), transparent: fc.boolean(), canceled: fc.boolean() })
    .map(({ id, from, length, ...rest }): CalendarItem => ({ external_id: id, title: id, zone: 'UTC', all_day: false, recurring: false, outside_window: false, start_at: at(from), end_at: at(from + length), ...rest }))
  const settings = { kind: 'unavailable' as const, skip: new Set<string>(), remove_missing: false, window: { start: at(-100), end: at(200) } }

  it('covers exactly the time of the events that count, once, and a second one has nothing to write', () => {
    fc.assert(fc.property(fc.uniqueArray(item, { selector: (one) => one.external_id }), (items) => {
      const plan = calendarPlan(items, [], settings)
      const blocks = plan.flatMap((one) => one.blocks)
      for (const [index, one] of blocks.entries()) for (const other of blocks.slice(index + 1)) expect(overlaps(one, other)).toBe(false)
      const counting = items.filter((one) => !one.transparent && !one.canceled)
      for (let hour = 0; hour < 62; hour++) {
        const cell = { start_at: at(hour), end_at: at(hour + 1) }
        expect(blocks.some((one) => overlaps(one, cell))).toBe(counting.some((one) => overlaps(one, cell)))
      }
      const known: ImportedBlock[] = plan.flatMap((one) => one.blocks.map((block) => ({ ...block, external_id: one.item.external_id, kind: 'unavailable' })))
      expect(calendarPlan(items, known, settings).filter(isWritten)).toEqual([])
    }))
  })
})
