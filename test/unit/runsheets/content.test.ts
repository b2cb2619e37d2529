import { afterEach, describe, expect, it } from 'vitest'
import { emergencyNumbersOf, keyTimeOf } from '../../../shared/domain/runsheets/first-draft.ts'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

const snapshotOf = async ({ app }: SheetWorld, revision_id: string, more: Record<string, unknown> = {}) =>
  (await app.ask('sheet.preview', { revision_id, ...more }))['snapshot'] as SheetSnapshot
const codesOf = async ({ app }: SheetWorld, revision_id: string, severity: string) =>
  ((await app.ask('sheet.check', { revision_id }))['checks'] as { code: string; severity: string }[]).filter((one) => one.severity === severity).map((one) => one.code)

describe('a first draft', () => {
  it('is filled from the mission, its milestones, its place and its project', async () => {
    world = await openSheetWorld()
    const { app, mission, project } = world
    for (const [label, at] of [['Balances', day('15:00')], ['Ouverture au public', day('17:45')], ['Visite du préfet', day('17:00')]]) await app.ask('milestone.create', { mission_id: mission, label, at })
    await app.ask('mission.create', { project_id: project, title: 'Reprise', day_code: 'J4', location_id: world.place, start_at: day('09:00', 1), end_at: day('18:00', 1) })
    const { revision } = await world.prepare()
    const sheet = await snapshotOf(world, revision)
    expect(sheet).toMatchObject({
      layout: 'stage', language: 'fr', zone: 'Europe/Paris', date: '2026-10-24',
      missions: [{ code: 'J3', title: 'Marée haute', lead: true }],
      location: { name: 'Grande Halle du Port', address: ['4 rue du Fanal', '17000 La Rochelle'], access: [{ text: 'Équipe : entrée E, avec badge' }] },
      emergency: { numbers: [{ label: null, number: '112' }, { label: 'SAMU', number: '15' }], on_site: 'Poste loge 6', hospital: { name: 'CH du Littoral', minutes: 8 } },
      contacts: [{ label: 'Lieu', name: 'PC Halle', phone: '05 36 49 30 00' }],
      advance: [{ date: '2026-10-25', code: 'J4', rows: [{ at: day('09:00', 1), text: 'Reprise, Grande Halle du Port' }] }],
    })
    expect(sheet.key_times.map(({ code, label, at }) => [code, label, at])).toEqual([
      ['general_call', null, day('11:30')], ['sound_check', null, day('15:00')], ['other', 'Visite du préfet', day('17:00')], ['doors', null, day('17:45')], ['wrap', null, day('04:00', 1)],
    ])
    // Published tables for La Rochelle that day: sunset 19:03 (UTC+2), next sunrise 07:34 (UTC+1); within two minutes.
    expect(Math.abs(Date.parse(String(sheet.practical.sun.set_at)) - Date.parse(day('17:03')))).toBeLessThanOrEqual(120_000)
    expect(Math.abs(Date.parse(String(sheet.practical.sun.next_rise_at)) - Date.parse(day('06:34', 1)))).toBeLessThanOrEqual(180_000)
  })

  it('reads emergency numbers and milestones as people write them', () => {
    expect(emergencyNumbersOf('112 · SAMU : 15; Pompiers 18, Régie +33 5 36 49 11 00')).toEqual([
      { id: 'number-1', label: null, number: '112' }, { id: 'number-2', label: 'SAMU', number: '15' }, { id: 'number-3', label: 'Pompiers', number: '18' },
      { id: 'number-4', label: 'Régie', number: '+33 5 36 49 11 00' },
    ])
    expect(emergencyNumbersOf('')).toEqual([])
    expect(['Demi-heure', 'Doors', 'Représentation', 'Sound check', 'PAT', 'Load-out', 'Arrivée du préfet'].map(keyTimeOf)).toEqual([
      'half', 'doors', 'show', 'sound_check', 'ready_to_shoot', 'load_out', 'other',
    ])
  })

  it('goes to the room that is named, and takes from the house what the room does not say', async () => {
    world = await openSheetWorld()
    const { app, place } = world
    const { revision } = await world.prepare()
    const room = await app.ask('location.create', { name: 'Studio B', kind: 'room', parent_id: place, zone: 'Europe/Paris', parking: 'P2' })
    await app.ask('sheet.update_draft', { revision_id: revision, version: 1, changes: { sheet_location_id: room['id'] } })
    expect((await snapshotOf(world, revision)).location).toMatchObject({ id: room['id'], name: 'Grande Halle du Port, Studio B', address: ['4 rue du Fanal', '17000 La Rochelle'], parking: 'P2' })
  })
})

