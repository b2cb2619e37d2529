/**
 * The generated attack: every operation, in an organization of mine, with ids of another organization in every place that takes an id.
 * It is not found, leaves no trace in the other file, none of the asked ids in mine, and an event in my log.
 */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entities } from '../../shared/domain/registry.ts'
import type { AnyOperation } from '../../shared/domain/operation.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { idFieldsOf, inputFor } from '../fixtures/inputs.ts'
import { rehearse } from '../fixtures/rehearsal.ts'
import { allOperations } from '../fixtures/walk.ts'
import { buildWorld, type World } from '../fixtures/world.ts'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'

let mine: TestOrganization
let theirs: TestOrganization
let world: World
let target: World
let core: OrganizationCore
let before: string

const digest = async (app: TestOrganization): Promise<string> => {
  const hash = createHash('sha256')
  for (const table of [...entities.keys(), 'audit_event', 'audit_head', 'command_log', 'person_key', 'search_row'])
    hash.update(JSON.stringify(await app.file.readEngine.all(`SELECT * FROM ${table} ORDER BY 1, 2`, [])))
  return hash.digest('hex')
}

beforeAll(async () => {
  mine = await openTestOrganization({ seed: 'mine' })
  theirs = await openTestOrganization({ seed: 'theirs' })
  world = await buildWorld(mine)
  target = await buildWorld(theirs)
  core = rehearse(mine)
  before = await digest(theirs)
})
afterAll(async () => {
  await mine.close()
  await theirs.close()
})

const poolOf = (from: World, app: TestOrganization) => (entity: string): readonly string[] =>
  entity === 'organization' ? [app.org] : entity === 'mission' ? from.a.missions : from.a.rows.has(entity) ? [from.a.rows.get(entity) ?? ''] : (from.ids.get(entity) ?? []).slice(0, 2)

/** Id fields that speak of no row of the file: users, series, and what the caller invents. */
const notRows = new Set(['user_id', 'series_id', 'actor', 'decisions'])

/** Fields that only leave something out of the question: an unknown id there changes nothing and is told nothing. */
const unanswering = new Set(['sheet.uncover mission_id', 'conflict.preview need_id', 'conflict.preview assignment_id', 'access.grantors project_id'])

/** Puts foreign ids where `field` is, anywhere in the input. */
function poisoned(input: unknown, field: string, foreign: Record<string, unknown>): unknown {
  if (Array.isArray(input)) return input.map((item, index) => poisoned(item, field, (foreign as unknown as Record<string, unknown>[])[index] ?? {}))
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, key === field ? (foreign?.[key] ?? value) : poisoned(value, field, (foreign?.[key] ?? {}) as Record<string, unknown>)]))
}

const attacks: { operation: AnyOperation; field: string }[] = allOperations.flatMap((operation) =>
  operation.name === 'organization.create' ? [] : idFieldsOf(operation).filter((field) => !notRows.has(field)).map((field) => ({ operation, field })))

