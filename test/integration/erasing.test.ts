/** Erasing a person: nothing of who they were is left in rows, log or search; what holds them refuses it; what they did stays. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { namedBlobs } from '../../shared/store/named-blobs.ts'
import { openContracted } from '../fixtures/contracted.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'

const MARKS = ['Zéphyrine', 'Quillivic', '06 39 98 10 77', 'zephyrine@example.org', '12 rue des Embruns', 'B-4471-Z', 'Convalescente', 'Allergique'] as const
let app: TestOrganization
let person: string

beforeEach(async () => {
  app = await openTestOrganization()
  person = String((await app.ask('collaborator.create', {
    kind: 'person', display_name: 'Zéphyrine Quillivic', first_name: 'Zéphyrine', last_name: 'Quillivic', email: 'zephyrine@example.org', phone: '06 39 98 10 77', address: '12 rue des Embruns',
    notes: 'Allergique aux machines à fumée', birth_date: '1985-01-12',
  }))['id'])
  const kind = String((await app.ask('certification_kind.create', { name: 'CACES' }))['id'])
  await app.ask('certification.create', { collaborator_id: person, kind_id: kind, number: 'B-4471-Z', expires_on: '2027-01-01' })
  await app.ask('collaborator.update', { id: person, version: 1, changes: { notes: 'Convalescente' } })
})
afterEach(() => app.close())

/** Every text of every table of the file. */
async function everything(of: TestOrganization = app): Promise<string> {
  const tables = await of.file.readEngine.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_words%'", [])
  const parts = []
  for (const { name } of tables) parts.push(JSON.stringify(await of.file.readEngine.all(`SELECT * FROM ${String(name)}`, [])))
  return parts.join('\n')
}
const work = async (start: string, end: string): Promise<string> => {
  const project = String((await app.ask('project.create', { code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2010-01-01T00:00:00.000Z', end_at: '2030-01-01T00:00:00.000Z', document_language: 'fr' }))['id'])
  const mission = String((await app.ask('mission.create', { project_id: project, title: 'Montage', start_at: start, end_at: end }))['id'])
  const { ids } = await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: person }] })
  return String((ids as string[])[0])
}
const erase = { reason: 'Demande de la personne' }

