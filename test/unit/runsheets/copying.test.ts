import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld
let from: { sheet: string; revision: string }
let into: { sheet: string; revision: string; mission: string; assignments: readonly string[] }

interface Line {
  id: string
  line_id: string
}
interface Work extends Line {
  key_times: (Line & { code: string; at: string })[]
  slots: (Line & { label: string; start_at: string; end_at: string | null })[]
  notes: (Line & { text: string; author: string })[]
  rows: (Line & { section: string; body: Record<string, unknown> })[]
  people: { assignment_id: string; meal_at: string | null; channel: string | null; remarks: string | null }[]
  safety: { id: string; text: string }[]
  emergency_numbers: { number: string }[]
  on_site_aid: string | null
}
const workOf = async (id: string): Promise<Work> => (await world.app.ask('sheet.get', { id }))['work'] as Work
const countsOf = (answer: Record<string, unknown>) => new Map((answer['parts'] as { part: string; added: number; kept: number; removed: number; left_out: number }[]).map(({ part, ...counts }) => [part, counts]))
const rowsIn = async (sheet: string, section: string) => (await workOf(sheet)).rows.filter((row) => row.section === section)

/** The evening of the 24th with a full sheet; the 25th, after the change of the clocks, with a first draft. */
beforeEach(async () => {
  world = await openSheetWorld()
  const { app, project, place, people, roles } = world
  from = await world.prepare()
  const revision_id = from.revision
  const mission = await app.ask('mission.create', { project_id: project, title: 'Deuxième soir', day_code: 'J4', kind: 'show', location_id: place, start_at: '2026-10-25T12:30:00.000Z', end_at: '2026-10-26T03:00:00.000Z' })
  const made = await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: people.get('Karim Benali'), crew_role_id: roles.get('Chef électro'), start_at: '2026-10-25T13:00:00.000Z', end_at: '2026-10-25T22:00:00.000Z' }] })
  const prepared = await app.ask('sheet.prepare', { mission_id: mission['id'] })
  into = { sheet: String(prepared['id']), revision: String(prepared['revision_id']), mission: String(mission['id']), assignments: made['ids'] as string[] }
  await app.ask('sheet.add_slots', { revision_id, slots: [
    { label: 'Balances', start_at: day('15:00'), end_at: day('16:30') }, { label: 'Jeu', kind: 'show', start_at: day('18:45'), end_at: day('20:00'), person: 'Inès Morvan' },
    { label: 'Démontage', start_at: day('21:30'), end_at: day('05:00', 1) },
  ] })
  await app.ask('sheet.set_key_time', { revision_id, code: 'show', at: day('18:45'), place: 'Plateau' })
  for (const text of ['Pas de vapotage dans les loges.', 'Le monte-charge est en panne.']) await app.ask('sheet.add_note', { revision_id, visibility: 'field', text })
  await app.ask('sheet.add_row', { revision_id, section: 'transport', body: { at: day('05:00', 1), label: 'Navette', from: 'Halle', to: 'Gare', vehicle: null, driver: null, remarks: null } })
  await app.ask('sheet.add_row', { revision_id, section: 'contacts', body: { label: 'Gardien', name: 'Paul Aubry', phone: '05 36 49 22 00' } })
  await app.ask('sheet.add_row', { revision_id, section: 'advance', body: { date: '2026-10-25', code: 'J4', note: null, rows: [{ id: 'a', at: day('08:00', 1), text: 'Prélight' }] } })
  await app.ask('sheet.update_draft', { revision_id, version: 1, changes: { safety: [{ id: 'a', text: 'Harnais au gril' }, { id: 'b', text: 'Casque sous charge' }] } })
  await app.ask('sheet.set_person', { revision_id, assignment_id: world.assignments[1], meal_at: day('16:30'), channel: '3', remarks: 'arrive par le quai' })
  await app.ask('sheet.set_person', { revision_id, assignment_id: world.assignments[0], channel: '1' })
})
afterEach(async () => {
  await world.app.close()
})

const copy = (parts: readonly string[], more: Record<string, unknown> = {}) => world.app.ask('sheet.copy_content', { id: into.sheet, from: from.revision, parts, ...more })

