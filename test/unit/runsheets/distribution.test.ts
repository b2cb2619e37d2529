/** Who was told of a version, who read it, and what a new version changes for whom. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SheetRecipient } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let w: SheetWorld
let sheet: string
let first: string
beforeEach(async () => {
  w = await openSheetWorld()
  const made = await w.prepare()
  sheet = made.sheet
  first = made.revision
  for (const [label, start, end, departments] of [['Accueil', '12:00', '12:30', []], ['Focus', '14:00', '15:00', ['LUM']], ['Balances', '15:00', '16:30', ['SON']]] as const)
    await w.app.ask('sheet.add_slot', { revision_id: first, label, start_at: day(start), end_at: day(end), departments, everyone: departments.length === 0 })
  await w.app.ask('sheet.publish', { revision_id: first })
})
afterEach(() => w.app.close())

const id = (name: string): string => w.people.get(name) ?? ''
const list = async (revision_id: string, session = w.app.owner) => (await w.app.ask('sheet.recipients', { revision_id }, session)) as unknown as { items: SheetRecipient[]; counts: Record<string, number>; mine: { on_sheet: boolean; read: boolean } }
const of = async (revision_id: string, name: string): Promise<SheetRecipient> => {
  const found = (await list(revision_id)).items.find((one) => one.name === name)
  if (!found) throw new Error(`${name} is not on it`)
  return found
}
const tell = (revision_id: string, ...names: string[]) => w.app.ask('sheet.tell', { revision_id, collaborator_ids: names.map(id), channel: 'hand' })
const read = (revision_id: string, ...names: string[]) => w.app.ask('sheet.confirm_read_for', { revision_id, collaborator_ids: names.map(id), source: 'hand' })
const words = (one: SheetRecipient): string[] => one.changes.map((line) => line.runs.map(({ text }) => text).join(''))

/** The next version, in which the focus (LUM) is half an hour later. */
async function second(): Promise<string> {
  const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
  const { work } = (await w.app.ask('sheet.get', { id: sheet })) as unknown as { work: { slots: { id: string; version: number; label: string }[] } }
  const focus = work.slots.find(({ label }) => label === 'Focus')
  await w.app.ask('sheet.update_slot', { id: focus?.id, version: focus?.version, changes: { start_at: day('14:30') } })
  await w.app.ask('sheet.publish', { revision_id })
  return String(revision_id)
}

describe('who is to be told', () => {
  it('is everybody on a first sheet, with their call and department', async () => {
    const { items, counts } = await list(first)
    expect(items.map(({ name, state, concerned, known, call_at }) => ({ name, state, concerned, known, call_at })).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      ['Inès Morvan', 'Jeanne Roux', 'Karim Benali', 'Malik Sow'].map((name) => ({ name, state: 'to_tell', concerned: true, known: null, call_at: day('12:00') })))
    expect(counts).toEqual({ people: 4, concerned: 4, to_tell: 4, unread: 4 })
    expect(await of(first, 'Karim Benali')).toMatchObject({ crew_role: 'Chef électro', department: 'Lumière' })
  })

  it('told once is told: the first telling stands, and who is on no sheet is left', async () => {
    await tell(first, 'Inès Morvan')
    const before = await of(first, 'Inès Morvan')
    expect(before).toMatchObject({ state: 'told', channel: 'hand', delivered: 1, sent_by_name: 'Léa Martin', confirmed_at: null })
    await tell(first, 'Inès Morvan', 'Karim Benali')
    expect((await of(first, 'Inès Morvan')).sent_at).toBe(before.sent_at)
    const other = String((await w.app.ask('collaborator.create', { display_name: 'Noé Lindqvist' }))['id'])
    expect(await w.app.ask('sheet.tell', { revision_id: first, collaborator_ids: [other], channel: 'hand' })).toEqual({ ids: [] })
    expect(await w.app.refused('sheet.tell', { revision_id: first, collaborator_ids: [w.mission], channel: 'hand' })).toBe('collaborator.not_found')
  })

  it('nobody is told of a draft', async () => {
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
    expect(await w.app.refused('sheet.tell', { revision_id, collaborator_ids: [id('Inès Morvan')], channel: 'hand' })).toBe('revision.transition_rejected')
  })

  it('a new version concerns those whom the comparison concerns; the others keep what they said of the former one', async () => {
    await tell(first, 'Inès Morvan', 'Karim Benali', 'Jeanne Roux')
    await read(first, 'Inès Morvan', 'Karim Benali')
    const next = await second()
    expect(await of(next, 'Inès Morvan')).toMatchObject({ state: 'read', concerned: false, known: 1, delivered: 1, changes: [] })
    const karim = await of(next, 'Karim Benali')
    expect(karim).toMatchObject({ state: 'to_tell', concerned: true, known: 1, delivered: null, confirmed_at: null })
    expect(words(karim)).toEqual([expect.stringContaining('Focus 16:00 → 16:30')])
    // Told of the former version and never confirmed: still that, for nothing changed for them either.
    expect(await of(next, 'Jeanne Roux')).toMatchObject({ concerned: true })
    expect(await of(next, 'Malik Sow')).toMatchObject({ state: 'to_tell', concerned: true, known: null })
    expect((await list(next)).counts).toEqual({ people: 4, concerned: 3, to_tell: 3, unread: 3 })
    await tell(next, 'Karim Benali')
    expect(await of(next, 'Karim Benali')).toMatchObject({ state: 'told', delivered: 2 })
  })

  it('who was told of the version between knows that one, though a later one goes back to the first', async () => {
    await tell(first, 'Karim Benali')
    await read(first, 'Karim Benali')
    const next = await second()
    await tell(next, 'Karim Benali')
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet, from_revision_id: first })
    await w.app.ask('sheet.publish', { revision_id })
    expect(await of(String(revision_id), 'Karim Benali')).toMatchObject({ state: 'to_tell', concerned: true, known: 2 })
  })

  it('who is on it no more is told that, once', async () => {
    await tell(first, 'Malik Sow')
    await w.app.ask('assignment.remove', { ids: [w.assignments[3]] })
    const { revision_id } = await w.app.ask('sheet.revise', { id: sheet })
    await w.app.ask('sheet.publish', { revision_id })
    const next = String(revision_id)
    expect(await of(next, 'Malik Sow')).toMatchObject({ gone: true, call_at: null, state: 'to_tell', concerned: true, known: 1 })
    await tell(next, 'Malik Sow')
    const again = await w.app.ask('sheet.revise', { id: sheet })
    await w.app.ask('sheet.publish', { revision_id: again['revision_id'] })
    expect((await list(String(again['revision_id']))).items.map(({ name }) => name)).not.toContain('Malik Sow')
  })

  it('a line given to somebody else stays the first person’s on the version that said so', async () => {
    await w.app.ask('assignment.reassign', { ids: [w.assignments[2]], collaborator_id: String((await w.app.ask('collaborator.create', { display_name: 'Noé Lindqvist' }))['id']) })
    expect((await list(first)).items.map(({ name }) => name).sort()).toEqual(['Inès Morvan', 'Jeanne Roux', 'Karim Benali', 'Malik Sow'])
  })

  it('two records of one person that are merged say what the further of them said', async () => {
    await tell(first, 'Jeanne Roux', 'Malik Sow')
    await read(first, 'Jeanne Roux')
    await w.app.ask('collaborator.merge', { kept_id: id('Malik Sow'), merged_id: id('Jeanne Roux'), take: [] })
    const { items } = await list(first)
    expect(items.filter(({ name }) => name === 'Malik Sow')).toMatchObject([{ state: 'read', assignment_ids: [w.assignments[2], w.assignments[3]] }])
    expect(items).toHaveLength(3)
  })
})

