/** Members, those invited, and the roles they hold: one list, and one step to change a role. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSheetWorld, type SheetWorld } from '../runsheets/world.ts'

interface Line {
  id: string
  user_id: string
  name: string
  email: string | null
  standing: string
  expires_at: string | null
  bindings: { id: string; role: string; project_id: string | null; project_name: string | null }[]
}

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const listed = async (input: object = {}, session = w.app.owner) => (await w.app.ask('member.list', input, session)) as { items: Line[]; total: number; facets?: Record<string, { value: string | null; count: number }[]> }
const rolesOf = async (id: string): Promise<string[]> => ((await listed({ filter: { id } })).items[0]?.bindings ?? []).map(({ role, project_name }) => (project_name === null ? role : `${role} in ${project_name}`))
const invite = (name: string) => w.app.ask('invitation.create', { name, email: `${name.toLowerCase()}@example.org`, role: 'planner', project_id: null, code_digest: 'a'.repeat(64) })

describe('the list of members', () => {
  it('has those who are invited beside those who came, with until when their code opens', async () => {
    const made = await invite('Maël')
    const { items, facets } = await listed({ facets: ['standing', 'role'], sort: ['-standing'] })
    const invited = items.find((one) => one.name === 'Maël')
    expect(invited).toMatchObject({ standing: 'invited', expires_at: made['expires_at'], bindings: [{ role: 'planner', project_id: null }] })
    expect(items[0]?.name).toBe('Maël')
    expect(facets?.['standing']).toEqual(expect.arrayContaining([{ value: 'invited', count: 1 }]))
    expect((await listed({ filter: { standing: 'invited' } })).items.map(({ name }) => name)).toEqual(['Maël'])
    expect((await listed({ filter: { role: 'org_owner' } })).items.every(({ bindings }) => bindings.some(({ role }) => role === 'org_owner'))).toBe(true)
    expect((await listed({ search: 'mael' })).items.map(({ name }) => name)).toEqual(['Maël'])
  })

  it('tells neither addresses nor the days of invitations to who does not let people in', async () => {
    await invite('Maël')
    const viewer = await w.member('viewer')
    const { items } = await listed({}, viewer)
    expect(items.find((one) => one.name === 'Maël')).toMatchObject({ email: null, expires_at: null })
  })
})

describe('changing the role of a member', () => {
  it('is one step that one undo takes back', async () => {
    const session = await w.member('viewer')
    const who = (await listed()).items.find((one) => one.user_id === session.user_id)
    if (!who) throw new Error('the member is listed')
    const id = who.id
    const project = who.bindings[0]?.project_id ?? null
    const before = await rolesOf(id)
    await w.app.ask('member.set_role', { id, project_id: project, role: 'planner' })
    expect(await rolesOf(id)).toEqual([before[0]?.replace('viewer', 'planner')])
    const { undo } = (await w.app.ask('history.list', {})) as { undo: string | null }
    await w.app.ask('history.undo', { command_id: undo })
    expect(await rolesOf(id)).toEqual(before)
    await w.app.ask('member.set_role', { id, project_id: project, role: null })
    expect(await rolesOf(id)).toEqual([])
  })

  it('takes nothing from the last owner, and gives no more than one holds', async () => {
    const owner = (await listed({ filter: { role: 'org_owner' } })).items[0]
    expect(await w.app.refused('member.set_role', { id: owner?.id, project_id: null, role: 'planner' })).toBe('member.last_owner')
    const manager = await w.member('project_manager')
    const who = (await listed({ filter: { user_id: manager.user_id } })).items[0]
    expect(['auth.forbidden', 'member.grants_more']).toContain(await w.app.refused('member.set_role', { id: who?.id, project_id: null, role: 'org_owner' }, manager))
    expect(['auth.forbidden', 'member.grants_more']).toContain(await w.app.refused('member.set_role', { id: owner?.id, project_id: null, role: null }, manager))
  })
})
