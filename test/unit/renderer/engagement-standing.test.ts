import { describe, expect, test } from 'vitest'
import { answersOf } from '../../../renderer/pages/engagement/AnswerDialog.tsx'
import { dayOfRow, notedOf, presenceOfKey } from '../../../renderer/pages/engagement/attendance.ts'
import { leavingOf } from '../../../shared/domain/engagement/leaving-ways.ts'
import type { AcceptanceRow } from '../../../renderer/pages/engagement/rows.ts'
import { askingOf, changedTerms } from '../../../renderer/pages/engagement/standing.ts'
import { timelineDays } from '../../../renderer/pages/engagement/timeline-days.ts'
import type { Entry } from '../../../renderer/pages/engagement/timeline-days.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const at = (text: string): Instant => fromMs(Date.parse(text))
const start = at('2026-10-24T12:00:00.000Z')
const terms: AcceptanceRow['terms'] = {
  project: 'Grandes Marées', mission: 'Ouverture', role: 'Électro', place: null, start_at: start, end_at: at('2026-10-24T20:00:00.000Z'), call_at: null, zone: 'Europe/Paris', engagement_kind: 'cddu_technician', part: null,
  quantity: 1, cachets: 1,
}
const one = (id: string, state: AcceptanceRow['state'], minute: number, more: Partial<AcceptanceRow> = {}): AcceptanceRow => ({
  id, version: 1, assignment_id: 'a', collaborator_id: 'c', former_id: null, state, terms, rate: null, deadline_at: start, asked_at: state === 'draft' ? null : at('2026-10-20T12:00:00.000Z'), channel: null, opened_at: null,
  answered_at: null, source: null, accepted: null, refused: null, conditions: null, words: null, late: null, created_at: at(`2026-10-20T11:${String(minute).padStart(2, '0')}:00.000Z`), created_by: null, asked_by_name: null, ...more,
})
const late = { answer: 'accepted', at: start, why: 'acceptance.deadline_passed' } as const

describe('where the asking of an assignment stands', () => {
  test('nothing was asked', () => expect(askingOf([])).toEqual({ draft: null, pending: null, current: null, former: [], agreed: null, late: null }))

  test('a first draft stands alone; what is told takes its place', () => {
    const draft = one('d', 'draft', 1)
    expect(askingOf([draft])).toMatchObject({ draft: { id: 'd' }, current: { id: 'd' }, pending: null })
    const pending = one('p', 'pending', 1)
    expect(askingOf([pending])).toMatchObject({ draft: null, pending: { id: 'p' }, current: { id: 'p' } })
  })

  test('changed terms wait beside the yes they follow, whatever the order rows come in', () => {
    const [yes, again, first] = [one('y', 'accepted', 5), one('d', 'draft', 9, { former_id: 'y' }), one('f', 'expired', 1)]
    for (const rows of [[yes, again, first], [first, again, yes], [again, yes, first]]) {
      const asking = askingOf(rows)
      expect([asking.draft?.id, asking.current?.id, asking.agreed?.id, asking.former.map(({ id }) => id)]).toEqual(['d', 'y', 'y', ['f']])
    }
  })

  test('a draft that was withdrawn before anybody was told is no former question', () => {
    const asking = askingOf([one('y', 'accepted', 1), one('w', 'withdrawn', 5, { asked_at: null })])
    expect([asking.current?.id, asking.former]).toEqual(['y', []])
  })

  test('a late answer is shown until somebody asks again', () => {
    const passed = one('e', 'expired', 1, { late })
    expect(askingOf([passed]).late?.id).toBe('e')
    expect(askingOf([passed, one('d', 'draft', 5, { former_id: 'e' })]).late).toBeNull()
  })
})

describe('what changed between two offers', () => {
  test('each term by itself, none where nothing did', () => {
    expect(changedTerms({ terms, rate: null }, { terms, rate: null })).toEqual([])
    expect(changedTerms({ terms, rate: null }, { terms: { ...terms, end_at: at('2026-10-24T21:00:00.000Z'), role: null }, rate: null }).map(({ field }) => field)).toEqual(['end_at', 'role'])
  })

  test('a rate that is not shown is not compared', () => {
    const rate = { basis: 'daily', minor: 21_000, currency: 'EUR' }
    expect(changedTerms({ terms, rate: null }, { terms, rate })).toEqual([])
    expect(changedTerms({ terms, rate }, { terms, rate: { ...rate, minor: 22_000 } })).toMatchObject([{ field: 'rate' }])
  })
})

describe('what may be answered', () => {
  const all = new Set(['assignment.accept', 'assignment.decline', 'assignment.withdraw', 'assignment.accept_for', 'assignment.decline_for', 'assignment.withdraw_for'])
  test('only what the core says is possible, and a no only where something is asked', () => {
    expect(answersOf(all, one('p', 'pending', 1), true)).toEqual(['yes', 'conditions', 'no', 'withdraw'])
    expect(answersOf(new Set(['assignment.accept_by_voice']), null, false)).toEqual(['yes', 'conditions'])
    expect(answersOf(all, null, true)).toEqual(['withdraw'])
    expect(answersOf(new Set(), one('p', 'pending', 1), false)).toEqual([])
  })
})

describe('how production lets go', () => {
  test('as the table of states says: a cause where it lists some, words where it asks for them', () => {
    expect(leavingOf('planned')).toEqual({ causes: [], words: 'optional' })
    expect(leavingOf('proposed')).toEqual({ causes: ['withdrawn_by_production'], words: 'optional' })
    expect(leavingOf('accepted')).toEqual({ causes: ['replaced', 'budget_removed'], words: 'optional' })
    expect(leavingOf('confirmed')).toEqual({ causes: [], words: 'required' })
  })
})

describe('attendance', () => {
  test('one key for each state, one to take it back, no other', () => {
    expect(['1', '2', '3', '4', '0', '5', 'a', ''].map(presenceOfKey)).toEqual(['present', 'late', 'left', 'absent', null, undefined, undefined, undefined])
  })
  test('times are typed on the day of the call, on the clocks of the mission', () => {
    expect(dayOfRow({ call_at: at('2026-10-24T22:30:00.000Z'), start_at: at('2026-10-25T00:00:00.000Z') }, 'Europe/Paris')).toMatchObject({ date: '2026-10-25', zone: 'Europe/Paris' })
    expect(notedOf([{ presence: 'present' }, { presence: null }, { presence: 'absent' }])).toBe(2)
  })
})

describe('a timeline by day', () => {
  const entry = (key: string, instant: string): Entry => ({
    key, kind: 'mission_updated', at: at(instant), mission_id: 'm', mission_title: 'Ouverture', assignment_id: null, acceptance_id: null, collaborator_id: null, collaborator_name: null, answer: null, source: null, channel: null, again: false, actor_name: null,
  })
  test('days are local, and what comes twice is there once', () => {
    const days = timelineDays([entry('c', '2026-10-24T22:30:00.000Z'), entry('b', '2026-10-24T10:00:00.000Z'), entry('b', '2026-10-24T10:00:00.000Z')], 'Europe/Paris')
    expect(days.map(({ date, entries }) => [date, entries.map(({ key }) => key)])).toEqual([['2026-10-25', ['c']], ['2026-10-24', ['b']]])
  })
})
