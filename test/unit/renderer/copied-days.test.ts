import { describe, expect, it } from 'vitest'
import { daysBetween, missionsWithin, mondayOf } from '../../../renderer/pages/planning/proposal/bulk/copied-days.ts'
import { planWith } from '../../fixtures/plan.ts'

const [mission] = planWith([]).missions
if (!mission) throw new Error('no mission')
const on = (id: string, start: string, zone = 'Europe/Paris', status = 'planned') => ({ ...mission, id, start: Date.parse(start), zone, status })

describe('a copied day or week', () => {
  it('begins on Monday, also from a Sunday and over a change of clock', () => {
    expect([mondayOf('2026-10-25'), mondayOf('2026-10-26'), mondayOf('2026-03-29')]).toEqual(['2026-10-19', '2026-10-26', '2026-03-23'])
    expect([daysBetween('2026-10-24', '2026-10-31'), daysBetween('2026-03-30', '2026-03-23')]).toEqual([7, -7])
  })
  it('holds the missions that begin on it in their own zone, and none that is canceled', () => {
    const missions = [
      on('late', '2026-10-24T21:30:00Z'), on('after midnight', '2026-10-24T22:30:00Z'), on('canceled', '2026-10-24T10:00:00Z', 'Europe/Paris', 'canceled'), on('early', '2026-10-24T05:00:00Z'),
      on('in New York', '2026-10-25T02:00:00Z', 'America/New_York'),
    ]
    expect(missionsWithin(missions, '2026-10-24', '2026-10-25').map(({ id }) => id)).toEqual(['early', 'late', 'in New York'])
  })
})
