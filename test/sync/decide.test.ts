/**
 * Rules 7 to 13 of sync: what becomes of a command recorded on one laptop when it is decided on data that went on elsewhere.
 * Two real files begin as copies of each other; the commands of one are settled on the other.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRecord } from '../../shared/core/sealed-record.ts'
import type { ReceivedCommand } from '../../shared/core/settle.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { findCommand } from '../../shared/store/command-log.ts'
import { personKeys } from '../../shared/store/sealing.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'

let laptop: TestOrganization
let server: TestOrganization
let mission: string
let folders: string[] = []
let calls = 0

const session = () => server.owner

/** Does something on the laptop and answers the command as it would be sent. */
async function issue(name: string, input: unknown): Promise<ReceivedCommand> {
  const key = `laptop-${++calls}`
  await laptop.ask(name, input, laptop.owner, key)
  const id = deriveId(laptop.owner.user_id, `call:${laptop.org}:${key}`)
  const logged = await findCommand(laptop.file.readEngine, laptop.org, id)
  if (!logged) throw new Error('not logged')
  const record = await openRecord(logged.record, personKeys(laptop.file.readEngine, laptop.org, () => new Uint8Array(32)))
  if (!record) throw new Error('sealed for ever')
  return {
    id: logged.id, name: logged.name, record, after: [], v: logged.v, input: input as Json, seed: logged.seed, issued_at: logged.issued_at,
    group_id: logged.group_id, correlation_id: logged.correlation_id,
  }
}
const missionOn = (app: TestOrganization) => app.ask('mission.get', { id: mission })
const change = (changes: Record<string, unknown>, version = 1) => ({ id: mission, version, changes })

beforeEach(async () => {
  folders = [mkdtempSync(join(tmpdir(), 'callboard-')), mkdtempSync(join(tmpdir(), 'callboard-'))]
  const [one = '', two = ''] = folders
  const founding = await openTestOrganization({ folder: one })
  const project = await founding.ask('project.create', {
    code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr',
  }, undefined, 'project')
  mission = String((await founding.ask('mission.create', { project_id: project['id'], title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }, undefined, 'mission'))['id'])
  await founding.ask('collaborator.create', { display_name: 'Inès Morvan', phone: '06 39 98 10 01' }, undefined, 'person')
  await founding.file.close()
  copyFileSync(founding.path, join(two, `${founding.org}.sqlite`))
  laptop = await openTestOrganization({ folder: one, found: false, calls: 'on the laptop' })
  server = await openTestOrganization({ folder: two, found: false, calls: 'on the server' })
})
afterEach(async () => {
  await laptop.close()
  await server.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

/** The same assignment on both, standing where each knows it to stand. */
async function assigned(onLaptop: string, onServer: string): Promise<string> {
  const people = (await laptop.ask('collaborator.list', {}))['items'] as { id: string }[]
  const sent = await issue('assignment.create', { mission_id: mission, people: [{ collaborator_id: people[0]?.id }] })
  expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied' })
  const id = String(sent.record.rows[0]?.id)
  for (const [app, state] of [[laptop, onLaptop], [server, onServer]] as const) await app.file.engine.run('UPDATE assignment SET state = ? WHERE id = ?', [state, id])
  return id
}
const assignmentOn = (app: TestOrganization, id: string) => app.ask('assignment.get', { id })

describe('deciding a change of terms', () => {
  it('asks the person again when they had accepted meanwhile, as if the author had known (decision C12)', async () => {
    const id = await assigned('planned', 'accepted')
    const sent = await issue('assignment.change', { changes: [{ id, version: 1, start_at: '2026-10-24T09:00:00.000Z' }] })
    expect((await assignmentOn(laptop, id))['reconfirm_since'] ?? null).toBeNull()
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied' })
    const [row] = await server.file.readEngine.all('SELECT state, start_at, reconfirm_since FROM assignment WHERE id = ?', [id])
    expect(row).toEqual({ state: 'accepted', start_at: '2026-10-24T09:00:00.000Z', reconfirm_since: sent.issued_at })
  })
  it('makes the same replacement as on the laptop', async () => {
    const id = await assigned('accepted', 'accepted')
    const other = await issue('collaborator.create', { display_name: 'Tom Lacaze' })
    const sent = await issue('assignment.change', { changes: [{ id, version: 1, collaborator_id: other.record.rows[0]?.id }] })
    for (const one of [other, sent]) expect(await server.core.settle(one, session())).toMatchObject({ outcome: 'applied' })
    const rows = (app: TestOrganization) => app.file.readEngine.all('SELECT id, state, cancel_reason, collaborator_id, replaces_assignment_id FROM assignment ORDER BY id', [])
    expect(await rows(server)).toEqual(await rows(laptop))
    expect(await rows(server)).toHaveLength(2)
  })
  it('releases nobody whom the author did not know to be engaged', async () => {
    const id = await assigned('planned', 'confirmed')
    const other = await issue('collaborator.create', { display_name: 'Tom Lacaze' })
    const sent = await issue('assignment.change', { changes: [{ id, version: 1, collaborator_id: other.record.rows[0]?.id }], reason: 'malade' })
    await server.core.settle(other, session())
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'conflict', why: 'write_set' })
    expect(await assignmentOn(server, id)).toMatchObject({ state: 'confirmed' })
  })
})

