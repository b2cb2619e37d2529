import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOrganizationCore } from '../../shared/core/organization-core.ts'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { authorityLedger } from '../../shared/core/ledger.ts'
import { createTimers, timerId } from '../../shared/core/timers.ts'
import { troublesOf } from '../../main/host/timers.ts'
import { fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { beginHead } from '../../shared/store/sync-log.ts'
import { openEngaged, type Engaged } from '../fixtures/engaged.ts'

let world: Engaged
beforeEach(async () => {
  world = await openEngaged({ quiet: true })
  world.at('2026-10-20T08:00:00.000Z')
})
afterEach(() => world.close())

const [ines, tom] = [0, 1]
const asked = async (who: number, deadline = '2026-10-22T08:00:00.000Z'): Promise<{ work: string; question: string }> => {
  const work = await world.ready(world.people[who] ?? '', world.missions[0], [6, 16])
  return { work, question: await world.propose(work, deadline, world.planner) }
}
const commands = async (): Promise<string[]> => (await world.rows("SELECT name FROM command_log WHERE actor_kind = 'system' ORDER BY seq")).map(({ name }) => String(name))
const stateOf = async (table: string, id: string): Promise<unknown> => (await world.rows(`SELECT state FROM ${table} WHERE id = ?`, id))[0]?.['state']
/** From turn to turn, at the instants they give, until one. */
async function until(end: string): Promise<string[]> {
  const looked: string[] = []
  let now: string | null = (await world.timers.turn())?.next ?? null
  while (now !== null && now <= end) {
    looked.push(now)
    world.at(now)
    now = (await world.timers.turn())?.next ?? null
  }
  world.at(end)
  await world.timers.turn()
  return looked
}

describe('the clock of an authority', () => {
  it('tells a question in the inbox of who has one, and says that they were told; who has none is still to be told', async () => {
    const [one, other] = [await asked(ines), await asked(tom)]
    const turn = await world.timers.turn()
    expect(turn).toMatchObject({ done: 3, refused: 0 })
    expect([await stateOf('acceptance', one.question), await stateOf('acceptance', other.question)]).toEqual(['pending', 'draft'])
    expect(await world.rows('SELECT state, collaborator_id FROM notification ORDER BY state')).toEqual([{ state: 'delivered', collaborator_id: world.people[ines] }, { state: 'prepared', collaborator_id: world.people[tom] }])
    expect(await commands()).toEqual(['notification.make', 'notification.make', 'acceptance.told'])
    expect(await world.timers.turn()).toMatchObject({ done: 0, refused: 0 })
    expect(await commands()).toHaveLength(3)
  })

  it('takes away what was given by name at the instant it ends, given again later too; what has no end stays', async () => {
    const [one, other] = ((await world.app.ask('member.list', {}))['items'] as { id: string }[]).map(({ id }) => id)
    const give = (member_id: string | undefined, until_at: string | null) => world.app.ask('permission.grant', { member_id, permission: 'pii:read', reason: 'Paie', until_at })
    await give(one, '2026-10-21T08:00:00.000Z')
    await give(other, null)
    const held = async (): Promise<unknown[]> => (await world.rows('SELECT member_id FROM permission_grant WHERE deleted_at IS NULL')).map(({ member_id }) => member_id)
    await until('2026-10-21T07:59:59.999Z')
    expect((await held()).sort()).toEqual([one, other].sort())
    await until('2026-10-21T08:00:00.000Z')
    expect(await held()).toEqual([other])
    await give(one, '2026-10-22T08:00:00.000Z')
    await until('2026-10-22T08:00:00.000Z')
    expect(await held()).toEqual([other])
    expect((await commands()).filter((name) => name === 'permission.lapse')).toHaveLength(2)
  })

  it('ends a question at its deadline, releases who was asked, and tells the asker and them', async () => {
    const { work, question } = await asked(ines)
    await until('2026-10-22T07:59:59.999Z')
    expect(await stateOf('acceptance', question)).toBe('pending')
    await until('2026-10-22T08:00:00.000Z')
    expect(await stateOf('acceptance', question)).toBe('expired')
    expect(await world.assignment(work)).toMatchObject({ state: 'canceled', cancel_reason: 'expired' })
    const told = await world.rows("SELECT type, collaborator_id, member_id IS NOT NULL AS of_member FROM notification WHERE type IN ('assignment_answered', 'assignment_canceled') ORDER BY type")
    expect(told).toEqual([{ type: 'assignment_answered', collaborator_id: null, of_member: 1 }, { type: 'assignment_canceled', collaborator_id: world.people[ines], of_member: 0 }])
  })

  it('reminds production, then those above, once for a bucket, and never of what had begun before the asking', async () => {
    world.at('2026-10-16T12:00:00.000Z')
    await asked(ines, '2026-10-24T03:00:00.000Z')
    const looked = await until('2026-10-23T12:00:00.000Z')
    expect(await world.rows('SELECT bucket, level, created_at FROM reminder ORDER BY created_at')).toEqual([
      { bucket: 'd-7', level: 'production', created_at: '2026-10-16T22:00:00.000Z' }, { bucket: 'd-3', level: 'direction', created_at: '2026-10-20T22:00:00.000Z' }, { bucket: 'd-1', level: 'direction', created_at: '2026-10-22T22:00:00.000Z' },
    ])
    // Nobody looks but when something is due.
    expect(looked.length).toBeLessThan(8)
    const inboxOf = async (session: typeof world.planner) => ((await world.app.ask('notification.list', {}, session))['items'] as { type: string }[]).map(({ type }) => type)
    expect(await inboxOf(world.planner)).toEqual(['reminder'])
    expect(await inboxOf(world.manager)).toEqual(['reminder'])
    expect(await inboxOf(world.app.owner)).toEqual(['escalation', 'escalation'])
    expect((await inboxOf(world.ines)).toSorted()).toEqual(['assignment_proposed', 'reminder', 'reminder', 'reminder'])
    expect(await inboxOf(world.viewer)).toEqual([])
  })

  it('says that confirmed work was done, of who was there, once its window has passed; not in a locked mission', async () => {
    const at = async (who: number, presence: string | null): Promise<string> => {
      const id = await world.ready(world.people[who] ?? '', world.missions[0], [6, 16])
      await world.engage(id, 'confirmed')
      if (presence !== null) await world.app.file.engine.run('UPDATE assignment SET presence = ? WHERE id = ?', [presence, id])
      return id
    }
    const [there, absent, unsaid] = [await at(0, 'present'), await at(1, 'absent'), await at(2, null)]
    await world.app.ask('mission.lock', { id: world.missions[0], reason: 'Relecture' })
    await until('2026-10-25T08:00:00.000Z')
    expect(await stateOf('assignment', there)).toBe('confirmed')
    await world.app.ask('mission.unlock', { id: world.missions[0] })
    await world.timers.turn()
    expect(await Promise.all([there, absent, unsaid].map((id) => stateOf('assignment', id)))).toEqual(['executed', 'confirmed', 'confirmed'])
  })

  it('notes silence on a question of availability', async () => {
    const [id = ''] = (await world.app.ask('availability.request', {
      collaborator_ids: [world.people[tom]], windows: [{ start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T18:00:00.000Z' }], zone: 'Europe/Paris', deadline_at: '2026-10-21T08:00:00.000Z', channel: 'hand',
    }))['ids'] as string[]
    await until('2026-10-21T08:00:00.000Z')
    expect(await stateOf('availability_request', id)).toBe('no_answer')
    // Who plans still hears of it.
    world.at('2026-10-21T08:01:00.000Z')
    const matters = (await world.app.ask('matter.list', {}))['items'] as { kind: string }[]
    expect(matters.filter(({ kind }) => kind === 'availability_request')).toHaveLength(1)
  })

  it('writes a kept answer beside its question, and tells who asked', async () => {
    const { work, question } = await asked(ines)
    await until('2026-10-22T08:00:00.000Z')
    const { file, org } = world.app
    // As the sync server keeps one that came after its deadline.
    const columns = (await file.engine.all('PRAGMA table_info(command_log)', [])).map(({ name }) => `"${String(name)}"`).filter((name) => !['"id"', '"seq"', '"name"', '"input"', '"outcome"', '"answer"'].includes(name))
    const late = timerId(org, 'somebody’s yes')
    await file.engine.run(`INSERT INTO command_log (id, seq, name, input, outcome, answer, ${columns.join(', ')}) SELECT ?, (SELECT MAX(seq) + 1 FROM command_log), 'assignment.accept', ?, 'rejected', ?, ${columns.join(', ')} FROM command_log WHERE seq = 1`,
      [late, JSON.stringify({ id: work, acceptance_id: question }), JSON.stringify({ failure: { code: 'acceptance.deadline_passed' } })])
    await world.timers.turn()
    const [row] = await world.rows('SELECT state, late FROM acceptance WHERE id = ?', question)
    expect(row?.['state']).toBe('expired')
    expect(JSON.parse(String(row?.['late']))).toMatchObject({ answer: 'accepted', why: 'acceptance.deadline_passed', command: late })
    expect(await world.rows("SELECT COUNT(*) AS n FROM notification WHERE type = 'answer_late'")).toEqual([{ n: 1 }])
    expect(await world.timers.turn()).toMatchObject({ done: 0, refused: 0 })
  })

  it('does nothing in an archived project', async () => {
    const { question } = await asked(ines)
    await world.timers.turn()
    await world.app.file.engine.run("UPDATE project SET status = 'archived' WHERE id = ?", [world.project])
    await until('2026-10-30T08:00:00.000Z')
    expect(await stateOf('acceptance', question)).toBe('pending')
    expect(await commands()).toEqual(['notification.make', 'acceptance.told'])
  })

  it('does nothing in recovery, nor where a replica is, nor where its host says no', async () => {
    const { question } = await asked(ines)
    const { org, file } = world.app
    await beginHead(file.engine, org, 'aa', '2026-10-20T08:00:00.000Z' as Instant)
    await file.engine.run("UPDATE sync_head SET mode = 'recovery' WHERE org_id = ?", [org])
    expect(await world.timers.turn()).toBeNull()
    await file.engine.run("UPDATE sync_head SET mode = 'open' WHERE org_id = ?", [org])
    const of = (mayAct: boolean) => createTimers({ org, core: world.app.core, engine: file.engine, now: () => '2026-10-20T08:00:00.000Z' as Instant, troubles: troublesOf(world.jobs, org), mayAct: () => mayAct })
    expect(await of(false).turn()).toBeNull()
    const replica = createOrganizationCore({
      org, engine: file.engine, readEngine: file.readEngine, handlers: organizationOperations, ledger: { ...authorityLedger(file.engine, org), kind: 'replica' },
      outside: { now: () => '2026-10-20T08:00:00.000Z' as Instant, random: (bytes) => new Uint8Array(bytes), app_version: 'test', report: () => undefined },
    })
    await expect(world.timersOf(replica).turn()).rejects.toThrow('replica')
    expect(await stateOf('acceptance', question)).toBe('draft')
    expect(await of(true).turn()).toMatchObject({ done: 2 })
  })

  it('tries what is refused five times, later and later, then leaves it to a person, who has it tried again or lets it be', async () => {
    world.at('2026-10-16T12:00:00.000Z')
    await asked(ines, '2026-10-24T03:00:00.000Z')
    await world.timers.turn()
    const { org, file } = world.app
    const gone = (at: string | null) => file.engine.run('UPDATE mission SET deleted_at = ? WHERE id = ?', [at, world.missions[0]])
    await gone('2026-10-16T13:00:00.000Z')
    const tries: string[] = []
    let now = '2026-10-16T22:00:00.000Z'
    for (let turn = 0; turn < 20 && now < '2026-10-17T00:00:00.000Z'; turn++) {
      world.at(now)
      const made = await world.timers.turn()
      if (made && made.refused > 0) tries.push(now)
      now = made?.next ?? '~'
    }
    expect(tries.map((at) => at.slice(11, 19))).toEqual(['22:00:00', '22:00:05', '22:00:15', '22:00:35', '22:01:15'])
    const [dead] = await world.jobs.failed(org)
    expect(dead).toMatchObject({ kind: 'timer', attempts: 5 })
    expect((await world.jobs.list(org))[0]).toMatchObject({ state: 'dead', error: 'validation.reference' })
    await gone(null)
    // Given up: not tried by itself, though it would be done now.
    expect(await world.timers.turn()).toMatchObject({ done: 0, refused: 0 })
    expect(await world.jobs.retry(org, dead?.key ?? '')).toBe(true)
    expect(await world.timers.turn()).toMatchObject({ refused: 0 })
    expect(await world.rows('SELECT bucket FROM reminder')).toEqual([{ bucket: 'd-7' }])
    expect(await world.jobs.failed(org)).toEqual([])
    // The next one is let be: it never comes back.
    await gone('2026-10-17T00:00:00.000Z')
    await until('2026-10-20T22:05:00.000Z')
    const [next] = await world.jobs.failed(org)
    expect(await world.jobs.drop(org, next?.key ?? '')).toBe(true)
    await gone(null)
    await until('2026-10-22T21:00:00.000Z')
    expect(await world.rows('SELECT bucket FROM reminder')).toEqual([{ bucket: 'd-7' }])
    expect(await world.jobs.failed(org)).toEqual([])
  })

  it('puts aside the one command that the database will not have, and does the others', async () => {
    const [one, other] = [await asked(ines), await asked(tom)]
    await world.timers.turn()
    await world.app.ask('acceptance.dispatch', { changes: [{ id: other.question }], channel: 'hand' })
    const { file, org } = world.app
    await file.engine.script(`CREATE TRIGGER no_expiry BEFORE UPDATE ON acceptance WHEN NEW.state = 'expired' AND NEW.id = '${one.question}' BEGIN SELECT RAISE(ABORT, 'not this one'); END`)
    world.at('2026-10-22T08:00:00.000Z')
    await world.timers.turn()
    expect([await stateOf('acceptance', one.question), await stateOf('acceptance', other.question)]).toEqual(['pending', 'expired'])
    expect((await world.jobs.list(org)).map(({ state, attempts }) => [state, attempts])).toEqual([['waiting', 1]])
    await file.engine.script('DROP TRIGGER no_expiry')
    world.at('2026-10-22T08:00:05.000Z')
    await world.timers.turn()
    expect(await stateOf('acceptance', one.question)).toBe('expired')
    expect((await world.jobs.list(org)).map(({ state }) => state)).toEqual(['done'])
  })

  it('passes over ids that somebody had used up, and the audit says so', async () => {
    const { question } = await asked(ines)
    await world.timers.turn()
    const { org, file } = world.app
    // Any id may be pushed: these two are the timer's own.
    const columns = (await file.engine.all('PRAGMA table_info(command_log)', [])).map(({ name }) => `"${String(name)}"`).filter((name) => name !== '"id"' && name !== '"seq"')
    for (const nth of [1, 2])
      await file.engine.run(`INSERT INTO command_log (id, seq, ${columns.join(', ')}) SELECT ?, (SELECT MAX(seq) + 1 FROM command_log), ${columns.join(', ')} FROM command_log WHERE seq = 1`, [timerId(org, `expire:${question}`, nth)])
    await until('2026-10-22T08:00:00.000Z')
    expect(await stateOf('acceptance', question)).toBe('expired')
    expect(await world.rows('SELECT name FROM command_log WHERE id = ?', timerId(org, `expire:${question}`, 3))).toEqual([{ name: 'acceptance.expire' }])
    expect(await world.rows("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'security.payload.mismatch'")).toEqual([{ n: 2 }])
  })

  it('does 500 at most in a turn, and the rest in the next', async () => {
    const deadline = fromMs(Date.parse('2026-10-21T08:00:00.000Z'))
    const ids: string[] = []
    for (let index = 0; index < 200; index++) ids.push(String((await world.app.ask('collaborator.create', { display_name: `Figurant ${index}` }))['id']))
    for (const day of [1, 2, 3])
      await world.app.ask('availability.request', { collaborator_ids: ids, windows: [{ start_at: `2026-11-0${day}T08:00:00.000Z`, end_at: `2026-11-0${day}T18:00:00.000Z` }], zone: 'Europe/Paris', deadline_at: deadline, channel: 'hand' })
    world.at('2026-10-21T08:00:00.000Z')
    expect(await world.timers.turn()).toEqual({ done: 500, refused: 0, next: '2026-10-21T08:00:00.000Z' })
    expect(await world.timers.turn()).toEqual({ done: 100, refused: 0, next: null })
    expect(await verifyChain(world.app.file.engine, world.app.org)).toMatchObject({ whole: true })
  })
})
