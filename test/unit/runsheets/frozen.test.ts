import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { revision, sheetSlot } from '../../../shared/domain/runsheets/model.ts'
import { rowsOf } from '../../../shared/domain/runsheets/material.ts'
import { contentHash } from '../../../shared/domain/runsheets/content-hash.ts'
import { sheetSnapshotSchema } from '../../../shared/domain/runsheets/snapshot.ts'
import { runSheetHandlers } from '../../../shared/domain/runsheets/handlers.ts'
import { linkHandlers } from '../../../shared/domain/runsheets/link-handlers.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { isError } from '../../fixtures/core.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

type Rows = Awaited<ReturnType<typeof rowsOf>>
const stateOf = async ({ app }: SheetWorld, id: string) => {
  const reader = app.core.reader()
  return canonicalJson({ ...(await reader.need(revision, id as Id)), rows: await rowsOf(reader, id as Id) })
}
const transport = { at: day('10:45'), label: 'Navette', from: 'dépôt', to: 'Halle', vehicle: null, driver: 'Ravi', remarks: null }

/** A draft with a row of every kind. */
async function fullDraft(opened: SheetWorld): Promise<{ sheet: string; revision: string; rows: Rows }> {
  const { app } = opened
  const { sheet, revision: revision_id } = await opened.prepare()
  await app.ask('sheet.add_slot', { revision_id, label: 'Accueil équipe', start_at: day('11:30'), end_at: day('12:30'), everyone: true })
  await app.ask('sheet.add_slot', { revision_id, label: 'Balances', start_at: day('15:00'), end_at: day('16:30'), departments: ['SON'] })
  await app.ask('sheet.add_note', { revision_id, visibility: 'field', text: 'Tenue noire au plateau.' })
  await app.ask('sheet.set_person', { revision_id, assignment_id: opened.assignments[0], meal_at: day('16:45'), channel: '1', remarks: 'Appelle le spectacle' })
  await app.ask('sheet.add_row', { revision_id, section: 'transport', body: transport })
  return { sheet, revision: revision_id, rows: await rowsOf(app.core.reader(), revision_id as Id) }
}

/** Every command that names a version or a row of one, aimed at this one. */
function attacks(revision_id: string, rows: Rows, assignment_id: string | undefined, sheet_id: string): { name: string; input: Record<string, unknown> }[] {
  const [slot, other] = rows.slots
  return [
    { name: 'sheet.update_draft', input: { revision_id, version: 1, changes: { headline: 'Autre chose' } } },
    { name: 'sheet.discard_draft', input: { revision_id } },
    { name: 'sheet.set_key_time', input: { revision_id, code: 'doors', at: day('17:45') } },
    { name: 'sheet.set_key_time', input: { revision_id, key_time_id: rows.key_times[0]?.id, code: 'general_call', at: day('17:45') } },
    { name: 'sheet.remove_key_time', input: { id: rows.key_times[0]?.id } },
    { name: 'sheet.add_slot', input: { revision_id, label: 'De plus', start_at: day('18:00') } },
    { name: 'sheet.add_slots', input: { revision_id, slots: [{ label: 'De plus', start_at: day('18:00') }] } },
    { name: 'sheet.update_slot', input: { id: slot?.id, version: 1, changes: { label: 'Autre' } } },
    { name: 'sheet.move_slot', input: { id: other?.id, after_id: null } },
    { name: 'sheet.remove_slot', input: { id: slot?.id } },
    { name: 'sheet.add_note', input: { revision_id, visibility: 'field', text: 'De plus' } },
    { name: 'sheet.update_note', input: { id: rows.notes[0]?.id, version: 1, changes: { text: 'Autre' } } },
    { name: 'sheet.move_note', input: { id: rows.notes[0]?.id, after_id: null } },
    { name: 'sheet.remove_note', input: { id: rows.notes[0]?.id } },
    { name: 'sheet.set_person', input: { revision_id, assignment_id, channel: '9' } },
    { name: 'sheet.add_row', input: { revision_id, section: 'transport', body: transport } },
    { name: 'sheet.update_row', input: { id: rows.rows.find((row) => row.section === 'transport')?.id, version: 1, body: { ...transport, label: 'Bus' } } },
    { name: 'sheet.move_row', input: { id: rows.rows[0]?.id, after_id: null } },
    { name: 'sheet.remove_row', input: { id: rows.rows[0]?.id } },
    { name: 'sheet.copy_content', input: { id: sheet_id, from: revision_id, parts: ['slots'] } },
    { name: 'sheet.attach', input: { revision_id, attachment_id: revision_id } },
    { name: 'sheet.reopen', input: { revision_id } },
    { name: 'sheet.validate', input: { revision_id } },
  ]
}

