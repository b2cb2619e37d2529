/** What a person sees: columns that must not be in an answer, rows of other missions, narrowed sessions, several roles, and the laws of roles. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../shared/core/session.ts'
import type { Permission } from '../../shared/domain/permissions.ts'
import { entityNamed } from '../../shared/domain/registry.ts'
import { planPublication } from '../../shared/domain/publication/model.ts'
import { revision } from '../../shared/domain/runsheets/model.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { inputFor } from '../fixtures/inputs.ts'
import { allOperations } from '../fixtures/walk.ts'
import { buildWorld, type Persona, type World } from '../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'sight', quiet: true })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const persona = (name: string): Persona => {
  const found = world.personas.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}
const commandOf = (session: Session, id: string): string => deriveId(session.user_id, `call:${app.org}:${id}`)

/** Everything every query answers to this person, whatever it is asked about. */
async function allAnswers(session: Session): Promise<string> {
  const texts: string[] = []
  for (const operation of allOperations.filter(({ kind, name }) => kind === 'query' && !name.startsWith('import.')))
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const pool = (entity: string): readonly string[] => (seed % 2 === 0 && entity === 'collaborator' ? [world.stranger] : (world.ids.get(entity) ?? [...(entity === 'mission' ? world.a.missions : [])]))
      const input = inputFor(operation, pool, drawFrom(seed), { fullness: 0.2 })
      delete input['filter']
      delete input['cursor']
      const answer = await app.core.execute({ name: operation.name, input }, session)
      if (!isError(answer)) texts.push(JSON.stringify(answer.value))
    }
  return texts.join('\n')
}

/** Values of the world that only some may read. */
const secrets = {
  phone: '06 39 98 77 77', rate: '31313', cardAmount: '25077', note: 'note interne', partyNote: 'note interne client', availability: 'Zéphyrine se repose', certificate: 'NUM-6398-77',
} as const

describe('hidden columns', () => {
  it('are in the answers of whoever plans, so that the following means something', async () => {
    const seen = await allAnswers(persona('planner of A').session)
    for (const [what, value] of Object.entries(secrets)) expect(seen.includes(value), what).toBe(true)
  })

  it.each(['member', 'viewer', 'compliance', 'member of A', 'viewer of A'])('are in no answer of any query to a %s', async (name) => {
    const { session } = persona(name)
    const seen = await allAnswers(session)
    expect(seen.length).toBeGreaterThan(500)
    for (const [what, value] of Object.entries(secrets)) expect(seen.includes(value), `${name} reads ${what}`).toBe(false)
  })

  it('a member reads their own telephone and fee, not their internal note nor anybody else’s', async () => {
    const me = persona('member of A')
    const row = await app.ask('collaborator.get', { id: me.collaborator }, me.session)
    expect(row).toMatchObject({ phone: expect.stringContaining('06 39 98 00'), notes: null, availability: [expect.objectContaining({ id: me.availability })] })
    expect(await app.ask('assignment.get', { id: me.assignment }, me.session)).toMatchObject({ rate_minor: 42_424 })
    const other = await app.core.execute({ name: 'collaborator.get', input: { id: world.stranger } }, me.session)
    expect(isError(other) ? other : other.value).toMatchObject({ display_name: 'Zéphyrine Attaquée', phone: null, notes: null, availability: [], certifications: [] })
    expect(isError(other) ? [] : other.hidden).toContain('collaborator.phone')
  })

  it('the log hides them too from whoever reads the log only', async () => {
    const log = JSON.stringify(await app.ask('audit.list', { filter: { entity: 'assignment' }, limit: 200 }, persona('compliance').session))
    expect(log).toContain('assignment.create')
    expect(log).not.toContain('31313')
    expect(JSON.stringify(await app.ask('audit.list', { filter: { entity: 'assignment' }, limit: 200 }))).toContain('31313')
  })

  it('planners read no fee when the organization says totals only', async () => {
    const [{ version } = { version: 1 }] = await app.file.readEngine.all('SELECT version FROM organization', []) as unknown as { version: number }[]
    await app.ask('organization.update', { id: app.org, version: Number(version), changes: { planners_read_rates: false } })
    const seen = await allAnswers(persona('planner of A').session)
    expect([seen.includes(secrets.rate), seen.includes(secrets.cardAmount)]).toEqual([false, false])
    expect(seen.includes(secrets.phone)).toBe(true)
    await app.ask('organization.update', { id: app.org, version: Number(version) + 1, changes: { planners_read_rates: true } })
  })
})

