/** What the organization sets for the sheets of a layout shows in new drafts and on paper. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const wanted = { layout: 'stage', version: null, key_times: ['wrap', 'doors', 'general_call'], sections: ['equipment', 'transport'], phones: 'heads', revision_colours: ['Blanc', 'Bleu'], legal_note: 'Prévention des risques : registre au PC Halle.' }
type Sheet = { language: string; colour: string | null; legal_note: string | null; key_times: { code: string }[]; people: { name: string | null; phone: string | null }[]; section_order?: string[]; transport: unknown[]; lodging: unknown[]; contacts: unknown[] }
const printed = async (revision_id: string): Promise<Sheet> => (await w.app.ask('sheet.preview', { revision_id }))['snapshot'] as Sheet

describe('the settings of a layout', () => {
  it('answer what each layout ships with until somebody sets it, and again once reset', async () => {
    const before = (await w.app.ask('sheet_layout_setting.list', {}))['items'] as Record<string, unknown>[]
    expect(before.map((row) => [row['layout'], row['id'], row['phones']])).toEqual([['stage', null, 'heads'], ['theatre', null, 'heads'], ['film', null, 'heads']])
    await w.app.ask('sheet_layout_setting.save', wanted)
    expect(((await w.app.ask('sheet_layout_setting.list', {}))['items'] as unknown[])[0]).toMatchObject({ sections: ['equipment', 'transport'], version: 1 })
    expect(await w.app.refused('sheet_layout_setting.save', wanted)).toBe('concurrency.version_mismatch')
    await w.app.ask('sheet_layout_setting.reset', { layout: 'stage' })
    expect((await w.app.ask('sheet_layout_setting.list', {}))['items']).toEqual(before)
  })

  it('refuse the same key time twice', async () => {
    expect(await w.app.refused('sheet_layout_setting.save', { ...wanted, key_times: ['wrap', 'wrap'] })).toBe('validation.invalid')
  })

  it('start a draft with the key times wanted, in their order, with colour and legal note', async () => {
    await w.app.ask('milestone.create', { mission_id: w.mission, label: 'Ouverture des portes', at: day('18:00') })
    await w.app.ask('milestone.create', { mission_id: w.mission, label: 'Balances', at: day('15:00') })
    await w.app.ask('sheet_layout_setting.save', wanted)
    const { revision } = await w.prepare()
    const sheet = await printed(revision)
    expect(sheet.key_times.map((time) => time.code)).toEqual(['wrap', 'doors', 'general_call'])
    expect(sheet).toMatchObject({ colour: 'Blanc', legal_note: wanted.legal_note, section_order: ['equipment', 'transport'] })
  })

  it('print only the sections wanted; the rows of the others stay in the draft', async () => {
    const { revision: revision_id, sheet: id } = await w.prepare()
    const contacts = (await printed(revision_id)).contacts.length
    expect(contacts).toBe(1)
    await w.app.ask('sheet_layout_setting.save', wanted)
    expect((await printed(revision_id)).contacts).toEqual([])
    const held = ((await w.app.ask('sheet.get', { id }))['work'] as { rows: { section: string }[] }).rows
    expect(held.some((row) => row.section === 'contacts')).toBe(true)
  })

  it('show telephones of heads, only those agreed to, or none', async () => {
    const { revision } = await w.prepare()
    const phones = async (): Promise<string[]> => (await printed(revision)).people.filter((person) => person.phone !== null).map((person) => person.name ?? '')
    await w.app.ask('consent.record', { collaborator_id: w.people.get('Malik Sow'), purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-10-01', source: 'e-mail' })
    const heads = await phones()
    expect(heads).toContain('Malik Sow')
    expect(heads).toContain('Inès Morvan')
    await w.app.ask('sheet_layout_setting.save', { ...wanted, phones: 'consented' })
    expect(await phones()).toEqual(['Malik Sow'])
    await w.app.ask('sheet_layout_setting.save', { ...wanted, version: 1, phones: 'none' })
    expect(await phones()).toEqual([])
  })

  it('name each next version by the next colour, and leave a published one as it was issued', async () => {
    await w.app.ask('sheet_layout_setting.save', wanted)
    const { sheet: id, revision: revision_id } = await w.prepare()
    await w.app.ask('sheet.publish', { revision_id })
    const issued = (await w.app.ask('sheet.pdf', { revision_id }))['base64']
    await w.app.ask('sheet_layout_setting.save', { ...wanted, version: 1, sections: ['transport'], legal_note: null })
    expect((await w.app.ask('sheet.pdf', { revision_id }))['base64']).toBe(issued)
    const next = await w.app.ask('sheet.revise', { id, from: 'published' })
    expect((await printed(String(next['revision_id']))).colour).toBe('Bleu')
  })

  it('order the sections on paper', async () => {
    const { revision: revision_id } = await w.prepare()
    await w.app.ask('sheet.add_row', { revision_id, section: 'equipment', body: { quantity: 2, label: 'Praticables', remarks: null } })
    await w.app.ask('sheet.add_row', { revision_id, section: 'hospitality', body: { label: 'Loges', text: 'Eau' } })
    const pdf = async (): Promise<unknown> => (await w.app.ask('sheet.pdf', { revision_id }))['base64']
    await w.app.ask('sheet_layout_setting.save', { ...wanted, sections: ['equipment', 'hospitality'] })
    const one = await pdf()
    await w.app.ask('sheet_layout_setting.save', { ...wanted, version: 1, sections: ['hospitality', 'equipment'] })
    expect(await pdf()).not.toBe(one)
  })
})