describe('the gates of a place', () => {
  it('that are only letters share one line named in the language of the sheet; gates in words have their own', async () => {
    world = await openSheetWorld()
    const opened = world
    const { app, place } = opened
    const { revision } = await opened.prepare()
    await app.ask('location.update', { id: place, version: 1, changes: { gates: ['E', 'Portail nord', 'B'] } })
    const linesOf = async (more: Record<string, unknown> = {}) => (await snapshotOf(opened, revision, more)).location?.access.map(({ text }) => text)
    expect(await linesOf()).toEqual(['Équipe : entrée E, avec badge', 'Portes : E, B', 'Portail nord'])
    expect(await linesOf({ language: 'en' })).toEqual(['Équipe : entrée E, avec badge', 'Gates: E, B', 'Portail nord'])
  })
})

describe('the people of a sheet', () => {
  it('are all assigned and not canceled, marked by how sure they are, and the posts still open', async () => {
    world = await openSheetWorld()
    const { app, mission, assignments, roles } = world
    const rigger = roles.get('Rigger')
    await app.ask('need.create', { mission_id: mission, crew_role_id: rigger, head_count: 3 })
    await app.ask('need.create', { mission_id: mission, crew_role_id: roles.get('Chef électro'), head_count: 1 })
    const team = await app.ask('collaborator.create', { display_name: 'Manut’Ouest', kind: 'team' })
    await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: team['id'], crew_role_id: rigger, quantity: 2 }] })
    await app.ask('assignment.cancel', { ids: [assignments[3]] })
    const { revision } = await world.prepare()
    const { people, departments } = await snapshotOf(world, revision)
    expect(people.map((row) => [row.name, row.marker, row.quantity])).toEqual([
      ['Inès Morvan', 'option', 1], ['Karim Benali', 'option', 1], ['Jeanne Roux', 'option', 1], ['Manut’Ouest', 'option', 2], [null, 'to_fill', 1],
    ])
    expect(departments.map((row) => row.code)).toEqual(['REG', 'LUM', 'RIG'])
    expect(await codesOf(world, revision, 'warning')).toContain('open_posts')
  })

  it('show the telephones of heads of department, of others with consent only, and of nobody who refused', async () => {
    world = await openSheetWorld()
    const { app, people } = world
    const answer = (name: string, given: 'given' | 'refused') => app.ask('consent.record', { collaborator_id: people.get(name), purpose: 'phone_on_sheets', answer: given, answered_on: '2026-10-01', source: 'e-mail' })
    const { revision } = await world.prepare()
    const phones = async () => Object.fromEntries((await snapshotOf(world as SheetWorld, revision)).people.map((row) => [row.name, row.phone]))
    expect(await phones()).toEqual({ 'Inès Morvan': '06 39 98 10 01', 'Karim Benali': '06 39 98 10 02', 'Jeanne Roux': null, 'Malik Sow': '06 39 98 10 04' })
    await answer('Jeanne Roux', 'given')
    await answer('Karim Benali', 'refused')
    expect(await phones()).toEqual({ 'Inès Morvan': '06 39 98 10 01', 'Karim Benali': null, 'Jeanne Roux': '06 39 98 10 03', 'Malik Sow': '06 39 98 10 04' })
  })

  it('carry the meal, channel and remarks of this sheet, and their roles in its language', async () => {
    world = await openSheetWorld()
    const { app, assignments } = world
    const { revision } = await world.prepare()
    await app.ask('sheet.set_person', { revision_id: revision, assignment_id: assignments[0], meal_at: day('16:45'), channel: '1' })
    await app.ask('sheet.set_person', { revision_id: revision, assignment_id: assignments[0], remarks: 'Loge 2' })
    const find = (sheet: SheetSnapshot) => sheet.people.find((row) => row.id === assignments[0])
    expect(find(await snapshotOf(world, revision))).toMatchObject({ crew_role: 'Régisseuse générale', meal_at: day('16:45'), channel: '1', remarks: 'Loge 2', call_at: day('12:00') })
    const english = await snapshotOf(world, revision, { language: 'en' })
    expect(find(english)).toMatchObject({ crew_role: 'Head stage manager' })
    expect(english.departments[0]?.name).toBe('Stage management')
  })
})

