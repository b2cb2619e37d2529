import { afterEach, describe, expect, it } from 'vitest'
import { openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

describe('one sheet from draft to paper', () => {
  it('is prepared from what the project knows, published, and printed the same twice', async () => {
    world = await openSheetWorld()
    const { app } = world
    const { sheet, revision } = await world.prepare()
    const first = await app.ask('sheet.get', { id: sheet })
    expect(first['work']).toMatchObject({ number: 1, state: 'draft', key_times: [{ code: 'general_call', at: '2026-10-24T11:30:00.000Z' }, { code: 'wrap' }] })
    expect(await app.ask('sheet.check', { revision_id: revision })).toMatchObject({ publishable: true, checks: [{ code: 'no_weather', severity: 'warning' }] })
    const published = await app.ask('sheet.publish', { revision_id: revision })
    expect(published).toMatchObject({ number: 1, archived_revision_id: null })
    const one = await app.ask('sheet.pdf', { revision_id: revision })
    const two = await app.ask('sheet.pdf', { revision_id: revision })
    expect(one['file_name']).toBe('2026-10-24_J3_feuille-de-service_v1.pdf')
    expect(one['base64']).toBe(two['base64'])
    expect(Buffer.from(String(one['base64']), 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    expect(await app.ask('sheet.list', {})).toMatchObject({ total: 1, items: [{ status: 'published', published_number: 1, people_count: 4, location_name: 'Grande Halle du Port' }] })
  })
})
