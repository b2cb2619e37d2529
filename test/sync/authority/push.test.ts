/** Intents up (sync rules 7 to 16): what a server takes, what it leaves and why, what it keeps. */
import { expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { receivedOf } from '../../../shared/sync/authority/push.ts'
import { follow, newHolder, onEachDatabase } from './pair.ts'

onEachDatabase('a push', (pair, kind) => {
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

  it('gives the rows of a kept command their ids when its own person does it again (rules 2, 27)', async () => {
    const session = pair.persona('planner of A').session
    const mission = { project_id: pair.world.a.project, title: 'Reprise à faire', start_at: '2026-10-27T08:00:00.000Z', end_at: '2026-10-27T18:00:00.000Z' }
    const first = await pair.issue('mission.create', mission, session)
    const unknown = deriveId('nobody', 'knows')
    await pair.authority.push([{ issuer: session.user_id, prev: null, no_wait: true, command: { ...first, after: [unknown] } }], pair.sender(session))
    const again = { ...first, id: deriveId(first.id, 'again'), seed: first.id }
    expect((await pair.push([again], session)).taken).toEqual([again.id])
    expect((await follow(pair.authority, newHolder(session))).outcomes.get(again.id)).toMatchObject({ outcome: 'applied' })
    expect(await pair.ask('mission.get', { id: first.record.rows[0]?.id })).toMatchObject({ title: 'Reprise à faire' })
  })

  it('on which the server fails is left with the reason and what came later waits; at the third try it is kept as refused, and the queue goes on', async () => {
    const [poison, next] = [await party(), await party()]
    // A defect of the server: what it must note of that very row is refused by the database.
    const id = poison.record.rows[0]?.id ?? ''
    await pair.engine.script(kind === 'SQLite'
      ? `CREATE TRIGGER defect BEFORE INSERT ON party WHEN NEW.id = '${id}' BEGIN SELECT RAISE(ABORT, 'defect'); END`
      : `CREATE FUNCTION defect() RETURNS trigger AS $$ BEGIN IF NEW.id = '${id}' THEN RAISE EXCEPTION 'defect'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql; CREATE TRIGGER defect BEFORE INSERT ON party FOR EACH ROW EXECUTE FUNCTION defect()`)
    const before = pair.reported.length
    for (const _ of [1, 2]) expect(await pair.push([poison, next])).toMatchObject({ taken: [], left: [{ id: poison.id, why: 'failed', on: 'server.unexpected' }, { id: next.id, why: 'missing', on: poison.id }] })
    expect(pair.reported.length).toBe(before + 2)
    expect(await pair.push([poison, next])).toMatchObject({ taken: [poison.id, next.id], left: [] })
    const outcomes = await told()
    expect(outcomes.get(poison.id)).toMatchObject({ outcome: 'rejected', reason: { failure: { code: 'server.unexpected' } }, command: poison })
    expect(outcomes.get(next.id)).toMatchObject({ outcome: 'applied' })
  })

  it('that cannot be committed together is taken one by one, and only the one that cannot is left', async () => {
    const [one, bad, other] = [await party(), await party(), await pair.issue('party.create', { kind: 'company', name: 'Autre personne' })]
    const id = bad.record.rows[0]?.id ?? ''
    // A reference that leads nowhere shows at the commit only.
    await pair.engine.script(kind === 'SQLite'
      ? `CREATE TABLE lost (id TEXT, to_id TEXT REFERENCES found (id) DEFERRABLE INITIALLY DEFERRED); CREATE TABLE found (id TEXT PRIMARY KEY); CREATE TRIGGER deferred BEFORE INSERT ON party WHEN NEW.id = '${id}' BEGIN INSERT INTO lost VALUES (NEW.id, 'nowhere'); END`
      : `CREATE TABLE found (id TEXT PRIMARY KEY); CREATE TABLE lost (id TEXT, to_id TEXT REFERENCES found (id) DEFERRABLE INITIALLY DEFERRED); CREATE FUNCTION losing() RETURNS trigger AS $$ BEGIN IF NEW.id = '${id}' THEN INSERT INTO lost VALUES (NEW.id, 'nowhere'); END IF; RETURN NEW; END $$ LANGUAGE plpgsql; CREATE TRIGGER losing BEFORE INSERT ON party FOR EACH ROW EXECUTE FUNCTION losing()`)
    const answer = await pair.authority.push([one, bad, other].map((command, index, all) => ({ issuer: pair.owner.user_id, prev: index === 2 ? null : all[index - 1]?.id ?? null, command })), pair.sender(pair.owner))
    expect(answer).toMatchObject({ taken: [one.id], left: [{ id: bad.id, why: 'failed' }, { id: other.id, why: 'missing', on: bad.id }] })
  })

  it('is decided by the rights of now, also those another process of the server has changed (rule 8)', async () => {
    const other = await pair.again()
    const { session, member } = pair.persona('viewer of A')
    const asked = () => other.core.execute({ name: 'mission.create', input: { project_id: pair.world.a.project, title: 'Par un autre', start_at: '2026-10-27T08:00:00.000Z', end_at: '2026-10-27T18:00:00.000Z' } }, session)
    expect(await asked()).toMatchObject({ error: { code: 'auth.forbidden' } })
    await pair.ask('role.grant', { member_id: member, role: 'planner', project_id: pair.world.a.project })
    expect(await asked()).toMatchObject({ value: { version: 1 } })
  })

  it('takes all that a server wrote, or nothing, when the storage fails', async () => {
    const head = await pair.authority.head()
    const commands = [await party(), await party()]
    await expect(pair.engine.transaction(async () => {
      for (const one of commands) await pair.authority.core.deciding.settleInside(receivedOf(one), pair.owner)
      throw new Error('the disk is full')
    })).rejects.toThrow('the disk is full')
    expect(await pair.authority.head()).toEqual(head)
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