describe('deciding a recorded command', () => {
  it('applies it where nothing moved, and gives the same rows and ids as on the laptop (rules 2, 11)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    const made = await issue('mission.create', { project_id: (await missionOn(laptop))['project_id'], title: 'Démontage', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' })
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied', note: null })
    expect(await server.core.settle(made, session())).toMatchObject({ outcome: 'applied' })
    const rows = async (app: TestOrganization) => ((await app.ask('mission.list', {}))['items'] as Record<string, unknown>[]).map(({ id, title }) => `${String(id)} ${String(title)}`)
    expect(await rows(server)).toEqual(await rows(laptop))
  })
  it('keeps both edits of different fields (rule 12)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.ask('mission.update', change({ objective: 'Prêt à 18 h' }))
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied' })
    expect(await missionOn(server)).toMatchObject({ title: 'Montage scène', objective: 'Prêt à 18 h' })
  })
  it('never overwrites a value the author had not seen: conflict, with base, mine and theirs (rule 12)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.ask('mission.update', change({ title: 'Montage gradins' }))
    expect(await server.core.settle(sent, session())).toMatchObject({
      outcome: 'conflict', why: 'value', disputes: [{ entity: 'mission', field: 'title', base: 'Montage', mine: 'Montage scène', theirs: 'Montage gradins' }],
    })
    expect(await missionOn(server)).toMatchObject({ title: 'Montage gradins' })
  })
  it('judges by the values on the screen, never by the number of a version that runs ahead on the laptop', async () => {
    const first = await issue('mission.update', change({ title: 'Montage scène' }))
    const second = await issue('mission.update', change({ title: 'Montage gradins' }, 2))
    const third = await issue('mission.update', change({ objective: 'Prêt à 18 h' }, 3))
    await server.ask('mission.update', change({ title: 'Montage lumière' }))
    for (const one of [first, second]) expect(await server.core.settle(one, session())).toMatchObject({ outcome: 'conflict' })
    expect(await server.core.settle(third, session())).toMatchObject({ outcome: 'applied' })
    expect(await missionOn(server)).toMatchObject({ title: 'Montage lumière', objective: 'Prêt à 18 h' })
  })
  it('settles a value both typed as converged, and writes nothing (rule 12)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.ask('mission.update', change({ title: 'Montage scène' }))
    const version = (await missionOn(server))['version']
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied', converged: [{ field: 'title' }] })
    expect((await missionOn(server))['version']).toBe(version)
  })
  it('compares start and end as one (rule 5)', async () => {
    const sent = await issue('mission.update', change({ start_at: '2026-10-24T07:00:00.000Z' }))
    await server.ask('mission.update', change({ end_at: '2026-10-24T20:00:00.000Z' }))
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'conflict', why: 'value' })
    expect(await missionOn(server)).toMatchObject({ start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T20:00:00.000Z' })
  })
  it('does not bring back what was removed (rule 10)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.ask('mission.remove', { id: mission })
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'conflict', why: 'deleted' })
  })
  it('refuses to remove what someone changed meanwhile (rule 12, remove)', async () => {
    const sent = await issue('mission.remove', { id: mission })
    await server.ask('mission.update', change({ objective: 'Prêt à 18 h' }))
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'conflict', why: 'value' })
    expect(await missionOn(server)).toMatchObject({ objective: 'Prêt à 18 h' })
  })
  it('does not carry a cascade over a row its author never saw (rule 11)', async () => {
    const people = (await server.ask('collaborator.list', {}))['items'] as { id: string }[]
    const sent = await issue('mission.change_status', { id: mission, to: 'canceled', reason: 'pluie' })
    await server.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: people[0]?.id }] })
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'conflict', why: 'write_set' })
    expect(await missionOn(server)).toMatchObject({ status: 'draft' })
    expect(((await server.ask('assignment.list', {}))['items'] as { state: string }[]).map(({ state }) => state)).toEqual(['planned'])
  })
  it('answers a known command with its stored outcome, and another payload under the same id is an error (rule 7)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.core.settle(sent, session())
    const version = (await missionOn(server))['version']
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'applied' })
    expect((await missionOn(server))['version']).toBe(version)
    await expect(server.core.settle({ ...sent, input: change({ title: 'Autre chose' }) as Json }, session())).rejects.toThrow()
    const [row] = sent.record.rows
    const forged = { rows: [{ ...row, fields: { title: { base: 'Montage', mine: 'Autre chose', from: null } } }] } as ReceivedCommand['record']
    await expect(server.core.settle({ ...sent, record: forged }, session())).rejects.toThrow()
  })
  it('rejects what is not well-formed, as an outcome, so that it is not offered for ever', async () => {
    const sent = { ...(await issue('mission.update', change({ title: 'Montage scène' }))), input: { id: mission, version: 'first', changes: {} } as Json }
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'rejected', failure: { code: 'validation.invalid' } })
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'rejected' })
  })
  it('blocks what builds on a command that failed (rule 9)', async () => {
    const first = await issue('mission.update', change({ title: 'Montage scène' }))
    const second = { ...(await issue('mission.update', change({ objective: 'Prêt à 18 h' }, 2))), after: [first.id] }
    await server.ask('mission.update', change({ title: 'Montage gradins' }))
    await server.core.settle(first, session())
    expect(await server.core.settle(second, session())).toEqual({ outcome: 'blocked', by: first.id })
  })
  it('rejects what the person may no longer do, now and here, and audits the denial (rule 8)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    const stranger = { user_id: deriveId('nobody', 'user'), device: 'test', scope: null }
    expect(await server.core.settle(sent, stranger)).toMatchObject({ outcome: 'rejected', failure: { code: 'auth.forbidden' } })
    expect(await missionOn(server)).toMatchObject({ title: 'Montage' })
    expect(((await server.ask('audit.list', { filter: { action: 'security.permission.denied' } }))['items'] as unknown[]).length).toBe(1)
  })
  it('says rejected where a rule alone refuses, though nothing the author saw has moved (rule 10)', async () => {
    const sent = await issue('mission.update', change({ title: 'Montage scène' }))
    await server.ask('mission.lock', { id: mission })
    expect(await server.core.settle(sent, session())).toMatchObject({ outcome: 'rejected', failure: { code: 'mission.locked' } })
    expect(await server.ask('audit.verify', {})).toMatchObject({ whole: true })
  })
})
