/** Rows that seeing their mission does not show: who is sent them (decision 0011, f). What a device is not sent, no screen of it shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entity, f, optional } from '../../../shared/domain/entity.ts'
import { isOwn } from '../../../shared/core/lens.ts'
import type { Session } from '../../../shared/core/session.ts'
import { acceptance } from '../../../shared/domain/engagement/model.ts'
import { notification } from '../../../shared/domain/notifications/model.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { DEADLINE, openAsking, type Asking } from '../../fixtures/asking.ts'
import { shown } from '../authority/pair.ts'

let asking: Asking
let project: Id
const sessions = new Map<string, Session>()
const members = new Map<string, Id>()
const people = new Map<string, Id>()

const session = (name: string): Session => sessions.get(name) ?? asking.owner
async function join(name: string, role: string, project_id: Id | null, collaborator_id?: Id): Promise<void> {
  const user_id = deriveId('own sight', name)
  sessions.set(name, { user_id, device: 'laptop', scope: null })
  const added = await asking.ask('member.add', { user_id, name, email: `${name.toLowerCase()}@example.org`, role, project_id, ...(collaborator_id ? { collaborator_id } : {}) })
  members.set(name, added['id'] as Id)
}
const rowsOf = async (name: string, of: string) => [...(await shown(asking.authority, { user_id: session(name).user_id, device: 'laptop' })).rows].flatMap(([key, row]) => (key.startsWith(`${of}/`) ? [row] : []))
const asked = async (name: string) => (await rowsOf(name, acceptance.name)).map((row) => [...people].find(([, id]) => id === row['collaborator_id'])?.[0]).sort()
const told = async (name: string) => (await rowsOf(name, notification.name)).map((row) => [...people, ...members].find(([, id]) => id === row['collaborator_id'] || id === row['member_id'])?.[0]).sort()

beforeAll(async () => {
  asking = await openAsking()
  const planned = await asking.plan(['Inès', 'Tom'])
  project = planned.project
  for (const [index, name] of ['Inès', 'Tom'].entries()) people.set(name, planned.rows[index]?.person as Id)
  await join('Manager', 'project_manager', project)
  await join('Planner', 'planner', project)
  await join('Viewer', 'viewer', project)
  await join('Compliance', 'compliance', null)
  await join('Admin', 'org_admin', null)
  await join('Ines', 'member', project, people.get('Inès'))
  await join('Elsewhere', 'member', null)
  for (const { id } of planned.rows) {
    await asking.ask('test.accept', { id, deadline_at: DEADLINE })
    await asking.ask('test.move', { changes: [{ id, start_at: '2026-10-24T09:00:00.000Z' }] })
  }
  await asking.act('test.notify', { collaborator_id: people.get('Inès'), member_id: null })
  await asking.act('test.notify', { collaborator_id: people.get('Tom'), member_id: null })
  await asking.act('test.notify', { collaborator_id: null, member_id: members.get('Planner') })
})
afterAll(() => asking.close())

describe('what was asked of somebody', () => {
  it.each(['the owner', 'Admin', 'Manager', 'Planner', 'Viewer'])('is seen by who reads the whole project: %s', async (name) => {
    expect(await asked(name)).toEqual(['Inès', 'Tom'])
  })
  it('is not what a colleague on the same mission sees: a member is sent their own alone', async () => {
    expect(await rowsOf('Ines', 'assignment')).toHaveLength(2)
    expect(await asked('Ines')).toEqual(['Inès'])
  })
  it.each(['Compliance', 'Elsewhere'])('is nothing to who neither works nor reads there: %s', async (name) => {
    expect(await asked(name)).toEqual([])
  })
  it('shows its digest, which says the fee, to who reads fees', async () => {
    const digests = async (name: string) => [...new Set((await rowsOf(name, acceptance.name)).map((row) => row['digest']))]
    expect(await digests('Planner')).toEqual(['a digest'])
    expect(await digests('Ines')).toEqual(['a digest'])
    expect(await digests('Viewer')).toEqual([null])
  })
})

describe('what somebody is told', () => {
  it('is theirs alone, by their place in the directory or by their membership', async () => {
    expect(await told('Ines')).toEqual(['Inès'])
    expect(await told('Planner')).toEqual(['Planner'])
  })
  it.each(['the owner', 'Admin', 'Manager', 'Viewer', 'Compliance'])('is nobody else’s, whatever they read: %s', async (name) => {
    expect(await told(name)).toEqual([])
  })
  it('is their own record', async () => {
    const viewer = await asking.authority.core.viewer(session('Planner'))
    const [ines] = await rowsOf('Ines', notification.name)
    const [planner] = await rowsOf('Planner', notification.name)
    if (!viewer || !ines || !planner) throw new Error('nothing is told')
    expect(isOwn(notification, planner, viewer.person)).toBe(true)
    expect(isOwn(notification, ines, viewer.person)).toBe(false)
    const card = entity({ name: 'card', scope: 'organization', fields: { member_id: f.id('member') }, owner: 'member_id' })
    expect([isOwn(card, { member_id: members.get('Planner') }, viewer.person), isOwn(card, { member_id: members.get('Admin') }, viewer.person)]).toEqual([true, false])
  })
})

describe('a contract', () => {
  /** The lens goes by the name of an entity. */
  const contract = entity({ name: 'contract', scope: 'project', fields: { collaborator_id: optional(f.id('collaborator')) }, owner: 'collaborator_id' })
  const sees = async (name: string, person: string | null) => {
    const viewer = await asking.authority.core.viewer(session(name))
    return viewer?.lens.sees(contract, { id: asking.org, project_id: project, collaborator_id: person === null ? null : people.get(person) })
  }
  it('is its person’s, and of who draws contracts up there and reads fees', async () => {
    for (const name of ['the owner', 'Admin', 'Manager', 'Planner']) expect(await sees(name, 'Tom'), name).toBe(true)
    expect([await sees('Ines', 'Inès'), await sees('Ines', 'Tom'), await sees('Ines', null)]).toEqual([true, false, false])
    for (const name of ['Viewer', 'Compliance', 'Elsewhere']) expect(await sees(name, 'Tom'), name).toBe(false)
  })
  it('is not of a planner where the organization shows planners no fees', async () => {
    const { organization } = (await asking.ask('organization.get', {})) as { organization: { id: string; version: number } }
    const { id, version } = organization
    await asking.ask('organization.update', { id, version, changes: { planners_read_rates: false } })
    expect([await sees('Planner', 'Tom'), await sees('Manager', 'Tom')]).toEqual([false, true])
  })
})