describe('ids of another organization', () => {
  it('are tried in every operation that takes an id', () => {
    expect(attacks.length).toBeGreaterThan(150)
    expect(new Set(attacks.map(({ operation }) => operation.name)).size).toBeGreaterThan(100)
  })

  it('are not found, whatever the operation and the field', async () => {
    const wrong: string[] = []
    let refused = 0
    for (const { operation, field } of attacks) {
      const input = inputFor(operation, poolOf(world, mine), drawFrom(3), { fullness: 1 })
      const foreign = inputFor(operation, poolOf(target, theirs), drawFrom(3), { fullness: 1 })
      const call = poisoned(input, field, foreign) as Record<string, unknown>
      if (JSON.stringify(call) === JSON.stringify(input)) continue
      if ('version' in call && operation.target.kind === 'rows') {
        const [id = ''] = operation.target.ids(call)
        call['version'] = Number((await mine.file.readEngine.all(`SELECT version FROM ${operation.target.entity} WHERE id = ?`, [id]))[0]?.['version'] ?? 1)
      }
      const answer = await core.execute({ name: operation.name, input: call }, mine.owner)
      const asked = JSON.stringify(call)
      const foreignIds = [...asked.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].map(([id]) => id).filter((id) => !JSON.stringify(input).includes(id))
      if (isError(answer)) {
        refused++
        const { code, details } = answer.error
        const fine = code.endsWith('.not_found') || code === 'validation.reference'
        // Refused for another rule first: then nothing was looked up, or nothing is said of it.
        if (!fine && details.some(({ found }) => found !== null && found !== undefined && foreignIds.includes(found))) wrong.push(`${operation.name} ${field}: ${code} ${JSON.stringify(details)}`)
        if (!fine && (code.startsWith('server.') || code.startsWith('validation.'))) wrong.push(`${operation.name} ${field}: ${code} ${JSON.stringify(details)}`)
        continue
      }
      // A list may be asked about a stranger's id: it has nothing to show.
      const value = answer.value as { items?: unknown[]; total?: number; people?: { conflicts?: unknown[] }[] }
      const empty = operation.kind === 'query' && ((value.items?.length === 0 && (value.total ?? 0) === 0) || (Array.isArray(value.people) && value.people.length === 0))
      const idle = unanswering.has(`${operation.name} ${field}`) && !foreignIds.some((id) => JSON.stringify(value).includes(id))
      if (!empty && !idle) wrong.push(`${operation.name} ${field}: done ${JSON.stringify(call).slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
    expect(refused).toBeGreaterThan(100)
  })

  it('leave no trace in the other file', async () => {
    expect(await digest(theirs)).toBe(before)
  })

  it('are audited in the caller’s own organization, with the id digested', async () => {
    const asked = target.a.missions[0] ?? ''
    expect(await mine.refused('mission.get', { id: asked })).toBe('mission.not_found')
    expect(await mine.refused('mission.update', { id: asked, version: 1, changes: { title: 'Pris' } })).toBe('mission.not_found')
    expect(await mine.refused('assignment.create', { mission_id: world.a.missions[0], people: [{ collaborator_id: target.stranger }] })).toBe('validation.reference')
    const events = await mine.file.readEngine.all(`SELECT action, changes, entity_id FROM audit_event ORDER BY position DESC LIMIT 3`, [])
    expect(events.map((event) => event['action'])).toEqual(Array(3).fill('security.record.not_found'))
    for (const event of events) {
      expect(JSON.parse(String(event['changes']))).toMatchObject({ asked: expect.stringMatching(/^[0-9a-f]{16}$/) })
      expect(JSON.stringify(event)).not.toContain(asked)
      expect(JSON.stringify(event)).not.toContain(target.stranger)
    }
  })

  it('whoever is not a member finds no organization, and writes nothing in its file', async () => {
    const former = await digest(theirs)
    for (const name of ['organization.get', 'mission.list', 'project.create', 'search.query', 'organization.create', 'audit.verify']) {
      const operation = allOperations.find((one) => one.name === name)
      if (!operation) throw new Error(name)
      expect(await theirs.refused(name, inputFor(operation, poolOf(target, theirs), drawFrom(1)), mine.owner)).toBe('organization.not_found')
    }
    expect(await digest(theirs)).toBe(former)
  })

  it('cannot be referred to even through SQL: keys carry the organization', async () => {
    const [theirMission] = target.a.missions
    await expect(mine.file.engine.transaction(async () => {
      await mine.file.engine.run(`UPDATE need SET mission_id = ? WHERE id = ?`, [theirMission ?? '', world.a.rows.get('need') ?? ''])
    })).rejects.toThrow('reference')
    await expect(mine.file.engine.transaction(async () => {
      await mine.file.engine.run(`UPDATE assignment SET mission_id = ? WHERE id = ?`, [world.b.missions[0] ?? '', world.a.rows.get('assignment') ?? ''])
    })).rejects.toThrow('reference')
  })
})
