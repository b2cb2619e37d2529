import { afterEach, describe, expect, it } from 'vitest'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { textOf } from '../documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

type Line = { section: string; runs: { text: string }[] }
const sentences = (lines: unknown) => (lines as Line[]).map((line) => line.runs.map((run) => run.text).join(''))
const changed = async ({ app }: SheetWorld, sheet: string) => (await app.ask('sheet.get', { id: sheet }))['unpublished_changes']

async function publishedWithSlots(): Promise<{ opened: SheetWorld; sheet: string; first: string; lines: Map<string, string> }> {
  const opened = (world = await openSheetWorld())
  const { sheet, revision } = await opened.prepare()
  for (const [label, at] of [['Accueil équipe', day('11:30')], ['Balances', day('15:00')], ['Représentation', day('18:30')]])
    await opened.app.ask('sheet.add_slot', { revision_id: revision, label, start_at: at })
  await opened.app.ask('sheet.publish', { revision_id: revision })
  const { slots } = (await opened.app.ask('sheet.preview', { revision_id: revision }))['snapshot'] as SheetSnapshot
  return { opened, sheet, first: revision, lines: new Map(slots.map((slot) => [slot.label, slot.id])) }
}
const slotsOf = async ({ app }: SheetWorld, sheet: string) => ((await app.ask('sheet.get', { id: sheet }))['work'] as { slots: { id: string; label: string; version: number }[] }).slots

describe('what changed between two versions', () => {
  it('is exactly what was changed, row by row, matched by the line each row keeps', async () => {
    const { opened, sheet, first, lines } = await publishedWithSlots()
    const { app } = opened
    const { revision_id: second } = await app.ask('sheet.revise', { id: sheet })
    expect((await app.ask('sheet.compare', { from_revision_id: first, to_revision_id: second }))['changes']).toEqual([
      { kind: 'value_changed', path: 'source_revision_id', before: null, after: first }, expect.objectContaining({ kind: 'value_changed', path: 'validator' }),
    ])
    const slots = await slotsOf(opened, sheet)
    const balances = slots.find((slot) => slot.label === 'Balances')
    await app.ask('sheet.update_slot', { id: balances?.id, version: balances?.version, changes: { start_at: day('14:30') } })
    await app.ask('sheet.remove_slot', { id: slots.find((slot) => slot.label === 'Accueil équipe')?.id })
    const added = await app.ask('sheet.add_slot', { revision_id: second, label: 'Pause', start_at: day('16:00'), after_id: balances?.id })
    await app.ask('sheet.update_draft', { revision_id: second, version: 1, changes: { headline: 'représentation' } })
    const { changes, lines: words } = await app.ask('sheet.compare', { from_revision_id: first, to_revision_id: second })
    const told = (changes as { kind: string; section?: string; row_id?: string; path?: string }[]).map(({ kind, section, row_id, path }) => ({ kind, at: path ?? section, row_id: row_id ?? null }))
    expect(told.filter(({ at }) => at !== 'source_revision_id' && at !== 'validator')).toEqual([
      { kind: 'value_changed', at: 'headline', row_id: null },
      { kind: 'row_removed', at: 'slots', row_id: lines.get('Accueil équipe') },
      { kind: 'row_changed', at: 'slots', row_id: lines.get('Balances') },
      { kind: 'row_added', at: 'slots', row_id: added['id'] },
    ])
    expect(sentences(words)).toContain('Balances 17:00 → 16:30')
  })

  it('is printed on the next version, and on no first version', async () => {
    const { opened, sheet, first } = await publishedWithSlots()
    const { app } = opened
    const { revision_id: second } = await app.ask('sheet.revise', { id: sheet })
    const balances = (await slotsOf(opened, sheet)).find((slot) => slot.label === 'Balances')
    await app.ask('sheet.update_slot', { id: balances?.id, version: balances?.version, changes: { start_at: day('14:30') } })
    await app.ask('sheet.publish', { revision_id: second })
    const text = async (revision_id: unknown) => textOf(Buffer.from(String((await app.ask('sheet.pdf', { revision_id }))['base64']), 'base64'))
    expect(await text(second)).toContain('Balances 17:00 → 16:30')
    const former = await text(first)
    expect(former).not.toContain('16:30')
    expect(former.toUpperCase()).toContain('REMPLACÉE PAR V2')
    expect((await app.ask('sheet.preview', { revision_id: second }))['issue']).toMatchObject({ version: 2, replaces: { version: 1 }, superseded_by: null })
  })

  it('a draft made afresh from the missions keeps the identity of what they give', async () => {
    const { opened, sheet, first } = await publishedWithSlots()
    const { app, mission } = opened
    const row = await app.ask('mission.get', { id: mission })
    await app.ask('mission.update', { id: mission, version: row['version'], changes: { end_at: day('05:00', 1) } })
    const { revision_id } = await app.ask('sheet.revise', { id: sheet, from: 'live' })
    const { changes } = await app.ask('sheet.compare', { from_revision_id: first, to_revision_id: revision_id })
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'row_changed', section: 'key_times', row_id: 'wrap' }))
    expect((changes as { kind: string; section?: string }[]).filter(({ section }) => section === 'key_times')).toHaveLength(1)
  })
})

describe('changes after publication', () => {
  it('a change of call time is an unpublished change until the next version is published', async () => {
    const { opened, sheet } = await publishedWithSlots()
    const { app, assignments } = opened
    expect(await changed(opened, sheet)).toBe(false)
    await app.ask('assignment.update', { id: assignments[1], version: 1, changes: { call_at: day('11:30') } })
    expect(await changed(opened, sheet)).toBe(true)
    const { revision_id } = await app.ask('sheet.revise', { id: sheet })
    expect(await changed(opened, sheet)).toBe(true)
    await app.ask('sheet.publish', { revision_id })
    expect(await changed(opened, sheet)).toBe(false)
  })

  it('taking the change back leaves nothing unpublished', async () => {
    const { opened, sheet } = await publishedWithSlots()
    const { app, assignments } = opened
    await app.ask('assignment.update', { id: assignments[1], version: 1, changes: { call_at: day('11:30') } })
    await app.ask('history.undo', { command_id: (await app.ask('history.list', {}))['undo'] })
    expect(await changed(opened, sheet)).toBe(false)
  })

  it('an edited draft counts, an untouched one does not', async () => {
    const { opened, sheet } = await publishedWithSlots()
    const { app } = opened
    const { revision_id } = await app.ask('sheet.revise', { id: sheet })
    expect(await changed(opened, sheet)).toBe(false)
    await app.ask('sheet.add_note', { revision_id, visibility: 'field', text: 'Parking complet.' })
    expect(await changed(opened, sheet)).toBe(true)
  })
})
