import { describe, expect, it } from 'vitest'
import { acceptanceTransitions, engagementTransitions } from '../../../shared/domain/engagement/rules.ts'
import { permissions, reachOf } from '../../../shared/domain/permissions.ts'
import type { Role } from '../../../shared/domain/permissions.ts'
import { missionTransitions } from '../../../shared/domain/planning/rules.ts'
import { nextStates, transitionOf, waysOf } from '../../../shared/domain/transitions.ts'
import type { TransitionTable } from '../../../shared/domain/transitions.ts'

/** The legal pairs as the specification lists them, and the least role that may, on someone else's record. */
const chapters: { table: TransitionTable<string>; final: string[]; legal: Record<string, string[]> }[] = [
  {
    table: missionTransitions, final: [],
    legal: {
      draft: ['planned', 'canceled'], planned: ['draft', 'in_progress', 'canceled'], in_progress: ['done', 'canceled'], done: ['in_progress'], canceled: ['draft'],
    },
  },
  {
    table: engagementTransitions, final: ['closed'],
    legal: {
      planned: ['proposed', 'canceled'], proposed: ['accepted', 'canceled'], accepted: ['confirmed', 'canceled'], confirmed: ['executed', 'canceled'],
      executed: ['closed', 'canceled'], closed: [], canceled: ['proposed'],
    },
  },
  {
    table: acceptanceTransitions, final: ['accepted', 'refused', 'expired', 'withdrawn'],
    legal: { draft: ['pending', 'withdrawn'], pending: ['accepted', 'refused', 'expired', 'withdrawn'], accepted: [], refused: [], expired: [], withdrawn: [] },
  },
]

for (const { table, legal, final } of chapters) {
  describe(`the states of ${table.entity}`, () => {
    it('follow each other as the specification says and no other way', () => {
      expect([...table.states].sort()).toEqual(Object.keys(legal).sort())
      for (const from of table.states) {
        for (const to of table.states) {
          const allowed = legal[from]?.includes(to) ?? false
          expect(transitionOf(table, from, to) !== null, `${from} -> ${to}`).toBe(allowed)
          expect(waysOf(table, from, to).every((way) => way.from === from && way.to === to)).toBe(true)
        }
        expect([...nextStates(table, from)].sort()).toEqual([...(legal[from] ?? [])].sort())
      }
    })

    it('can all be reached from the first, and only the last have no way out', () => {
      const reached = new Set<string>(table.initial)
      for (const state of reached) for (const next of nextStates(table, state)) reached.add(next)
      expect([...reached].sort()).toEqual([...table.states].sort())
      expect(table.states.filter((state) => nextStates(table, state).length === 0).sort()).toEqual([...final].sort())
    })

    it('ask for permissions that exist, never the same twice for one pair and set of reasons', () => {
      const seen = new Set<string>()
      for (const way of table.transitions) {
        expect(way.permission === 'system' || permissions.includes(way.permission)).toBe(true)
        expect(way.reasons === undefined || way.reason !== undefined).toBe(true)
        const key = JSON.stringify([way.from, way.to, way.permission])
        expect(seen.has(key), key).toBe(false)
        seen.add(key)
      }
    })
  })
}

describe('who may move whom', () => {
  const may = (role: Role, table: TransitionTable<string>, from: string, to: string): boolean =>
    waysOf(table, from, to).some((way) => way.permission !== 'system' && way.own !== true && ['all', 'org'].includes(reachOf(role, way.permission) ?? ''))

  it('a planner prepares, proposes and withdraws; only a manager confirms, runs, ends or cancels what was accepted', () => {
    const planner = [['planned', 'proposed'], ['planned', 'canceled'], ['proposed', 'canceled'], ['canceled', 'proposed']]
    for (const way of engagementTransitions.transitions.filter((one) => one.permission !== 'system' && one.own !== true)) {
      expect(may('planner', engagementTransitions, way.from, way.to), `${way.from} -> ${way.to}`).toBe(planner.some(([from, to]) => way.from === from && way.to === to))
      expect(may('project_manager', engagementTransitions, way.from, way.to)).toBe(true)
      expect(may('member', engagementTransitions, way.from, way.to)).toBe(false)
    }
    expect(may('planner', missionTransitions, 'draft', 'planned')).toBe(true)
    expect(may('planner', missionTransitions, 'planned', 'in_progress')).toBe(false)
    expect(may('planner', missionTransitions, 'planned', 'canceled')).toBe(false)
    expect(may('project_manager', missionTransitions, 'planned', 'canceled')).toBe(true)
  })

  it('a person answers and withdraws for oneself, and nothing else', () => {
    const own = engagementTransitions.transitions.filter((way) => way.own === true)
    expect(own.map((way) => `${way.from} ${way.to} ${way.reasons ?? ''}`)).toEqual([
      'proposed accepted ', 'proposed canceled declined_by_collaborator', 'accepted canceled withdrawn_by_collaborator',
    ])
    expect(own.every((way) => way.permission !== 'system' && reachOf('member', way.permission) === 'own')).toBe(true)
  })

  it('time alone expires a proposal and runs what was confirmed', () => {
    expect(engagementTransitions.transitions.filter((way) => way.permission === 'system').map((way) => `${way.from} ${way.to}`)).toEqual(['proposed canceled', 'confirmed executed'])
  })

  it('a locked mission refuses everything but being canceled', () => {
    for (const way of missionTransitions.transitions) expect(way.needs?.includes('not_locked') ?? false, `${way.from} -> ${way.to}`).toBe(way.to !== 'canceled')
  })
})
