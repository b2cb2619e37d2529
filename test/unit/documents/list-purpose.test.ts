/** What a document is made for: previews are told and not audited; what leaves is audited by the core. Plans on site sheets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentNames } from '../../../shared/domain/documents/operations.ts'
import { png } from '../../fixtures/png.ts'
import { openListWorld, type ListWorld } from './list-world.ts'
import { pagesOf } from './poppler.ts'

let world: ListWorld
beforeAll(async () => {
  world = await openListWorld()
}, 60_000)
afterAll(async () => {
  await world.app.close()
})

const exports = async (): Promise<Record<string, unknown>[]> => (await world.app.ask('audit.list', { filter: { action: 'export.document' }, limit: 200 }))['items'] as Record<string, unknown>[]
const text = (bytes: Uint8Array): string[] => pagesOf(bytes).map((page) => page.replace(/[\s\u00a0\u202f]+/g, ' '))

describe('a preview', () => {
  it('is no export, of any document; the file and the paper are', async () => {
    const before = (await exports()).length
    for (const document of documentNames) await world.make(document, { purpose: 'preview' })
    expect((await exports()).length).toBe(before)
    await world.make('crew_list', { purpose: 'print' })
    await world.make('crew_list', {})
    const events = await exports()
    expect(events.length).toBe(before + 2)
    expect(events.slice(0, 2).map((event) => (event['changes'] as Record<string, unknown>)['purpose'])).toEqual(['file', 'print'])
  }, 60_000)

  it('is the very page that leaves, but for its hour', async () => {
    const preview = await world.make('crew_list', { purpose: 'preview', language: 'fr' })
    const paper = await world.make('crew_list', { purpose: 'print', language: 'fr' })
    expect(preview.pages).toBe(paper.pages)
    expect(preview.content_hash).toBe(paper.content_hash)
    const timeless = (page: string): string => page.replace(/\d{4}-\d{2}-\d{2}T[\d:]+Z/, '')
    expect(text(preview.bytes).map(timeless)).toEqual(text(paper.bytes).map(timeless))
  }, 20_000)

  it('cannot be a table: a table is a file', async () => {
    for (const format of ['csv', 'xlsx']) expect(await world.app.refused('document.make', { document: 'crew_list', project_id: world.project, format, purpose: 'preview' })).toBe('validation.invalid')
  })
})

describe('the plan on a site sheet', () => {
  const plan = 'b'.repeat(64)
  const images = (bytes: Uint8Array): number => Buffer.from(bytes).toString('latin1').split('/Subtype /Image').length - 1

  it('is the place’s image with its lettered pins; without the file, the letters and a word', async () => {
    const pins = [{ letter: 'E', label: 'entrée des artistes', latitude: null, longitude: null, x: 0.3, y: 0.6 }, { letter: 'R', label: 'rassemblement', latitude: null, longitude: null, x: 0.9, y: 0.1 }]
    const place = await world.app.ask('location.create', { name: 'Salle des Ormes', zone: 'Europe/Paris', plan_sha256: plan, pins })
    const make = (purpose: string) => world.make('site_sheet', { ids: [place['id']], language: 'fr', purpose })
    const without = await make('print')
    expect(images(without.bytes)).toBe(0)
    expect(text(without.bytes).join(' ')).toContain('L’image du plan n’est pas sur cet ordinateur.')
    expect(text(without.bytes).join(' ')).toContain('entrée des artistes')
    world.app.blobs.set(plan, png(300, 200))
    const drawn = await make('print')
    expect(images(drawn.bytes)).toBe(1)
    expect(text(drawn.bytes).join(' ')).toContain('rassemblement')
    expect(text(drawn.bytes).join(' ')).not.toContain('n’est pas sur cet ordinateur')
    world.app.blobs.set(plan, new TextEncoder().encode('no picture'))
    expect(text((await make('print')).bytes).join(' ')).toContain('L’image du plan ne peut pas être lue.')
    // A room of that place prints the place's plan.
    const room = await world.app.ask('location.create', { name: 'Loge 2', kind: 'room', parent_id: place['id'], zone: 'Europe/Paris' })
    world.app.blobs.set(plan, png(300, 200))
    expect(images((await world.make('site_sheet', { ids: [room['id']], language: 'fr' })).bytes)).toBe(1)
  }, 20_000)
})
