import { afterEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { roles, type Role } from '../../../shared/domain/permissions.ts'
import { revision } from '../../../shared/domain/runsheets/model.ts'
import { revisionStates, revisionTransitions, type RevisionState } from '../../../shared/domain/runsheets/rules.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

const steps = { validated: 'sheet.validate', draft: 'sheet.reopen', published: 'sheet.publish', archived: 'sheet.archive' } as const
/** Written from the specification (documents of rights: planner drafts, manager validates and publishes), not from the code. */
const managers: readonly Role[] = ['org_owner', 'org_admin', 'project_manager']
const planners: readonly Role[] = [...managers, 'planner']
const mayStep: Record<RevisionState, readonly Role[]> = { draft: planners, validated: managers, published: managers, archived: managers }
/** From each state, the states that a step reaches; staying is no step and nothing happens. */
const legal: Record<RevisionState, readonly RevisionState[]> = {
  draft: ['draft', 'validated', 'published'], validated: ['validated', 'draft', 'published'], published: ['archived'], archived: ['archived'],
}

async function versionIn(state: RevisionState, { app, project, place }: SheetWorld, title: string): Promise<string> {
  const mission = await app.ask('mission.create', { project_id: project, title, day_code: 'J5', location_id: place, start_at: day('08:00'), end_at: day('20:00') })
  const { revision_id } = await app.ask('sheet.prepare', { mission_id: mission['id'] })
  if (state === 'validated') await app.ask('sheet.validate', { revision_id })
  if (state === 'published' || state === 'archived') await app.ask('sheet.publish', { revision_id })
  if (state === 'archived') await app.ask('sheet.archive', { revision_id })
  return String(revision_id)
}
const stateOf = async ({ app }: SheetWorld, id: string) => (await app.core.reader().need(revision, id as Id)).state

describe('the life of a version', () => {
  it('the table holds exactly the ways of the specification', () => {
    expect(revisionTransitions.transitions.map(({ from, to, permission }) => `${from} > ${to} by ${permission}`)).toEqual([
      'draft > validated by sheet:validate', 'validated > draft by sheet:validate', 'validated > draft by sheet:draft', 'validated > published by sheet:publish', 'published > archived by sheet:publish',
    ])
  })

  it('every step from every state by every role goes where the table says, or changes nothing', async () => {
    world = await openSheetWorld()
    const sessions = new Map<Role, Session>()
    for (const role of roles) sessions.set(role, await world.member(role, { everywhere: role.startsWith('org_') || role === 'compliance', ...(role === 'member' ? { collaborator: world.people.get('Jeanne Roux') ?? '' } : {}) }))
    const wrong: string[] = []
    for (const from of revisionStates)
      for (const to of revisionStates)
        for (const role of roles) {
          const id = await versionIn(from, world, `${from} ${to} ${role}`)
          const answer = await world.app.core.execute({ name: steps[to], input: { revision_id: id } }, sessions.get(role) as Session)
          const after = await stateOf(world, id)
          const allowed = mayStep[to].includes(role)
          const expected = allowed && legal[from].includes(to) ? to : from
          const code = 'error' in answer ? answer.error.code : 'done'
          const fits = !allowed ? ['auth.forbidden', 'revision.not_found'].includes(code) : legal[from].includes(to) ? code === 'done' : code === 'revision.transition_rejected'
          if (after !== expected || !fits) wrong.push(`${from} > ${to} by ${role}: ${code}, now ${after}`)
        }
    expect(wrong).toEqual([])
  }, 120_000)

  it('publishing the next version archives the former in the same command and takes the next number', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { sheet, revision: first } = await world.prepare()
    await app.ask('sheet.publish', { revision_id: first })
    const second = await app.ask('sheet.revise', { id: sheet })
    expect(await app.refused('sheet.revise', { id: sheet })).toBe('sheet.in_work')
    await app.ask('sheet.validate', { revision_id: second['revision_id'] })
    const published = await app.ask('sheet.publish', { revision_id: second['revision_id'] })
    expect(published).toMatchObject({ number: 2, archived_revision_id: first })
    expect(await stateOf(world, first)).toBe('archived')
    const after = await app.ask('sheet.get', { id: sheet })
    expect(after['revisions']).toMatchObject([{ number: 2, state: 'published', source_revision_id: first, can: expect.arrayContaining(['sheet.archive']) }, { number: 1, state: 'archived' }])
  })

  it('a planner prepares, a manager publishes; with two people asked for, nobody publishes what they validated', async () => {
    world = await openSheetWorld()
    const { app, mission } = world
    const planner = await world.member('planner')
    const manager = await world.member('project_manager')
    const { revision_id } = await app.ask('sheet.prepare', { mission_id: mission }, planner)
    expect(await app.refused('sheet.publish', { revision_id }, planner)).toBe('auth.forbidden')
    const settings = await app.ask('organization.get', {})
    const organization = (settings['organization'] ?? settings) as { version: number }
    await app.ask('organization.update', { id: app.org, version: organization.version, changes: { publish_needs_two_people: true } })
    expect(await app.refused('sheet.publish', { revision_id }, manager)).toBe('sheet.two_people')
    expect(await stateOf(world, String(revision_id))).toBe('draft')
    await app.ask('sheet.validate', { revision_id }, manager)
    expect(await app.refused('sheet.publish', { revision_id }, manager)).toBe('sheet.two_people')
    await app.ask('sheet.publish', { revision_id })
    expect(await stateOf(world, String(revision_id))).toBe('published')
  })

  it('a sheet covers missions of its project and day only, and a mission has one current sheet', async () => {
    world = await openSheetWorld()
    const { app, mission, project, place } = world
    const make = async (title: string, start: string, end: string, project_id: string = project) =>
      String((await app.ask('mission.create', { project_id, title, location_id: place, start_at: start, end_at: end }))['id'])
    const sameDay = await make('Installation', day('06:00'), day('11:00'))
    // 23:30 in Paris is still the same day; 00:30 is the next, though both are the same day in UTC.
    const lateSameDay = await make('Garde de nuit', day('21:30'), day('03:00', 1))
    const nextDay = await make('Démontage', day('22:30'), day('06:00', 1))
    const other = await app.ask('project.create', { code: 'AUT', name: 'Autre', zone: 'Europe/Paris', currency: 'EUR', start_at: day('00:00'), end_at: day('00:00', 3) })
    const elsewhere = await make('Ailleurs', day('08:00'), day('10:00'), String(other['id']))

    const { id: sheet } = await app.ask('sheet.prepare', { mission_id: mission, covers: [sameDay] })
    for (const again of [mission, sameDay]) expect(await app.refused('sheet.prepare', { mission_id: again })).toBe('sheet.covered')
    expect(await app.refused('sheet.cover', { id: sheet, mission_id: nextDay })).toBe('sheet.other_day')
    expect(await app.refused('sheet.cover', { id: sheet, mission_id: elsewhere })).toBe('sheet.other_day')
    await app.ask('sheet.cover', { id: sheet, mission_id: lateSameDay })
    expect((await app.ask('sheet.get', { id: sheet }))['missions']).toMatchObject([{ id: mission }, { id: sameDay }, { id: lateSameDay }])
    expect(await app.refused('sheet.uncover', { id: sheet, mission_id: mission })).toBe('sheet.lead')
    await app.ask('sheet.uncover', { id: sheet, mission_id: sameDay })
    await app.ask('sheet.prepare', { mission_id: sameDay })
    expect(await app.refused('sheet.cover', { id: sheet, mission_id: sameDay })).toBe('sheet.covered')
  })

  it('a withdrawn sheet goes on under its numbers, and its mission can still not be removed', async () => {
    world = await openSheetWorld()
    const { app, project, place } = world
    const mission = await app.ask('mission.create', { project_id: project, title: 'Essai', location_id: place, start_at: day('08:00'), end_at: day('10:00') })
    const { id: sheet, revision_id } = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    await app.ask('sheet.publish', { revision_id })
    await app.ask('sheet.archive', { revision_id })
    const again = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    expect(again['id']).toBe(sheet)
    expect(await app.ask('sheet.get', { id: sheet })).toMatchObject({ work: { number: 2, source_revision_id: revision_id }, missions: [{ id: mission['id'] }] })
    expect(await app.refused('sheet.prepare', { mission_id: mission['id'] })).toBe('sheet.covered')
    await app.ask('sheet.discard_draft', { revision_id: again['revision_id'] })
    expect(await app.ask('sheet.list', { filter: { status: 'archived' } })).toMatchObject({ total: 1, items: [{ id: sheet }] })
    expect(await app.refused('mission.remove', { id: mission['id'] })).toBe('mission.not_removable')
    expect(await app.ask('sheet.revise', { id: sheet, from: 'live' })).toMatchObject({ id: sheet })
  })

  it('a mission of a withdrawn sheet may go to another sheet, which the first does not take back', async () => {
    world = await openSheetWorld()
    const { app, project, place, mission } = world
    const also = await app.ask('mission.create', { project_id: project, title: 'Essai', location_id: place, start_at: day('08:00'), end_at: day('10:00') })
    const { id: sheet, revision_id } = await app.ask('sheet.prepare', { mission_id: mission, covers: [also['id']] })
    await app.ask('sheet.publish', { revision_id })
    await app.ask('sheet.archive', { revision_id })
    const other = await app.ask('sheet.prepare', { mission_id: also['id'] })
    expect(other['id']).not.toBe(sheet)
    await app.ask('sheet.revise', { id: sheet })
    expect((await app.ask('sheet.get', { id: sheet }))['missions']).toMatchObject([{ id: mission }])
    expect(await app.refused('mission.remove', { id: also['id'] })).toBe('mission.not_removable')
  })

  it('the library is found by project, day, place and state', async () => {
    world = await openSheetWorld()
    const { app, project, place } = world
    const { sheet } = await world.prepare()
    const next = await app.ask('mission.create', { project_id: project, title: 'Lendemain', day_code: 'J4', location_id: place, start_at: day('08:00', 1), end_at: day('10:00', 1) })
    const later = await app.ask('sheet.prepare', { mission_id: next['id'] })
    await app.ask('sheet.publish', { revision_id: later['revision_id'] })
    const ids = async (input: unknown) => ((await app.ask('sheet.list', input))['items'] as { id: string }[]).map((row) => row.id)
    expect(await ids({ project_id: project, sort: ['sheet_date'] })).toEqual([sheet, later['id']])
    expect(await ids({ filter: { sheet_date: '2026-10-24' } })).toEqual([sheet])
    expect(await ids({ filter: { status: 'published', location_id: place } })).toEqual([later['id']])
    expect(await ids({ filter: { next_state: 'draft' } })).toEqual([sheet])
    expect(await app.ask('sheet.list', { filter: { id: later['id'] } })).toMatchObject({ items: [{ published_number: 1, mission_count: 1, people_count: 0, version_count: 1, lead_mission_code: 'J4' }] })
  })

  it('drafts go with a mission that is removed', async () => {
    world = await openSheetWorld()
    const { app, project, place } = world
    const mission = await app.ask('mission.create', { project_id: project, title: 'Essai', location_id: place, start_at: day('08:00'), end_at: day('10:00') })
    const { revision_id } = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    await app.ask('sheet.validate', { revision_id })
    await app.ask('mission.remove', { id: mission['id'] })
    expect((await app.ask('sheet.list', {}))['total']).toBe(0)
  })

  it('publishing never locks the mission', async () => {
    world = await openSheetWorld()
    const { app, mission } = world
    const { revision: id } = await world.prepare()
    await app.ask('sheet.publish', { revision_id: id })
    const before = await app.ask('mission.get', { id: mission })
    await app.ask('mission.update', { id: mission, version: before['version'], changes: { title: 'Marée basse' } })
    expect((await app.ask('mission.get', { id: mission }))['locked']).toBe(false)
  })
})
