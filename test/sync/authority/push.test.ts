/** Intents up (sync rules 7 to 16): what a server takes, what it leaves and why, what it keeps. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { follow, newHolder, openPair, type Pair } from './pair.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'

const kinds = ['SQLite', 'PostgreSQL'] as const

describe.each(kinds)('a push, on %s', (kind) => {
  let postgres: TestPostgres | null = null
  let pair: Pair
  beforeAll(async () => {
    if (kind === 'PostgreSQL') postgres = await startPostgres()
    pair = await openPair(postgres)
  }, 120_000)
  afterAll(async () => {
    await pair.close()
    await postgres?.stop()
  })
  let count = 0
  const party = (more = {}) => pair.issue('party.create', { kind: 'company', name: `Ville ${++count}` }, pair.owner, more)
  const told = async () => (await follow(pair.authority, newHolder(pair.owner))).outcomes

  it('is answered with what was taken; the outcome is told by the pull, at its place, with a receipt (rules 15, 18)', async () => {
    const [one, two] = [await party(), await party()]
    expect(await pair.push([one, two])).toMatchObject({ taken: [one.id, two.id], left: [], recovering: false })
    const outcomes = await told()
    expect(outcomes.get(one.id)).toMatchObject({ outcome: 'applied', issuer: pair.owner.user_id, receipt: { command_id: one.id, outcome: 'applied' } })
    expect(Number(outcomes.get(two.id)?.seq)).toBe(Number(outcomes.get(one.id)?.seq) + 1)
  })

  it('sent twice counts once, and another command under its id is refused for ever, in the log (rule 7)', async () => {
    const one = await party()
    await pair.push([one])
    const before = (await pair.authority.head()).seq
    expect(await pair.push([one])).toMatchObject({ taken: [one.id], left: [] })
    expect((await pair.authority.head()).seq).toBe(before)
    for (const forged of [{ ...one, input: { kind: 'company', name: 'Autre' } }, { ...one, record: { rows: [] } }, { ...one, issued_at: '2026-01-01T00:00:00.000Z' as typeof one.issued_at }, { ...one, after: [deriveId('x', 'y')] }])
      expect(await pair.push([forged])).toMatchObject({ taken: [], left: [{ id: one.id, why: 'refused', on: 'idempotency.payload_mismatch' }] })
    expect((await pair.authority.head()).seq).toBe(before)
    const log = await pair.engine.all("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'security.payload.mismatch'", [])
    expect(Number(log[0]?.['n'])).toBe(4)
  })

  it('of somebody whose token did not come is left, and nobody else’s waits for it', async () => {
    const [one, two] = [await party(), await party()]
    const stranger = pair.persona('viewer').session
    expect(await pair.authority.push([{ issuer: stranger.user_id, prev: null, command: one }, { issuer: pair.owner.user_id, prev: null, command: two }], pair.sender(pair.owner)))
      .toMatchObject({ taken: [two.id], left: [{ id: one.id, why: 'token' }] })
  })

  it('stops where the command before is not known, and names it (rule 14)', async () => {
    const [lost, one, two, other] = [await party(), await party(), await party(), await pair.issue('mission.create', { project_id: pair.world.a.project, title: 'Filage', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }, pair.persona('planner of A').session)]
    const answer = await pair.authority.push([
      { issuer: pair.owner.user_id, prev: lost.id, command: one }, { issuer: pair.owner.user_id, prev: one.id, command: two },
      { issuer: pair.persona('planner of A').session.user_id, prev: null, command: other },
    ], pair.sender(pair.owner, pair.persona('planner of A').session))
    expect(answer).toMatchObject({ taken: [other.id], left: [{ id: one.id, why: 'missing', on: lost.id }, { id: two.id, why: 'missing' }] })
    expect(await pair.push([lost, one, two])).toMatchObject({ taken: [lost.id, one.id, two.id], left: [] })
  })

  it('leaves what waits for an unknown command, and goes on with the next (rule 9)', async () => {
    const unknown = deriveId('somebody', 'else')
    const [one, two] = [await party({ after: [unknown] }), await party()]
    expect(await pair.push([one, two])).toMatchObject({ taken: [two.id], left: [{ id: one.id, why: 'waits', on: unknown }] })
    const sent = await pair.authority.push([{ issuer: pair.owner.user_id, prev: null, no_wait: true, command: one }], pair.sender(pair.owner))
    expect(sent).toMatchObject({ taken: [one.id], left: [] })
    expect((await told()).get(one.id)).toMatchObject({ outcome: 'blocked', reason: { by: unknown }, command: { id: one.id, input: one.input } })
  })

  it('blocks what was built on a command that was not applied, whatever it names (rule 9)', async () => {
    const session = pair.persona('viewer').session
    const made = await pair.issue('mission.create', { project_id: pair.world.a.project, title: 'Montage bis', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' })
    const id = made.record.rows[0]?.id
    const edited = await pair.issue('mission.update', { id, version: 1, changes: { title: 'Montage ter' } }, pair.owner, { after: [made.id] })
    // Sent by somebody who may not: the first is rejected, so that the second has no row to work on.
    const answer = await pair.authority.push([{ issuer: session.user_id, prev: null, command: made }, { issuer: pair.owner.user_id, prev: null, command: edited }], pair.sender(pair.owner, session))
    expect(answer.taken).toEqual([made.id, edited.id])
    expect((await told()).get(edited.id)).toMatchObject({ outcome: 'blocked', reason: { by: made.id } })
    const theirs = await follow(pair.authority, newHolder(session))
    expect(theirs.outcomes.get(made.id)).toMatchObject({ outcome: 'rejected', reason: { failure: { code: 'auth.forbidden' } }, command: made })
    const log = await pair.engine.all("SELECT actor FROM audit_event WHERE action = 'security.permission.denied' AND actor = ?", [session.user_id])
    expect(log).toHaveLength(1)
  })

  it('of an operation, an input version or a column unknown here stays with its issuer, and what they did later too (rule 16)', async () => {
    const later = await party()
    for (const newer of [await party({ name: 'party.teleport' }), await party({ v: 9 })]) {
      const answer = await pair.push([newer, later])
      expect(answer).toMatchObject({ taken: [], left: [{ id: newer.id, why: 'unknown' }, { id: later.id, why: 'missing', on: newer.id }] })
    }
    const one = await party()
    const [row] = one.record.rows
    if (!row) throw new Error('no row')
    const answer = await pair.push([{ ...one, record: { rows: [{ ...row, fields: { ...row.fields, aura: { base: null, mine: 'bleue', from: null } } }] } }])
    expect(answer).toMatchObject({ taken: [], left: [{ id: one.id, why: 'unknown', on: 'party.aura' }] })
  })

  it('takes the seed of a command that was kept, of its own person, and no other (rule 2)', async () => {
    const session = pair.persona('viewer').session
    const refused = await party()
    await pair.push([refused], session)
    const mine = await pair.issue('party.create', { kind: 'company', name: 'Reprise' }, pair.owner, { seed: refused.id })
    expect((await pair.push([mine])).taken).toEqual([mine.id])
    expect((await told()).get(mine.id)).toMatchObject({ outcome: 'rejected', reason: { failure: { code: 'auth.forbidden', details: [{ field: 'seed', issue: 'not_allowed' }] } } })
  })

  it('writes exactly one lead event for each applied command, also when all of it was there already (rule 13)', async () => {
    const mission = pair.world.a.missions[1]
    const mine = await pair.issue('mission.update', { id: mission, version: 1, changes: { objective: 'Prêt à 18 h' } })
    await pair.ask('mission.update', { id: mission, version: 1, changes: { objective: 'Prêt à 18 h' } })
    await pair.push([mine])
    expect((await told()).get(mine.id)).toMatchObject({ outcome: 'applied', converged: [{ entity: 'mission', id: mission, field: 'objective' }] })
    const events = await pair.engine.all('SELECT lead FROM audit_event WHERE command_id = ?', [mine.id])
    expect(events.map(({ lead }) => Number(lead))).toEqual([1])
  })

  it('says merged when others had changed something else of the row since its author read it (rule 13)', async () => {
    const mission = pair.world.a.missions[2]
    const mine = await pair.issue('mission.update', { id: mission, version: 1, changes: { objective: 'Prêt à midi' } })
    await pair.ask('mission.update', { id: mission, version: 1, changes: { title: 'ALPHA jeu bis' } })
    const more = await pair.issue('mission.update', { id: mission, version: 2, changes: { day_code: 'J1' } }, pair.owner, { after: [mine.id] })
    await pair.push([mine, more])
    const outcomes = await told()
    expect(outcomes.get(mine.id)).toMatchObject({ outcome: 'applied', note: 'merged' })
    const alone = await pair.issue('party.create', { kind: 'company', name: 'Seule' })
    const edit = await pair.issue('party.update', { id: alone.record.rows[0]?.id, version: 1, changes: { notes: 'vue' } }, pair.owner, { after: [alone.id] })
    await pair.push([alone, edit])
    expect((await told()).get(edit.id)).toMatchObject({ outcome: 'applied', note: null })
  })
})
