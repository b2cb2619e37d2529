/** What an authority does about contracts by its clock: it makes the one that a yes calls for, and reminds of what nobody signed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore } from '../../shared/core/organization-core.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { openEngaged, type Engaged } from '../fixtures/engaged.ts'

let world: Engaged
beforeEach(async () => {
  world = await openEngaged({ quiet: true })
  world.at('2026-10-12T08:00:00.000Z')
})
afterEach(() => world.close())

const yes = async (who: number, mission = 0, more: Record<string, unknown> = {}): Promise<string> => {
  const [{ id: role } = { id: '' }] = await world.rows('SELECT id FROM crew_role LIMIT 1')
  const from = 6 + 24 * mission
  const id = await world.plan(world.people[who] ?? '', world.missions[mission] ?? '', [from, from + 10], { crew_role_id: String(role), rate_card_id: world.card, ...more })
  await world.app.ask('assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone' })
  return id
}
const contracts = () => world.rows('SELECT c.id, c.kind, c.reference, (SELECT COUNT(*) FROM contract_assignment l WHERE l.contract_id = c.id AND l.deleted_at IS NULL) AS days FROM contract c ORDER BY c.created_at, c.kind')
/** Every instant at which the clock asks to be looked at, until one. */
async function until(end: string): Promise<void> {
  for (let now = (await world.timers.turn())?.next ?? null; now !== null && now <= end; now = (await world.timers.turn())?.next ?? null) world.at(now)
  world.at(end)
  await world.timers.turn()
}
const signed = async (version_id: string): Promise<void> => {
  // Its steps have their own tests: here only that somebody signed.
  await world.app.file.engine.run("UPDATE contract_version SET state = 'signed', signed_at = ? WHERE id = ?", ['2026-10-18T08:00:00.000Z', version_id])
}

describe('a contract that a yes calls for', () => {
  it('is made fifteen minutes after it, not a millisecond before, by the authority, once: one for a person, a kind and a project', async () => {
    await yes(0)
    await until('2026-10-12T08:10:00.000Z')
    // Another yes of the same person: both are waited for.
    await yes(0, 1)
    await until('2026-10-12T08:24:59.999Z')
    expect(await contracts()).toEqual([])
    await until('2026-10-12T08:25:00.000Z')
    const made = await contracts()
    expect(made).toMatchObject([{ kind: 'cddu', days: 2 }])
    expect(String(made[0]?.['reference'])).toMatch(/^CDDU-2026-SRV\d+$/)
    expect(await world.rows("SELECT DISTINCT actor_kind FROM audit_event WHERE action = 'contract.generate_due'")).toEqual([{ actor_kind: 'system' }])
    await until('2026-10-12T20:00:00.000Z')
    expect(await contracts()).toHaveLength(1)
    expect(await verifyChain(world.app.file.engine, world.app.org)).toMatchObject({ whole: true })
  })

  it('is not made where somebody made it meanwhile, where none is called for, where the work is over, nor in an archived project', async () => {
    const [own, employee, over, gone] = [await yes(0), await yes(1, 0, { engagement_kind: 'employee' }), await yes(2), await yes(3)]
    const byHand = await world.app.ask('contract.generate', { assignment_ids: [own] })
    await world.app.file.engine.run('UPDATE assignment SET start_at = ?, end_at = ? WHERE id = ?', ['2026-10-11T06:00:00.000Z', '2026-10-12T08:05:00.000Z', over])
    await world.app.file.engine.run("UPDATE assignment SET state = 'canceled' WHERE id = ?", [gone])
    await until('2026-10-12T12:00:00.000Z')
    expect((await contracts()).map(({ id }) => id)).toEqual([byHand['id']])
    await world.app.ask('assignment.accept_by_voice', { id: await world.plan(world.people[2] ?? '', world.missions[1], [30, 40], { crew_role_id: String((await world.rows('SELECT id FROM crew_role LIMIT 1'))[0]?.['id']), rate_card_id: world.card }), source: 'hand', reason: 'au téléphone' })
    await world.app.file.engine.run("UPDATE project SET status = 'archived' WHERE id = ?", [world.project])
    await until('2026-10-12T20:00:00.000Z')
    expect(await contracts()).toHaveLength(1)
    expect((await world.assignment(employee))['state']).toBe('accepted')
  })

  it('is one of each kind, and is made anew a while after the former was made void', async () => {
    await yes(0)
    await yes(0, 1, { engagement_kind: 'cddu_artist' })
    await yes(1, 0, { engagement_kind: 'freelance' })
    await until('2026-10-12T08:15:00.000Z')
    expect((await contracts()).map(({ kind }) => kind)).toEqual(['artist', 'cddu', 'vendor'])
    const [first] = (await contracts()).filter(({ kind }) => kind === 'cddu')
    await world.app.ask('contract.request_void', { id: first?.['id'], reason: 'erreur' })
    const [request] = await world.rows("SELECT id FROM contract_request WHERE kind = 'void'")
    await world.app.ask('contract.settle', { id: request?.['id'], outcome: 'granted', reason: 'erreur' })
    await until('2026-10-12T08:29:59.999Z')
    expect(await contracts()).toHaveLength(3)
    await until('2026-10-12T08:30:00.000Z')
    expect((await contracts()).map(({ kind, days }) => [kind, days])).toEqual([['artist', 1], ['cddu', 0], ['vendor', 1], ['cddu', 1]])
  })

  it('is made once by two clocks that look at the same time', async () => {
    await yes(0)
    await yes(1)
    world.at('2026-10-12T09:00:00.000Z')
    const second = createOrganizationCore({
      org: world.app.org, engine: world.app.file.engine, readEngine: world.app.file.readEngine, handlers: organizationOperations,
      outside: { now: () => '2026-10-12T09:00:00.000Z' as Instant, random: (bytes) => new Uint8Array(bytes), app_version: 'test', report: () => undefined },
    })
    await Promise.all([world.timers.turn(), world.timersOf(second).turn(), world.timers.turn(), world.timersOf(second).turn()])
    expect((await contracts()).map(({ days }) => days)).toEqual([1, 1])
  })

  it('that is refused is tried five times, each kept in the audit, then left to a person who has it tried again', async () => {
    await yes(0)
    const gone = (at: string | null) => world.app.file.engine.run('UPDATE collaborator SET deleted_at = ? WHERE id = ?', [at, world.people[0]])
    await gone('2026-10-12T08:01:00.000Z')
    await until('2026-10-12T12:00:00.000Z')
    const failures = await world.rows("SELECT entity, changes, actor_kind FROM audit_event WHERE action = 'contract.generation_failed'")
    expect(failures).toHaveLength(5)
    expect(failures[0]).toMatchObject({ entity: 'assignment', actor_kind: 'system' })
    expect(JSON.parse(String(failures[0]?.['changes']))).toMatchObject({ code: 'validation.reference' })
    const [dead] = await world.jobs.failed(world.app.org)
    expect(dead?.key).toMatch(/contract:[0-9a-f]{64}$/)
    await gone(null)
    await until('2026-10-12T13:00:00.000Z')
    expect(await contracts()).toEqual([])
    expect(await world.jobs.retry(world.app.org, dead?.key ?? '')).toBe(true)
    await until('2026-10-12T13:01:00.000Z')
    expect(await contracts()).toHaveLength(1)
    expect(await world.jobs.failed(world.app.org)).toEqual([])
    expect(await verifyChain(world.app.file.engine, world.app.org)).toMatchObject({ whole: true })
  })
})

