import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engagementStates } from '../../../shared/domain/engagement/rules.ts'
import { missionConflicts } from '../../../shared/domain/planning/mission-conflicts.ts'
import type { MissionAssignment, MissionInput } from '../../../shared/domain/planning/mission-conflicts.ts'
import { instantOf } from './plan-world.ts'

const seat = (id: string, more: Partial<MissionAssignment> = {}): MissionAssignment => ({
  id, person_id: `person-${id}`, start_at: instantOf(1000), end_at: instantOf(1300), state: 'planned', cancel_reason: null, need_id: null,
  quantity: 1, answers_accepted: 0, answers_refused: 0, rate: null, card_rate: null, card_in_force: true, ...more,
})
const show = (more: Partial<MissionInput> = {}, mission: Partial<MissionInput['mission']> = {}): MissionInput => ({
  mission: { id: 'show', project_id: 'festival', start_at: instantOf(1000), end_at: instantOf(1300), status: 'planned', locked: false, ...mission },
  project: { id: 'festival', start_at: instantOf(0), end_at: instantOf(9000) },
  location: { id: 'hall', status: 'active' },
  assignments: [], needs: [], dependencies: [], slots: [], pending: [], stale: [], ...more,
})
const found = (input: MissionInput): string[] => missionConflicts(input).map(({ kind, severity }) => `${kind} ${severity}`)
const figures = (input: MissionInput): unknown => missionConflicts(input)[0]?.figures

