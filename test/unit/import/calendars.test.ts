import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewCalendar } from '../../../shared/documents/import/calendar-preview.ts'
import { readCalendar } from '../../../shared/documents/import/ics.ts'
import type { CalendarReading } from '../../../shared/documents/import/ics.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'

const at = (text: string): ReturnType<typeof fromMs> => fromMs(Date.parse(text))
const YEAR = { start: at('2026-01-01T00:00:00Z'), end: at('2027-01-01T00:00:00Z') }
const calendar = (...lines: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\n')
const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n')
const read = (text: string, cap?: number): CalendarReading =>
  readCalendar(text, { zone: 'Europe/Paris', window: YEAR, ...(cap === undefined ? {} : { cap }) })
const spans = (reading: CalendarReading): string[] =>
  reading.events.map((item) => `${item.starts_at.slice(0, 16)} ${item.ends_at.slice(0, 16)}`)
const codes = (reading: CalendarReading): string[] => reading.problems.map((problem) => `${problem.line} ${problem.code}`)

describe('times of a calendar become instants', () => {
  it('by IANA zone, Windows name, path, UTC, floating, and the file’s own zone', () => {
    const reading = read(
      calendar(
        'BEGIN:VTIMEZONE',
        'TZID:Chapiteau',
        'BEGIN:STANDARD',
        'DTSTART:16010101T000000',
        'TZOFFSETFROM:+0130',
        'TZOFFSETTO:+0130',
        'END:STANDARD',
        'END:VTIMEZONE',
        event('UID:1', 'SUMMARY:Paris', 'DTSTART;TZID=Europe/Paris:20260715T100000', 'DTEND;TZID=Europe/Paris:20260715T120000'),
        event(
          'UID:2',
          'SUMMARY:Windows',
          'DTSTART;TZID=Romance Standard Time:20260115T100000',
          'DTEND;TZID=Romance Standard Time:20260115T120000',
        ),
        event('UID:3', 'SUMMARY:Chemin', 'DTSTART;TZID=/example.org/20260101/America/New_York:20260715T100000', 'DURATION:PT2H'),
        event('UID:4', 'SUMMARY:UTC', 'DTSTART:20260715T100000Z', 'DTEND:20260715T120000Z'),
        event('UID:5', 'SUMMARY:Flottant', 'DTSTART:20260715T100000', 'DTEND:20260715T120000'),
        event('UID:6', 'SUMMARY:Fichier', 'DTSTART;TZID=Chapiteau:20260715T100000', 'DTEND;TZID=Chapiteau:20260715T120000'),
      ),
    )
    expect(spans(reading)).toEqual([
      '2026-07-15T08:00 2026-07-15T10:00',
      '2026-01-15T09:00 2026-01-15T11:00',
      '2026-07-15T14:00 2026-07-15T16:00',
      '2026-07-15T10:00 2026-07-15T12:00',
      '2026-07-15T08:00 2026-07-15T10:00',
      '2026-07-15T08:30 2026-07-15T10:30',
    ])
    expect(reading.events.map((item) => [item.zone, item.time_kind])).toEqual([
      ['Europe/Paris', 'zoned'],
      ['Europe/Paris', 'zoned'],
      ['America/New_York', 'zoned'],
      ['Europe/Paris', 'utc'],
      ['Europe/Paris', 'floating'],
      ['Europe/Paris', 'zoned'],
    ])
    expect(reading.problems).toEqual([])
  })

  it('a date alone is a whole local day, also on the day the clocks change', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:Relâche', 'DTSTART;VALUE=DATE:20260329'),
        event('UID:2', 'SUMMARY:Montage', 'DTSTART;VALUE=DATE:20261024', 'DTEND;VALUE=DATE:20261026'),
        event('UID:3', 'SUMMARY:Sans VALUE', 'DTSTART:20260714', 'DTEND:20260714'),
        event('UID:4', 'SUMMARY:Deux jours', 'DTSTART;VALUE=DATE:20260714', 'DURATION:P2D'),
      ),
    )
    expect(spans(reading)).toEqual([
      '2026-03-28T23:00 2026-03-29T22:00',
      '2026-10-23T22:00 2026-10-25T23:00',
      '2026-07-13T22:00 2026-07-14T22:00',
      '2026-07-13T22:00 2026-07-15T22:00',
    ])
    expect(reading.events.every((item) => item.all_day && item.time_kind === 'all_day')).toBe(true)
  })

  it('a duration in days keeps the hour on the clock, in hours it is exact', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:a', 'DTSTART;TZID=Europe/Paris:20260328T120000', 'DURATION:P1D'),
        event('UID:2', 'SUMMARY:b', 'DTSTART;TZID=Europe/Paris:20260328T120000', 'DURATION:PT24H'),
      ),
    )
    expect(spans(reading)).toEqual(['2026-03-28T11:00 2026-03-29T10:00', '2026-03-28T11:00 2026-03-29T11:00'])
  })

  it('times that the clocks skip or repeat are noted', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:a', 'DTSTART;TZID=Europe/Paris:20260329T023000', 'DURATION:PT1H'),
        event('UID:2', 'SUMMARY:b', 'DTSTART;TZID=Europe/Paris:20261025T023000', 'DURATION:PT1H'),
      ),
    )
    expect(reading.events.map((item) => item.clock_note)).toEqual(['gap', 'repeat'])
  })
})

