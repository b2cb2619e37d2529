/** What holds between records holds whoever wrote them: by hand, by undo, by a detour. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { day, openSheetWorld, type SheetWorld } from '../runsheets/world.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const lastCommand = async (): Promise<unknown> => ((await w.app.ask('history.list', {}))['items'] as { command_id: string }[])[0]?.command_id
const mission = async (title: string): Promise<unknown> => (await w.app.ask('mission.create', { project_id: w.project, title, location_id: w.place, start_at: day('11:30', 1), end_at: day('20:00', 1) }))['id']

describe('an undo', () => {
  it('makes no mission wait for itself', async () => {
    const [one, two] = [await mission('Un'), await mission('Deux')]
    const link = await w.app.ask('dependency.add', { project_id: w.project, before_mission_id: one, after_mission_id: two })
    await w.app.ask('dependency.remove', { id: link['id'] })
    const command_id = await lastCommand()
    await w.app.ask('dependency.add', { project_id: w.project, before_mission_id: two, after_mission_id: one })
    expect(await w.app.refused('history.undo', { command_id })).toBe('dependency.cycle')
    expect(await w.app.refused('dependency.add', { project_id: w.project, before_mission_id: one, after_mission_id: one })).toBe('dependency.cycle')
  })

  it('says nothing twice about the same hours of a person', async () => {
    const given = { collaborator_id: w.people.get('Inès Morvan'), zone: 'Europe/Paris', project_id: null, replace: false }
    const first = await w.app.ask('availability.set', { ...given, kind: 'available', start_at: day('08:00', 5), end_at: day('18:00', 5) })
    await w.app.ask('availability.remove', { id: first['id'] })
    const command_id = await lastCommand()
    await w.app.ask('availability.set', { ...given, kind: 'unavailable', start_at: day('10:00', 5), end_at: day('12:00', 5) })
    expect(await w.app.refused('history.undo', { command_id })).toBe('availability.overlap')
  })

  it('takes no mission back to draft under its published sheet', async () => {
    await w.app.ask('mission.change_status', { id: w.mission, to: 'planned' })
    const command_id = await lastCommand()
    const { revision: revision_id } = await w.prepare()
    await w.app.ask('sheet.set_key_time', { revision_id, code: 'general_call', at: day('11:30') })
    await w.app.ask('sheet.validate', { revision_id })
    await w.app.ask('sheet.publish', { revision_id })
    expect(await w.app.refused('history.undo', { command_id })).toBe('mission.published')
    expect((await w.app.ask('mission.get', { id: w.mission }))['status']).toBe('planned')
  })

  it('cancels no mission again on which people are planned since', async () => {
    const id = await mission('Reprise')
    await w.app.ask('mission.change_status', { id, to: 'canceled', reason: 'orage' })
    await w.app.ask('mission.change_status', { id, to: 'draft', reason: 'éclaircie' })
    const command_id = await lastCommand()
    await w.app.ask('assignment.create', { mission_id: id, people: [{ collaborator_id: w.people.get('Inès Morvan') }] })
    expect(await w.app.refused('history.undo', { command_id })).toBe('mission.has_engaged')
  })

  it('puts the lines of a schedule back in their order, unless someone ordered them since', async () => {
    const { revision: revision_id } = await w.prepare()
    const made: unknown[] = []
    for (const label of ['A', 'B', 'C']) made.push((await w.app.ask('sheet.add_slot', { revision_id, label, start_at: day('12:00') }))['id'])
    const order = async (): Promise<string> =>
      (await w.app.file.engine.all("SELECT label FROM sheet_slot WHERE revision_id = ? AND label IN ('A', 'B', 'C') AND deleted_at IS NULL ORDER BY position", [revision_id])).map((row) => row['label']).join('')
    await w.app.ask('sheet.move_slot', { id: made[2], after_id: null })
    expect(await order()).toBe('CAB')
    const moved = await lastCommand()
    await w.app.ask('history.undo', { command_id: moved })
    expect(await order()).toBe('ABC')
    await w.app.ask('history.undo', { command_id: await lastCommand() })
    expect(await order()).toBe('CAB')
    const again = await lastCommand()
    await w.app.ask('sheet.move_slot', { id: made[2], after_id: made[0] })
    expect(await w.app.refused('history.undo', { command_id: again })).toBe('undo.moved')
    expect(await order()).toBe('ACB')
  })

  it('forgets the name that a place had for a moment', async () => {
    const before = await w.app.ask('location.get', { id: w.place })
    await w.app.ask('location.update', { id: w.place, version: before['version'], changes: { name: 'Autre Halle' } })
    expect((await w.app.ask('location.get', { id: w.place }))['label_history']).toMatchObject([{ name: before['name'] }])
    await w.app.ask('history.undo', { command_id: await lastCommand() })
    expect(await w.app.ask('location.get', { id: w.place })).toMatchObject({ name: before['name'], label_history: before['label_history'] })
  })
})

describe('places', () => {
  it('stand in what is larger, whatever is changed first', async () => {
    const venue = (await w.app.ask('location.create', { name: 'Domaine', zone: 'Europe/Paris', kind: 'venue' }))['id']
    const site = (await w.app.ask('location.create', { name: 'Clairière', zone: 'Europe/Paris', kind: 'site', parent_id: venue }))['id']
    const change = (id: unknown, changes: object) => w.app.refused('location.update', { id, version: 1, changes })
    expect([await change(site, { kind: 'venue' }), await change(venue, { kind: 'site' }), await change(venue, { parent_id: site }), await change(site, { parent_id: site })])
      .toEqual(Array.from({ length: 4 }, () => 'validation.invalid'))
    expect(await w.app.refused('location.create', { name: 'Loge', zone: 'Europe/Paris', kind: 'venue', parent_id: venue })).toBe('validation.invalid')
    await w.app.ask('location.update', { id: site, version: 1, changes: { kind: 'room' } })
  })
})