const reminders = () => world.rows("SELECT bucket, level, created_at FROM reminder WHERE kind = 'contract_expected' ORDER BY created_at")

describe('a contract that nobody signed', () => {
  it('is reminded of from 48 hours after the yes: production, then those above, once for a bucket whatever it covers, until it is signed', async () => {
    await yes(0)
    await yes(0, 1)
    await until('2026-10-16T21:59:59.999Z')
    expect(await reminders()).toEqual([])
    await until('2026-10-21T12:00:00.000Z')
    expect(await reminders()).toEqual([{ bucket: 'd-7', level: 'production', created_at: '2026-10-16T22:00:00.000Z' }, { bucket: 'd-3', level: 'direction', created_at: '2026-10-20T22:00:00.000Z' }])
    const told = await world.rows("SELECT type, COUNT(*) AS n FROM notification WHERE type IN ('contract_expected', 'escalation') GROUP BY type ORDER BY type")
    expect(told.map(({ type }) => type)).toEqual(['contract_expected', 'escalation'])
    const [version] = await world.rows('SELECT id FROM contract_version')
    await signed(String(version?.['id']))
    await until('2026-10-28T12:00:00.000Z')
    expect(await reminders()).toHaveLength(2)
  })

  it('is not reminded of in a bucket that began before the 48 hours were over', async () => {
    world.at('2026-10-20T08:00:00.000Z')
    await yes(0)
    await until('2026-10-30T12:00:00.000Z')
    // Two days after the yes, the seventh and third day before are past.
    expect((await reminders()).map(({ bucket }) => bucket)).toEqual(['d-1', 'd+1'])
  })

  it('keeps its engagement from being closed, until it is signed', async () => {
    const id = await yes(0)
    await until('2026-10-17T12:00:00.000Z')
    expect(await reminders()).toHaveLength(1)
    await world.app.file.engine.run("UPDATE assignment SET state = 'executed', presence = 'present' WHERE id = ?", [id])
    const close = async (): Promise<string[]> => {
      const answer = await world.app.core.execute({ name: 'assignment.close', input: { ids: [id] }, id: `close ${Math.floor(closing++)}` }, world.app.owner)
      return 'error' in answer ? answer.error.details.flatMap(({ field, issue }) => (field === 'reminder' ? [issue] : [])) : []
    }
    expect(await close()).toEqual(['contract_expected'])
    const [version] = await world.rows('SELECT id FROM contract_version')
    await signed(String(version?.['id']))
    expect(await close()).toEqual([])
  })
})
let closing = 0