describe('the conflicts of one mission', () => {
  it('are none when it is as it should be, nor when it is canceled', () => {
    expect(found(show({ assignments: [seat('a')] }))).toEqual([])
    expect(found(show({ location: { id: 'hall', status: 'offline' }, needs: [{ id: 'n', head_count: 4 }] }, { status: 'canceled' }))).toEqual([])
  })

  it('say when it leaves the window of its project, and by how much', () => {
    const project = { id: 'festival', start_at: instantOf(1010), end_at: instantOf(1280) }
    expect(found(show({ project }))).toEqual(['outside_project warning'])
    expect(figures(show({ project }))).toEqual({ before_minutes: 10, after_minutes: 20 })
    expect(found(show({ project: { id: 'festival', start_at: null, end_at: instantOf(1300) } }))).toEqual([])
    expect(found(show({ project }, { start_at: null, end_at: null }))).toEqual([])
  })

  it('say which assignments leave the mission, canceled ones left out', () => {
    fc.assert(fc.property(
      fc.array(fc.record({ start: fc.integer({ min: 900, max: 1400 }), minutes: fc.integer({ min: 1, max: 400 }), state: fc.constantFrom(...engagementStates) }), { maxLength: 12 }),
      (rows) => {
        const assignments = rows.map((row, index) => seat(`a${index}`, { start_at: instantOf(row.start), end_at: instantOf(row.start + row.minutes), state: row.state }))
        const expected = rows.flatMap((row, index) => {
          let outside = false
          for (let minute = row.start; minute < row.start + row.minutes; minute++) if (minute < 1000 || minute >= 1300) outside = true
          return outside && row.state !== 'canceled' ? [`a${index}`] : []
        })
        const named = missionConflicts(show({ assignments })).map((conflict) => {
          expect(conflict).toMatchObject({ kind: 'outside_mission', severity: 'warning', mission_id: 'show', project_ids: ['festival'] })
          return conflict.records[0]?.id
        })
        expect(named.sort()).toEqual(expected.sort())
      },
    ))
  })

  it('say when it begins before what it waits for has ended and the lag has passed', () => {
    const after = (end: number, lag_minutes: number, status: 'planned' | 'canceled' = 'planned'): MissionInput =>
      show({ dependencies: [{ id: 'd', lag_minutes, after: { id: 'build', end_at: instantOf(end), status } }] })
    expect(found(after(940, 60))).toEqual([])
    expect(found(after(941, 60))).toEqual(['dependency_blocked warning'])
    expect(figures(after(990, 60))).toMatchObject({ short_minutes: 50, after_mission_id: 'build' })
    expect(found(after(2000, 60, 'canceled'))).toEqual([])
  })

  it('say how many posts are open: held ones are not, a refusal makes it severe', () => {
    const needs = [{ id: 'n', head_count: 3 }]
    const rows = [seat('a', { need_id: 'n', state: 'accepted' }), seat('b', { need_id: 'n' })]
    expect(figures(show({ needs, assignments: rows }))).toEqual({ needed: 3, filled: 1, held: 1, open: 1, refused: 0 })
    expect(found(show({ needs, assignments: rows }))).toEqual(['need_open warning'])
    const declined = seat('c', { need_id: 'n', state: 'canceled', cancel_reason: 'declined_by_collaborator' })
    expect(found(show({ needs, assignments: [...rows, declined] }))).toEqual(['need_open severe'])
    expect(found(show({ needs, assignments: [...rows, { ...declined, state: 'proposed' }] }))).toEqual([])
    expect(found(show({ needs, assignments: rows }, { status: 'done' }))).toEqual([])
  })

  it('count the answers of a team that sends several', () => {
    const needs = [{ id: 'roads', head_count: 6 }]
    const team = seat('t', { need_id: 'roads', quantity: 6, answers_accepted: 4 })
    expect(found(show({ needs, assignments: [team] }))).toEqual([])
    const short = show({ needs, assignments: [{ ...team, answers_refused: 1 }] })
    expect(found(short)).toEqual(['need_open severe'])
    expect(figures(short)).toEqual({ needed: 6, filled: 4, held: 1, open: 1, refused: 1 })
  })

  it('say when the place is offline or deprecated, but not once it is done', () => {
    expect(found(show({ location: { id: 'hall', status: 'offline' } }))).toEqual(['location_offline severe'])
    expect(found(show({ location: { id: 'hall', status: 'deprecated' } }))).toEqual(['location_deprecated info'])
    expect(found(show({ location: { id: 'hall', status: 'offline' } }, { status: 'done' }))).toEqual([])
  })

  it('say when slots of the schedule collide at one place or under one person, by every pair', () => {
    const slots = fc.array(fc.record({
      start: fc.nat(120), minutes: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }), place: fc.constantFrom(null, 'stage', 'foyer'), owner: fc.constantFrom(null, 'ada', 'bea'),
    }), { maxLength: 10 })
    fc.assert(fc.property(slots, fc.boolean(), (rows, shareable) => {
      const expected: string[] = []
      rows.forEach((a, i) => rows.forEach((b, j) => {
        if (i >= j || a.minutes === null || b.minutes === null || a.start >= b.start + b.minutes || b.start >= a.start + a.minutes) return
        const owner = a.owner !== null && a.owner === b.owner
        const place = a.place !== null && a.place === b.place
        if (owner || place) expected.push(`${!owner && shareable ? 'info' : 'warning'} s${i} s${j}`)
      }))
      const conflicts = missionConflicts(show({
        slots: rows.map((row, index) => ({
          id: `s${index}`, start_at: instantOf(row.start), end_at: row.minutes === null ? null : instantOf(row.start + row.minutes),
          location_id: row.place, location_shareable: shareable, owner_id: row.owner,
        })),
      }))
      expect(conflicts.map((one) => `${one.severity} ${one.records.map((record) => record.id).sort().join(' ')}`).sort()).toEqual(expected.sort())
    }))
  })

  it('say that changes wait inside a lock, only when asked', () => {
    const pending = [{ entity: 'assignment', id: 'a' }]
    expect(found(show({ pending }, { locked: true }))).toEqual(['locked severe'])
    expect(found(show({}, { locked: true }))).toEqual([])
    expect(found(show({ pending }))).toEqual([])
  })

  it('note stale copies, and rates off the card without telling the amounts', () => {
    expect(found(show({ stale: [{ entity: 'run_sheet', id: 'v3', since: instantOf(5) }] }))).toEqual(['data_stale info'])
    const rate = { basis: 'daily', amount_minor: 31_415, currency: 'EUR' }
    expect(found(show({ assignments: [seat('a', { rate, card_rate: { ...rate } })] }))).toEqual([])
    expect(found(show({ assignments: [seat('a', { rate, card_rate: null })] }))).toEqual([])
    const off = missionConflicts(show({ assignments: [seat('a', { rate, card_rate: { ...rate, amount_minor: 27_182 } })] }))
    expect(off.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(['rate_mismatch info'])
    expect(JSON.stringify(off)).not.toMatch(/31415|27182/)
  })

  it('note a rate kept from a card that was not in force when the mission begins, though it says the same', () => {
    const rate = { basis: 'daily', amount_minor: 31_415, currency: 'EUR' }
    const kept = missionConflicts(show({ assignments: [seat('a', { rate, card_rate: rate, card_in_force: false })] }))
    expect(kept.map(({ kind, severity, figures }) => [kind, severity, figures])).toEqual([['rate_mismatch', 'info', { in_force: false }]])
  })
})
