/** Who may do what on one computer: sign-in, users who are not members, keepers of a damaged file, gestures. */
import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost } from '../../../main/host/host.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
beforeEach(async () => {
  app = await openTestHost()
})
afterEach(() => app.close())

const letIn = async (person: string, role: string): Promise<{ user: string; member: unknown }> => {
  const user = await app.addUser(person)
  const member = await app.ask('lea', 'member.add', { user_id: user, name: person, email: `${person}@example.org`, role, project_id: null })
  return { user, member: member['id'] }
}
const spoil = (): void => truncateSync(app.file, 0)

describe('wrong passwords sent all at once', () => {
  it('wait like those sent one after another', async () => {
    const tries = Array.from({ length: 8 }, (_, at) => app.code(`guess-${at}`, 'app.sign_in', { email: 'LEA@example.org ', password: at === 7 ? PASSWORD : `essai ${at}` }))
    const codes = await Promise.all(tries)
    expect(codes.slice(0, 4)).toEqual(['auth.failed', 'auth.failed', 'auth.failed', 'auth.failed'])
    expect(codes.slice(4)).toEqual(['auth.delayed', 'auth.delayed', 'auth.delayed', 'auth.delayed'])
  })
})

describe('a user of this computer who is not a member', () => {
  it('finds no organization, opens none, sends no file to it', async () => {
    await app.addUser('ines')
    expect(await app.signIn('ines', 'ines')).toMatchObject({ organizations: [], open: null })
    expect(await app.code('ines', 'organization.open', { id: app.org })).toBe('organization.not_found')
    expect(await app.code('ines', 'backup.list', {}, { org: app.org })).toBe('organization.not_found')
    await expect(app.host().putBlob('ines', Buffer.from('x'))).rejects.toMatchObject({ failure: { code: 'auth.required' } })
    await app.reopen(spoil)
    expect(await app.signIn('ines', 'ines')).toMatchObject({ organizations: [], open: null })
    expect(await app.code('ines', 'project.list', {}, { org: app.org })).toBe('organization.not_found')
  })

  it('learns nobody’s name or address, before signing in or after', async () => {
    await app.addUser('ines')
    const before = JSON.stringify(await app.ask('nobody', 'app.state'))
    await app.signIn('ines', 'ines')
    for (const said of [before, JSON.stringify(await app.ask('ines', 'app.state'))]) {
      expect(said).not.toContain('lea@example.org')
      expect(said).not.toContain('Léa')
    }
  })

  it('who was a member and is removed finds nothing any more, in the same window', async () => {
    const { member } = await letIn('ines', 'planner')
    expect(await app.signIn('ines', 'ines')).toMatchObject({ organizations: [{ id: app.org, state: 'ready' }], open: app.org })
    await app.ask('lea', 'member.remove', { id: member })
    expect(await app.ask('ines', 'app.state')).toMatchObject({ organizations: [], open: null })
    await expect(app.host().putBlob('ines', Buffer.from('x'))).rejects.toMatchObject({ failure: { code: 'auth.forbidden' } })
  })
})

describe('sending files', () => {
  it('needs the right to attach, also in a narrowed session', async () => {
    await letIn('ines', 'viewer')
    await letIn('paul', 'planner')
    await app.signIn('ines', 'ines')
    await expect(app.host().putBlob('ines', Buffer.from('x'))).rejects.toMatchObject({ failure: { code: 'auth.forbidden' } })
    await app.signIn('narrow', 'paul', ['project:read', 'org:read'])
    await expect(app.host().putBlob('narrow', Buffer.from('x'))).rejects.toMatchObject({ failure: { code: 'auth.scope' } })
    await app.signIn('paul', 'paul')
    expect(await app.host().putBlob('paul', Buffer.from('x'))).toMatchObject({ size: 1 })
  })
})

describe('adding a user to this computer', () => {
  it('is for those who let people into an organization here, in a whole session', async () => {
    await letIn('paul', 'planner')
    const adding = { name: 'Zoé', email: 'zoe@example.org', password: PASSWORD }
    await app.signIn('paul', 'paul')
    expect(await app.code('paul', 'app.add_user', adding)).toBe('auth.forbidden')
    await app.signIn('narrow', 'lea', ['org:members', 'org:read'])
    expect(await app.code('narrow', 'app.add_user', adding)).toBe('auth.scope')
    expect(await app.code('lea', 'app.add_user', adding)).toBe('done')
  })

  it('happens once when two first users come together', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-first-'))
    const host = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
    const first = (client: string) => host.call({ client, name: 'app.first_run', input: { name: client, email: `${client}@example.org`, password: PASSWORD, language: 'fr', theme: 'light' } })
    const answers = await Promise.all([first('ines'), first('paul')])
    expect(answers.filter((text) => text.startsWith('{"error"'))).toHaveLength(1)
    await host.close()
    rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 })
  })
})

describe('the keepers of a damaged file', () => {
  it('are its owners and administrators of now, not those of its first day', async () => {
    await letIn('ines', 'org_owner')
    const paul = await letIn('paul', 'planner')
    await letIn('zoe', 'planner')
    await app.ask('lea', 'role.grant', { member_id: paul.member, role: 'org_admin', project_id: null })
    await app.signIn('ines', 'ines')
    const { items } = await app.ask('ines', 'member.list')
    const lea = (items as { id: string; user_id: string }[]).find((one) => one.user_id === app.owner)
    await app.ask('ines', 'backup.create')
    await app.ask('ines', 'member.remove', { id: lea?.id })
    await app.reopen(spoil)
    for (const person of ['lea', 'ines', 'paul', 'zoe']) await app.signIn(person, person)
    const asked = (person: string): Promise<string> => app.code(person, 'backup.list', {}, { org: app.org })
    expect([await asked('ines'), await asked('paul'), await asked('zoe'), await asked('lea')]).toEqual(['done', 'done', 'auth.forbidden', 'organization.not_found'])
    expect(await app.ask('zoe', 'app.state')).toMatchObject({ organizations: [{ id: app.org, state: 'damaged' }] })
  })
})

describe('calls of one gesture', () => {
  it('share a group and are taken back together', async () => {
    const group_id = deriveId(app.org, 'a gesture')
    for (const name of ['Poursuite', 'Accroche']) await app.ask('lea', 'skill.create', { name }, { group_id })
    await app.ask('lea', 'skill.create', { name: 'Seule' })
    expect(await app.ask('lea', 'history.undo_group', { group_id })).toMatchObject({ commands: 2 })
    const { items } = await app.ask('lea', 'skill.list')
    expect(items).toMatchObject([{ name: 'Seule' }])
  })
})
