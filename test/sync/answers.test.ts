/** People are asked, answer and see their terms change on two computers at once: what is decided, in both orders, by the authority's clock. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAsking, type Asking, type Laptop } from '../fixtures/asking.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'

let asking: Asking
let laptop: Laptop
let mission: Id
let role: string
const entered = { source: 'hand', reason: 'dit au téléphone' } as const
const DEADLINE = '2026-10-22T12:00:00.000Z'

beforeEach(async () => {
  asking = await openAsking()
  asking.at('2026-10-20T08:00:00.000Z')
  ;({ mission } = await asking.plan([]))
  role = ((await asking.ask('organization.get', {}))['crew_roles'] as { id: string }[])[0]?.id ?? ''
  const user = deriveId('answers', 'manager')
  await asking.ask('member.add', { user_id: user, name: 'Karim Benali', email: 'karim@example.org', role: 'project_manager', project_id: null })
  laptop = await asking.laptop(user)
}, 60_000)
afterEach(() => asking.close())

type Row = Record<string, unknown>
let planned = 0
/** Somebody planned, known on both. */
async function plan(): Promise<string> {
  const person = (await asking.ask('collaborator.create', { display_name: `Personne ${++planned}` }))['id']
  const made = await asking.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: person, crew_role_id: role, rate_basis: 'daily', rate_minor: 25_000, rate_currency: 'EUR' }] })
  return String((made['ids'] as string[])[0])
}
async function pending(): Promise<{ id: string; acceptance: string }> {
  const id = await plan()
  const { acceptance_ids } = await asking.ask('assignment.propose', { changes: [{ id, version: 1, deadline_at: DEADLINE }] })
  const [acceptance = ''] = acceptance_ids as string[]
  await asking.ask('acceptance.dispatch', { changes: [{ id: acceptance }], channel: 'hand' })
  await asking.pull(laptop)
  return { id, acceptance }
}
const row = async (id: string): Promise<Row> => (await asking.file.readEngine.all('SELECT * FROM assignment WHERE id = ?', [id]))[0] ?? {}
const states = async (id: string): Promise<unknown[]> => (await asking.file.readEngine.all('SELECT state FROM acceptance WHERE assignment_id = ? AND deleted_at IS NULL ORDER BY rowid', [id])).map(({ state }) => state)
/** What became of the laptop's commands, the last first. */
async function outcomes(): Promise<string[]> {
  const found = await asking.file.readEngine.all("SELECT name, outcome, answer FROM command_log WHERE device = 'laptop' ORDER BY seq DESC", [])
  return found.map(({ name, outcome, answer }) => {
    const { failure, why } = (JSON.parse(String(answer)) ?? {}) as { failure?: { code: string } | null; why?: string }
    return [name, outcome, outcome === 'applied' ? null : (failure?.code ?? why)].filter(Boolean).join(' ')
  })
}