describe('what is said of oneself', () => {
  it('a member reads and confirms for themselves alone', async () => {
    const jeanne = await w.member('member', { collaborator: id('Jeanne Roux') })
    await tell(first, 'Karim Benali')
    const mine = await list(first, jeanne)
    expect(mine.items.map(({ name }) => name)).toEqual(['Jeanne Roux'])
    expect(mine.mine).toEqual({ on_sheet: true, read: false })
    await w.app.ask('sheet.confirm_read', { revision_id: first }, jeanne)
    expect((await list(first, jeanne)).mine.read).toBe(true)
    expect(await of(first, 'Jeanne Roux')).toMatchObject({ state: 'read', confirm_source: 'app', confirmed_by_name: 'Membre member', sent_at: null })
    expect(await w.app.refused('sheet.tell', { revision_id: first, collaborator_ids: [id('Karim Benali')], channel: 'hand' }, jeanne)).toBe('auth.forbidden')
    expect(await w.app.refused('sheet.confirm_read_for', { revision_id: first, collaborator_ids: [id('Karim Benali')], source: 'hand' }, jeanne)).toBe('auth.forbidden')
    // Somebody who is not on it has nothing to confirm.
    expect(await w.app.refused('sheet.confirm_read', { revision_id: first })).toBe('sheet.not_on_it')
  })

  it('a telling by mistake is taken back until the person has read it; what the person said is not', async () => {
    const jeanne = await w.member('member', { collaborator: id('Jeanne Roux') })
    await w.app.ask('sheet.tell', { revision_id: first, collaborator_ids: [id('Jeanne Roux'), id('Karim Benali')], channel: 'hand' }, w.app.owner, 'told')
    const { rows } = (await w.app.ask('history.list', {})) as unknown as { rows?: unknown }
    expect(rows).toBeUndefined()
    const [event] = await w.app.file.readEngine.all("SELECT command_id FROM audit_event WHERE entity = 'sheet_delivery' ORDER BY occurred_at DESC LIMIT 1", [])
    await w.app.ask('history.undo', { command_id: event?.['command_id'] })
    expect(await of(first, 'Karim Benali')).toMatchObject({ state: 'to_tell', sent_at: null })
    await tell(first, 'Jeanne Roux')
    const [again] = await w.app.file.readEngine.all("SELECT command_id FROM audit_event WHERE entity = 'sheet_delivery' ORDER BY occurred_at DESC LIMIT 1", [])
    await w.app.ask('sheet.confirm_read', { revision_id: first }, jeanne)
    expect(await w.app.refused('history.undo', { command_id: again?.['command_id'] })).toBe('sheet.read_already')
    expect(await of(first, 'Jeanne Roux')).toMatchObject({ state: 'read' })
  })

  it('what was noted for somebody is in the audit with their name on it', async () => {
    await read(first, 'Karim Benali')
    const [event] = await w.app.file.readEngine.all("SELECT action, on_behalf_of FROM audit_event WHERE entity = 'sheet_delivery' ORDER BY occurred_at DESC LIMIT 1", [])
    expect(event).toEqual({ action: 'sheet.confirm_read_for', on_behalf_of: id('Karim Benali') })
  })
})
