/** Rows of random plans: nobody and nothing is lost, counted twice or out of place, whatever the rows are grouped by. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupings, planOf } from '../../../../renderer/pages/planning/plan.ts'
import type { Grouping, Plan, Window } from '../../../../renderer/pages/planning/plan.ts'
import { neighbour, personBeside } from '../../../../renderer/pages/planning/timeline/neighbours.ts'
import { lacking, layoutOf } from '../../../../renderer/pages/planning/timeline/rows.ts'
import type { Layout, RowsAsked } from '../../../../renderer/pages/planning/timeline/rows.ts'
import { HOUR, zoneOf } from './clock.ts'

const codes = ['REG', 'LUM', null] as const
const sizes = { bar: 26, pad: 10, header: 24 }
const START = Date.UTC(2026, 9, 23)

interface Drawn {
  readonly people: readonly number[]
  readonly assignments: readonly { readonly person: number; readonly mission: number; readonly role: number; readonly start: number; readonly hours: number }[]
  readonly needs: readonly { readonly mission: number; readonly role: number; readonly heads: number; readonly filled: number; readonly held: number }[]
  readonly zone: string
}

const drawnOf: fc.Arbitrary<Drawn> = fc.record({
  people: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 8 }),
  assignments: fc.array(fc.record({ person: fc.nat(7), mission: fc.nat(3), role: fc.integer({ min: -1, max: 3 }), start: fc.nat(72), hours: fc.integer({ min: 1, max: 14 }) }), { maxLength: 60 }),
  needs: fc.array(fc.record({ mission: fc.nat(3), role: fc.nat(3), heads: fc.integer({ min: 1, max: 4 }), filled: fc.nat(3), held: fc.nat(2) }), { maxLength: 12 }),
  zone: zoneOf,
})

/** The answer of the core that these numbers stand for. */
function windowOf({ people, assignments, needs, zone }: Drawn): Window {
  const rows = assignments.map((one) => ({ ...one, person: one.person % people.length, start: START + one.start * HOUR }))
  const column = <T,>(of: (row: (typeof rows)[number], index: number) => T): T[] => rows.map(of)
  return {
    from: new Date(START).toISOString(), to: new Date(START + 100 * HOUR).toISOString(), zone, checked_at: new Date(START).toISOString(),
    people: people.map((role, index) => ({ id: `p${index}`, name: `Person ${9 - index}`, kind: 'person', role })),
    roles: [0, 1, 2, 3].map((index) => ({ id: `r${index}`, name: `Role ${index}`, name_en: null, department_code: codes[index % 3] ?? null, is_head: index === 3 })),
    missions: [0, 1, 2, 3].map((index) => ({
      id: `m${index}`, version: 1, title: `Mission ${index}`, day_code: null, kind: 'show', status: 'planned', start: START + (3 - index) * HOUR, end: START + 50 * HOUR, zone,
      location: index === 3 ? -1 : index % 2, locked: false, tags: [], sheet_number: null,
    })),
    locations: ['Halle', 'Cour'].map((name, index) => ({ id: `l${index}`, name, zone, latitude: null, longitude: null })),
    needs: needs.map((one, index) => ({ id: `n${index}`, mission: one.mission, role: one.role, head_count: one.heads, filled: one.filled, held: one.held, start: START, end: START + HOUR, notes: null })),
    milestones: [], dependencies: [], availability: [], busy: [], busy_known: true, conflicts: [], holidays: [], published: null,
    assignments: {
      id: column((_, index) => `a${index}`), version: column(() => 1), person: column(({ person }) => person), mission: column(({ mission }) => mission), role: column(({ role }) => role), need: column(() => -1),
      start: column(({ start }) => start), end: column(({ start, hours }) => start + hours * HOUR), call: column(() => null), state: column(() => 'planned'), engagement: column(() => 'employee'),
      quantity: column(() => 1), accepted: column(() => 0), refused: column(() => 0), is_lead: column(() => false), part: column(() => null), option_rank: column(() => null), option_expires: column(() => null),
      reconfirm: column(() => false), untold: column(() => false),
    },
  }
}

