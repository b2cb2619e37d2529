/** Dates at the ends of the calendar are refused before anybody counts days up to them. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let app: TestOrganization
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'dates' })
})
afterAll(() => app.close())

it('weeks, calendars and hours of a person are asked for in years one may plan', async () => {
  const id = (await app.ask('collaborator.create', { display_name: 'Inès Morvan' }))['id']
  const weekly = (from: string, to: string) => ({ collaborator_ids: [id], kind: 'unavailable', zone: 'Europe/Paris', project_id: null, when: { weekly: { weekdays: [1], from_time: '10:00', to_time: '11:00', from, to } } })
  const calendar = (from: string, to: string) => ({ collaborator_id: id, text: 'BEGIN:VCALENDAR\nEND:VCALENDAR\n', kind: 'unavailable', from, to })
  for (const [from, to] of [['9999-12-25', '9999-12-31'], ['0001-01-01', '0001-12-31']] as const)
    expect([
      await app.refused('availability.preview_many', weekly(from, to)), await app.refused('availability.set_many', weekly(from, to)),
      await app.refused('availability.preview_calendar', calendar(from, to)), await app.refused('working_time.of', { collaborator_id: id, on: to }),
    ]).toEqual(Array(4).fill('validation.invalid'))
  expect((await app.ask('availability.preview_many', weekly('2999-12-24', '2999-12-31')))['rows']).toBe(1)
})