describe('what is published stays as it was published', () => {
  it('knows every command that writes on a version or its rows', () => {
    const writing = runSheetHandlers.map(({ operation }) => operation).filter(({ kind }) => kind === 'command').map(({ name }) => name)
    const aimed = new Set(attacks('', { key_times: [], slots: [], people: [], notes: [], rows: [] }, '', '').map(({ name }) => name))
    // Beside it: who was told, who read it (also by mail and link), the next version.
    const elsewhere = ['sheet.prepare', 'sheet.cover', 'sheet.uncover', 'sheet.revise', 'sheet.publish', 'sheet.archive', 'sheet.tell', 'sheet.confirm_read', 'sheet.confirm_read_for', 'sheet.delay', ...linkHandlers.map(({ operation }) => operation.name)]
    expect(writing.filter((name) => !aimed.has(name) && !elsewhere.includes(name))).toEqual([])
  })

  it('refuses every command on a validated, a published and an archived version, and changes nothing', async () => {
    world = await openSheetWorld()
    const { app, assignments } = world
    const { sheet, revision: id, rows } = await fullDraft(world)
    const attackAll = async (expected: string, spared: readonly string[]) => {
      const before = await stateOf(world as SheetWorld, id)
      for (const { name, input } of attacks(id, rows, assignments[0], sheet)) {
        if (spared.includes(name)) continue
        const answer = await app.core.execute({ name, input }, app.owner)
        const code = isError(answer) ? answer.error.code : 'done'
        expect([expected, 'revision.transition_rejected'], name).toContain(code)
      }
      expect(await stateOf(world as SheetWorld, id)).toBe(before)
    }
    await app.ask('sheet.validate', { revision_id: id })
    await attackAll('sheet.validated', ['sheet.reopen', 'sheet.validate'])
    await app.ask('sheet.publish', { revision_id: id })
    await attackAll('sheet.frozen', [])
    await app.ask('sheet.archive', { revision_id: id })
    await attackAll('sheet.frozen', [])
  })

  it('undoing what was done before publication is refused as well', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { revision: id } = await fullDraft(world)
    const history = (await app.ask('history.list', {}))['items'] as { command_id: string; name: string }[]
    const edits = history.filter(({ name }) => name.startsWith('sheet.'))
    expect(edits.length).toBeGreaterThan(5)
    await app.ask('sheet.publish', { revision_id: id })
    const before = await stateOf(world, id)
    for (const { command_id, name } of edits) expect(['sheet.frozen', 'undo.moved', 'undo.depends'], name).toContain(await app.refused('history.undo', { command_id }))
    const publishing = ((await app.ask('history.list', {}))['items'] as { command_id: string; name: string }[]).find(({ name }) => name === 'sheet.publish')
    expect(await app.refused('history.undo', { command_id: publishing?.command_id })).toBe('undo.impossible')
    expect(await stateOf(world, id)).toBe(before)
  })

  it('freezes the content with its hash, whatever becomes of the mission and its people', async () => {
    world = await openSheetWorld()
    const { app, mission, people } = world
    const { revision: id } = await fullDraft(world)
    const { content_hash } = await app.ask('sheet.publish', { revision_id: id })
    const before = await app.ask('sheet.preview', { revision_id: id })
    expect(contentHash(sheetSnapshotSchema.parse(before['snapshot']))).toBe(content_hash)
    const row = await app.ask('mission.get', { id: mission })
    await app.ask('mission.update', { id: mission, version: row['version'], changes: { title: 'Autre titre', end_at: day('05:00', 1) } })
    await app.ask('collaborator.update', { id: people.get('Inès Morvan'), version: 1, changes: { display_name: 'Inès Autre' } })
    expect((await app.ask('sheet.preview', { revision_id: id }))['snapshot']).toEqual(before['snapshot'])
  })

  it('keeps names and telephones out of the audit log', async () => {
    world = await openSheetWorld()
    const { revision: id } = await fullDraft(world)
    await world.app.ask('sheet.publish', { revision_id: id })
    const events = await world.app.file.engine.all('SELECT changes FROM audit_event WHERE entity = ?', ['revision'])
    const text = events.map((row) => String(row['changes'])).join('\n')
    expect(text).toContain('published')
    for (const personal of ['Inès Morvan', '06 39 98 10 01']) expect(text).not.toContain(personal)
  })
})

