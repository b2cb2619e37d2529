/** Running late: what moves, for whom, and what stays. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assignment } from '../../../shared/domain/planning/model.ts'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let w: SheetWorld
let sheet: string
let published: string
let lines: ReadonlyMap<string, string>
const content = async (revision_id: string): Promise<SheetSnapshot> => (await w.app.ask('sheet.preview', { revision_id }))['snapshot'] as SheetSnapshot
const clock = async (revision_id: string) => {
  const { slots, key_times, people } = await content(revision_id)
  return {
    slots: Object.fromEntries(slots.map((row) => [row.label, row.start_at.slice(11, 16)])), times: Object.fromEntries(key_times.map((row) => [row.code, row.at.slice(11, 16)])),
    calls: Object.fromEntries(people.map((row) => [row.name, row.call_at.slice(11, 16)])), meals: Object.fromEntries(people.map((row) => [row.name, row.meal_at?.slice(11, 16) ?? null])),
  }
}

const assignmentOf = async (index: number) => w.app.core.reader().need(assignment, w.assignments[index] as Id)
const callAt = async (time: string) => {
  const { id, version } = await assignmentOf(3)
  await w.app.ask('assignment.update', { id, version, changes: { call_at: day(time) } })
}

beforeEach(async () => {
  w = await openSheetWorld()
  const made = await w.prepare()
  sheet = made.sheet
  published = made.revision
  for (const [label, start, end, departments] of [['Montage', '12:00', '14:30', []], ['Balances', '15:00', '16:30', ['SON']], ['Représentation', '18:30', '21:00', []]] as const)
    await w.app.ask('sheet.add_slot', { revision_id: published, label, start_at: day(start), end_at: day(end), departments, everyone: departments.length === 0 })
  await w.app.ask('sheet.set_key_time', { revision_id: published, code: 'doors', at: day('17:45') })
  await w.app.ask('sheet.set_key_time', { revision_id: published, code: 'hard_out', at: day('21:10') })
  await w.app.ask('sheet.set_person', { revision_id: published, assignment_id: w.assignments[3], meal_at: day('17:00') })
  await callAt('16:00')
  await w.app.ask('sheet.publish', { revision_id: published })
  lines = new Map((await content(published)).slots.map((row) => [row.label, row.id]))
  w.app.at(day('14:50'))
})
afterEach(() => w.app.close())

const late = (minutes: number, from = 'Balances') => ({ revision_id: published, from_line_id: lines.get(from), minutes })
const delayed = async (minutes: number, from = 'Balances'): Promise<string> => String((await w.app.ask('sheet.delay', late(minutes, from)))['revision_id'])

describe('running late from a line on', () => {
  it('moves what comes from there, key times and calls still to come, in a draft; what began and the limits of the day stay', async () => {
    const before = await content(published)
    const draft = await delayed(15)
    expect(await clock(draft)).toEqual({
      slots: { Montage: '12:00', Balances: '15:15', Représentation: '18:45' },
      times: { general_call: '11:30', doors: '18:00', hard_out: '21:10', wrap: '04:15' },
      calls: { 'Inès Morvan': '12:00', 'Karim Benali': '12:00', 'Jeanne Roux': '12:00', 'Malik Sow': '16:15' },
      meals: { 'Inès Morvan': null, 'Karim Benali': null, 'Jeanne Roux': null, 'Malik Sow': '17:15' },
    })
    expect(await content(published)).toEqual(before)
    expect(await w.app.ask('sheet.get', { id: sheet })).toMatchObject({ revisions: [{ number: 2, state: 'draft' }, { number: 1, state: 'published' }] })
    // What the person was engaged for is as it was: the day is late, not the engagement.
    expect((await assignmentOf(3)).call_at).toBe(day('16:00'))
  })

  it('says before what it will write after, and for whom', async () => {
    const said = (await w.app.ask('sheet.preview_delay', late(15))) as unknown as { slots: { label: string; before: string; after: string }[]; people: { name: string; call_before: string; call_after: string }[]; overrun: unknown[] }
    expect(said.slots).toEqual([{ label: 'Balances', before: day('15:00'), after: day('15:15') }, { label: 'Représentation', before: day('18:30'), after: day('18:45') }])
    expect(said.people.find(({ name }) => name === 'Malik Sow')).toMatchObject({ call_before: day('16:00'), call_after: day('16:15') })
    // Nobody was told of the first version: all are concerned by what comes.
    expect(said.people).toHaveLength(4)
    expect(said.overrun).toEqual([{ label: 'Fin impérative', at: day('21:10'), until: day('04:15', 1) }])
    expect((await w.app.ask('sheet.get', { id: sheet }))['work']).toBeNull()
  })

  it('names only those whom the delay concerns, when all know the day', async () => {
    await w.app.ask('sheet.tell', { revision_id: published, collaborator_ids: [...w.people.values()], channel: 'hand' })
    await w.app.ask('sheet.archive', { revision_id: published })
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
    const { work } = (await w.app.ask('sheet.get', { id: sheet })) as unknown as { work: { key_times: { id: string; code: string }[]; slots: { id: string; label: string }[] } }
    for (const row of work.key_times) if (row.code === 'wrap' || row.code === 'doors') await w.app.ask('sheet.remove_key_time', { id: row.id })
    for (const row of work.slots) if (row.label === 'Représentation') await w.app.ask('sheet.remove_slot', { id: row.id })
    await w.app.ask('sheet.publish', { revision_id })
    await w.app.ask('sheet.tell', { revision_id, collaborator_ids: [...w.people.values()], channel: 'hand' })
    const { people } = (await w.app.ask('sheet.preview_delay', { ...late(15), revision_id })) as unknown as { people: { name: string }[] }
    expect(people.map(({ name }) => name)).toEqual(['Malik Sow'])
  })

  it('a second delay adds to the first, and a call that the plan changes meanwhile is the plan’s', async () => {
    const first = await delayed(15)
    await w.app.ask('sheet.publish', { revision_id: first })
    published = first
    const second = await delayed(30)
    expect((await clock(second)).calls['Malik Sow']).toBe('16:45')
    await w.app.ask('sheet.publish', { revision_id: second })
    await callAt('17:30')
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
    expect((await clock(String(revision_id))).calls['Malik Sow']).toBe('17:30')
  })

  it('is undone whole while nobody published it, and made only of what is published', async () => {
    const draft = await delayed(15)
    expect(await w.app.refused('sheet.delay', late(15))).toBe('sheet.in_work')
    const [event] = await w.app.file.readEngine.all("SELECT command_id FROM audit_event WHERE action = 'sheet.delay' LIMIT 1", [])
    await w.app.ask('history.undo', { command_id: event?.['command_id'] })
    expect((await w.app.ask('sheet.get', { id: sheet }))['work']).toBeNull()
    expect(await w.app.refused('sheet.delay', { ...late(15), revision_id: draft })).toMatch(/^revision\.(not_found|transition_rejected)$/)
    expect(await w.app.refused('sheet.delay', { ...late(15), from_line_id: 'nowhere' })).toBe('validation.reference')
    expect(await w.app.refused('sheet.delay', late(0))).toBe('validation.invalid')
  })
})
