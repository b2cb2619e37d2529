import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMatters, mattersOf, type MatterAssignment, type MatterMission, type MatterPlan, type MatterRows } from '../../../shared/domain/matters/matters.ts'
import { raise, type ConflictDraft } from '../../../shared/domain/planning/conflicts.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'

const now = '2026-10-20T08:00:00.000Z' as Instant
const hours = (count: number): Instant => new Date(Date.parse(now) + count * 3_600_000).toISOString() as Instant
const mission = (id: string, from: number, more: Partial<MatterMission> = {}): MatterMission => ({
  id, project_id: 'P', status: 'planned', start_at: hours(from), end_at: hours(from + 10), zone: 'Europe/Paris', location_id: 'L', people: 3, sheet: { id: `S${id}`, published: 1, in_work: false, behind: false }, ...more,
})
const work = (id: string, on: string, more: Partial<MatterAssignment> = {}): MatterAssignment => ({
  id, project_id: 'P', mission_id: on, person_id: 'ada', state: 'proposed', end_at: hours(40), option_expires_at: null, ...more,
})
const conflict = (draft: Partial<ConflictDraft> = {}) => ({
  ...raise({
    kind: 'rest_short', severity: 'severe', person_id: 'ada', start: Date.parse(hours(30)), end: Date.parse(hours(31)), records: [{ entity: 'assignment', id: 'a1', project_id: 'P', mission_id: 'm1' }], ...draft,
  }),
  acknowledged: false,
})
const rows = (more: Partial<MatterRows> = {}): MatterRows => ({
  now, self: null, missions: [], assignments: [], certifications: [], conflicts: [], failed_jobs: [], refused_imports: [], requests: [], plans: [], kept: [], mayPlan: () => true, mayPublish: () => true, maySheet: () => true, mayDirect: () => true, mayCertify: true, ...more,
})
const kinds = (more: Partial<MatterRows>): string[] => mattersOf(rows(more)).map(({ kind }) => kind)

