import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reminderBuckets } from '../../../shared/domain/engagement/model.ts'
import { anchorOf, bucketsOf, missingAcceptance, missingContract, missingDocument, reminderKey, remindersOf, type GivenReminder, type Missing } from '../../../shared/domain/engagement/reminders.ts'
import { addDays, DAY, fromMs, HOUR, localDateOf, MINUTE, toLocal, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

const paris = 'Europe/Paris'
const at = (text: string): Instant => text as Instant
const day = (text: string): LocalDate => text as LocalDate
const of = { subject_id: 'a', assignment_id: 'b', anchor: day('2027-06-18'), zone: paris }

/** An authority that looks at these instants, and writes down what it gave. */
function walk(missing: Missing, looks: readonly Instant[]): (GivenReminder & { level: string; at: Instant })[] {
  const given: (GivenReminder & { level: string; at: Instant })[] = []
  for (const now of looks) {
    const { due } = remindersOf(missing, given, now)
    if (due) given.push({ kind: due.kind, subject_id: due.subject_id, anchor: due.anchor, bucket: due.bucket, level: due.level, at: now })
  }
  return given
}
const every = (from: Instant, to: Instant, step: number): Instant[] => Array.from({ length: Math.ceil((toMs(to) - toMs(from)) / step) }, (_, index) => fromMs(toMs(from) + index * step))

describe('the buckets of a day', () => {
  it('begin at midnight on the clocks of the project, in winter, in summer and across both changes', () => {
    expect(bucketsOf(day('2027-06-18'), paris).map(({ from }) => from)).toEqual(['2027-06-10T22:00:00.000Z', '2027-06-14T22:00:00.000Z', '2027-06-16T22:00:00.000Z', '2027-06-18T22:00:00.000Z'])
    expect(bucketsOf(day('2027-03-29'), paris).map(({ from }) => from)).toEqual(['2027-03-21T23:00:00.000Z', '2027-03-25T23:00:00.000Z', '2027-03-27T23:00:00.000Z', '2027-03-29T22:00:00.000Z'])
    expect(bucketsOf(day('2027-11-01'), paris).map(({ from }) => from)).toEqual(['2027-10-24T22:00:00.000Z', '2027-10-28T22:00:00.000Z', '2027-10-30T22:00:00.000Z', '2027-11-01T23:00:00.000Z'])
    expect(bucketsOf(day('2027-06-18'), 'America/Martinique')[0]?.from).toBe('2027-06-11T04:00:00.000Z')
  })

  it('follow one another without a gap, and the last stays open', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 364 }), fc.constantFrom(paris, 'America/Martinique', 'Pacific/Noumea', 'Africa/Cairo', 'UTC'), (ahead, zone) => {
      const buckets = bucketsOf(addDays(day('2027-01-01'), ahead), zone)
      expect(buckets.map(({ bucket }) => bucket)).toEqual(reminderBuckets)
      for (const [index, { from, until }] of buckets.entries()) {
        expect(until).toBe(buckets[index + 1]?.from ?? null)
        expect(until === null || from < until).toBe(true)
        // Its first instant is of its day, the one before is not.
        expect(localDateOf(fromMs(toMs(from) - 1), zone) < toLocal(from, zone).date).toBe(true)
      }
    }))
  })
})

