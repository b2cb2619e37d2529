import { afterEach, describe, expect, it } from 'vitest'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { textOf } from '../documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

const INTERNAL = 'Cachet de Malik à revoir.'

async function published(): Promise<{ opened: SheetWorld; sheet: string; first: string }> {
  const opened = (world = await openSheetWorld())
  const { sheet, revision } = await opened.prepare()
  await opened.app.ask('sheet.add_note', { revision_id: revision, visibility: 'internal', text: INTERNAL })
  await opened.app.ask('sheet.add_note', { revision_id: revision, visibility: 'field', text: 'Tenue noire au plateau.' })
  return { opened, sheet, first: revision }
}

describe('who only reads', () => {
  it('sees no sheet before it is published, and the field copy afterwards', async () => {
    const { opened, sheet, first } = await published()
    const { app } = opened
    const viewer = await opened.member('viewer')
    for (const [name, input] of [
      ['sheet.get', { id: sheet }], ['sheet.preview', { revision_id: first }], ['sheet.pdf', { revision_id: first }], ['sheet.csv', { revision_id: first }],
      ['sheet.compare', { from_revision_id: null, to_revision_id: first }],
    ] as const) expect(await app.refused(name, input, viewer)).toMatch(/not_found$/)
    expect(await app.refused('sheet.check', { revision_id: first }, viewer)).toBe('auth.forbidden')
    expect((await app.ask('sheet.list', {}, viewer))['total']).toBe(0)

    await app.ask('sheet.publish', { revision_id: first })
    const next = await app.ask('sheet.revise', { id: sheet })
    expect(await app.ask('sheet.get', { id: sheet }, viewer)).toMatchObject({ work: null, unpublished_changes: false, revisions: [{ number: 1, state: 'published', can: ['sheet.confirm_read'] }] })
    expect(await app.ask('sheet.list', {}, viewer)).toMatchObject({ total: 1, items: [{ published_number: 1, next_number: null, next_state: null, next_revision_id: null }] })
    expect((await app.ask('sheet.list', { filter: { next_state: 'draft' } }, viewer))['total']).toBe(0)
    expect(await app.refused('sheet.preview', { revision_id: next['revision_id'] }, viewer)).toBe('revision.not_found')

    const preview = await app.ask('sheet.preview', { revision_id: first, variant: 'full' }, viewer)
    expect(preview['variant']).toBe('field')
    expect(JSON.stringify(preview)).toContain('Tenue noire')
    expect(JSON.stringify(preview)).not.toContain(INTERNAL)
    expect(JSON.stringify(await app.ask('sheet.compare', { from_revision_id: null, to_revision_id: first }, viewer))).not.toContain(INTERNAL)
    const file = async (name: string, session = viewer) => Buffer.from(String((await app.ask(name, { revision_id: first, variant: 'full' }, session))['base64']), 'base64')
    expect(textOf(await file('sheet.pdf', app.owner))).toContain(INTERNAL)
    expect(textOf(await file('sheet.pdf'))).not.toContain(INTERNAL)
    expect((await file('sheet.csv', app.owner)).toString('utf8')).toContain(INTERNAL)
    expect((await file('sheet.csv')).toString('utf8')).not.toContain(INTERNAL)
  })

  it('reads the telephones that the sheet shows and no other', async () => {
    const { opened, first } = await published()
    await opened.app.ask('sheet.publish', { revision_id: first })
    const viewer = await opened.member('viewer')
    const { people } = (await opened.app.ask('sheet.preview', { revision_id: first }, viewer))['snapshot'] as SheetSnapshot
    expect(people.find((row) => row.name === 'Inès Morvan')?.phone).toBe('06 39 98 10 01')
    expect(people.find((row) => row.name === 'Jeanne Roux')?.phone).toBeNull()
  })

  it('a member sees the sheets of their own missions and no other of the project', async () => {
    const { opened, sheet, first } = await published()
    const { app, project, place, people } = opened
    await app.ask('sheet.publish', { revision_id: first })
    const other = await app.ask('mission.create', { project_id: project, title: 'Autre', day_code: 'J5', location_id: place, start_at: day('08:00', 1), end_at: day('10:00', 1) })
    const hidden = await app.ask('sheet.prepare', { mission_id: other['id'] })
    await app.ask('sheet.publish', { revision_id: hidden['revision_id'] })
    const jeanne = await opened.member('member', { collaborator: people.get('Jeanne Roux') ?? '' })
    expect(await app.ask('sheet.list', {}, jeanne)).toMatchObject({ total: 1, items: [{ id: sheet }] })
    expect(await app.ask('sheet.get', { id: sheet }, jeanne)).toMatchObject({ published_revision_id: first })
    expect(await app.refused('sheet.get', { id: hidden['id'] }, jeanne)).toBe('run_sheet.not_found')
    expect(await app.refused('sheet.pdf', { revision_id: hidden['revision_id'] }, jeanne)).toMatch(/not_found$/)
    expect((await app.ask('sheet.pdf', { revision_id: first, assignment_id: opened.assignments[2] }, jeanne))['file_name']).toBe('2026-10-24_J3_feuille-de-service_v1.pdf')
  })
})
