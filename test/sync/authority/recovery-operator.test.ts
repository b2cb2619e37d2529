/** What the operator of a restored server sees and decides before its recovery closes: who came, which roles come back, which numbers are missing (sync rules 22b', 31). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { enterRecovery } from '../../../shared/sync/authority/recovery.ts'
import { readHead } from '../../../shared/store/sync-log.ts'
import type { OutcomeChange, ReofferRequest, WireCommand } from '../../../shared/sync/wire.ts'
import { follow, newHolder, openPair, type Pair } from './pair.ts'

describe('the recovery of a restored server', () => {
  /** The server of before, and the one its backup was put into: both began alike. */
  let lost: Pair
  let pair: Pair
  let outcomes: ReadonlyMap<string, OutcomeChange>
  const said: Record<string, WireCommand> = {}
  const publications: { id: Id; number: number }[] = []
  const window = { start_at: '2026-10-24T00:00:00.000Z', end_at: '2026-10-27T00:00:00.000Z' }

  beforeAll(async () => {
    lost = await openPair(null)
    pair = await openPair(null)
    const { world } = lost
    said['grant'] = await lost.issue('role.grant', { member_id: lost.persona('viewer of A').member, role: 'planner', project_id: world.a.project })
    said['title'] = await lost.issue('mission.update', { id: world.a.missions[0], version: 1, changes: { title: 'Juste avant la panne' } })
    said['first'] = await lost.issue('plan.publish', { project_id: world.a.project, ...window })
    said['second'] = await lost.issue('plan.publish', { project_id: world.a.project, ...window, note: 'avec le nouveau titre' })
    said['third'] = await lost.issue('plan.publish', { project_id: world.a.project, ...window, note: 'perdu avec son ordinateur' })
    said['fourth'] = await lost.issue('plan.publish', { project_id: world.a.project, ...window, note: 'vu par un autre' })
    await lost.push(Object.values(said))
    const holder = await follow(lost.authority, newHolder(lost.owner))
    outcomes = holder.outcomes
    for (const name of ['first', 'second', 'third', 'fourth']) {
      const id = said[name]?.record.rows.find(({ entity }) => entity === 'plan_publication')?.id as Id
      publications.push({ id, number: Number(holder.rows.get(`plan_publication/${id}`)?.['number']) })
    }
    const [head] = await lost.engine.all('SELECT receipt_key FROM sync_head', [])
    await pair.engine.run('UPDATE sync_head SET receipt_key = ?', [String(head?.['receipt_key'])])
    // Known to the backup: two computers that were used, one that has not been for long.
    for (const [device, at] of [['laptop', '2026-10-19T08:00:00.000Z'], ['desk', '2026-10-01T08:00:00.000Z'], ['attic', '2026-08-01T08:00:00.000Z']])
      await pair.engine.run("INSERT INTO sync_replica (org_id, user_id, device, epoch, cursor_seq, waiting, app_version, protocol, clock_drift_ms, pulled_at) VALUES (?, ?, ?, 1, 1, 0, 'test', 1, 0, ?)", [pair.laptop.org, pair.owner.user_id, String(device), String(at)])
    await enterRecovery(pair.engine, pair.laptop.org, fromMs(Date.parse('2026-10-21T08:00:00.000Z')))
  }, 180_000)
  afterAll(async () => {
    await lost.close()
    await pair.close()
  })
  const tell = (which: readonly number[]): ReofferRequest['numbers'] =>
    publications.flatMap(({ id, number }, index) => (which.includes(index) ? [{ entity: 'plan_publication', id, field: 'number', number, series: pair.world.a.project as Id }] : []))
  const offer = (names: readonly string[], more: Partial<ReofferRequest> = {}): ReofferRequest => ({
    protocol: 1, epoch: 1, done: true, numbers: [], ...more,
    commands: names.map((name) => {
      const command = said[name]
      const receipt = outcomes.get(command?.id ?? '')?.receipt
      if (!command || !receipt) throw new Error(`no receipt of ${name}`)
      return { issuer: pair.owner.user_id, command, receipt }
    }),
  })
  const from = (device: string) => ({ ...pair.sender(pair.owner), device })

  it('waits for the computers seen in the thirty days before the backup, and says which have come', async () => {
    expect(publications.map(({ number }) => number)).toEqual([2, 3, 4, 5])
    const before = await pair.authority.recovery()
    expect(before?.devices.map(({ device, came, expected }) => [device, came, expected])).toEqual([['attic', false, false], ['desk', false, true], ['laptop', false, true]])
    expect(before).toMatchObject({ heard: false, offered: 0, rights: [], review: null })
    // Nothing is offered by this one, but it has seen all four.
    await pair.authority.reoffer(offer([], { numbers: tell([0, 1, 3]) }), from('desk'))
    expect((await pair.authority.recovery())?.devices.find(({ device }) => device === 'desk')).toMatchObject({ came: true })
    expect((await pair.authority.head()).mode).toBe('recovery')
  })

  it('names the numbers that no row bears: those a computer knew, and the one between them that nobody knew', async () => {
    await pair.authority.reoffer(offer(['grant', 'title', 'first'], { done: false }), from('laptop'))
    const missing = await pair.authority.missingNumbers()
    expect(missing.map(({ number, expected, told_by }) => [number, expected, told_by])).toEqual([[2, true, 'desk'], [3, false, 'desk'], [4, false, null], [5, false, 'desk']])
  })

  it('does not close by itself when roles come back, nor unless the operator has looked at those very ones', async () => {
    await pair.authority.reoffer(offer(['grant', 'title', 'first', 'second']), from('laptop'))
    const state = await pair.authority.recovery()
    expect(state).toMatchObject({ heard: true, offered: 4 })
    expect(state?.rights).toMatchObject([{ name: 'role.grant', op: 'insert', role: 'planner', member: { name: expect.any(String) as string }, project: { id: pair.world.a.project } }])
    expect((await pair.authority.head()).mode).toBe('recovery')
    await expect(pair.authority.closeRecovery(pair.owner.user_id, null)).rejects.toMatchObject({ failure: { code: 'sync.recovery_unreviewed' } })
    await expect(pair.authority.closeRecovery(pair.owner.user_id, '0123456789abcdef')).rejects.toMatchObject({ failure: { code: 'sync.recovery_unreviewed' } })
    expect((await pair.authority.head()).mode).toBe('recovery')
    expect(await pair.authority.closeRecovery(pair.owner.user_id, state?.review ?? null)).toEqual({ executed: 4, failed: 0, stored: 0 })
    expect(await pair.authority.recovery()).toBeNull()
  })

  it('gives numbers back to the rows that came again, and none of the lost ones to another', async () => {
    const rows = new Map((await pair.engine.all('SELECT id, number FROM plan_publication', [])).map((row) => [String(row['id']), Number(row['number'])]))
    expect(rows.get(publications[0]?.id ?? '')).toBe(2)
    expect(rows.get(publications[1]?.id ?? '')).toBe(3)
    expect(await pair.ask('plan.publish', { project_id: pair.world.a.project, ...window })).toMatchObject({ number: 6 })
  })

  it('takes the reason of a gap from its operator, into the audit; the others stay to be explained', async () => {
    const missing = await pair.authority.missingNumbers()
    expect(missing.map(({ number, reason }) => [number, reason])).toEqual([[4, null], [5, null]])
    const [gap] = missing
    if (!gap) throw new Error('none is missing')
    const viewer = { user_id: pair.owner.user_id, device: 'laptop' }
    await pair.authority.explainNumber(gap, 'Publié depuis le portable volé, jamais remis à personne', viewer)
    expect((await pair.authority.missingNumbers()).map(({ number, reason, recorded_by }) => [number, reason, recorded_by])).toEqual([[4, 'Publié depuis le portable volé, jamais remis à personne', pair.owner.user_id], [5, null, null]])
    const [event] = await pair.engine.all("SELECT actor, changes FROM audit_event WHERE action = 'security.number.missing'", [])
    expect(event?.['actor']).toBe(pair.owner.user_id)
    expect(String(event?.['changes'])).toContain('Publié depuis le portable volé')
    await expect(pair.authority.explainNumber({ entity: 'plan_publication', id: publications[0]?.id ?? gap.id, field: 'number' }, 'rien', viewer)).rejects.toMatchObject({ failure: { code: 'sync.number_not_missing' } })
    // Explained or not, it is never given again.
    expect(await pair.ask('plan.publish', { project_id: pair.world.a.project, ...window })).toMatchObject({ number: 7 })
  })

  it('gives its number back to what comes after the close', async () => {
    await pair.authority.reoffer(offer(['fourth']), from('attic'))
    const [row] = await pair.engine.all('SELECT number FROM plan_publication WHERE id = ?', [publications[3]?.id ?? ''])
    expect(Number(row?.['number'])).toBe(5)
    expect((await pair.authority.missingNumbers()).map(({ number }) => number)).toEqual([4])
  })

  it('believes no computer about a row that is here, nor about a number far beyond all others', async () => {
    await enterRecovery(pair.engine, pair.laptop.org, fromMs(Date.parse('2026-10-22T08:00:00.000Z')))
    const series = pair.world.a.project as Id
    await pair.authority.reoffer({ protocol: 1, epoch: 1, done: false, commands: [], numbers: [
      { entity: 'plan_publication', id: publications[0]?.id ?? series, field: 'number', number: 40, series },
      { entity: 'plan_publication', id: pair.world.a.missions[0] as Id, field: 'number', number: 9999, series },
      { entity: 'mission', id: series, field: 'title', number: 'volé', series },
    ] }, from('desk'))
    expect((await pair.authority.missingNumbers()).map(({ number }) => number)).toEqual([4])
    const state = await pair.authority.recovery()
    await pair.authority.closeRecovery(pair.owner.user_id, state?.review ?? null)
    const [row] = await pair.engine.all('SELECT number FROM plan_publication WHERE id = ?', [publications[0]?.id ?? ''])
    expect(Number(row?.['number'])).toBe(2)
  })

  it('closes by itself once everybody who is waited for has come and nothing is left to look at', async () => {
    const explained = await pair.authority.missingNumbers()
    expect(explained.every(({ reason }) => reason !== null)).toBe(true)
    await enterRecovery(pair.engine, pair.laptop.org, fromMs(Date.parse('2026-10-23T08:00:00.000Z')))
    expect(await pair.authority.reoffer(offer([]), from('laptop'))).toMatchObject({ mode: 'recovery' })
    const waited = (await pair.authority.recovery())?.devices.filter(({ came, expected }) => expected && !came).map(({ device }) => device)
    for (const device of waited ?? []) await pair.authority.reoffer(offer([]), from(device))
    expect(waited?.length).toBeGreaterThan(0)
    expect((await pair.authority.head()).mode).toBe('open')
    const closed = await pair.engine.all("SELECT actor FROM audit_event WHERE action = 'security.recovery.closed' ORDER BY position DESC LIMIT 1", [])
    expect(closed).toEqual([{ actor: 'server' }])
  })

  it('remembers of every epoch what it still has: commits of two epochs that began at one copy are not taken for each other', async () => {
    const head = await readHead(pair.engine, pair.laptop.org)
    expect(head?.held.map(({ epoch }) => epoch)).toEqual([1, ...(head?.held.slice(1).map(({ epoch }) => epoch) ?? [])])
    expect(head?.held.length).toBe(3)
    const seqs = head?.held.map(({ seq }) => seq) ?? []
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    const answer = await pair.authority.pull({ protocol: 1, app_version: 'test', cursor: { epoch: 1, seq: 1 }, scope: null }, { user_id: pair.owner.user_id, device: 'one' })
    expect(answer).toMatchObject({ recovering: false, held: [...(head?.held ?? []), { epoch: head?.epoch }] })
  })

  it('takes nothing unsent of a computer that is still in another epoch: what it had settled comes first (rule 30)', async () => {
    const more = await lost.issue('party.create', { kind: 'company', name: 'Après la panne' })
    const entries = [{ issuer: pair.owner.user_id, prev: null, command: more }]
    expect(await pair.authority.push(entries, pair.sender(pair.owner), 1)).toMatchObject({ taken: [], left: [], recovering: false })
    const { epoch } = await pair.authority.head()
    expect(await pair.authority.push(entries, pair.sender(pair.owner), epoch)).toEqual({ epoch, taken: [more.id], left: [], recovering: false })
  })
})
