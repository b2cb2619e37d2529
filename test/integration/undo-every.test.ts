/** Every undoable command there is, done, undone, done again and undone again: what people entered is exactly as it was each time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { inputFor } from '../fixtures/inputs.ts'
import { allOperations, enteredState, poolOf, walk, walkable } from '../fixtures/walk.ts'
import { buildWorld, type World } from '../fixtures/world.ts'
import { entities } from '../../shared/domain/registry.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { fromMs } from '../../shared/kernel/instants.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'undo-every' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

/** Random inputs tried before a command is said to have no case. */
const TRIES = 60
const commandOf = (id: string): string => deriveId(app.owner.user_id, `call:${app.org}:${id}`)
const ordered = [...entities.values()].filter(({ fields }) => 'position' in fields).map(({ name }) => name)
/** What people entered, and in which order they put it. */
async function state(): Promise<Map<string, string>> {
  const found = await enteredState(app.file.readEngine, app.org)
  for (const name of ordered)
    for (const row of await app.file.readEngine.all(`SELECT id, position FROM ${name} WHERE org_id = ? AND deleted_at IS NULL`, [app.org])) found.set(`${name}/${String(row['id'])} position`, String(row['position']))
  return found
}
/** A gesture of several commands is undone command by command; undoing is what is tried on each. */
const undoable = [...walkable, ...allOperations.filter(({ name }) => name === 'import.write' || name === 'sync.decide')].filter(({ undoable: can }) => can)

/** What puts a row where the command finds it. */
const opposite: Readonly<Record<string, string>> = { 'project.unarchive': 'project.archive', 'mission.unlock': 'mission.lock' }
const formerOf = (name: string): string | undefined => opposite[name] ?? (name.endsWith('.restore') ? name.replace('.restore', '.remove') : undefined)

/** A row made by a drawn input, of the rows given rather than of any. */
async function make(name: string, of: Readonly<Record<string, string>> = {}, extra: Record<string, unknown> = {}): Promise<string> {
  const operation = allOperations.find((one) => one.name === name)
  const all = await poolOf(app.file.readEngine, app.org)
  if (!operation) throw new Error(`no operation ${name}`)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const input = { ...inputFor(operation, (entity) => (of[entity] === undefined ? all(entity) : [of[entity]]), drawFrom(attempt), { fullness: 0 }), ...extra }
    const answer = await app.core.execute({ name, input, id: `make ${String(++made)}` }, app.owner)
    if (!isError(answer)) return z.looseObject({ id: z.string() }).parse(answer.value).id
  }
  throw new Error(`${name} made nothing`)
}
let made = 0
const here = (entity: string): string => world.a.rows.get(entity) ?? ''
/** The second of two rows of one list, put first. */
async function secondFirst(create: string, of: Readonly<Record<string, string>> = {}, extra: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  await make(create, of, extra)
  return { id: await make(create, of, extra), after_id: null }
}
async function clash(severe: boolean): Promise<Record<string, unknown>> {
  const place = await make('location.create')
  const [person, when] = [await make('collaborator.create'), { location_id: place, start_at: '2026-12-20T08:00:00.000Z', end_at: '2026-12-20T18:00:00.000Z' }]
  for (const code of ['X', 'Y']) {
    const mission = await make('mission.create', { project: world.a.project }, { title: `Doublon ${code} ${String(severe)}`, ...when })
    await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: person }] })
  }
  if (severe) await app.ask('location.set_status', { id: place, status: 'offline' })
  const { items } = z.looseObject({ items: z.array(z.looseObject({ id: z.string(), fingerprint: z.string(), severity: z.string(), acknowledged: z.boolean() })) }).parse(await app.ask('conflict.list', {}))
  const found = items.find((one) => !one.acknowledged && (one.severity === 'severe') === severe)
  if (!found) throw new Error(`no conflict to take note of among ${JSON.stringify(items.map(({ severity }) => severity))}`)
  return { conflict_id: found.id, fingerprint: found.fingerprint, reason: 'Décidé ensemble' }
}