describe('rows', () => {
  it('a member sees their own missions, a viewer of one project that project, in lists, totals, search and records alike', async () => {
    const titles = async (session: Session) => ((await app.ask('mission.list', { limit: 200 }, session)) as { items: { title: string }[]; total: number })
    const member = await titles(persona('member of A').session)
    expect([member.items.map(({ title }) => title), member.total]).toEqual([['ALPHA montage'], 1])
    const viewer = await titles(persona('viewer of A').session)
    expect([viewer.items.map(({ title }) => title).toSorted(), viewer.total]).toEqual([['ALPHA démontage', 'ALPHA jeu', 'ALPHA montage'], 3])
    expect((await titles(persona('viewer').session)).total).toBe(6)
    const found = (await app.ask('search.query', { text: 'beta' }, persona('viewer of A').session)) as { items: unknown[] }
    expect(found.items).toEqual([])
    expect(await app.refused('mission.get', { id: world.b.missions[0] }, persona('viewer of A').session)).toBe('mission.not_found')
    expect(await app.refused('project.get', { id: world.b.project }, persona('member of A').session)).toBe('project.not_found')
  })

  it('of a project, a member sees the sheets of their own missions that went out, neither drafts nor the contents of published plans nor cost centres', async () => {
    const seenBy = async (name: string): Promise<Record<string, number>> => {
      const found = await app.core.viewer(persona(name).session)
      if (!found) throw new Error('not a member')
      const counts: Record<string, number> = {}
      for (const entity of [entityNamed('cost_centre'), entityNamed('plan_publication'), entityNamed('revision'), entityNamed('sheet_slot')]) {
        const rows = await app.core.reader().find(entity, {})
        counts[entity.name] = (await Promise.all(rows.map((row) => found.lens.sees(entity, row)))).filter(Boolean).length
      }
      return counts
    }
    const whole = await seenBy('viewer of A')
    const own = await seenBy('member of A')
    expect(whole['cost_centre']).toBeGreaterThan(0)
    expect(own).toMatchObject({ cost_centre: 0 })
    const drafts = (await app.core.reader().find(revision, { state: ['draft', 'validated'] })).length
    expect(drafts).toBeGreaterThan(0)
    const viewed = await app.core.viewer(persona('member of A').session)
    for (const row of await app.core.reader().find(planPublication, {})) {
      viewed?.lens.redact(planPublication, row)
      expect(row.snapshot).toBeNull()
    }
    for (const row of await app.core.reader().find(revision, {})) if (await viewed?.lens.sees(revision, row)) expect(['published', 'archived']).toContain(row.state)
  })

  it('roles in two projects do not mix: viewer of one and member on one mission of another', async () => {
    const session: Session = { user_id: deriveId('sight', 'both'), device: 'test', scope: null }
    const me = await app.ask('collaborator.create', { display_name: 'Zéphyrine Deux' })
    await app.ask('assignment.create', { mission_id: world.b.missions[0], people: [{ collaborator_id: me['id'] }] })
    const member = await app.ask('member.add', { user_id: session.user_id, name: 'Zéphyrine Deux', email: 'deux@example.org', collaborator_id: me['id'], role: 'viewer', project_id: world.a.project })
    await app.ask('role.grant', { member_id: member['id'], role: 'member', project_id: world.b.project })
    const listed = (await app.ask('mission.list', {}, session)) as { items: { title: string }[]; total: number }
    expect([listed.items.map(({ title }) => title).toSorted(), listed.total]).toEqual([['ALPHA démontage', 'ALPHA jeu', 'ALPHA montage', 'BETA montage'], 4])
  })

  it('attachments of another project are not listed', async () => {
    const listed = (await app.ask('attachment.list', {}, persona('viewer of A').session)) as { items: { attachment_project_id: string }[] }
    expect(listed.items.map((row) => row.attachment_project_id)).toEqual([world.a.project])
  })
})

describe('a session', () => {
  const narrowed = (...scope: Permission[]): Session => ({ ...app.owner, scope: new Set(scope) })

  it('limited to reading reads the missions, changes nothing, and shows no telephone', async () => {
    const session = narrowed('project:read', 'org:read')
    expect((await app.ask('mission.list', {}, session))['total']).toBe(6)
    expect((await app.ask('location.list', {}, session))['total']).toBe(2)
    expect(await app.refused('mission.update', { id: world.a.missions[0], version: 1, changes: { title: 'Non' } }, session)).toBe('auth.scope')
    expect(JSON.stringify(await app.ask('collaborator.list', {}, session))).not.toContain(secrets.phone)
  })

  it('cannot give a role beyond what it is limited to', async () => {
    const { member } = persona('viewer')
    const session = narrowed('project:bind', 'org:bind', 'org:read', 'project:read')
    expect(await app.refused('role.grant', { member_id: member, role: 'org_admin', project_id: null }, session)).toBe('member.grants_more')
    await app.ask('role.grant', { member_id: member, role: 'viewer', project_id: world.b.project }, session)
  })
})