describe('recurrence is expanded inside the window', () => {
  const paris = 'DTSTART;TZID=Europe/Paris:'
  it('keeps the hour on the clock across a change of clocks', () => {
    const reading = read(
      calendar(event('UID:1', 'SUMMARY:Répétition', `${paris}20261024T100000`, 'DURATION:PT2H', 'RRULE:FREQ=DAILY;COUNT=3')),
    )
    expect(spans(reading)).toEqual([
      '2026-10-24T08:00 2026-10-24T10:00',
      '2026-10-25T09:00 2026-10-25T11:00',
      '2026-10-26T09:00 2026-10-26T11:00',
    ])
  })

  it('honours UNTIL as an instant, as a date and as a wall time', () => {
    const ends = ['20260703T080000Z', '20260703', '20260703T100000']
    for (const until of ends) {
      const reading = read(
        calendar(event('UID:1', 'SUMMARY:x', `${paris}20260701T100000`, 'DURATION:PT1H', `RRULE:FREQ=DAILY;UNTIL=${until}`)),
      )
      expect(reading.events, until).toHaveLength(3)
    }
    expect(
      read(calendar(event('UID:1', 'SUMMARY:x', `${paris}20260701T100000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20260703T075959Z')))
        .events,
    ).toHaveLength(2)
  })

  it('adds RDATE, takes EXDATE away, and moves what RECURRENCE-ID names', () => {
    const reading = read(
      calendar(
        event(
          'UID:1',
          'SUMMARY:Cours',
          `${paris}20260601T180000`,
          'DURATION:PT1H',
          'RRULE:FREQ=WEEKLY;COUNT=4',
          'RDATE;TZID=Europe/Paris:20260604T090000',
          'EXDATE;TZID=Europe/Paris:20260608T180000',
        ),
        event('UID:1', 'SUMMARY:Cours déplacé', 'RECURRENCE-ID:20260615T160000Z', `${paris}20260616T200000`, 'DURATION:PT2H'),
      ),
    )
    expect(reading.events.map((item) => [item.title, item.starts_at.slice(0, 16)])).toEqual([
      ['Cours', '2026-06-01T16:00'],
      ['Cours', '2026-06-04T07:00'],
      ['Cours déplacé', '2026-06-16T18:00'],
      ['Cours', '2026-06-22T16:00'],
    ])
    expect(reading.events.map((item) => item.external_id)).toEqual([
      '1/2026-06-01T16:00:00.000Z',
      '1/2026-06-04T07:00:00.000Z',
      '1/2026-06-15T16:00:00.000Z',
      '1/2026-06-22T16:00:00.000Z',
    ])
  })

  it('an endless series stops at the window, single events stay and say that they are outside', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:Point', `${paris}20250101T090000`, 'DURATION:PT15M', 'RRULE:FREQ=WEEKLY;BYDAY=TH'),
        event('UID:2', 'SUMMARY:Autrefois', `${paris}20200101T090000`, 'DURATION:PT1H'),
      ),
    )
    // 2026 begins and ends on a Thursday: 53 of them.
    expect(reading.events.filter((item) => item.recurring)).toHaveLength(53)
    expect(reading.events.filter((item) => item.outside_window).map((item) => item.uid)).toEqual(['2'])
  })

  it('at most the cap comes out, and it is said once with its line', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:a', `${paris}20260101T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
        event('UID:2', 'SUMMARY:b', `${paris}20260101T090000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
      ),
      400,
    )
    expect([reading.events.length, reading.instances, reading.capped]).toEqual([400, 400, true])
    expect(codes(reading)).toEqual(['10 calendar.too_many_instances'])
  })

  it('a rule by the second ends and says so', () => {
    const reading = read(calendar(event('UID:1', 'SUMMARY:a', `${paris}20200101T090000`, 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')))
    expect(codes(reading)).toEqual(['8 calendar.rule_endless'])
  })
})

describe('broken parts are reported with their line, the good ones come out', () => {
  it('each event for itself', () => {
    const reading = read(
      calendar(
        event('UID:1', 'SUMMARY:Bon', 'DTSTART:20260701T100000Z', 'DTEND:20260701T110000Z'),
        event('UID:2', 'SUMMARY:Sans début'),
        event('UID:3', 'SUMMARY:Mois 13', 'DTSTART:20261301T100000Z'),
        event('UID:4', 'SUMMARY:Fuseau', 'DTSTART;TZID=Atlantide:20260701T100000'),
        event('UID:5', 'SUMMARY:Règle', 'DTSTART:20260701T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=PARFOIS'),
        event('UID:6', 'SUMMARY:Ligne', 'n’importe quoi', 'DTSTART:20260701T100000Z', 'DURATION:PT1H'),
        'BEGIN:VEVENT',
        'UID:7',
        'SUMMARY:Ouvert',
        'DTSTART:20260701T100000Z',
        event('UID:8', 'SUMMARY:Dernier', 'DTSTART:20260702T100000Z', 'DURATION:PT1H'),
      ),
    )
    expect(reading.events.map((item) => item.title)).toEqual(['Bon', 'Ligne', 'Dernier'])
    expect(codes(reading)).toEqual([
      '9 calendar.start_missing',
      '16 calendar.time_unreadable',
      '21 calendar.zone_unknown',
      '28 calendar.rule_unreadable',
      '33 calendar.line_unreadable',
      '37 calendar.event_not_closed',
    ])
    expect(reading.problems.map((problem) => problem.severity)).toEqual(['error', 'error', 'error', 'error', 'warning', 'error'])
  })

  it('a file that is no calendar is said so; any text at all is read without an exception', () => {
    expect(codes(read('nom;prénom'))).toEqual(['1 calendar.not_a_calendar'])
    const line = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'END:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'BEGIN:VTIMEZONE',
      'TZID:X',
      'END:VTIMEZONE',
      'BEGIN:STANDARD',
      'END:STANDARD',
      'DTSTART:20260101T000000',
      'DTSTART;TZID=X:20260101T000000',
      'DTEND:2026',
      'DURATION:P',
      'RRULE:FREQ=YEARLY;BYMONTH=99',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3',
      'RDATE;VALUE=PERIOD:20260101T000000Z/PT1H',
      'EXDATE:x',
      'RECURRENCE-ID:20260101T000000',
      'UID:1',
      ' suite',
      '',
      'ATTENDEE;CN="A:mailto:a',
      'STATUS:CANCELLED',
      ';',
      'TZOFFSETTO:zz',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 25 }), (lines) => {
        const reading = read(['BEGIN:VCALENDAR', ...lines].join('\n'))
        expect(Array.isArray(reading.events)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the newest of two versions, and reads several calendars of one file', () => {
    const one = calendar(
      event('UID:1', 'SEQUENCE:2', 'SUMMARY:Neuf', 'DTSTART:20260701T100000Z', 'DURATION:PT1H'),
      event('UID:1', 'SEQUENCE:1', 'SUMMARY:Vieux', 'DTSTART:20260701T090000Z', 'DURATION:PT1H'),
    )
    const reading = read(one + calendar(event('UID:1', 'SUMMARY:Autre agenda', 'DTSTART:20260701T100000Z', 'DURATION:PT1H')))
    expect(reading.calendars).toBe(2)
    expect(reading.events.map((item) => [item.title, item.calendar])).toEqual([
      ['Neuf', 1],
      ['Autre agenda', 2],
    ])
    expect(codes(reading)).toEqual(['10 calendar.superseded'])
  })
})

describe('a calendar becomes a preview', () => {
  const text = calendar(
    event(
      'UID:1',
      'SUMMARY:Concert',
      'LOCATION:Grande salle',
      'CATEGORIES:Jazz,Soir',
      'DTSTART:20260701T180000Z',
      'DURATION:PT2H',
      'ATTENDEE;CN=Ada Roux:mailto:ada@example.org',
      'ATTENDEE;CN=Ada:mailto:ADA@example.org',
      'ATTENDEE;CUTYPE=ROOM;CN=Salle:mailto:salle@example.org',
      'ATTENDEE;PARTSTAT=DECLINED;CN=Bo:mailto:bo@example.org',
    ),
    event('UID:2', 'SUMMARY:Relâche', 'DTSTART;VALUE=DATE:20260702'),
    event('UID:3', 'SUMMARY:Annulé', 'STATUS:CANCELLED', 'DTSTART:20260703T180000Z', 'DURATION:PT2H'),
    event('UID:4', 'SUMMARY:Sans durée', 'DTSTART:20260703T180000Z'),
    event('UID:5', 'SUMMARY:À l’envers', 'DTSTART:20260703T180000Z', 'DTEND:20260703T170000Z'),
  )
  it('with places, tags, people, days off, and what is refused', () => {
    const preview = previewCalendar({ reading: read(text), source: 'agenda.ics', country: 'FR', attendees: 'assign' })
    expect(
      preview.proposals.missions.map((item) => [
        item.external.external_id,
        item.draft.title,
        item.draft.kind,
        item.draft.all_day,
        item.draft.tags,
      ]),
    ).toEqual([
      ['1', 'Concert', null, false, ['Jazz', 'Soir']],
      ['2', 'Relâche', 'off', true, []],
    ])
    expect(preview.proposals.people.map((item) => [item.draft.full_name, item.draft.email])).toEqual([['Ada Roux', 'ada@example.org']])
    expect(preview.proposals.locations.map((item) => item.draft.name)).toEqual(['Grande salle'])
    expect(preview.counts).toMatchObject({ rows: 5, accepted: 3, rejected: 2, assignments: { create: 1 } })
    expect(preview.rows.map((row) => row.issues.map((issue) => issue.issue))).toEqual([
      ['duplicate_person'],
      [],
      ['event_canceled'],
      ['zero_length'],
      ['reversed'],
    ])
  })
  it('the next export of the same calendar proposes the cancellation of what is held', () => {
    const held = {
      id: 'm1',
      external: [{ source: 'agenda.ics', external_id: '3' }],
      title: 'Annulé',
      day_code: null,
      starts_at: at('2026-07-03T18:00:00Z'),
      ends_at: at('2026-07-03T20:00:00Z'),
      zone: 'Europe/Paris',
      location_id: null,
      kind: null,
      tags: [],
      description: null,
    }
    const preview = previewCalendar({
      reading: read(text),
      source: 'agenda.ics',
      country: 'FR',
      attendees: 'ignore',
      existing: { locations: [], people: [], missions: [held], assignments: [] },
    })
    const canceled = preview.proposals.missions.find((item) => item.match?.id === 'm1')
    expect(canceled).toMatchObject({ decision: 'update', draft: { canceled: true }, changes: [{ field: 'status', new: 'canceled' }] })
  })
})

describe('a hostile calendar', () => {
  const WITHIN_MS = 20_000
  const timed = (text: string): CalendarReading => {
    const from = performance.now()
    const reading = read(text)
    expect(performance.now() - from).toBeLessThan(WITHIN_MS)
    return reading
  }
  const ruled = (...rules: string[]): string => event('UID:1', 'SUMMARY:Bombe', 'DTSTART:20260105T080000Z', 'DURATION:PT1H', ...rules.map((rule) => `RRULE:${rule}`))

  it('with a day that never comes, or steps of a million years, is read at once', () => {
    const once = ['2026-01-05T08:00 2026-01-05T09:00']
    expect(spans(timed(calendar(ruled('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'))))).toEqual(once)
    expect(codes(timed(calendar(ruled('FREQ=DAILY;INTERVAL=999999999'))))).toEqual(['8 calendar.rule_endless'])
    expect(spans(timed(calendar(ruled('FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'))))).toEqual(once)
  })

  it('of hundreds of rules by the second stops after as many steps as one file is worth', () => {
    const reading = timed(calendar(...Array.from({ length: 300 }, (_, index) => ruled('FREQ=SECONDLY').replace('UID:1', `UID:${index}`))))
    expect(reading.problems.filter(({ code }) => code === 'calendar.rule_endless')).toHaveLength(300)
    expect(reading.instances).toBeLessThanOrEqual(2_000)
  })

  it('whose zone changes its clock every second has no such zone', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Folle', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=SECONDLY', 'END:STANDARD', 'END:VTIMEZONE']
    expect(codes(timed(calendar(...zone, event('UID:1', 'SUMMARY:Ici', 'DTSTART;TZID=Folle:20260105T080000', 'DURATION:PT1H'))))).toEqual(['15 calendar.zone_unknown'])
  })

  it('with a forbidden rule or a length beyond every calendar loses that event, told with its line, and no other', () => {
    const fine = event('UID:2', 'SUMMARY:Garde', 'DTSTART:20260105T080000Z', 'DURATION:PT1H')
    for (const [broken, problem] of [
      [ruled('FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1'), 'calendar.rule_unreadable'],
      [event('UID:1', 'SUMMARY:Sans fin', 'DTSTART:20260105T080000Z', 'DURATION:P99999999999W'), 'calendar.time_unreadable'],
      [event('UID:1', 'SUMMARY:Sans fin', 'DTSTART:20260105T080000Z', 'DURATION:P9999999D'), 'calendar.time_unreadable'],
    ] as const) {
      const reading = timed(calendar(broken, fine))
      expect(spans(reading)).toEqual(['2026-01-05T08:00 2026-01-05T09:00'])
      expect(reading.problems.map(({ code }) => code)).toEqual([problem])
    }
  })
})
