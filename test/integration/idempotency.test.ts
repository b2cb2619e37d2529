import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { walk, walkable, type Step } from '../fixtures/walk.ts'
import { buildWorld } from '../fixtures/world.ts'

let app: TestOrganization
let steps: Step[]
const tables = ['audit_event', 'command_log', 'person_key', 'search_row', 'mission', 'assignment', 'collaborator', 'project'] as const

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'idempotency' })
  await buildWorld(app)
  // As long as there are operations: each comes up a few times.
  steps = await walk(app, drawFrom(11), walkable.length * 3)
})
afterAll(() => app.close())

async function counts(): Promise<number[]> {
  return Promise.all(tables.map(async (table) => Number((await app.file.readEngine.all(`SELECT count(*) AS n FROM ${table}`, []))[0]?.['n'])))
}
const events = async () => (await counts())[0] ?? 0

describe('a command given twice', () => {
  it('reaches most operations with success, so that what follows means something', () => {
    const applied = new Set(steps.filter(({ answer }) => !isError(answer)).map(({ name }) => name))
    expect(steps.some(({ answer }) => isError(answer) && answer.error.code.startsWith('server.'))).toBe(false)
    expect(applied.size / walkable.length).toBeGreaterThan(0.5)
  })

  it('answers the same and changes nothing, whatever the operation', async () => {
    const before = await counts()
    // Erasing destroys the key under which what was said of a person is compared: nobody can tell any more whether it is the same.
    const erased = steps.flatMap(({ name, input, answer }) => (name === 'collaborator.erase' && !isError(answer) ? [String(Object(input).id)] : []))
    // The walk also takes back the right to numbers and papers: who lost it is refused, not told that they once did.
    const lost = steps.some(({ name, answer }) => name === 'permission.revoke' && !isError(answer))
    for (const { name, input, id, answer } of steps) {
      if (isError(answer) || (lost && name.startsWith('vault.')) || erased.some((person) => JSON.stringify([input, answer.value]).includes(person))) continue
      const again = await app.core.execute({ name, input, id }, app.owner)
      expect(isError(again) ? again.error : { value: again.value, replayed: again.replayed }, name).toEqual({ value: answer.value, replayed: true })
    }
    expect(await counts()).toEqual(before)
  })

  it('is refused when the same identifier comes with another input or another operation, and nothing is written but nothing', async () => {
    const before = await counts()
    for (const { name, input, id, answer } of steps.filter((step) => !isError(step.answer)).slice(0, 120)) {
      expect(isError(answer)).toBe(false)
      const other = name === 'skill.create' ? { name: 'skill.create', input: { name: 'Autre' }, id } : { name: 'skill.create', input: { name: `Autre ${id}` }, id }
      if (JSON.stringify(other.input) === JSON.stringify(input)) continue
      const refused = await app.core.execute(other, app.owner)
      expect(isError(refused) && refused.error.code, name).toBe('idempotency.payload_mismatch')
    }
    expect(await counts()).toEqual(before)
  })

  it('counts once even when both arrive at the same time', async () => {
    const before = await events()
    const call = { name: 'collaborator.create', input: { display_name: 'Zéphyrine Double' }, id: 'at-once' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => app.core.execute(call, app.owner)))
    expect(new Set(answers.map((answer) => (isError(answer) ? answer.error.code : JSON.stringify(answer.value)))).size).toBe(1)
    expect(answers.filter((answer) => !isError(answer) && answer.replayed !== true)).toHaveLength(1)
    expect(await events()).toBe(before + 1)
  })

  it('belongs to its caller: the same identifier of another person is another command', async () => {
    const session = { ...app.owner, user_id: deriveId('idempotency', 'another admin') }
    await app.ask('member.add', { user_id: session.user_id, name: 'Zéphyrine Autre', email: 'autre@example.org', role: 'org_admin', project_id: null })
    const call = { name: 'skill.create', input: { name: 'Chacun la sienne' }, id: 'shared-identifier' }
    const mine = await app.core.execute(call, app.owner)
    const theirs = await app.core.execute({ ...call, input: { name: 'Chacun la sienne aussi' } }, session)
    expect([mine, theirs].map((answer) => (isError(answer) ? answer.error : 'done'))).toEqual(['done', 'done'])
  })
})