describe('erasing a person', () => {
  it('leaves nothing of who they were: rows, log, commands, search; the log still verifies', async () => {
    expect(await everything()).toContain('Zéphyrine')
    await app.ask('collaborator.erase', { id: person, ...erase })
    const left = await everything()
    for (const mark of MARKS) expect(left, mark).not.toContain(mark)
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
    expect(await app.ask('collaborator.get', { id: person })).toMatchObject({ display_name: 'Personne effacée', phone: null, email: null, status: 'inactive' })
    expect((await app.ask('search.query', { text: 'Zéphyrine' }))['items']).toEqual([])
    expect((await app.ask('collaborator.list', { search: 'Quillivic' }))['items']).toEqual([])
  })
  it('is done once, cannot be undone, and what undoing would bring back is gone', async () => {
    const first = await app.ask('collaborator.erase', { id: person, ...erase })
    expect(await app.ask('collaborator.erase', { id: person, ...erase })).toEqual(first)
    const [last] = (await app.ask('history.list', {}))['items'] as { undoable?: boolean; name: string }[] ?? []
    if (last) expect(last.name === 'collaborator.erase' && last.undoable === true).toBe(false)
    const commands = await app.file.readEngine.all("SELECT id FROM command_log WHERE name = 'collaborator.update'", [])
    expect(await app.refused('history.undo', { command_id: commands[0]?.['id'] })).toBe('undo.impossible')
    expect(await everything()).not.toContain('Allergique')
  })
  it('keeps what they did, without a name', async () => {
    const assignment = await work('2012-01-10T08:00:00.000Z', '2012-01-10T18:00:00.000Z')
    await app.ask('collaborator.erase', { id: person, ...erase })
    expect(await app.ask('assignment.get', { id: assignment })).toMatchObject({ collaborator_id: person, collaborator_name: 'Personne effacée' })
  })
  it('is refused while work is ahead, with what holds them and until when, and nothing changed', async () => {
    await work('2026-12-01T08:00:00.000Z', '2026-12-01T18:00:00.000Z')
    expect(await app.refused('collaborator.erase', { id: person, ...erase })).toBe('collaborator.held')
    expect(await app.ask('collaborator.get', { id: person })).toMatchObject({ display_name: 'Zéphyrine Quillivic' })
  })
  it('is refused while they sign in here', async () => {
    const [me] = (await app.ask('member.list', {}))['items'] as { id: string }[]
    await app.ask('collaborator.link_user', { id: person, member_id: me?.id })
    expect(await app.refused('collaborator.erase', { id: person, ...erase })).toBe('collaborator.is_member')
  })
  it('leaves nothing in the bytes of the file either', async () => {
    await app.ask('collaborator.erase', { id: person, ...erase })
    await app.file.engine.all('PRAGMA wal_checkpoint(TRUNCATE)', [])
    const bytes = readFileSync(app.path).toString('latin1')
    for (const mark of MARKS) expect(bytes.includes(Buffer.from(mark).toString('latin1')), mark).toBe(false)
  })
  it('reaches who was removed before', async () => {
    await app.ask('collaborator.remove', { id: person })
    await app.ask('collaborator.erase', { id: person, ...erase })
    const left = await everything()
    for (const mark of MARKS) expect(left, mark).not.toContain(mark)
  })
  it('empties their contracts once the law holds them no more: what was frozen, signatures, signed copies, drawings of signatures', async () => {
    const world = await openContracted()
    const { org, file: { readEngine } } = world.app
    const [ines = ''] = world.people
    const work = await world.accepted(ines, world.missions[0] ?? '', [6, 16])
    const { id, version_id } = await world.generate([work])
    await world.complete(version_id)
    await world.hand(version_id, 'sent')
    const files = { copy: 'c0'.repeat(32), drawn: 'd0'.repeat(32) }
    await world.app.ask('contract.sign', { id: version_id, side: 'house', name: 'Léa Martin' })
    await world.app.ask('contract.sign_on_screen', { id: version_id, side: 'other', name: 'Inès Morvan', type: 'image/png', size: 900, sha256: files.drawn })
    await world.app.ask('contract.attach_signed', { id: version_id, name: 'contrat-Ines-Morvan.pdf', type: 'application/pdf', size: 4000, sha256: files.copy })
    const read = async (sql: string): Promise<unknown[]> => (await readEngine.all(sql, [])).map((row) => Object.values(row)[0])
    expect((await read("SELECT content FROM contract_version WHERE content LIKE '%Morvan%'")).length).toBe(1)
    for (const hash of Object.values(files)) expect((await namedBlobs(readEngine, org)).has(hash)).toBe(true)
    world.app.at('2036-01-01T08:00:00.000Z')
    expect(await world.app.refused('collaborator.erase', { id: ines, ...erase })).toBe('collaborator.held')
    world.app.at('2038-01-01T08:00:00.000Z')
    await world.app.ask('collaborator.erase', { id: ines, ...erase })
    for (const hash of Object.values(files)) expect((await namedBlobs(readEngine, org)).has(hash)).toBe(false)
    const left = await everything(world.app)
    for (const said of ['Morvan', 'rue du Minage, 17000 La Rochelle","birth_date":"1980', 'contrat-Ines']) expect([said, left.split('\n').filter((part) => part.includes(said)).map((part) => part.slice(Math.max(0, part.indexOf(said) - 300), part.indexOf(said) + 40))]).toEqual([said, []])
    // Sealed with their key, which is gone.
    const sealed = (await read("SELECT input FROM command_log WHERE name IN ('contract.attach_signed', 'contract.sign_on_screen')")).map(String)
    expect(sealed.map((input) => (JSON.parse(input) as { name: { $sealed: string } }).name.$sealed)).toEqual([ines, ines])
    expect(await read(`SELECT key_hex FROM person_key WHERE subject_id = '${ines}'`)).toEqual([null])
    expect(await world.app.ask('contract.get', { id })).toMatchObject({ name: 'Personne effacée', contract: { id } })
    expect(await world.app.ask('audit.verify', {})).toMatchObject({ whole: true })
    await world.app.close()
  })
})
