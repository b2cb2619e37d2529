/** Who is whose user, one change of many people with what it changes shown before, and who is kept no longer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesOfPerson, tagsAfter } from '../../../shared/domain/people/bulk-change.ts'
import { holdsOf, standingOf, waysOutOf } from '../../../shared/domain/people/retention.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
interface Line {
  [column: string]: unknown
}
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'directory-many' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const person = async (display_name: string, more: object = {}): Promise<string> => String((await app.ask('collaborator.create', { display_name, ...more }))['id'])
const seen = (id: string): Promise<Line> => app.ask('collaborator.get', { id })
const persona = (name: string) => {
  const found = world.personas.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}
const roles = async (): Promise<{ id: string; department_id: string | null }[]> => (await app.ask('organization.get', {}))['crew_roles'] as { id: string; department_id: string | null }[]
const undoLast = async (): Promise<void> => void (await app.ask('history.undo', { command_id: ((await app.ask('history.list', { limit: 1 }))['items'] as Line[])[0]?.['command_id'] }))
const work = async (project_id: string, collaborator_id: string, start_at: string, end_at: string, more: object = {}): Promise<string> => {
  const mission = await app.ask('mission.create', { project_id, title: 'Travail', start_at, end_at })
  const made = await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id, ...more }] })
  return String((made['ids'] as string[])[0])
}

describe('a person of the directory who signs in', () => {
  it('is linked to one user, who then sees as their own what is theirs, and unlinked', async () => {
    const id = await person('Liée Ensuite', { phone: '06 39 98 12 21' })
    const viewer = persona('member')
    const before = (await app.ask('organization.get', {}, viewer.session))['me'] as Line
    const theirs = String(before['collaborator_id'])
    expect(await app.refused('collaborator.link_user', { id, member_id: before['member_id'] })).toBe('collaborator.user_linked')
    await app.ask('collaborator.link_user', { id: theirs, member_id: null })
    expect((await seen(theirs))['user']).toBeNull()
    await work(world.a.project, id, '2026-12-21T10:00:00.000Z', '2026-12-21T18:00:00.000Z')
    await app.ask('collaborator.link_user', { id, member_id: before['member_id'] })
    expect((await seen(id))['user']).toMatchObject({ member_id: before['member_id'] })
    expect(await app.ask('collaborator.get', { id }, viewer.session)).toMatchObject({ phone: '06 39 98 12 21' })
    expect(await app.refused('member.update', { id: persona('viewer').member, version: 1, changes: { collaborator_id: id } })).toBe('collaborator.user_linked')
    await app.ask('collaborator.link_user', { id, member_id: null })
    await app.ask('collaborator.link_user', { id: theirs, member_id: before['member_id'] })
    expect((await app.ask('organization.get', {}, viewer.session))['me']).toMatchObject({ collaborator_id: theirs })
  })

  it('is linked by who may give roles wherever that person works, and by nobody else', async () => {
    const id = await person('Travaille Ailleurs')
    await work(world.b.project, id, '2026-12-22T10:00:00.000Z', '2026-12-22T18:00:00.000Z')
    const manager = persona('project_manager of A')
    expect(await app.refused('collaborator.link_user', { id, member_id: null }, manager.session)).toBe('member.grants_more')
    expect(await app.refused('collaborator.link_user', { id, member_id: null }, persona('planner of A').session)).toBe('auth.forbidden')
    const here = await person('Travaille Ici')
    await work(world.a.project, here, '2026-12-23T10:00:00.000Z', '2026-12-23T18:00:00.000Z')
    await app.ask('collaborator.link_user', { id: here, member_id: null }, manager.session)
  })

  it('becomes by a merge nobody whose work lies where the one who merges gives no roles: their amounts would be the user’s own', async () => {
    const manager = persona('project_manager of A')
    const elsewhere = await person('Double Ailleurs')
    await work(world.b.project, elsewhere, '2026-12-24T10:00:00.000Z', '2026-12-24T18:00:00.000Z')
    const [own, unlinked] = [manager.collaborator, await person('Double Sans Compte')]
    expect(await app.refused('collaborator.merge', { kept_id: own, merged_id: elsewhere }, manager.session)).toBe('member.grants_more')
    expect(await app.refused('collaborator.merge', { kept_id: elsewhere, merged_id: own }, manager.session)).toBe('member.grants_more')
    await app.ask('collaborator.merge', { kept_id: own, merged_id: unlinked }, manager.session)
    await app.ask('collaborator.merge', { kept_id: await person('Double Bis'), merged_id: elsewhere }, manager.session)
  })

  it('is not merged with another who signs in: two accounts would be one person', async () => {
    const [one, other] = [(await app.ask('organization.get', {}, persona('member').session))['me'] as Line, (await app.ask('organization.get', {}, persona('member of A').session))['me'] as Line]
    expect(await app.refused('collaborator.merge', { kept_id: one['collaborator_id'], merged_id: other['collaborator_id'] })).toBe('collaborator.user_linked')
  })
})

describe('many people changed at once', () => {
  it('are shown before and after, changed by one command and put back by one undo', async () => {
    const [role, other] = (await roles()).map((one) => one.id)
    const [a, b, c] = [await person('Ada Ensemble', { tags: ['tournée', 'nuit'] }), await person('Bo Ensemble', { status: 'inactive' }), await person('Cléo Ensemble')]
    await app.ask('collaborator.set_crew_roles', { id: a, crew_role_ids: [other] })
    await app.ask('collaborator.set_crew_roles', { id: c, crew_role_ids: [role] })
    await app.ask('collaborator.change_many', { ids: [c], change: { add_tags: ['été'] } })
    const asked = { ids: [c, b, a], change: { crew_role_id: role, add_tags: ['été', 'TOURNÉE'], remove_tags: ['nuit'], status: 'active' as const } }
    const shown = await app.ask('collaborator.preview_change', asked)
    expect(shown['items']).toEqual([
      { id: a, display_name: 'Ada Ensemble', fields: [{ field: 'crew_role_id', before: other, after: role }, { field: 'tags', before: ['tournée', 'nuit'], after: ['tournée', 'été'] }] },
      { id: b, display_name: 'Bo Ensemble', fields: [{ field: 'crew_role_id', before: null, after: role }, { field: 'tags', before: [], after: ['été', 'TOURNÉE'] }, { field: 'status', before: 'inactive', after: 'active' }] },
      { id: c, display_name: 'Cléo Ensemble', fields: [{ field: 'tags', before: ['été'], after: ['été', 'TOURNÉE'] }] },
    ])
    await app.ask('collaborator.change_many', asked)
    expect(((await seen(a))['crew_roles'] as Line[]).map((one) => one['id'])).toEqual([role, other])
    expect(await seen(a)).toMatchObject({ tags: ['tournée', 'été'] })
    expect(await seen(b)).toMatchObject({ status: 'active', tags: ['été', 'TOURNÉE'] })
    expect(await app.ask('collaborator.preview_change', asked)).toEqual({ items: [], same: 3 })
    await undoLast()
    expect(((await seen(a))['crew_roles'] as Line[]).map((one) => one['id'])).toEqual([other])
    expect(await seen(a)).toMatchObject({ tags: ['tournée', 'nuit'] })
    expect(await seen(b)).toMatchObject({ status: 'inactive', tags: [], crew_roles: [] })
    expect(await app.refused('collaborator.change_many', asked, persona('member').session)).toBe('auth.forbidden')
  })

  it('leave alone what is so already', () => {
    expect(changesOfPerson({ tags: ['a'], status: 'active', crew_role_ids: [] }, { add_tags: ['A'], status: 'active' })).toEqual([])
    expect(tagsAfter(['a', 'b'], { add_tags: ['c'], remove_tags: ['B', 'c'] })).toEqual(['a'])
  })
})

describe('who is kept no longer', () => {
  const day = (text: string): LocalDate => text as LocalDate
  const done = (end: string, more: object = {}) => ({ state: 'executed' as const, end_at: `${end}T20:00:00.000Z` as Instant, engagement_kind: 'cddu_technician', rate_minor: 20_000, ...more })
  it('is held by work ahead, five years by the staff register, ten by accounting, and by nothing canceled', () => {
    const today = day('2026-10-20')
    expect(holdsOf([done('2022-02-28')], today)).toEqual([{ reason: 'staff_register', until: '2027-02-28', count: 1 }, { reason: 'accounting', until: '2032-02-28', count: 1 }])
    expect([waysOutOf(holdsOf([done('2022-02-28')], today)), waysOutOf([])]).toEqual([['archive'], ['archive', 'remove']])
    expect(holdsOf([done('2020-02-29', { engagement_kind: 'freelance' })], today)).toEqual([{ reason: 'accounting', until: '2030-03-01', count: 1 }])
    expect(holdsOf([done('2016-01-01'), done('2026-10-25', { state: 'canceled' }), done('2026-10-01', { state: 'proposed' }), done('2026-10-01', { engagement_kind: 'volunteer', rate_minor: null })], today)).toEqual([])
    expect(holdsOf([done('2026-10-25', { state: 'planned' })], today)).toEqual([{ reason: 'work_ahead', until: '2026-10-25', count: 1 }])
    expect([standingOf(day('2026-10-19'), [], today), standingOf(day('2026-10-20'), [], today), standingOf(day('2026-11-19'), [], today), standingOf(day('2026-11-20'), [], today)]).toEqual(['due', 'soon', 'soon', null])
  })

  it('is listed with what holds them, kept longer or let go with a reason, and brought back by undo', async () => {
    const past = { retain_until: '2026-01-31' }
    const [free, booked, later] = [await person('Partie Libre', past), await person('Partie Prise', past), await person('Partie Bientôt', { retain_until: '2026-11-01' })]
    await app.ask('collaborator.set_skill', { id: free, skill_id: world.ids.get('skill')?.[0], level: 2 })
    await work(world.b.project, booked, '2026-12-24T10:00:00.000Z', '2026-12-24T18:00:00.000Z')
    const listed = async (): Promise<Line[]> => ((await app.ask('collaborator.list_retention', { search: 'partie' }))['items'] as Line[])
    expect((await listed()).map((line) => [line['id'], line['standing'], line['holds']])).toEqual([
      [free, 'due', []], [booked, 'held', [{ reason: 'work_ahead', until: '2026-12-24', count: 1 }]], [later, 'soon', []],
    ])
    // Work of a project that is not the asker's holds all the same; only its day is told.
    expect(((await app.ask('collaborator.list_retention', { search: 'prise' }, persona('planner of A').session))['items'] as Line[])[0]).toMatchObject({ standing: 'held', held_until: '2026-12-24' })
    expect((await listed()).map((line) => line['ways_out'])).toEqual([['archive', 'remove'], [], []])
    expect(await app.refused('collaborator.list_retention', {}, persona('viewer').session)).toBe('auth.forbidden')

    const reason = 'Revue annuelle'
    expect(await app.refused('collaborator.retire', { ids: [free, booked], how: 'remove', reason })).toBe('collaborator.held')
    expect(await app.refused('collaborator.retire', { ids: [later], how: 'archive', reason })).toBe('collaborator.not_due')
    expect(await app.refused('collaborator.extend_retention', { ids: [free], retain_until: '2026-01-01', reason })).toBe('collaborator.retain_past')
    await app.ask('collaborator.extend_retention', { ids: [booked, later], retain_until: '2027-01-31', reason })
    expect((await listed()).map((line) => line['id'])).toEqual([free])
    const noted = ((await app.ask('audit.list', { limit: 50 }))['items'] as Line[]).find((one) => one['action'] === 'collaborator.extend_retention')
    expect(noted).toMatchObject({ reason })

    await app.ask('collaborator.retire', { ids: [free], how: 'archive', reason })
    expect(await seen(free)).toMatchObject({ status: 'inactive' })
    await app.ask('collaborator.retire', { ids: [free], how: 'remove', reason })
    expect(await listed()).toEqual([])
    await undoLast()
    expect(await seen(free)).toMatchObject({ status: 'inactive', skills: [{ level: 2 }] })
  })
})
