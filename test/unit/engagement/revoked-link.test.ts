/** Links given out for a question are made worth nothing: what they open names the round, and the round moves on. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAskedPeople, type AskingPeople } from '../../fixtures/asked.ts'

let made: AskingPeople
beforeAll(async () => {
  made = await openAskedPeople({ seed: 'revoked links' })
}, 60_000)
afterAll(() => made.app.close())

const acceptance = async (id: string) => (await made.app.file.readEngine.all('SELECT version, round, state FROM acceptance WHERE id = ?', [id]))[0] ?? {}

it('links that were given out are revoked by who plans, once for each asking, and the question stays as it is', async () => {
  const { acceptance: id } = await made.asked()
  const { version } = await acceptance(id)
  expect(await made.app.refused('acceptance.revoke_link', { id, version }, made.viewer)).toBe('auth.forbidden')
  await made.app.ask('acceptance.revoke_link', { id, version }, made.planner, 'revoked')
  await made.app.ask('acceptance.revoke_link', { id, version }, made.planner, 'revoked')
  expect(await acceptance(id)).toMatchObject({ round: 2, state: 'pending' })
  // Two who revoke at once revoke it once.
  expect(await made.app.refused('acceptance.revoke_link', { id, version })).toMatch(/conflict|version/)
  const audited = await made.app.file.readEngine.all("SELECT changes FROM audit_event WHERE action = 'acceptance.revoke_link' AND entity = 'acceptance'", [])
  expect(audited.map(({ changes }) => JSON.parse(String(changes)) as unknown)).toEqual([{ round: [1, 2] }])
})
