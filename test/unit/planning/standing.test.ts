import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
beforeEach(async () => {
  app = await openTestOrganization()
})
afterEach(async () => {
  await app.close()
})

const LYON = { latitude: 45.7578, longitude: 4.832 }

describe('a room without coordinates', () => {
  it('has the sun of its venue, on its own page, on its missions and in the overview', async () => {
    const project = await app.ask('project.create', {
      code: 'SOLEIL', name: 'Soleil', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr',
    })
    const venue = await app.ask('location.create', { name: 'Grande Halle', zone: 'Europe/Paris', ...LYON })
    const stage = await app.ask('location.create', { name: 'Plateau', kind: 'room', zone: 'Europe/Paris', parent_id: venue['id'] })
    const mission = await app.ask('mission.create', {
      project_id: project['id'], title: 'Générale', location_id: stage['id'], zone: 'Europe/Paris', start_at: '2026-10-21T12:00:00.000Z', end_at: '2026-10-21T22:00:00.000Z',
    })
    const { sun } = await app.ask('location.get', { id: venue['id'], date: '2026-10-21' })
    expect(sun).toMatchObject({ rise_at: expect.stringMatching(/^2026-10-21T06:/), set_at: expect.stringMatching(/^2026-10-21T16:/) })
    expect((await app.ask('location.get', { id: stage['id'], date: '2026-10-21' }))['sun']).toEqual(sun)
    expect((await app.ask('mission.get', { id: mission['id'] }))['sun']).toEqual(sun)
    expect((await app.ask('project.overview', { project_id: project['id'] }))['missions']).toMatchObject([{ sun }])
  })

  it('has no sun while nothing above it has coordinates', async () => {
    const venue = await app.ask('location.create', { name: 'Hangar', zone: 'Europe/Paris' })
    const room = await app.ask('location.create', { name: 'Loge', kind: 'room', zone: 'Europe/Paris', parent_id: venue['id'] })
    expect((await app.ask('location.get', { id: room['id'], date: '2026-10-21' }))['sun']).toBeNull()
  })
})
