/** What becomes of a mail, in the organization: noted by the authority alone, of the round that stands; who was not reached is to be told by hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openAskedPeople, type AskedPerson, type AskingPeople } from '../../fixtures/asked.ts'
import { isError } from '../../fixtures/core.ts'

let made: AskingPeople
let asked: AskedPerson
let calls = 0
const act = async (name: string, input: unknown): Promise<string> => {
  const answer = await made.app.core.act(name, input, { id: deriveId(made.app.org, `mailed ${++calls}`) })
  return isError(answer) ? answer.error.code : 'done'
}
const notified = async () => (await made.app.file.readEngine.all('SELECT id, state, round, figures FROM notification', []))[0] ?? {}
const toTell = async () => ((await made.app.ask('notification.to_tell', {}))['items'] as { acceptance_id: string; why: string }[]).map(({ acceptance_id, why }) => [acceptance_id === asked.acceptance, why])

beforeEach(async () => {
  made = await openAskedPeople({ seed: 'mailed' })
  asked = await made.asked({ told: false, person: { email: 'ines@example.org' } })
  const [{ id } = { id: '' }] = await made.app.file.readEngine.all('SELECT collaborator_id AS id FROM acceptance', [])
  await made.app.ask('consent.record', { collaborator_id: id, purpose: 'email', answer: 'given', answered_on: '2026-10-01', source: 'au téléphone' })
  await act('notification.make', { about: 'acceptance', id: asked.acceptance })
})
afterEach(() => made.app.close())

describe('a mail', () => {
  it('that left or was given up is noted of the round that stands, and by nobody but the authority', async () => {
    const { id } = await notified()
    expect(await act('notification.failed', { id, round: 2, code: '550' })).toBe('done')
    expect((await notified())['state']).toBe('prepared')
    for (const [name, more] of [['notification.sent', {}], ['notification.failed', { code: '550' }]] as const) expect(await made.app.refused(name, { id, round: 1, ...more })).toBe('auth.forbidden')
    expect(await act('notification.failed', { id, round: 1, code: '550 5.1.1' })).toBe('done')
    expect([(await notified())['state'], JSON.parse(String((await notified())['figures']))]).toEqual(['failed', { failure: '550 5.1.1' }])
    // A mail server that had taken it, though its answer was lost.
    expect(await act('notification.sent', { id, round: 1 })).toBe('done')
    expect(await act('notification.failed', { id, round: 1, code: '550 5.1.1' })).toBe('done')
    expect((await notified())['state']).toBe('dispatched')
    expect(await act('notification.sent', { id: deriveId('mailed', 'nobody'), round: 1 })).toBe('notification.not_found')
  })
  it('that failed, or does not leave, is for production to tell by hand', async () => {
    expect(await toTell()).toEqual([])
    made.app.at('2026-10-20T08:14:00.000Z')
    expect(await toTell()).toEqual([])
    made.app.at('2026-10-20T08:16:00.000Z')
    expect(await toTell()).toEqual([[true, 'not_sent']])
    await act('notification.failed', { id: (await notified())['id'], round: 1, code: '550' })
    expect(await toTell()).toEqual([[true, 'failed']])
    await made.app.ask('acceptance.dispatch', { changes: [{ id: asked.acceptance }], channel: 'hand' })
    expect(await toTell()).toEqual([])
  })
})