describe('checks before publishing', () => {
  it('block one by one, and publishing is refused with the same list', async () => {
    world = await openSheetWorld({ hospital: false })
    const { app, mission } = world
    const { revision, sheet } = await world.prepare()
    const version = async () => ((await app.ask('sheet.get', { id: sheet }))['work'] as { version: number }).version
    const change = async (changes: Record<string, unknown>) => app.ask('sheet.update_draft', { revision_id: revision, version: await version(), changes })
    const blocking = () => codesOf(world as SheetWorld, revision, 'blocking')
    expect(await blocking()).toEqual(['no_hospital'])
    const answer = await app.core.execute({ name: 'sheet.publish', input: { revision_id: revision } }, app.owner)
    expect(answer).toMatchObject({ error: { code: 'sheet.checks_failed', details: [{ issue: 'no_hospital' }] } })
    const hospital = { name: 'CH du Littoral', address: null, phone: null, minutes: 8, distance_km: 3.1 }
    await change({ hospital })
    expect(await blocking()).toEqual([])

    await change({ emergency_numbers: [] })
    expect(await blocking()).toEqual(['no_emergency_line'])
    await change({ emergency_numbers: [{ id: 'n1', label: null, number: '112' }] })

    const nowhere = await app.ask('location.create', { name: 'Quelque part', zone: 'Europe/Paris' })
    await change({ sheet_location_id: nowhere['id'] })
    expect(await blocking()).toEqual(['no_place'])
    await change({ sheet_location_id: null })
    const row = await app.ask('mission.get', { id: mission })
    await app.ask('mission.update', { id: mission, version: row['version'], changes: { location_id: null } })
    expect(await blocking()).toEqual(['no_place'])
    await app.ask('mission.update', { id: mission, version: Number(row['version']) + 1, changes: { location_id: world.place } })

    const general = ((await app.ask('sheet.get', { id: sheet }))['work'] as { key_times: { id: string; code: string }[] }).key_times.find(({ code }) => code === 'general_call')
    await app.ask('sheet.remove_key_time', { id: general?.id })
    expect(await blocking()).toEqual(['no_general_call'])
    await app.ask('sheet.set_key_time', { revision_id: revision, code: 'general_call', at: day('11:30') })

    const first = await app.ask('sheet.add_slot', { revision_id: revision, label: 'Balances', start_at: day('15:00') })
    const second = await app.ask('sheet.add_slot', { revision_id: revision, label: 'Accueil', start_at: day('12:00'), after_id: first['id'] })
    expect((await app.ask('sheet.check', { revision_id: revision }))['checks']).toContainEqual({
      code: 'slots_out_of_order', severity: 'blocking', record: { entity: 'sheet_slot', id: second['id'] },
      params: { label: 'Accueil', start_at: day('12:00'), after: 'Balances', after_start_at: day('15:00') },
    })
    await app.ask('sheet.move_slot', { id: first['id'], after_id: second['id'] })
    expect(await blocking()).toEqual([])
    await app.ask('sheet.publish', { revision_id: revision })
  })

  it('warn of severe conflicts, of no weather and of a mission that moved to another day', async () => {
    world = await openSheetWorld()
    const { app, mission, people, place, project } = world
    const also = await app.ask('mission.create', { project_id: project, title: 'Installation', location_id: place, start_at: day('06:00'), end_at: day('11:00') })
    const { revision_id, id } = await app.ask('sheet.prepare', { mission_id: mission, covers: [also['id']] })
    expect(await codesOf(world, String(revision_id), 'warning')).toEqual(['no_weather'])
    await app.ask('sheet.update_draft', {
      revision_id, version: 1,
      changes: { weather: { source: 'Météo du Littoral', forecast_at: day('06:00'), periods: [{ id: 'w1', label: 'Soirée', figure: '12°', note: 'pluie 20 %' }] } },
    })
    // Sixteen hours and a half of work.
    await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: (await app.ask('collaborator.create', { display_name: 'Paul Arnaud' }))['id'] }] })
    expect((await app.ask('sheet.check', { revision_id }))['checks']).toMatchObject([{ code: 'severe_conflicts', severity: 'warning', params: { kind: 'day_long', name: 'Paul Arnaud', rule_fr: 'Durée quotidienne maximale', rule_en: 'Longest working day', article: 'L3121-18, L3121-19' } }])
    const row = await app.ask('mission.get', { id: also['id'] })
    await app.ask('mission.update', { id: also['id'], version: row['version'], changes: { start_at: day('06:00', 1), end_at: day('11:00', 1) } })
    expect(await codesOf(world, String(revision_id), 'warning')).toContain('other_day')
    expect(people.size).toBe(4)
    expect(await app.ask('sheet.get', { id })).toMatchObject({ work: { state: 'draft' } })
  })
})
