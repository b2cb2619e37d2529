import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { due, type Due, type DueAcceptance, type DueAssignment, type DueRows } from '../../../shared/domain/engagement/due.ts'
import type { GivenReminder } from '../../../shared/domain/engagement/reminders.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { DAY, fromMs, HOUR, MINUTE, toMs, type Instant } from '../../../shared/kernel/instants.ts'

const id = (name: string): Id => deriveId('due', name)
const at = (text: string): Instant => text as Instant
const T0 = at('2027-06-01T08:00:00.000Z')
const plus = (ms: number, from: Instant = T0): Instant => fromMs(toMs(from) + ms)
const place = { project_id: id('project'), mission_id: id('mission') }
const nothing: DueRows = { zones: new Map([[id('project'), 'Europe/Paris']]), locked: new Set(), acceptances: [], assignments: [], requests: [], missing: [], given: [], tellings: [] }
const asked: DueAcceptance = {
  ...place, id: id('asked'), assignment_id: id('assignment'), state: 'pending', deadline_at: plus(2 * DAY), asked_at: T0, tell_at: T0, has_inbox: true, told: true,
  assignment: { state: 'proposed', start_at: at('2027-06-18T18:00:00.000Z'), reconfirm_since: null },
}
const draft: DueAcceptance = { ...asked, id: id('draft'), state: 'draft', asked_at: null, told: false }
const confirmed: DueAssignment = { ...place, id: id('assignment'), acceptance_id: id('yes'), confirmed_at: T0, end_at: plus(DAY), presence: 'present' }
const keys = ({ commands }: Due): string[] => commands.map(({ key }) => key)