describe('editing a draft', () => {
  it('puts a new slot and a new key time where their hour puts them', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { revision: revision_id } = await world.prepare()
    for (const [label, at] of [['Représentation', '18:30'], ['Accueil', '11:30'], ['Balances', '15:00'], ['Aussi à 15:00', '15:00']]) await app.ask('sheet.add_slot', { revision_id, label, start_at: day(String(at)) })
    await app.ask('sheet.set_key_time', { revision_id, code: 'doors', at: day('17:45') })
    const { slots, key_times } = await rowsOf(app.core.reader(), revision_id as Id)
    expect(slots.map((slot) => slot.label)).toEqual(['Accueil', 'Balances', 'Aussi à 15:00', 'Représentation'])
    expect(key_times.map((row) => row.code)).toEqual(['general_call', 'doors', 'wrap'])
  })

  it('moves of slots, in any order, give the order of a plain list', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { revision: revision_id } = await world.prepare()
    const ids: string[] = []
    for (let index = 0; index < 6; index++) ids.push(String((await app.ask('sheet.add_slot', { revision_id, label: `Ligne ${index}`, start_at: day('12:00') }))['id']))
    const model = [...ids]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(5), fc.nat(6)), { maxLength: 25 }), async (moves) => {
        for (const [which, where] of moves) {
          const id = model[which] ?? ''
          const rest = model.filter((one) => one !== id)
          const after = where === 0 ? null : (rest[Math.min(where, rest.length) - 1] ?? null)
          await app.ask('sheet.move_slot', { id, after_id: after })
          model.splice(0, model.length, ...rest.toSpliced(after === null ? 0 : rest.indexOf(after) + 1, 0, id))
        }
        const { slots } = await rowsOf(app.core.reader(), revision_id as Id)
        expect(slots.map((slot) => slot.id)).toEqual(model)
      }),
      { numRuns: 12, seed: 20261024 },
    )
  }, 60_000)

  it('undo of an edit restores the slot exactly, of a removal brings it back in its place', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { revision: revision_id, rows } = await fullDraft(world)
    const slot = rows.slots[0]
    const declared = (row: Record<string, unknown>) => Object.fromEntries(Object.keys(sheetSlot.fields).map((name) => [name, row[name]]))
    const before = (await rowsOf(app.core.reader(), revision_id as Id)).slots.map(declared)
    const undoLast = async () => app.ask('history.undo', { command_id: (await app.ask('history.list', {}))['undo'] })
    await app.ask('sheet.update_slot', { id: slot?.id, version: 1, changes: { label: 'Autre', start_at: day('11:00'), end_at: null, departments: ['LUM'], everyone: false } })
    await undoLast()
    expect((await rowsOf(app.core.reader(), revision_id as Id)).slots.map(declared)).toEqual(before)
    await app.ask('sheet.remove_slot', { id: slot?.id })
    await undoLast()
    expect((await rowsOf(app.core.reader(), revision_id as Id)).slots.map(declared)).toEqual(before)
  })

  it('two people changing the same slot: the second is shown both values; another field is merged', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { rows } = await fullDraft(world)
    const id = rows.slots[1]?.id
    await app.ask('sheet.update_slot', { id, version: 1, changes: { start_at: day('15:30') } })
    expect(await app.refused('sheet.update_slot', { id, version: 1, changes: { end_at: day('17:00') } })).toBe('concurrency.version_mismatch')
    await app.ask('sheet.update_slot', { id, version: 1, changes: { place: 'Plateau' } })
  })

  it('refuses a section row of the wrong shape, a person of another day, a file that is not kept', async () => {
    world = await openSheetWorld()
    const { app, project, people } = world
    const { revision: revision_id } = await world.prepare()
    expect(await app.refused('sheet.add_row', { revision_id, section: 'transport', body: { label: 'Navette' } })).toBe('validation.invalid')
    expect(await app.refused('sheet.add_row', { revision_id, section: 'attachments', body: { name: 'a', media_type: 'b', size_bytes: 1, sha256: 'c' } })).toBe('validation.invalid')
    const elsewhere = await app.ask('mission.create', { project_id: project, title: 'Autre', start_at: day('08:00', 2), end_at: day('10:00', 2) })
    const { ids } = await app.ask('assignment.create', { mission_id: elsewhere['id'], people: [{ collaborator_id: people.get('Malik Sow') }] })
    expect(await app.refused('sheet.set_person', { revision_id, assignment_id: (ids as string[])[0], channel: '1' })).toBe('validation.reference')
    expect(await app.refused('sheet.attach', { revision_id, attachment_id: revision_id })).toBe('attachment.not_found')
  })

  it('joins a kept file by its content: once, with the same line in the next version; another content is a change', async () => {
    world = await openSheetWorld()
    const { app, project } = world
    const { sheet, revision: revision_id } = await world.prepare()
    const keep = async (name: string, sha256: string) => (await app.ask('attachment.add', { project_id: project, entity: 'run_sheet', entity_id: sheet, name, type: 'application/pdf', size: 1200, sha256 }))['id']
    const attachment_id = await keep('plan-de-feu.pdf', 'a'.repeat(64))
    const joined = await app.ask('sheet.attach', { revision_id, attachment_id })
    expect(await app.ask('sheet.attach', { revision_id, attachment_id })).toEqual(joined)
    await app.ask('sheet.publish', { revision_id })
    const next = (await app.ask('sheet.revise', { id: sheet }))['revision_id']
    const changes = async () => ((await app.ask('sheet.compare', { from_revision_id: revision_id, to_revision_id: next }))['changes'] as { section?: string; kind: string }[]).filter(({ section }) => section === 'attachments')
    expect(await changes()).toEqual([])
    await app.ask('sheet.attach', { revision_id: next, attachment_id: await keep('plan-de-feu.pdf', 'b'.repeat(64)) })
    expect(await changes()).toMatchObject([{ kind: 'row_added', row: { name: 'plan-de-feu.pdf', media_type: 'application/pdf', size_bytes: 1200, sha256: 'b'.repeat(64) } }])
  })

  it('a discarded draft leaves the published version, and cannot come back beside a newer one', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { sheet, revision: first } = await fullDraft(world)
    await app.ask('sheet.publish', { revision_id: first })
    const { revision_id } = await app.ask('sheet.revise', { id: sheet })
    await app.ask('sheet.discard_draft', { revision_id })
    const discarded = (await app.ask('history.list', {}))['undo']
    expect(await app.ask('sheet.get', { id: sheet })).toMatchObject({ work: null, published_revision_id: first })
    const again = await app.ask('sheet.revise', { id: sheet })
    expect(await app.ask('sheet.get', { id: sheet })).toMatchObject({ work: { id: again['revision_id'], number: 2 } })
    expect(await app.refused('history.undo', { command_id: discarded })).toBe('revision.not_restorable')
  })
})