/** A published sheet of one person and one line. */
async function published(): Promise<{ revision_id: unknown; collaborator_ids: string[]; line_id?: string }> {
  const person = await make('collaborator.create')
  const mission_id = await make('mission.create', { project: world.a.project }, { location_id: await make('location.create', {}, { address: '1 quai des Cordiers, 17000 La Rochelle', latitude: 46.16, longitude: -1.15 }) })
  await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: person }] })
  const { id, revision_id } = await app.ask('sheet.prepare', { mission_id })
  await app.ask('sheet.update_draft', { revision_id, version: 1, changes: { emergency_numbers: [{ id: 'e', label: null, number: '112' }], hospital: { name: 'Hôpital du Port', address: null, phone: null, minutes: 9, distance_km: null } } })
  await app.ask('sheet.add_slot', { revision_id, label: 'Accueil', start_at: '2026-10-24T12:00:00.000Z', everyone: true })
  const { work } = z.looseObject({ work: z.looseObject({ slots: z.array(z.looseObject({ line_id: z.string() })) }) }).parse(await app.ask('sheet.get', { id }))
  await app.ask('sheet.publish', { revision_id })
  return { revision_id, collaborator_ids: [person], ...(work.slots[0] ? { line_id: work.slots[0].line_id } : {}) }
}

/** What a drawn input does not find: rows in a state of their own. Answers the input. */
const cases: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  'department.move': () => secondFirst('department.create'),
  'crew_role.move': () => secondFirst('crew_role.create'),
  'cue.move': () => secondFirst('cue.create', { mission: world.a.missions[0] ?? '' }),
  'sheet.move_slot': () => secondFirst('sheet.add_slot', { revision: here('revision') }),
  'sheet.move_note': () => secondFirst('sheet.add_note', { revision: here('revision') }),
  'sheet.move_row': () => secondFirst('sheet.add_row', { revision: here('revision') }),
  'sheet.set_person': async () => {
    const mission_id = await make('mission.create', { project: world.a.project })
    const { ids } = await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: await make('collaborator.create') }] })
    const { revision_id } = await app.ask('sheet.prepare', { mission_id })
    return { revision_id, assignment_id: z.array(z.string()).parse(ids)[0], remarks: 'Casque', channel: '3' }
  },
  'sheet.uncover': async () => {
    const mission_id = await make('mission.create', { project: world.a.project }, { zone: 'Europe/Paris', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })
    await app.ask('sheet.cover', { id: here('run_sheet'), mission_id })
    return { id: here('run_sheet'), mission_id }
  },
  'sheet.revise': async () => {
    const location_id = await make('location.create', {}, { address: '1 quai des Cordiers, 17000 La Rochelle', latitude: 46.16, longitude: -1.15 })
    const mission_id = await make('mission.create', { project: world.a.project }, { location_id })
    const { id, revision_id } = await app.ask('sheet.prepare', { mission_id })
    await app.ask('sheet.update_draft', { revision_id, version: 1, changes: {
      emergency_numbers: [{ id: 'e', label: null, number: '112' }], hospital: { name: 'Hôpital du Port', address: null, phone: null, minutes: 9, distance_km: null }, headline: 'Jeu' } })
    await app.ask('sheet.validate', { revision_id })
    await app.ask('sheet.publish', { revision_id })
    return { id, from: 'published' }
  },
  'sheet.copy_content': async () => {
    const { revision_id } = await app.ask('sheet.prepare', { mission_id: await make('mission.create', { project: world.a.project }) })
    await make('sheet.add_slot', { revision: String(revision_id) })
    return { id: here('run_sheet'), from: revision_id, parts: ['slots'] }
  },
  'sheet.tell': async () => {
    const { revision_id, collaborator_ids } = await published()
    return { revision_id, collaborator_ids, channel: 'hand' }
  },
  'sheet.confirm_read_for': async () => {
    const { revision_id, collaborator_ids } = await published()
    return { revision_id, collaborator_ids, source: 'paper' }
  },
  'sheet.delay': async () => {
    const { revision_id, line_id } = await published()
    return { revision_id, from_line_id: line_id, minutes: 15 }
  },
  'sheet_layout_setting.reset': async () => {
    const saved = await draw('sheet_layout_setting.save', 'saved layout')
    return { layout: saved?.input['layout'] }
  },
  'assignment.record_presence': async () => {
    const { ids } = await app.ask('assignment.create', { mission_id: world.a.missions[0], people: [{ collaborator_id: await make('collaborator.create') }] })
    const [id] = z.array(z.string()).parse(ids)
    await app.file.engine.run("UPDATE assignment SET state = 'accepted' WHERE id = ?", [id ?? ''])
    return { changes: [{ id, version: 1, presence: 'late', presence_note: 'train', actual_start_at: '2026-10-24T12:00:00.000Z', actual_end_at: '2026-10-24T20:00:00.000Z' }] }
  },
  'assignment.change': async () => {
    const { ids } = await app.ask('assignment.create', { mission_id: world.a.missions[0], people: [{ collaborator_id: await make('collaborator.create') }] })
    const [id] = z.array(z.string()).parse(ids)
    await app.file.engine.run("UPDATE assignment SET state = 'accepted' WHERE id = ?", [id ?? ''])
    return { changes: [{ id, version: 1, start_at: '2026-10-24T12:00:00.000Z', cachets: 2 }] }
  },
  'plan.mark_told': () => Promise.resolve({ publication_id: here('plan_publication'), collaborator_ids: [world.stranger], how: 'hand' }),
  'conflict.acknowledge': () => clash(false),
  'conflict.override': () => clash(true),
  'collaborator.retire': async () => {
    const id = await make('collaborator.create', {}, { retain_until: '2026-11-01' })
    app.at('2026-12-01T08:00:00.000Z')
    return { ids: [id], how: 'archive', reason: 'Fin de conservation' }
  },
  // Another device sent what cannot be done here.
  'sync.decide': async () => {
    const id = deriveId('another device', 'command')
    const sent = { id, name: 'mission.update', v: 1, input: {}, record: { rows: [] }, after: [], seed: id, issued_at: fromMs(Date.UTC(2026, 9, 20)), group_id: null, correlation_id: 'undo-every' }
    expect(await app.core.settle(sent, app.owner)).toMatchObject({ outcome: 'rejected' })
    return { kept_command_id: id, decision: 'left', note: 'Sans suite' }
  },
  'import.write': async () => ({ project_id: world.a.project, source: 'planning', locations: [{ key: 'l1', name: 'Salle importée', zone: 'Europe/Paris' }], people: [{ key: 'p1', display_name: 'Zéphyrine Importée' }], last: true }),
}