describe('what is due', () => {
  it('is given once for its bucket: first to production, then above them', () => {
    const given = walk(missingAcceptance({ ...of, asked_at: at('2027-06-01T08:00:00.000Z') }), every(at('2027-06-01T08:00:00.000Z'), at('2027-07-01T00:00:00.000Z'), HOUR))
    expect(given.map(({ bucket, level }) => [bucket, level])).toEqual([['d-7', 'production'], ['d-3', 'direction'], ['d-1', 'direction'], ['d+1', 'direction']])
    expect(new Set(given.map(reminderKey)).size).toBe(4)
  })

  it('is not what had begun before the asking', () => {
    const asked = (asked_at: string) => walk(missingAcceptance({ ...of, asked_at: at(asked_at) }), every(at(asked_at), at('2027-07-01T00:00:00.000Z'), HOUR)).map(({ bucket, level }) => [bucket, level])
    expect(asked('2027-06-12T08:00:00.000Z')).toEqual([['d-3', 'production'], ['d-1', 'direction'], ['d+1', 'direction']])
    expect(asked('2027-06-17T08:00:00.000Z')).toEqual([['d+1', 'production']])
    expect(asked('2027-06-19T08:00:00.000Z')).toEqual([])
    // On the instant it opens is not before.
    expect(asked('2027-06-10T22:00:00.000Z')).toHaveLength(4)
  })

  it('is given late, once, by an authority that slept, and never for a bucket that is over', () => {
    const missing = missingAcceptance({ ...of, asked_at: at('2027-06-01T08:00:00.000Z') })
    const slept = walk(missing, [at('2027-06-02T00:00:00.000Z'), at('2027-06-16T20:00:00.000Z'), at('2027-06-16T21:00:00.000Z'), at('2027-08-01T00:00:00.000Z'), at('2027-08-02T00:00:00.000Z')])
    expect(slept.map(({ bucket, at: when }) => [bucket, when])).toEqual([['d-3', '2027-06-16T20:00:00.000Z'], ['d+1', '2027-08-01T00:00:00.000Z']])
  })

  it('is given anew for a day that moved, and goes on above', () => {
    const missing = missingAcceptance({ ...of, asked_at: at('2027-06-01T08:00:00.000Z') })
    const now = at('2027-06-12T08:00:00.000Z')
    const first = remindersOf(missing, [], now).due
    expect(first).toMatchObject({ bucket: 'd-7', level: 'production' })
    expect(remindersOf({ ...missing, anchor: day('2027-06-19') }, first ? [first] : [], now).due).toMatchObject({ bucket: 'd-7', anchor: '2027-06-19', level: 'direction' })
  })

  it('waits 48 hours for a contract, and counts a document from when it is expected', () => {
    const yes = missingContract({ ...of, accepted_at: at('2027-06-14T10:00:00.000Z') })
    expect(yes.since).toBe('2027-06-16T10:00:00.000Z')
    expect(walk(yes, every(at('2027-06-14T10:00:00.000Z'), at('2027-07-01T00:00:00.000Z'), HOUR)).map(({ bucket }) => bucket)).toEqual(['d-1', 'd+1'])
    expect(remindersOf(missingDocument({ ...of, expected_at: at('2027-06-01T10:00:00.000Z') }), [], at('2027-06-12T10:00:00.000Z')).due).toMatchObject({ kind: 'document_missing', bucket: 'd-7' })
  })

  it('says when to look again: whoever looks at those instants alone gives the same as who looks all the time', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 20 * 24 * 60 }), fc.constantFrom(paris, 'America/New_York', 'UTC'), (ahead, before, zone) => {
      const anchor = addDays(day('2027-01-15'), ahead)
      const start = bucketsOf(anchor, zone).at(-1)?.from ?? at('')
      const missing = missingAcceptance({ ...of, anchor, zone, asked_at: fromMs(toMs(start) - before * MINUTE) })
      const end = fromMs(toMs(start) + 2 * DAY)
      const often = walk(missing, every(missing.since, end, 5 * MINUTE))
      const looks: Instant[] = []
      for (let now: Instant | null = missing.since; now !== null && now < end; now = remindersOf(missing, [], now).next) looks.push(now)
      const seldom = walk(missing, looks)
      expect(seldom.map(reminderKey)).toEqual(often.map(reminderKey))
      expect(looks.length).toBeLessThanOrEqual(5)
    }), { numRuns: 60 })
  })
})

describe('a year of reminders', () => {
  it('with both changes of the clock, an authority that sleeps and wakes at will: exactly once for a kind, a subject, a day and a bucket', () => {
    const gap = fc.integer({ min: 1, max: 9 * 24 * 60 })
    fc.assert(fc.property(fc.array(gap, { minLength: 60, maxLength: 400 }), fc.integer({ min: 0, max: 300 }), (gaps, asked) => {
      const asked_at = fromMs(toMs(at('2027-01-01T00:00:00.000Z')) + asked * DAY)
      const subjects = Array.from({ length: 12 }, (_, index) => missingAcceptance({ ...of, subject_id: `s${index}`, anchor: anchorOf(fromMs(toMs(at('2027-01-10T21:30:00.000Z')) + index * 30 * DAY), paris), asked_at }))
      let now = toMs(at('2027-01-01T00:00:00.000Z'))
      const looks = gaps.flatMap((minutes) => ((now += minutes * MINUTE) < toMs(at('2028-02-01T00:00:00.000Z')) ? [fromMs(now)] : []))
      for (const missing of subjects) {
        const given = walk(missing, looks)
        expect(new Set(given.map(reminderKey)).size).toBe(given.length)
        // Every bucket that was open at one of the looks, and had not begun before the asking, was given, at the first of them.
        for (const { bucket, from, until } of bucketsOf(missing.anchor, paris)) {
          const first = looks.find((look) => look >= from && (until === null || look < until))
          expect(given.find((one) => one.bucket === bucket)?.at).toBe(from >= missing.since ? first : undefined)
        }
        expect(given.map(({ level }) => level)).toEqual(given.map((_, index) => (index === 0 ? 'production' : 'direction')))
      }
    }), { numRuns: 60 })
  })
})