describe('roles', () => {
  it('add up: what either gives', async () => {
    const { session, member } = persona('viewer of A')
    expect(await app.refused('mission.create', { project_id: world.a.project, title: 'Non', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T09:00:00.000Z' }, session)).toBe('auth.forbidden')
    const granted = await app.ask('role.grant', { member_id: member, role: 'planner', project_id: world.a.project })
    await app.ask('mission.create', { project_id: world.a.project, title: 'Oui', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T09:00:00.000Z' }, session)
    await app.ask('role.revoke', { id: granted['id'] })
    expect(await app.refused('mission.create', { project_id: world.a.project, title: 'Non', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T09:00:00.000Z' }, session)).toBe('auth.forbidden')
    await app.ask('role.revoke', { id: granted['id'] })
  })

  it('are granted, taken and removed by nobody beyond what they hold there', async () => {
    const manager = persona('project_manager of A').session
    const admin = persona('org_admin').session
    const owner = persona('org_owner')
    expect(await app.refused('role.grant', { member_id: persona('viewer').member, role: 'project_manager', project_id: null }, manager)).toBe('auth.forbidden')
    expect(await app.refused('role.grant', { member_id: persona('viewer').member, role: 'org_owner', project_id: null }, admin)).toBe('member.grants_more')
    expect(await app.refused('member.remove', { id: owner.member }, admin)).toMatch(/^member\.(last_owner|grants_more)$/)
    expect(await app.refused('role.grant', { member_id: persona('viewer').member, role: 'org_admin', project_id: world.a.project })).toBe('member.role_scope')
    const bound = await app.ask('role.grant', { member_id: persona('viewer').member, role: 'planner', project_id: world.a.project }, manager)
    await app.ask('role.revoke', { id: bound['id'] }, manager)
  })

  it('the last owner stays, by whatever way', async () => {
    const owner = persona('org_owner')
    const [binding] = await app.file.readEngine.all(`SELECT id FROM role_binding WHERE role = 'org_owner' AND deleted_at IS NULL`, [])
    expect(await app.refused('role.revoke', { id: binding?.['id'] })).toBe('member.last_owner')
    expect(await app.refused('member.remove', { id: owner.member })).toBe('member.last_owner')
    // A second owner, made by the first, who then goes: undoing the grant would leave nobody.
    const heir = persona('org_admin')
    await app.ask('role.grant', { member_id: heir.member, role: 'org_owner', project_id: null }, app.owner, 'heir')
    await app.ask('role.grant', { member_id: owner.member, role: 'org_admin', project_id: null })
    await app.ask('role.revoke', { id: binding?.['id'] }, heir.session, 'deposed')
    expect(await app.refused('history.undo', { command_id: commandOf(app.owner, 'heir') })).toBe('member.grants_more')
    expect((await app.file.readEngine.all(`SELECT count(*) AS n FROM role_binding WHERE role = 'org_owner' AND deleted_at IS NULL`, []))[0]).toEqual({ n: 1 })
    await app.ask('history.undo', { command_id: commandOf(heir.session, 'deposed') }, heir.session)
  })

  it('undo gives no right back that was lost meanwhile', async () => {
    const manager = persona('project_manager')
    const [mission] = world.b.missions
    await app.ask('mission.change_status', { id: mission, to: 'planned' }, manager.session)
    await app.ask('mission.change_status', { id: mission, to: 'canceled', reason: 'pluie' }, manager.session, 'rain')
    const [binding] = await app.file.readEngine.all(`SELECT id FROM role_binding WHERE member_id = ? AND role = 'project_manager'`, [manager.member])
    await app.ask('role.grant', { member_id: manager.member, role: 'planner', project_id: null })
    await app.ask('role.revoke', { id: binding?.['id'] })
    expect(await app.refused('history.undo', { command_id: commandOf(manager.session, 'rain') }, manager.session)).toBe('auth.forbidden')
    const locker = persona('planner')
    await app.ask('mission.lock', { id: world.b.missions[1] }, locker.session, 'lock')
    expect(await app.refused('history.undo', { command_id: commandOf(locker.session, 'lock') }, locker.session)).toBe('auth.forbidden')
  })

  it('whoever makes a project by a manager’s role is bound to it', async () => {
    const { session, member } = persona('org_admin')
    await app.ask('project.create', { code: 'ADM', name: 'Admin', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-21T00:00:00.000Z', document_language: 'fr' }, session)
    const manager: Session = { user_id: deriveId('sight', 'maker'), device: 'test', scope: null }
    const maker = await app.ask('member.add', { user_id: manager.user_id, name: 'Zéphyrine Chef', email: 'chef@example.org', role: 'project_manager', project_id: null })
    const made = await app.ask('project.create', { code: 'MAN', name: 'Chef', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-21T00:00:00.000Z', document_language: 'fr' }, manager)
    const bound = await app.file.readEngine.all(`SELECT member_id FROM role_binding WHERE binding_project_id = ?`, [String(made['id'])])
    expect(bound).toEqual([{ member_id: maker['id'] }])
    expect(member).not.toBe(maker['id'])
  })

  it('every denial is written in the log', async () => {
    const before = Number((await app.ask('audit.list', { filter: { action: 'security.permission.denied' } }))['total'])
    await app.refused('skill.create', { name: 'Non' }, persona('viewer').session)
    expect((await app.ask('audit.list', { filter: { action: 'security.permission.denied' } }))['total']).toBe(before + 1)
  })
})
