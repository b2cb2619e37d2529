import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld
let revision_id: string
beforeEach(async () => {
  world = await openSheetWorld()
  const about = await world.app.ask('organization.get', {})
  const { id, version } = about['organization'] as { id: string; version: number }
  await world.app.ask('organization.update', { id, version, changes: { publish_needs_two_people: true } })
  revision_id = (await world.prepare()).revision
})
afterEach(async () => {
  await world.app.close()
})

const saidTo = async (session = world.app.owner) => {
  const answer = await world.app.ask('sheet.check', { revision_id }, session)
  const checks = (answer['checks'] as { code: string; severity: string; params: Record<string, unknown> }[]).filter(({ code }) => code === 'validate_first' || code === 'another_publishes')
  return { checks, publishable: answer['publishable'] }
}

describe('where publishing takes two people', () => {
  it('the checks say it before anybody publishes, and who may do the other half', async () => {
    await world.member('project_manager', { name: 'Sonia Marchal' })
    await world.member('planner', { name: 'Hugo Petit' })
    expect(await saidTo()).toEqual({ checks: [{ code: 'validate_first', severity: 'blocking', params: { count: 1, names: 'Sonia Marchal' }, record: null }], publishable: false })
    await world.app.ask('sheet.validate', { revision_id })
    expect(await saidTo()).toMatchObject({ checks: [{ code: 'another_publishes', params: { names: 'Sonia Marchal' } }], publishable: false })
    expect(await world.app.refused('sheet.publish', { revision_id })).toBe('sheet.two_people')
  })

  it('the other person finds nothing in the way, and publishes', async () => {
    const other = await world.member('project_manager', { name: 'Sonia Marchal' })
    await world.app.ask('sheet.validate', { revision_id })
    expect(await saidTo(other)).toEqual({ checks: [], publishable: true })
    await world.app.ask('sheet.publish', { revision_id }, other)
  })

  it('it is said when there is no other person', async () => {
    await world.member('planner', { name: 'Hugo Petit' })
    await world.app.ask('sheet.validate', { revision_id })
    expect((await saidTo()).checks).toMatchObject([{ code: 'another_publishes', params: { count: 0, names: '' } }])
  })
})

it('nothing of it is said where one person may do both', async () => {
  const about = await world.app.ask('organization.get', {})
  const { id, version } = about['organization'] as { id: string; version: number }
  await world.app.ask('organization.update', { id, version, changes: { publish_needs_two_people: false } })
  expect(await saidTo()).toEqual({ checks: [], publishable: true })
})
