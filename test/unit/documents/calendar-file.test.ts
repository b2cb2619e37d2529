import ICAL from 'ical.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCalendar, type CalendarEvent } from '../../../shared/documents/calendar/write-calendar.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { openTestOrganization } from '../../fixtures/core.ts'
import { buildWorld } from '../../fixtures/world.ts'

const now = '2026-10-23T16:40:12.000Z' as Instant
const file = (events: readonly CalendarEvent[]): string => writeCalendar({ name: 'Karim Benali', app_version: '1.0.0', language: 'fr', generated_at: now, events })
/** As another program reads it. */
const read = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) }).map((ms) => fromMs(Math.floor(ms / 60_000) * 60_000))
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => text.replace(/[\p{C}\r]/gu, ' ').trim() || 'x')
const event: fc.Arbitrary<CalendarEvent> = fc.record({
  uid: fc.uuid({ version: 4 }), sequence: fc.integer({ min: 1, max: 999 }), start_at: instant, end_at: instant, changed_at: instant, status: fc.constantFrom('TENTATIVE', 'CONFIRMED', 'CANCELLED'),
  summary: words, place: fc.option(words), geo: fc.constantFrom(null, { latitude: 46.147, longitude: -1.157 }), description: fc.array(words, { maxLength: 3 }).map((lines) => lines.join('\n')),
})

describe('a calendar file', () => {
  it('is read by another program with every event as it was, to the minute, in UTC', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 8 }), (events) => {
      const found = read(file(events))
      expect(found.map((one) => ({
        uid: one.uid, sequence: one.sequence, summary: one.summary, place: one.location ?? null, description: one.description ?? '', start: one.startDate.toJSDate().toISOString(), end: one.endDate.toJSDate().toISOString(),
        status: one.component.getFirstPropertyValue('status'),
      }))).toEqual(events.map((one) => ({
        uid: one.uid, sequence: one.sequence, summary: one.summary, place: one.place, description: one.description, start: one.start_at, end: one.end_at, status: one.status,
      })))
    }))
  })

  it('has no line over 75 octets, ends every line with CR LF, and cuts no letter', () => {
    fc.assert(fc.property(fc.array(event, { minLength: 1, maxLength: 4 }), (events) => {
      const text = file(events)
      expect(text.endsWith('\r\n')).toBe(true)
      for (const line of text.split('\r\n')) {
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/\n|\uFFFD/)
        expect(line.isWellFormed()).toBe(true)
      }
    }))
  })
})

describe('a person’s calendar', () => {
  it('keeps the UID of an assignment when it moves, counts the change, and says when it is canceled', async () => {
    const app = await openTestOrganization({ seed: 'calendar' })
    const world = await buildWorld(app)
    const [row] = (await app.ask('assignment.list', { project_id: world.a.project, filter: { state: 'planned' }, limit: 1 }))['items'] as { id: string; collaborator_id: string; start_at: string; mission_zone: string }[]
    if (!row) throw new Error('the world has nobody planned')
    const calendar = async (): Promise<InstanceType<typeof ICAL.Event> | undefined> => {
      const made = await app.ask('document.make_calendar', { project_id: world.a.project, collaborator_id: row.collaborator_id })
      return read(String(made['text'])).find((one) => one.uid === row.id)
    }
    const before = await calendar()
    expect(before?.startDate.toJSDate().toISOString()).toBe(row.start_at)
    await app.ask('assignment.shift', { ids: [row.id], days: 0, minutes: 45 })
    const moved = await calendar()
    expect(moved?.startDate.toJSDate().getTime()).toBe(Date.parse(row.start_at) + 45 * 60_000)
    expect(moved?.sequence).toBeGreaterThan(before?.sequence ?? 0)
    await app.ask('assignment.cancel', { ids: [row.id] })
    const canceled = await calendar()
    expect(canceled?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(canceled?.sequence).toBeGreaterThan(moved?.sequence ?? 0)
    const log = await app.ask('audit.list', { filter: { action: 'export.calendar' }, limit: 10 })
    expect(log['total']).toBe(3)
    await app.close()
  })
})