const askedOf = (plan: Plan, grouping: Grouping, more: Partial<RowsAsked> = {}): RowsAsked => ({
  plan, bars: plan.bars, needs: plan.needs, grouping, departments: [{ code: 'LUM', name: 'Light' }, { code: 'REG', name: 'Stage' }], others: 'Others', collapsed: new Set(), opened: new Set(), sizes,
  compare: (one, other) => one.localeCompare(other), ...more,
})

/** In which group a bar must be, said once more and plainly. */
function groupBy(plan: Plan, grouping: Grouping, bar: Plan['bars'][number]): string {
  if (grouping === 'mission') return bar.mission.id
  if (grouping === 'location') return bar.mission.location?.id ?? ''
  if (grouping === 'department') return bar.role?.department_code ?? ''
  return plan.roles[bar.person.role]?.department_code ?? ''
}

describe('rows', () => {
  it('hold every bar once, in the row of its person and in its group', () => {
    fc.assert(
      fc.property(drawnOf, fc.constantFrom(...groupings), (drawn, grouping) => {
        const plan = planOf(windowOf(drawn))
        const { rows, rowOf } = layoutOf(askedOf(plan, grouping))
        const held = rows.flatMap((row) => (row.kind === 'person' ? row.bars.map((bar) => ({ bar, row })) : []))
        expect(held.map(({ bar }) => bar.id).sort()).toEqual(plan.bars.map(({ id }) => id).sort())
        for (const { bar, row } of held) {
          expect([row.person.id, row.group]).toEqual([bar.person.id, groupBy(plan, grouping, bar)])
          expect(rows[rowOf.get(bar.id) ?? -1]).toBe(row)
        }
        const keys = rows.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('begin where the heights before them end; a row is as high as its lanes, four at most until it is opened', () => {
    fc.assert(
      fc.property(drawnOf, fc.constantFrom(...groupings), fc.boolean(), (drawn, grouping, open) => {
        const plan = planOf(windowOf(drawn))
        const shut = layoutOf(askedOf(plan, grouping))
        const { rows, tops } = open ? layoutOf(askedOf(plan, grouping, { opened: new Set(shut.rows.map(({ key }) => key)) })) : shut
        expect(tops).toEqual([0, ...rows.map((_, index) => rows.slice(0, index + 1).reduce((sum, { height }) => sum + height, 0))])
        for (const row of rows) {
          if (row.kind !== 'person') continue
          const atOnce = Math.max(0, ...row.bars.map(({ start }) => row.bars.filter((other) => other.start <= start && start < other.end).length))
          const lanes = open ? atOnce : Math.min(4, atOnce)
          expect([row.laneCount, row.height]).toEqual([lanes, sizes.pad + Math.max(1, lanes) * sizes.bar])
          expect(row.lanes.length + row.hidden).toBe(row.bars.length)
        }
      }),
    )
  })

  it('stand in the order of the departments, of the missions, of the names; heads of a team before the others', () => {
    fc.assert(
      fc.property(drawnOf, (drawn) => {
        const plan = planOf(windowOf(drawn))
        const order = (grouping: Grouping, known: readonly string[]): void => {
          const groups = layoutOf(askedOf(plan, grouping)).rows.flatMap((row) => (row.kind === 'group' ? [row.id] : []))
          expect(groups).toEqual(known.filter((id) => groups.includes(id)))
        }
        order('person', ['LUM', 'REG', ''])
        order('department', ['LUM', 'REG', ''])
        order('mission', ['m3', 'm2', 'm1', 'm0'])
        order('location', ['l1', 'l0', ''])
        const { rows } = layoutOf(askedOf(plan, 'person'))
        rows.slice(1).forEach((row, index) => {
          const before = rows[index]
          if (row.kind !== 'person' || before?.kind !== 'person') return
          const [one, other] = [before.role?.is_head ?? false, row.role?.is_head ?? false]
          expect(one === other ? before.person.name < row.person.name : one).toBe(true)
        })
      }),
    )
  })

  it('count the posts of a group and show those that still lack somebody', () => {
    fc.assert(
      fc.property(drawnOf, fc.constantFrom(...groupings), (drawn, grouping) => {
        const plan = planOf(windowOf(drawn))
        const { rows } = layoutOf(askedOf(plan, grouping))
        const shown = rows.flatMap((row) => (row.kind === 'need' ? row.lanes.map(({ item }) => item.id) : []))
        expect(shown.sort()).toEqual(plan.needs.filter((need) => need.headCount > need.filled + need.held).map(({ id }) => id).sort())
        const needed = rows.reduce((sum, row) => sum + (row.kind === 'group' ? row.total.needed : 0), 0)
        expect(needed).toBe(plan.needs.reduce((sum, need) => sum + need.headCount, 0))
        expect(plan.needs.every((need) => lacking(need) >= 0)).toBe(true)
      }),
    )
  })

  it('of a folded group are not there, and its header is', () => {
    fc.assert(
      fc.property(drawnOf, fc.constantFrom(...groupings), (drawn, grouping) => {
        const plan = planOf(windowOf(drawn))
        const open = layoutOf(askedOf(plan, grouping))
        const [first] = open.rows
        if (first?.kind !== 'group') return
        const folded = layoutOf(askedOf(plan, grouping, { collapsed: new Set([first.id]) }))
        expect(folded.rows.map(({ key }) => key)).toEqual(open.rows.filter((row) => row.kind === 'group' || row.group !== first.id).map(({ key }) => key))
      }),
    )
  })
})

describe('arrows', () => {
  /** Goes on until there is nothing further. */
  function walk(layout: Layout, from: string, to: 'next' | 'below'): string[] {
    const seen = [from]
    for (let at = neighbour(layout, from, to); at !== null && seen.length < 1000; at = neighbour(layout, at, to)) seen.push(at)
    return seen
  }

  it('lead through every bar of a row in order, and back', () => {
    fc.assert(
      fc.property(drawnOf, (drawn) => {
        const layout = layoutOf(askedOf(planOf(windowOf(drawn)), 'person'))
        for (const row of layout.rows) {
          if (row.kind !== 'person' || !row.lanes[0]) continue
          const ids = row.lanes.map(({ item }) => item.id)
          expect(walk(layout, row.lanes[0].item.id, 'next')).toEqual(ids)
          expect([neighbour(layout, ids[0] ?? '', 'last'), neighbour(layout, ids.at(-1) ?? '', 'first'), neighbour(layout, ids[0] ?? '', 'previous')]).toEqual([ids.at(-1), ids[0], null])
        }
      }),
    )
  })

  it('lead down through every row once, each reached at its bar nearest in time', () => {
    fc.assert(
      fc.property(drawnOf, fc.integer({ min: START, max: START + 80 * HOUR }), (drawn, time) => {
        const layout = layoutOf(askedOf(planOf(windowOf(drawn)), 'person'))
        const [first] = layout.rows
        if (!first) return
        const places = walk(layout, first.key, 'below').map((id) => layout.rowOf.get(id) ?? layout.rows.findIndex(({ key }) => key === id))
        expect(places).toEqual(layout.rows.map((_, index) => index))
        layout.rows.slice(1).forEach((row, index) => {
          if (row.kind !== 'person') return
          const reached = row.lanes.find(({ item }) => item.id === neighbour(layout, layout.rows[index]?.key ?? '', 'below', 0, time))
          const least = Math.min(...row.lanes.map(({ item }) => Math.abs(item.start - time)))
          if (row.lanes.length > 0) expect(Math.abs((reached?.item.start ?? Infinity) - time)).toBe(least)
        })
      }),
    )
  })

  it('hand over to the next person up or down, over headers and posts to fill', () => {
    fc.assert(
      fc.property(drawnOf, (drawn) => {
        const layout = layoutOf(askedOf(planOf(windowOf(drawn)), 'person'))
        const people = layout.rows.flatMap((row) => (row.kind === 'person' ? [row.person.id] : []))
        people.forEach((id, index) => expect([personBeside(layout, id, -1), personBeside(layout, id, 1)]).toEqual([people[index - 1] ?? null, people[index + 1] ?? null]))
      }),
    )
  })
})