interface Issued {
  command: string
  input: Record<string, unknown>
  before: Map<string, string>
  after: Map<string, string>
  /** What made the command possible: taken back too, so that the next begins on the same rows. */
  prepared?: string
}

async function draw(name: string, id: string): Promise<Issued | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await state()
    const [done] = await walk(app, drawFrom(attempt * 977 + name.length), 1, { prefix: `${id}-${attempt}`, closing: true, only: (operation) => operation.name === name })
    if (!done || isError(done.answer)) continue
    const after = await state()
    if (JSON.stringify([...after]) !== JSON.stringify([...before])) return { command: commandOf(done.id), input: done.input, before, after }
  }
  return null
}

async function given(name: string, id: string, input: Record<string, unknown>): Promise<Issued> {
  const before = await state()
  await app.ask(name, input, app.owner, id)
  return { command: commandOf(id), input, before, after: await state() }
}

async function issue(name: string, id: string): Promise<Issued | null> {
  const own = cases[name]
  if (own) return given(name, id, await own())
  const former = formerOf(name)
  if (former === undefined) return draw(name, id)
  const prepared = await draw(former, `before ${id}`)
  if (!prepared) return null
  const { input } = prepared
  return { ...(await given(name, id, 'ids' in input ? { ids: input['ids'] } : { id: input['id'] })), prepared: prepared.command }
}

describe('undo, redo, undo', () => {
  it.each(undoable.map(({ name }) => [name]))('%s brings back exactly what was entered before', async (name) => {
    const done = await issue(name, `every ${name}`)
    if (!done) expect.fail(`no input was found that ${name} accepts: give it a case`)
    const { command, before, after, prepared } = done
    expect(after, 'it wrote something').not.toEqual(before)
    let last = command
    for (const [step, wanted] of [['undo', before], ['redo', after], ['undo again', before]] as const) {
      const id = `${step} ${name}`
      await app.ask('history.undo', { command_id: last }, app.owner, id)
      expect(await state(), step).toEqual(wanted)
      last = commandOf(id)
    }
    if (prepared !== undefined) await app.ask('history.undo', { command_id: prepared }, app.owner, `clear ${name}`)
  })
})
