import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
beforeEach(async () => {
  app = await openTestHost()
})
afterEach(() => app.close())

async function publishedSheet(): Promise<string> {
  const ask = (name: string, input: unknown) => app.ask('lea', name, input)
  const project = await ask('project.create', {
    code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z', document_language: 'fr',
    emergency: { numbers: '112', on_site: 'Loge 6' },
  })
  const place = await ask('location.create', { name: 'Grande Halle', zone: 'Europe/Paris', address: '4 rue du Fanal', hospital_name: 'CH du Littoral', hospital_phone: '05 36 49 11 00' })
  const mission = await ask('mission.create', { project_id: project['id'], title: 'Marée haute', day_code: 'J3', location_id: place['id'], start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-24T22:00:00.000Z' })
  const sheet = await ask('sheet.prepare', { mission_id: mission['id'] })
  await ask('sheet.publish', { revision_id: sheet['revision_id'] })
  return String(sheet['revision_id'])
}

describe('the PDF of a published sheet', () => {
  it('is kept when it first goes out and comes out again as it is, whatever the program would draw later', async () => {
    const revision_id = await publishedSheet()
    const first = await app.ask('lea', 'sheet.pdf', { revision_id })
    const folder = join(app.file, '..', 'issued')
    const [name = ''] = readdirSync(folder)
    expect(readFileSync(join(folder, name)).toString('base64')).toBe(first['base64'])
    // What an older program had drawn.
    writeFileSync(join(folder, name), '%PDF-1.7 as it was signed')
    const again = await app.ask('lea', 'sheet.pdf', { revision_id })
    expect(Buffer.from(String(again['base64']), 'base64').toString()).toBe('%PDF-1.7 as it was signed')
    expect(again['file_name']).toBe(first['file_name'])
  })
  it('is drawn anew for the field copy and for a draft, which are not what was issued', async () => {
    const revision_id = await publishedSheet()
    await app.ask('lea', 'sheet.pdf', { revision_id, variant: 'field' })
    const sheets = await app.ask('lea', 'sheet.list', {})
    const [sheet] = sheets['items'] as { id: string }[]
    const next = await app.ask('lea', 'sheet.revise', { id: sheet?.id })
    const work = await app.ask('lea', 'sheet.get', { id: sheet?.id })
    const draft = (work['revisions'] as { id: string; state: string }[]).find((one) => one.state === 'draft')
    expect(next['id'] === undefined).toBe(false)
    await app.ask('lea', 'sheet.pdf', { revision_id: draft?.id })
    expect(() => readdirSync(join(app.file, '..', 'issued'))).toThrow()
  })
})
