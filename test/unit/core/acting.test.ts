import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { IdTaken } from '../../../shared/core/acting.ts'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { createOrganizationCore, type OrganizationCore } from '../../../shared/core/organization-core.ts'
import { authorityLedger } from '../../../shared/core/ledger.ts'
import { lawful } from '../../../shared/core/lawful.ts'
import { wire } from '../../../shared/domain/entity.ts'
import { refuse } from '../../../shared/domain/errors.ts'
import { command, handle } from '../../../shared/domain/operation.ts'
import { skill } from '../../../shared/domain/organization/model.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { verifyChain } from '../../../shared/store/audit-chain.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

/** What a timer would do, in one row. */
const chime = command({
  name: 'test.chime', about: 'A timer’s command.', permission: 'system:act', target: { kind: 'visible' }, undoable: false,
  input: z.strictObject({ name: z.string(), broken: z.literal(true).optional() }), output: z.object({ id: wire.id, decided_at: z.string(), issued: z.string() }),
})
const renamed = command({
  name: 'test.rename', about: 'On a row there is.', permission: 'system:act', target: { kind: 'rows', entity: 'skill', ids: ({ id }) => [id] },
  input: z.strictObject({ id: wire.id, name: z.string() }), output: z.object({ id: wire.id }),
})
const handlers = [
  ...organizationOperations,
  lawful(handle(chime, async (tx, { name, broken }) => {
    const row = await tx.insert(skill, 'skill', { name })
    if (broken) throw refuse('record.in_use')
    return { id: row.id, decided_at: tx.call.decided_at, issued: tx.call.now }
  })),
  lawful(handle(renamed, async (tx, { id, name }) => {
    await tx.update(skill, id, { name })
    return { id }
  })),
]

let app: TestOrganization
let core: OrganizationCore
let now: Instant

const coreOf = (kind: 'authority' | 'replica'): OrganizationCore => createOrganizationCore({
  org: app.org, engine: app.file.engine, readEngine: app.file.readEngine, handlers, ledger: { ...authorityLedger(app.file.engine, app.org), kind },
  outside: { now: () => now, random: (bytes) => new Uint8Array(bytes), app_version: 'test', report: (error) => void unexpected.push(error) },
})
let unexpected: unknown[]

beforeEach(async () => {
  app = await openTestOrganization({ seed: 'acting' })
  now = fromMs(Date.parse('2026-10-21T08:00:00.000Z'))
  unexpected = []
  core = coreOf('authority')
})
afterEach(async () => {
  await app.close()
  expect(unexpected).toEqual([])
})

const rows = (sql: string, ...values: string[]) => app.file.engine.all(sql, values)
const idOf = (key: string): Id => deriveId(app.org, `timer:${key}`)