describe('what is due at an instant', () => {
  it('ends a question at its deadline, not a millisecond before', () => {
    const rows = { ...nothing, acceptances: [asked] }
    expect(due(rows, plus(2 * DAY - 1))).toEqual({ commands: [], next: plus(2 * DAY) })
    expect(due(rows, plus(2 * DAY)).commands).toEqual([{ key: `expire:${id('asked')}`, name: 'acceptance.expire', input: { id: id('asked') }, at: plus(2 * DAY) }])
  })

  it('takes away what was given by name at the instant it ends', () => {
    const rows = { ...nothing, grants: [{ id: id('grant'), until_at: plus(DAY) }] }
    expect(due(rows, plus(DAY - 1))).toEqual({ commands: [], next: plus(DAY) })
    expect(due(rows, plus(DAY)).commands).toEqual([{ key: `lapse:${id('grant')}:${plus(DAY)}`, name: 'permission.lapse', input: { id: id('grant') }, at: plus(DAY) }])
  })

  it('tells of a question first, then says that it was told: who has no inbox is written to, or told by hand, and is not told yet', () => {
    const tell = due({ ...nothing, acceptances: [draft] }, T0)
    expect(tell.commands).toEqual([{ key: `tell:${id('draft')}`, name: 'notification.make', input: { about: 'acceptance', id: id('draft') }, at: T0 }])
    const dispatch = due({ ...nothing, acceptances: [{ ...draft, told: true }] }, T0)
    expect(dispatch.commands).toEqual([{ key: `dispatch:${id('draft')}`, name: 'acceptance.told', input: { id: id('draft'), channel: 'inbox' }, at: T0 }])
    expect(due({ ...nothing, acceptances: [{ ...draft, has_inbox: false }] }, T0).commands).toEqual(tell.commands)
    expect(due({ ...nothing, acceptances: [{ ...draft, has_inbox: false, told: true }] }, T0)).toEqual({ commands: [], next: null })
  })

  it('tells nobody before what changed has stood its time, nor of a question whose deadline has passed meanwhile', () => {
    const change: DueAcceptance = { ...draft, tell_at: plus(15 * MINUTE) }
    expect(due({ ...nothing, acceptances: [change] }, plus(15 * MINUTE - 1))).toEqual({ commands: [], next: plus(15 * MINUTE) })
    expect(due({ ...nothing, acceptances: [change] }, plus(15 * MINUTE)).commands).toHaveLength(1)
    for (const told of [false, true]) expect(due({ ...nothing, acceptances: [{ ...change, told }] }, plus(2 * DAY))).toEqual({ commands: [], next: null })
    expect(due({ ...nothing, acceptances: [{ ...change, deadline_at: plus(10 * MINUTE) }] }, T0)).toEqual({ commands: [], next: null })
  })

  it('says that work was done once it is over and somebody saw them there', () => {
    const rows = (of: Partial<DueAssignment>): DueRows => ({ ...nothing, assignments: [{ ...confirmed, ...of }] })
    expect(due(rows({}), plus(DAY - 1))).toEqual({ commands: [], next: plus(DAY) })
    expect(keys(due(rows({}), plus(DAY)))).toEqual([`execute:${id('yes')}:${T0}`])
    expect(keys(due(rows({ acceptance_id: null }), plus(DAY)))).toEqual([`execute:${id('assignment')}:${T0}`])
    // Voided and engaged again: another confirming, another key.
    expect(keys(due(rows({ confirmed_at: plus(HOUR) }), plus(DAY)))).toEqual([`execute:${id('yes')}:${plus(HOUR)}`])
    for (const presence of [null, 'absent'] as const) expect(due(rows({ presence }), plus(9 * DAY))).toEqual({ commands: [], next: null })
    expect(keys(due(rows({ presence: 'late' }), plus(DAY)))).toHaveLength(1)
    expect(due({ ...rows({}), locked: new Set([id('mission')]) }, plus(DAY))).toEqual({ commands: [], next: null })
  })

  it('notes silence on a question of availability, and tells of commits', () => {
    const rows: DueRows = { ...nothing, requests: [{ id: id('request'), deadline_at: plus(HOUR) }], tellings: [{ command_id: id('command'), committed_at: T0 }] }
    expect(due(rows, T0)).toEqual({ commands: [{ key: `tell:${id('command')}`, name: 'notification.make', input: { about: 'command', id: id('command') }, at: T0 }], next: plus(HOUR) })
    expect(keys(due(rows, plus(HOUR)))).toEqual([`tell:${id('command')}`, `no_answer:${id('request')}`])
  })

  it('tells of what is in the log whatever the clock of its author said: a computer that is years ahead delays nothing', () => {
    const ahead = at('2031-01-01T00:00:00.000Z')
    const { commands, next } = due({ ...nothing, tellings: [{ command_id: id('c1'), committed_at: ahead }], late: [{ command_id: id('c2'), acceptance_id: id('a1'), answer: 'accepted', at: ahead, why: 'value' }] }, T0)
    expect(commands.map(({ name, input }) => [name, input['at'] ?? null])).toEqual([['acceptance.note_late', ahead], ['notification.make', null]])
    expect(next).toBeNull()
  })
  it('makes a contract fifteen minutes after the yes, not a millisecond before, by its generation key', () => {
    const rows: DueRows = { ...nothing, contracts: [{ key: 'k', project_id: id('project'), assignment_ids: [id('assignment')], since: T0 }] }
    expect(due(rows, plus(15 * MINUTE - 1))).toEqual({ commands: [], next: plus(15 * MINUTE) })
    expect(due(rows, plus(15 * MINUTE)).commands).toEqual([{ key: 'contract:k', name: 'contract.generate_due', input: { assignment_ids: [id('assignment')] }, at: plus(15 * MINUTE) }])
    expect(due({ ...rows, zones: new Map() }, plus(9 * DAY))).toEqual({ commands: [], next: null })
    expect(keys(due({ ...rows, locked: new Set([id('mission')]) }, plus(DAY)))).toEqual(['contract:k'])
  })

  it('leaves archived projects alone, and asks nothing of a locked mission but what changes no term', () => {
    const rows: DueRows = { ...nothing, acceptances: [asked, draft], assignments: [confirmed], missing: [{ kind: 'document_missing', subject_id: 'd', assignment_id: id('a'), anchor: '2027-06-18' as never, zone: 'Europe/Paris', since: T0, ...place }] }
    expect(due({ ...rows, zones: new Map() }, plus(400 * DAY))).toEqual({ commands: [], next: null })
    expect(keys(due({ ...rows, acceptances: [asked, { ...draft, deadline_at: plus(3 * DAY) }], locked: new Set([id('mission')]) }, plus(2 * DAY)))).toEqual([`tell:${id('draft')}`, `expire:${id('asked')}`])
  })

  it('reminds of what was asked and of a changed question that passed, not of a plain one that is over', () => {
    const when = at('2027-06-12T08:00:00.000Z')
    const waiting: DueAcceptance = { ...asked, deadline_at: plus(40 * DAY) }
    expect(due({ ...nothing, acceptances: [waiting] }, when).commands[0]).toMatchObject({ name: 'reminder.give', input: { kind: 'acceptance_missing', subject_id: id('asked'), bucket: 'd-7', anchor: '2027-06-18' } })
    const passed: DueAcceptance = { ...asked, state: 'expired', assignment: { ...asked.assignment, state: 'accepted', reconfirm_since: T0 } }
    expect(keys(due({ ...nothing, acceptances: [passed] }, when))).toEqual([`remind:acceptance_missing:${id('asked')}:2027-06-18:d-7`])
    expect(due({ ...nothing, acceptances: [{ ...passed, assignment: asked.assignment }] }, when)).toEqual({ commands: [], next: null })
    expect(due({ ...nothing, acceptances: [{ ...draft, deadline_at: plus(40 * DAY) }] }, when).commands.map(({ name }) => name)).toEqual(['notification.make'])
  })

  it('leaves alone what was refused until it may be tried again, and for good what was given up', () => {
    const rows = { ...nothing, acceptances: [asked] }
    const key = `expire:${id('asked')}`
    expect(due(rows, plus(3 * DAY), new Map([[key, plus(3 * DAY + 5000)]]))).toEqual({ commands: [], next: plus(3 * DAY + 5000) })
    expect(keys(due(rows, plus(3 * DAY + 5000), new Map([[key, plus(3 * DAY + 5000)]])))).toEqual([key])
    expect(due(rows, plus(300 * DAY), new Map([[key, null]]))).toEqual({ commands: [], next: null })
    // One that is held does not hold the others.
    expect(keys(due({ ...nothing, acceptances: [asked, { ...asked, id: id('other') }] }, plus(3 * DAY), new Map([[key, null]])))).toEqual([`expire:${id('other')}`])
  })

  it('takes so many at once, the oldest first, and says that there is more', () => {
    const acceptances = Array.from({ length: 12 }, (_, index): DueAcceptance => ({ ...asked, id: id(`n${index}`), deadline_at: plus((12 - index) * HOUR) }))
    const first = due({ ...nothing, acceptances }, plus(DAY), new Map(), 5)
    expect(keys(first)).toEqual([11, 10, 9, 8, 7].map((index) => `expire:${id(`n${index}`)}`))
    expect(first.next).toBe(plus(DAY))
    expect(due({ ...nothing, acceptances }, plus(DAY)).commands).toHaveLength(12)
  })
})