describe('an answer on one computer while terms change on the other', () => {
  it('that comes after the change is refused: it was given on the old terms, and the new ones are about to be asked', async () => {
    const { id, acceptance } = await pending()
    await laptop.ask('assignment.accept_for', { id, acceptance_id: acceptance, ...entered })
    await asking.ask('assignment.shift', { ids: [id], days: 0, minutes: 30 })
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.accept_for rejected acceptance.terms_changed'])
    expect(await row(id)).toMatchObject({ state: 'proposed', reconfirm_since: null })
    expect(await states(id)).toEqual(['pending', 'draft'])
    await asking.pull(laptop)
    expect((await laptop.ask('assignment.get', { id }))['state']).toBe('proposed')
  })

  it('that comes first stands: the change is applied, and the person is asked again', async () => {
    const { id, acceptance } = await pending()
    await laptop.ask('assignment.shift', { ids: [id], days: 0, minutes: 30 })
    await asking.ask('assignment.accept_for', { id, acceptance_id: acceptance, ...entered })
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.shift applied'])
    expect((await row(id))['state']).toBe('accepted')
    expect((await row(id))['reconfirm_since']).not.toBeNull()
    expect(await states(id)).toEqual(['accepted', 'draft'])
    await asking.pull(laptop)
    const seen = await laptop.ask('engagement.list', { filter: { assignment_id: id } })
    expect((seen['items'] as Row[]).map(({ state }) => state).toSorted()).toEqual(['accepted', 'draft'])
  })

  it('by telephone from beginning to end without a network is one yes, under the same ids everywhere', async () => {
    const id = await plan()
    await asking.pull(laptop)
    const { acceptance_ids } = await laptop.ask('assignment.propose', { changes: [{ id, version: 1, deadline_at: DEADLINE }] })
    const [acceptance = ''] = acceptance_ids as string[]
    await laptop.ask('acceptance.dispatch', { changes: [{ id: acceptance }], channel: 'hand' })
    await laptop.ask('assignment.accept_for', { id, acceptance_id: acceptance, ...entered, words: 'avec plaisir' })
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.accept_for applied', 'acceptance.dispatch applied', 'assignment.propose applied'])
    expect(await asking.file.readEngine.all('SELECT id, state, words FROM acceptance', [])).toEqual([{ id: acceptance, state: 'accepted', words: 'avec plaisir' }])
  })

  it('of terms that had changed before they were read out by telephone is not taken for a yes to the new ones', async () => {
    const id = await plan()
    await asking.pull(laptop)
    const { acceptance_ids } = await laptop.ask('assignment.propose', { changes: [{ id, version: 1, deadline_at: DEADLINE }] })
    const [acceptance = ''] = acceptance_ids as string[]
    const [draft] = (await laptop.ask('engagement.list', { filter: { id: acceptance } }))['items'] as { terms: { start_at: string; end_at: string; role: string | null } }[]
    const told = { start_at: draft?.terms.start_at, end_at: draft?.terms.end_at, role: draft?.terms.role }
    await laptop.ask('acceptance.dispatch', { changes: [{ id: acceptance, told }], channel: 'hand' })
    await laptop.ask('assignment.accept_for', { id, acceptance_id: acceptance, told, ...entered })
    await asking.ask('assignment.shift', { ids: [id], days: 0, minutes: 30 })
    await asking.push()
    expect(await outcomes()).toEqual([expect.stringMatching(/^assignment.accept_for (blocked|rejected)/), 'acceptance.dispatch rejected acceptance.terms_changed', 'assignment.propose applied'])
    expect((await row(id))['state']).toBe('proposed')
    expect(await states(id)).toEqual(['draft'])
  })
})

describe('the same person asked on two computers', () => {
  it('is asked once: the second asking is kept as a conflict, and nothing is asked over', async () => {
    const id = await plan()
    await asking.pull(laptop)
    await laptop.ask('assignment.propose', { changes: [{ id, version: 1, deadline_at: DEADLINE }] })
    await asking.ask('assignment.propose', { changes: [{ id, version: 1, deadline_at: '2026-10-21T12:00:00.000Z' }] })
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.propose conflict assignment.asked_already'])
    expect(await states(id)).toEqual(['draft'])
  })
})

describe('the authority’s clock', () => {
  it('judges a deadline: a yes given in time without a network and sent too late is kept, and written beside the question', async () => {
    const { id, acceptance } = await pending()
    await laptop.ask('assignment.accept_for', { id, acceptance_id: acceptance, ...entered })
    asking.at(DEADLINE)
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.accept_for rejected acceptance.deadline_passed'])
    await asking.act('acceptance.expire', { id: acceptance })
    expect(await row(id)).toMatchObject({ state: 'canceled', cancel_reason: 'expired' })
    await asking.act('acceptance.note_late', { id: acceptance, answer: 'accepted', at: DEADLINE, why: 'acceptance.deadline_passed', command: id })
    await asking.pull(laptop)
    const [seen] = (await laptop.ask('engagement.list', { filter: { id: acceptance } }))['items'] as Row[]
    expect(seen).toMatchObject({ state: 'expired', answered_late: true })
  })

  it('that has let a question pass before the yes comes keeps the yes as a conflict, and releases the person once', async () => {
    const { id, acceptance } = await pending()
    await laptop.ask('assignment.accept_for', { id, acceptance_id: acceptance, ...entered })
    asking.at(DEADLINE)
    await asking.act('acceptance.expire', { id: acceptance })
    await asking.push()
    expect(await outcomes()).toEqual(['assignment.accept_for conflict value'])
    expect(await states(id)).toEqual(['expired'])
  })

  it('is not a laptop’s: what it sends in the name of the system is refused', async () => {
    const { acceptance } = await pending()
    await expect(laptop.ask('acceptance.expire', { id: acceptance })).rejects.toThrow('auth.forbidden')
  })
})