describe('what the authority does by itself', () => {
  it('is a command whose actor is the organization, with its rows, its log and its audit', async () => {
    const heard: string[] = []
    core.onCommit(({ name }) => void heard.push(name))
    const person = deriveId('acting', 'somebody')
    const answer = await core.act('test.chime', { name: 'Nacelle' }, { id: idOf('a'), onBehalfOf: person, correlation_id: 'link' })
    if (isError(answer)) throw new Error(answer.error.code)
    const { id } = answer.value as { id: string }
    expect(answer.value).toEqual({ id: deriveId(idOf('a'), 'skill'), decided_at: now, issued: now })
    expect(await rows('SELECT actor_kind, actor, outcome, correlation_id, undoable FROM command_log WHERE id = ?', idOf('a'))).toEqual([{ actor_kind: 'system', actor: app.org, outcome: 'applied', correlation_id: 'link', undoable: 0 }])
    expect(await rows('SELECT actor_kind, actor, on_behalf_of, entity_id, lead FROM audit_event WHERE command_id = ?', idOf('a'))).toEqual([{ actor_kind: 'system', actor: app.org, on_behalf_of: person, entity_id: id, lead: 1 }])
    expect(heard).toEqual(['test.chime'])
    const log = await app.ask('audit.list', { limit: 5 })
    expect((log['items'] as { actor_kind: string; on_behalf_of: string }[])[0]).toMatchObject({ actor_kind: 'system', on_behalf_of: person })
    expect((await verifyChain(app.file.engine, app.org)).whole).toBe(true)
  })

  it('is done once for one id, and answers what it had answered', async () => {
    const first = await core.act('test.chime', { name: 'Nacelle' }, { id: idOf('a') })
    now = fromMs(Date.parse(now) + 60_000)
    const second = await core.act('test.chime', { name: 'Nacelle' }, { id: idOf('a') })
    expect(second).toMatchObject({ replayed: true, value: (first as { value: unknown }).value as object })
    expect(await rows("SELECT id FROM skill WHERE name = 'Nacelle'")).toHaveLength(1)
  })

  it('says when the id is another command’s, and the audit says it once', async () => {
    const mine = idOf('a')
    await core.act('test.chime', { name: 'Nacelle' }, { id: mine })
    await expect(core.act('test.chime', { name: 'Autre chose' }, { id: mine })).rejects.toThrow(IdTaken)
    await expect(core.act('test.chime', { name: 'Autre chose' }, { id: mine })).rejects.toThrow(IdTaken)
    // A hostile member may push any id: here theirs was first.
    const theirs = deriveId(app.owner.user_id, `call:${app.org}:taken`)
    await app.ask('skill.create', { name: 'À moi' }, app.owner, 'taken')
    await expect(core.act('test.chime', { name: 'À moi' }, { id: theirs })).rejects.toThrow(IdTaken)
    expect(await rows("SELECT actor_kind, changes FROM audit_event WHERE action = 'security.payload.mismatch'")).toEqual([mine, theirs].map((command) => ({ actor_kind: 'system', changes: JSON.stringify({ command, operation: 'test.chime' }) })))
    expect(await core.act('test.chime', { name: 'À moi bis' }, { id: idOf('a:2') })).toHaveProperty('value')
  })

  it('answers what is refused, writes nothing of it, and may be tried again', async () => {
    const before = await rows('SELECT COUNT(*) AS n FROM audit_event')
    expect(await core.act('test.chime', { name: 'Nacelle', broken: true }, { id: idOf('a') })).toMatchObject({ error: { code: 'record.in_use' } })
    expect(await core.act('test.chime', { nom: 'Nacelle' }, { id: idOf('a') })).toMatchObject({ error: { code: 'validation.invalid' } })
    expect(await core.act('test.rename', { id: idOf('nobody'), name: 'Nacelle' }, { id: idOf('b') })).toMatchObject({ error: { code: 'skill.not_found' } })
    expect(await rows("SELECT id FROM skill WHERE name = 'Nacelle'")).toEqual([])
    expect(await rows("SELECT id FROM command_log WHERE actor_kind = 'system'")).toEqual([])
    expect(await rows('SELECT COUNT(*) AS n FROM audit_event')).toEqual(before)
    expect(await core.act('test.chime', { name: 'Nacelle' }, { id: idOf('a') })).toHaveProperty('value')
  })

  it('goes with the transaction that listed what is due: one that is refused takes back itself alone', async () => {
    const heard: string[] = []
    core.onCommit(({ command: id }) => void heard.push(id))
    const acted = await app.file.engine.transaction(async () => [
      await core.actInside('test.chime', { name: 'Une' }, { id: idOf('1') }),
      await core.actInside('test.chime', { name: 'Deux', broken: true }, { id: idOf('2') }),
      await core.actInside('test.chime', { name: 'Trois' }, { id: idOf('3') }),
    ])
    expect(heard).toEqual([])
    for (const one of acted) one.announce()
    expect(heard).toEqual([idOf('1'), idOf('3')])
    expect(acted.map(({ answer }) => isError(answer))).toEqual([false, true, false])
    expect((await rows("SELECT name FROM skill WHERE name IN ('Une', 'Deux', 'Trois') ORDER BY name")).map(({ name }) => name)).toEqual(['Trois', 'Une'])
    const cut = app.file.engine.transaction(async () => {
      await core.actInside('test.chime', { name: 'Quatre' }, { id: idOf('4') })
      throw new Error('killed')
    })
    await expect(cut).rejects.toThrow('killed')
    expect(await rows("SELECT id FROM skill WHERE name = 'Quatre'")).toEqual([])
    expect(await core.act('test.chime', { name: 'Quatre' }, { id: idOf('4') })).not.toHaveProperty('replayed')
  })

  it('is of an authority alone, and of operations that only it may issue', async () => {
    await expect(coreOf('replica').act('test.chime', { name: 'Nacelle' }, { id: idOf('a') })).rejects.toThrow('replica')
    await expect(core.act('skill.create', { name: 'Nacelle' }, { id: idOf('a') })).rejects.toThrow('no command of the system')
    const answer = await core.execute({ name: 'test.chime', input: { name: 'Nacelle' }, id: 'mine' }, app.owner)
    expect(answer).toMatchObject({ error: { code: 'auth.forbidden' } })
    expect(await rows("SELECT id FROM skill WHERE name = 'Nacelle'")).toEqual([])
  })
})