describe('matters', () => {
  it('has nothing to say of a mission that is whole, published and quiet', () => {
    expect(mattersOf(rows({ missions: [mission('m1', 30)] }))).toEqual([])
  })

  it('asks for the sheet 48 hours ahead, harder a day ahead, until one is published', () => {
    const bare = (from: number, sheet: MatterMission['sheet'] = null) => mattersOf(rows({ missions: [mission('m1', from, { sheet })] }))
    expect(bare(49)).toEqual([])
    expect(bare(47)).toMatchObject([{ kind: 'sheet_due', severity: 'warning', act: { place: 'prepare_sheet', id: 'm1' } }])
    expect(bare(20, { id: 'S', published: null, in_work: true, behind: false })).toMatchObject([{ kind: 'sheet_due', severity: 'severe', act: { place: 'sheet', id: 'S' }, figures: { in_work: true } }])
    expect(bare(20, { id: 'S', published: 2, in_work: false, behind: false })).toEqual([])
  })

  it('says once that a published sheet is behind, however many missions it covers', () => {
    const sheet = { id: 'S', published: 2, in_work: true, behind: true }
    expect(mattersOf(rows({ missions: [mission('m1', 30, { sheet }), mission('m2', 32, { sheet })] }))).toMatchObject([{ kind: 'sheet_behind', figures: { published: 2, in_work: true } }])
  })

  it('says what a mission of the coming week lacks', () => {
    expect(mattersOf(rows({ missions: [mission('m1', 100, { location_id: null, people: 0, status: 'draft' })] }))).toMatchObject([{ kind: 'mission_incomplete', figures: { location: true, people: true } }])
    expect(kinds({ missions: [mission('m1', 100, { location_id: null })] })).toEqual(['mission_incomplete'])
    expect(kinds({ missions: [mission('m1', 24 * 8, { location_id: null })] })).toEqual([])
  })

  it('asks a person for their own answer, and says once who let the deadline of a question pass', () => {
    const request = (id: string, person_id: string, deadline: number | null, asked_at = hours(-50)) => ({ id, person_id, deadline_at: deadline === null ? null : hours(deadline), start_at: hours(100), asked_at, asked_by: 'lea' })
    expect(mattersOf(rows({ self: 'ada', requests: [request('q1', 'ada', null), request('q2', 'ada', 20), request('q3', 'ben', 20)] }))).toMatchObject([
      { id: 'availability_request:q2', severity: 'severe', figures: { own: true }, act: { place: 'availability', id: 'ada' } }, { id: 'availability_request:q1', severity: 'warning', project_id: null },
    ])
    expect(mattersOf(rows({ requests: [request('q1', 'ben', -2), request('q2', 'cleo', -2), request('q3', 'dan', -2, hours(-49)), request('q4', 'eve', 2)] }))).toMatchObject([
      { figures: { own: false, count: 2 }, subject: null }, { figures: { count: 1 }, subject: { entity: 'collaborator', id: 'dan' }, act: { place: 'availability', id: 'dan' } },
    ])
  })

  describe('of a published plan', () => {
    const plan = (id: string, number: number, untold: readonly (readonly [person: string, changes: number])[], more: Partial<MatterPlan> = {}): MatterPlan => ({
      id, project_id: 'P', number, published_at: hours(-13), start_at: hours(-20), end_at: hours(100), untold: untold.map(([person_id, changes]) => ({ person_id, changes })), ...more,
    })
    const said = (plans: readonly MatterPlan[], more: Partial<MatterRows> = {}) => mattersOf(rows({ plans, ...more })).map(({ id, figures, act }) => [id, figures['own'], figures['count'], act.place, act.id])

    it('tells a person what it changed for them, until a newer one of the same days says it again', () => {
      const mine = { self: 'ada', mayPublish: () => false }
      expect(said([plan('p1', 1, [['ada', 3], ['ben', 1]])], mine)).toEqual([['plan_changed:own p1', true, 3, 'plan', 'p1']])
      expect(said([plan('p1', 1, [['ada', 3]]), plan('p2', 2, [['ada', 1]])], mine)).toEqual([['plan_changed:own p2', true, 1, 'plan', 'p2']])
      expect(said([plan('p1', 1, [['ada', 3]]), plan('p2', 2, [])], mine)).toEqual([])
      expect(said([plan('p1', 1, [['ada', 3]]), plan('p2', 2, [], { start_at: hours(40) })], mine)).toHaveLength(1)
    })

    it('tells who publishes how many the latest left untold for half a day, in each project', () => {
      expect(said([plan('p1', 1, [['ada', 3], ['ben', 1]])])).toEqual([['plan_changed:untold p1', false, 2, 'plan', 'p1']])
      expect(said([plan('p1', 1, [['ada', 3]], { published_at: hours(-11) })])).toEqual([])
      expect(said([plan('p1', 1, [['ada', 3]]), plan('p2', 2, [['ben', 1]], { published_at: hours(-1) })])).toEqual([])
      expect(said([plan('p1', 1, [['ada', 3]]), plan('q1', 1, [['ben', 1]], { project_id: 'Q' })])).toHaveLength(2)
      expect(said([plan('p1', 1, [['ada', 3]])], { mayPublish: () => false })).toEqual([])
    })
  })

  it('gathers the open needs of a mission, severe when somebody refused', () => {
    const open = (id: string, count: number, severity: 'warning' | 'severe') =>
      conflict({ kind: 'need_open', severity, records: [{ entity: 'need', id, project_id: 'P', mission_id: 'm1' }, { entity: 'mission', id: 'm1', project_id: 'P', mission_id: 'm1' }], figures: { open: count, needed: 4, filled: 4 - count, held: 0, refused: 0 } })
    expect(mattersOf(rows({ conflicts: [open('n1', 2, 'warning'), open('n2', 1, 'severe')] }))).toMatchObject([{ id: 'need_open:m1', severity: 'severe', figures: { open: 3, needed: 8 } }])
  })

  it('tells people double-booked across projects from other conflicts, and expired options too', () => {
    const records = [{ entity: 'assignment', id: 'a1', project_id: 'P', mission_id: 'm1' }, { entity: 'assignment', id: 'a2', project_id: 'Q', mission_id: 'm2' }]
    expect(kinds({ conflicts: [conflict({ kind: 'person_overlap', records, figures: { other_project: true } })] })).toEqual(['double_booked'])
    expect(kinds({ conflicts: [conflict({ kind: 'option_expired', severity: 'warning' })] })).toEqual(['option_expired'])
    expect(mattersOf(rows({ conflicts: [conflict()] }))).toMatchObject([{ kind: 'conflict', act: { place: 'assignment', id: 'a1' } }])
  })

  it('leaves conflicts of the past alone', () => {
    expect(kinds({ conflicts: [conflict({ start: Date.parse(hours(-5)), end: Date.parse(hours(-4)) })] })).toEqual([])
  })

  it('waits quietly for answers, and presses two days before they are due', () => {
    const on = mission('m1', 200)
    expect(mattersOf(rows({ missions: [on], assignments: [work('a1', 'm1'), work('a2', 'm1', { person_id: 'bob' })] }))).toMatchObject([{ kind: 'answers_awaited', group: 'know', severity: 'info', figures: { count: 2, late: 0 } }])
    expect(mattersOf(rows({ missions: [on], assignments: [work('a1', 'm1', { option_expires_at: hours(-1) })] }))).toMatchObject([{ group: 'handle', figures: { count: 1, late: 1, person_id: 'ada' }, act: { place: 'assignment', id: 'a1' } }])
    expect(kinds({ missions: [on], assignments: [work('a1', 'm1', { state: 'accepted' })] })).toEqual([])
  })

  it('asks a person for their own answer whatever they may plan', () => {
    const asked = rows({ self: 'ada', mayPlan: () => false, missions: [mission('m1', 30)], assignments: [work('a1', 'm1'), work('a2', 'm1', { person_id: 'bob' })] })
    expect(mattersOf(asked)).toMatchObject([{ kind: 'answer_mine', refs: [{ id: 'a1' }, { id: 'm1' }] }])
  })

  it('says which certification ends before a mission of its holder, by the date at the mission', () => {
    const held = (expires_on: string) => ({ id: 'c', person_id: 'ada', kind_name: 'SST', expires_on: expires_on as LocalDate })
    const around = { missions: [mission('m1', 100)], assignments: [work('a1', 'm1', { state: 'confirmed' })] }
    expect(mattersOf(rows({ ...around, certifications: [held('2026-10-23')] }))).toMatchObject([{ kind: 'certification_expiring', group: 'know', figures: { expires_on: '2026-10-23', expired: false } }])
    expect(mattersOf(rows({ ...around, certifications: [held('2026-10-01')] }))).toMatchObject([{ group: 'handle', figures: { expired: true } }])
    expect(kinds({ ...around, certifications: [held('2026-10-25')] })).toEqual([])
  })

  it('gives nobody what they can do nothing about', () => {
    const all = rows({
      missions: [mission('m1', 20, { sheet: null, location_id: null })], assignments: [work('a1', 'm1')], conflicts: [conflict()], certifications: [{ id: 'c', person_id: 'ada', kind_name: 'SST', expires_on: '2026-10-01' as LocalDate }],
    })
    expect(mattersOf(all).map(({ kind }) => kind).sort()).toEqual(['answers_awaited', 'certification_expiring', 'conflict', 'mission_incomplete', 'sheet_due'])
    expect(mattersOf({ ...all, mayPlan: () => false, maySheet: () => false, mayDirect: () => false, mayCertify: false })).toEqual([])
  })

  it('keeps the id when something else changes, and changes the fingerprint so that it is heard of again', () => {
    const before = mattersOf(rows({ missions: [mission('m1', 200)], assignments: [work('a1', 'm1')] }))[0]
    const after = mattersOf(rows({ missions: [mission('m1', 200)], assignments: [work('a1', 'm1'), work('a2', 'm1')] }))[0]
    expect(after?.id).toBe(before?.id)
    expect(after?.fingerprint).not.toBe(before?.fingerprint)
  })

  it('answers the same list, once each and in order, in whatever order the rows come', () => {
    const anyMission = fc.record({ from: fc.integer({ min: -9, max: 300 }), status: fc.constantFrom('draft' as const, 'planned' as const, 'done' as const), people: fc.nat(2), place: fc.boolean(), sheet: fc.constantFrom('none', 'draft', 'behind', 'good') })
    fc.assert(fc.property(fc.array(anyMission, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (drawn, seeds) => {
      const missions = drawn.map((one, index) => mission(`m${index}`, one.from, {
        status: one.status, people: one.people, location_id: one.place ? 'L' : null,
        sheet: one.sheet === 'none' ? null : { id: `S${index}`, published: one.sheet === 'draft' ? null : 1, in_work: one.sheet !== 'good', behind: one.sheet === 'behind' },
      }))
      const found = mattersOf(rows({ missions }))
      const shuffled = missions.map((one) => ({ one, at: seeds.next().value })).sort((one, other) => Number(one.at) - Number(other.at)).map(({ one }) => one)
      expect(mattersOf(rows({ missions: shuffled }))).toEqual(found)
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      expect([...found].sort(compareMatters)).toEqual(found)
    }))
  })
})