describe('a year of timers', () => {
  it('looked at only when it says so, whatever it was slept through: every effect once, none before its time, in a year with both changes of the clock', () => {
    const jobs = fc.array(fc.record({ start: fc.integer({ min: 0, max: 365 * 24 }), asked: fc.integer({ min: 0, max: 300 * 24 }), deadline: fc.integer({ min: 1, max: 60 * 24 }), there: fc.boolean() }), { minLength: 1, maxLength: 15 })
    fc.assert(fc.property(jobs, fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 40 }), (list, sleeps) => {
      const begin = at('2027-01-01T00:00:00.000Z')
      const world = list.map((job, index) => ({
        acceptance: { ...asked, id: id(`a${index}`), asked_at: plus(job.asked * HOUR, begin), deadline_at: plus((job.asked + job.deadline) * HOUR, begin), assignment: { ...asked.assignment, start_at: plus(job.start * HOUR, begin) } },
        assignment: { ...confirmed, id: id(`w${index}`), acceptance_id: id(`y${index}`), end_at: plus((job.start + 10) * HOUR, begin), presence: job.there ? ('present' as const) : null },
      }))
      const done = new Map<string, Instant>()
      const given: GivenReminder[] = []
      let now = begin
      const rows = (): DueRows => ({
        ...nothing, given,
        // Asked when the clock has come there.
        acceptances: world.flatMap(({ acceptance }) => ((acceptance.asked_at ?? begin) > now || done.has(`expire:${acceptance.id}`) ? [] : [acceptance])),
        assignments: world.flatMap(({ assignment }) => (done.has(`execute:${assignment.acceptance_id ?? ''}:${T0}`) ? [] : [assignment])),
      })
      const asking = world.map(({ acceptance }) => acceptance.asked_at ?? begin).sort()
      for (let turn = 0; turn < 2000; turn++) {
        const { commands, next } = due(rows(), now)
        for (const { key, name, input, at: since } of commands) {
          expect(done.has(key)).toBe(false)
          expect(since <= now).toBe(true)
          done.set(key, now)
          if (name === 'reminder.give') given.push(input as unknown as GivenReminder)
        }
        const wake = [next, asking.find((one) => one > now) ?? null].filter((one): one is Instant => one !== null).sort()[0]
        if (wake === undefined) break
        // A machine that sleeps wakes later.
        now = plus((sleeps[turn % Math.max(1, sleeps.length)] ?? 0) * MINUTE, wake > now ? wake : now)
      }
      for (const { acceptance, assignment } of world) {
        expect((done.get(`expire:${acceptance.id}`) ?? '') >= acceptance.deadline_at).toBe(true)
        expect(done.has(`execute:${assignment.acceptance_id ?? ''}:${T0}`)).toBe(assignment.presence === 'present')
      }
    }), { numRuns: 40 })
  })
})
