/** What a contract's page offers: only what its state and this person's rights allow. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { openContracted, type Contracted } from '../../fixtures/contracted.ts'

interface Seen {
  can: string[]
  versions: { row: { id: string; state: string }; can: string[] }[]
  requests: { id: string; state: string; can: string[] }[]
}

let w: Contracted
beforeEach(async () => {
  w = await openContracted({ seed: 'offered' })
})
afterEach(() => w.app.close())

const made = async (): Promise<{ id: string; version_id: string }> => {
  const contract = await w.generate([await w.accepted(w.people[0], w.missions[0], [6, 16])])
  await w.complete(contract.version_id)
  return contract
}
async function seen(id: string, session?: Session): Promise<Seen> {
  return (await w.app.ask('contract.get', { id }, session)) as unknown as Seen
}
const steps = async (id: string, session?: Session): Promise<string[]> => ((await seen(id, session)).versions[0]?.can ?? []).filter((name) => name !== 'contract.attach_signed').toSorted()

describe('what may be done to a contract', () => {
  it('a planner writes the draft and hands it on, and decides nothing after that', async () => {
    const { id, version_id } = await made()
    expect(await steps(id, w.planner)).toEqual(['contract.submit', 'contract.update'])
    await w.app.ask('contract.submit', { id: version_id })
    expect(await steps(id, w.planner)).toEqual([])
  })
  it('turning down what is under review is for who approves, and of what was sent for who sends', async () => {
    const { id, version_id } = await made()
    await w.app.ask('contract.submit', { id: version_id })
    expect(await steps(id, w.manager)).toEqual([])
    expect(await steps(id)).toEqual(['contract.approve', 'contract.reject'])
    for (const step of ['approve', 'send']) await w.app.ask(`contract.${step}`, { id: version_id })
    expect(await steps(id, w.manager)).toEqual(['contract.reject', 'contract.sign', 'contract.sign_on_screen'])
  })
  it('an amendment is offered once the contract is in force, and not while one is in work', async () => {
    const { id, version_id } = await made()
    expect((await seen(id)).can).not.toContain('contract.amend')
    await w.hand(version_id, 'active')
    expect((await seen(id)).can).toContain('contract.amend')
    await w.app.ask('contract.amend', { id })
    expect((await seen(id)).can).not.toContain('contract.amend')
  })
  it('a void is asked for once, and settled by who may end a contract', async () => {
    const { id, version_id } = await made()
    await w.hand(version_id, 'active')
    expect((await seen(id, w.planner)).can).toContain('contract.request_void')
    await w.app.ask('contract.request_void', { id, reason: 'Erreur de personne' })
    expect((await seen(id)).can).not.toContain('contract.request_void')
    expect((await seen(id, w.planner)).requests).toMatchObject([{ state: 'open', can: [] }])
    const [request] = (await seen(id, w.manager)).requests
    expect(request?.can).toEqual(['contract.settle'])
    await w.app.ask('contract.settle', { id: request?.id, outcome: 'granted', reason: 'Erreur reconnue' })
    expect((await seen(id)).requests).toMatchObject([{ state: 'granted', can: [] }])
  })
})
