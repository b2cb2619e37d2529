import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engagementStates } from '../../../shared/domain/engagement/rules.ts'
import { locationConflicts } from '../../../shared/domain/planning/location-conflicts.ts'
import type { LocationInput } from '../../../shared/domain/planning/location-conflicts.ts'
import { missionStates } from '../../../shared/domain/planning/rules.ts'
import { instantOf } from './plan-world.ts'

const RANGE = 600
const window = fc.tuple(fc.nat(RANGE - 61), fc.integer({ min: 1, max: 60 }))
const rooms = fc.record({
  shareable: fc.boolean(),
  capacity: fc.option(fc.nat(4), { nil: null }),
  missions: fc.array(fc.record({ window: fc.option(window, { nil: null, freq: 9 }), status: fc.constantFrom('planned' as const, ...missionStates) }), { maxLength: 8 }),
  heads: fc.array(fc.record({ mission: fc.nat(7), window, state: fc.constantFrom('planned' as const, ...engagementStates), quantity: fc.integer({ min: 1, max: 3 }) }), { maxLength: 14 }),
})

describe('the conflicts of one location', () => {
  it('are those that looking at every pair and every minute finds', () => {
    fc.assert(fc.property(rooms, ({ shareable, capacity, missions, heads }) => {
      const input: LocationInput = {
        location: { id: 'hall', shareable, capacity },
        missions: missions.map(({ window: span, status }, index) => ({
          id: `m${index}`, project_id: `p${index % 2}`, status,
          start_at: span ? instantOf(span[0]) : null, end_at: span ? instantOf(span[0] + span[1]) : null,
        })),
        assignments: heads.map((head, index) => ({
          id: `a${index}`, mission_id: `m${head.mission}`, state: head.state, quantity: head.quantity,
          start_at: instantOf(head.window[0]), end_at: instantOf(head.window[0] + head.window[1]),
        })),
      }
      const expected: string[] = []
      missions.forEach((a, i) => missions.forEach((b, j) => {
        if (i >= j || a.window === null || b.window === null || a.status === 'canceled' || b.status === 'canceled') return
        const start = Math.max(a.window[0], b.window[0])
        const end = Math.min(a.window[0] + a.window[1], b.window[0] + b.window[1])
        if (start < end) expected.push(`location_overlap ${shareable ? 'info' : 'warning'} m${i} m${j} ${instantOf(start)} ${instantOf(end)}`)
      }))
      if (capacity !== null) {
        const crowds = new Map<string, { from: number; to: number; peak: number; times: number }>()
        let there = new Set<string>()
        let since = -1
        let peak = 0
        for (let minute = 0; minute <= RANGE; minute++) {
          const present = heads.filter((head) => head.state !== 'canceled' && head.mission < missions.length && missions[head.mission]?.status !== 'canceled'
            && head.window[0] <= minute && minute < head.window[0] + head.window[1])
          const count = present.reduce((sum, head) => sum + head.quantity, 0)
          if (count > capacity) {
            if (since < 0) since = minute
            peak = Math.max(peak, count)
            for (const head of present) there.add(`m${head.mission}`)
          } else if (since >= 0) {
            const key = [...there].sort().join(' ')
            const known = crowds.get(key)
            crowds.set(key, { from: known?.from ?? since, to: minute, peak: Math.max(peak, known?.peak ?? 0), times: (known?.times ?? 0) + 1 })
            there = new Set()
            since = -1
            peak = 0
          }
        }
        for (const [key, crowd] of crowds) {
          expected.push(`over_capacity warning hall ${key} ${instantOf(crowd.from)} ${instantOf(crowd.to)} ${crowd.peak}/${capacity} x${crowd.times}`)
        }
      }
      const found = locationConflicts(input)
      expect(found.map(({ kind, severity, records, start_at, end_at, figures }) => {
        const line = `${kind} ${severity} ${records.map((record) => record.id).sort().join(' ')} ${start_at} ${end_at}`
        return kind === 'over_capacity' ? `${line} ${figures['heads']}/${figures['capacity']} x${figures['times']}` : line
      }).sort()).toEqual(expected.sort())
      expect(new Set(found.map((conflict) => conflict.id)).size).toBe(found.length)
    }), { numRuns: 400 })
  })

  it('tell when the overlap is with another project', () => {
    const mission = (id: string, project_id: string): LocationInput['missions'][number] =>
      ({ id, project_id, start_at: instantOf(0), end_at: instantOf(60), status: 'draft' })
    const [conflict] = locationConflicts({
      location: { id: 'hall', shareable: false, capacity: null }, missions: [mission('a', 'festival'), mission('b', 'tour')], assignments: [],
    })
    expect(conflict).toMatchObject({ location_id: 'hall', mission_id: null, mission_ids: ['a', 'b'], project_ids: ['festival', 'tour'], figures: { other_project: true } })
  })
})