describe('bringing another sheet into a draft', () => {
  it('carries the chosen parts to the day on the clock, with identities of their own, and nothing else', async () => {
    await copy(['slots', 'notes', 'transport', 'contacts', 'advance', 'safety', 'people'])
    const work = await workOf(into.sheet)
    expect(work.slots.map(({ label, start_at, end_at }) => [label, start_at, end_at])).toEqual([
      ['Balances', '2026-10-25T16:00:00.000Z', '2026-10-25T17:30:00.000Z'], ['Jeu', '2026-10-25T19:45:00.000Z', '2026-10-25T21:00:00.000Z'],
      // 06:00 the next morning, on clocks that no longer change that night.
      ['Démontage', '2026-10-25T22:30:00.000Z', '2026-10-26T05:00:00.000Z'],
    ])
    expect(work.notes.map((note) => [note.text, note.author])).toEqual([['Pas de vapotage dans les loges.', 'Léa Martin'], ['Le monte-charge est en panne.', 'Léa Martin']])
    expect(work.rows.find((row) => row.section === 'transport')?.body).toMatchObject({ at: '2026-10-26T05:00:00.000Z', label: 'Navette' })
    expect(work.rows.find((row) => row.section === 'advance')?.body).toMatchObject({ date: '2026-10-26', rows: [{ at: '2026-10-26T08:00:00.000Z', text: 'Prélight' }] })
    expect(work.safety.map((line) => line.text)).toEqual(['Harnais au gril', 'Casque sous charge'])
    expect(work.people).toMatchObject([{ assignment_id: into.assignments[0], meal_at: '2026-10-25T17:30:00.000Z', channel: '3', remarks: 'arrive par le quai' }])
    expect(work.key_times.map((row) => row.code)).toEqual(['general_call', 'wrap'])
    const source = await workOf(from.sheet)
    const identities = (one: Work): string[] => [...one.slots, ...one.notes, ...one.rows.filter((row) => row.body['name'] !== 'PC Halle')].flatMap((row) => [row.id, row.line_id])
    expect(identities(work).filter((id) => identities(source).includes(id))).toEqual([])
    expect(work.safety.map((line) => line.id).filter((id) => ['a', 'b'].includes(id))).toEqual([])
  })

  it('keeps what the draft says: one general call, no line twice, and the same copy again brings nothing', async () => {
    const first = countsOf(await copy(['key_times', 'slots', 'contacts', 'notes']))
    expect(first.get('key_times')).toEqual({ added: 1, kept: 2, removed: 0, left_out: 0 })
    // The place's own contact is on both sheets.
    expect(first.get('contacts')).toEqual({ added: 1, kept: 1, removed: 0, left_out: 0 })
    const before = await workOf(into.sheet)
    expect(before.key_times.map(({ code, at }) => [code, at])).toEqual([['general_call', '2026-10-25T12:30:00.000Z'], ['show', '2026-10-25T19:45:00.000Z'], ['wrap', '2026-10-26T03:00:00.000Z']])
    const again = countsOf(await copy(['key_times', 'slots', 'contacts', 'notes']))
    expect([...again.values()].map((one) => one.added)).toEqual([0, 0, 0, 0])
    expect(await workOf(into.sheet)).toEqual(before)
  })

  it('replaces what the chosen parts hold only when told to, and never by nothing', async () => {
    const revision_id = into.revision
    await world.app.ask('sheet.add_slot', { revision_id, label: 'Ancienne ligne', start_at: '2026-10-25T13:00:00.000Z' })
    await world.app.ask('sheet.add_row', { revision_id, section: 'hospitality', body: { label: 'Loge 3', text: 'chauffage' } })
    const input = { id: into.sheet, from: from.revision, parts: ['slots', 'hospitality', 'safety'], existing: 'replace' }
    const said = countsOf(await world.app.ask('sheet.preview_copy', input))
    expect([said.get('slots'), said.get('hospitality')]).toEqual([{ added: 3, kept: 0, removed: 1, left_out: 0 }, { added: 0, kept: 0, removed: 0, left_out: 0 }])
    expect(countsOf(await world.app.ask('sheet.copy_content', input))).toEqual(said)
    expect((await workOf(into.sheet)).slots.map((row) => row.label)).toEqual(['Balances', 'Jeu', 'Démontage'])
    expect(await rowsIn(into.sheet, 'hospitality')).toHaveLength(1)
  })

  it('says before it is done how many lines come, part by part, and what finds no room', async () => {
    await world.app.ask('sheet.update_draft', { revision_id: into.revision, version: 1, changes: { safety: Array.from({ length: 29 }, (_, index) => ({ id: `s${index}`, text: `Consigne ${index}` })) } })
    const asked = await world.app.ask('sheet.preview_copy', { id: into.sheet, from: from.revision })
    expect(asked['days']).toBe(1)
    const said = countsOf(asked)
    expect(said.get('slots')).toEqual({ added: 3, kept: 0, removed: 0, left_out: 0 })
    expect(said.get('safety')).toEqual({ added: 1, kept: 0, removed: 0, left_out: 1 })
    expect(said.get('emergency')).toEqual({ added: 0, kept: 3, removed: 0, left_out: 0 })
    expect(said.has('lodging')).toBe(false)
    const done = countsOf(await copy([...said.keys()]))
    expect(done).toEqual(said)
  })

  it('is undone as one', async () => {
    const before = await workOf(into.sheet)
    await copy(['key_times', 'slots', 'notes', 'contacts', 'safety', 'people'], { existing: 'replace' })
    expect((await workOf(into.sheet)).slots).toHaveLength(3)
    await world.app.ask('history.undo', { command_id: (await world.app.ask('history.list', {}))['undo'] })
    const strip = ({ key_times, slots, notes, rows, safety, people }: Work) => ({
      key_times: key_times.map(({ code, at }) => [code, at]), slots: slots.map((row) => row.label), notes: notes.map((row) => row.text), rows: rows.map(({ section, body }) => [section, body]), safety, people,
    })
    expect(strip(await workOf(into.sheet))).toEqual(strip(before))
  })

  it('comes from a published version as it was published', async () => {
    const { app } = world
    await app.ask('sheet.publish', { revision_id: from.revision })
    await app.ask('mission.update', { id: world.mission, version: 1, changes: { start_at: day('11:30', 3), end_at: day('04:00', 4) } })
    await copy(['slots'])
    expect((await workOf(into.sheet)).slots[0]).toMatchObject({ label: 'Balances', start_at: '2026-10-25T16:00:00.000Z' })
    const preview = (await app.ask('sheet.preview', { revision_id: into.revision }))['snapshot'] as SheetSnapshot
    expect(preview.slots.map((slot) => slot.label)).toEqual(['Balances', 'Jeu', 'Démontage'])
  })

  it('is refused into a version that is not a draft, from another project, from itself', async () => {
    const { app } = world
    const input = { id: into.sheet, from: from.revision, parts: ['slots'] }
    expect(await app.refused('sheet.copy_content', { ...input, from: into.revision })).toBe('validation.reference')
    const other = await app.ask('project.create', { code: 'AUT', name: 'Autre', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' })
    const mission = await app.ask('mission.create', { project_id: other['id'], title: 'Ailleurs', start_at: day('11:30'), end_at: day('20:00') })
    const elsewhere = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    expect(await app.refused('sheet.copy_content', { ...input, from: elsewhere['revision_id'] })).toBe('revision.not_found')
    await app.ask('sheet.validate', { revision_id: into.revision })
    expect(await app.refused('sheet.copy_content', input)).toBe('sheet.validated')
    expect(await app.refused('sheet.preview_copy', input)).toBe('sheet.validated')
  })
})

describe('notes', () => {
  it('are put in another order, and the order is what is printed', async () => {
    const { app } = world
    const [first, second] = (await workOf(from.sheet)).notes
    await app.ask('sheet.move_note', { id: second?.id, after_id: null })
    const texts = ((await app.ask('sheet.preview', { revision_id: from.revision }))['snapshot'] as SheetSnapshot).notes.map((note) => note.text)
    expect(texts).toEqual(['Le monte-charge est en panne.', 'Pas de vapotage dans les loges.'])
    await app.ask('sheet.move_note', { id: second?.id, after_id: first?.id })
    expect((await workOf(from.sheet)).notes.map((note) => note.text)[0]).toBe('Pas de vapotage dans les loges.')
  })
})
