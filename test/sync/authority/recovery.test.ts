/** A server put back to an older state (sync rules 30, 31): what it had accepted comes back from the devices, in the old order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { enterRecovery } from '../../../shared/sync/authority/recovery.ts'
import type { OutcomeChange, ReofferRequest, WireCommand } from '../../../shared/sync/wire.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { follow, newHolder, openPair, shown, inOrder, type Pair } from './pair.ts'

const kinds = ['SQLite', 'PostgreSQL'] as const

describe.each(kinds)('a restored server, on %s', (kind) => {
  let postgres: TestPostgres | null = null
  /** The server of before, and the one its backup was put into: both began alike. */
  let lost: Pair
  let pair: Pair
  const sent: WireCommand[] = []
  let outcomes: ReadonlyMap<string, OutcomeChange>
  let former = { epoch: 0, seq: 0 }

  beforeAll(async () => {
    if (kind === 'PostgreSQL') postgres = await startPostgres()
    lost = await openPair(postgres)
    pair = await openPair(postgres)
    const { owner } = lost
    const mission = lost.world.a.missions[0]
    const first = await lost.issue('mission.update', { id: mission, version: 1, changes: { title: 'Avant la panne' } })
    const second = await lost.issue('mission.update', { id: mission, version: 2, changes: { title: 'Juste avant la panne' } }, owner, { after: [first.id] })
    const role = await lost.issue('role.grant', { member_id: lost.persona('viewer of A').member, role: 'planner', project_id: lost.world.a.project })
    await lost.push([first, second, role])
    // Done with a right that the older state does not know yet.
    const planner = lost.persona('viewer of A').session
    await lost.laptop.ask('role.list', {})
    const made = await lost.issue('mission.create', { project_id: lost.world.a.project, title: 'Par un nouveau régisseur', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }, planner)
    await lost.push([made], planner)
    const refused = await lost.issue('party.create', { kind: 'company', name: 'Refusée' })
    await lost.push([refused], lost.persona('viewer').session)
    const late = await lost.issue('party.create', { kind: 'company', name: 'D’un ordinateur longtemps éteint' })
    await lost.push([late])
    sent.push(first, second, role, made, refused, late)
    const all = new Map<string, OutcomeChange>()
    for (const session of [owner, planner, lost.persona('viewer').session]) for (const [id, outcome] of (await follow(lost.authority, newHolder(session))).outcomes) all.set(id, outcome)
    outcomes = all
    former = await lost.authority.head()
    // The key of receipts is in every backup.
    const [head] = await lost.engine.all('SELECT receipt_key FROM sync_head', [])
    await pair.engine.run('UPDATE sync_head SET receipt_key = ?', [String(head?.['receipt_key'])])
    await enterRecovery(pair.engine, pair.laptop.org, fromMs(Date.parse('2026-10-21T08:00:00.000Z')))
  }, 180_000)
  afterAll(async () => {
    await lost.close()
    await pair.close()
    await postgres?.stop()
  })
  const issuers = new Map<number, string>([[3, 'viewer of A'], [4, 'viewer']])
  const offer = (indexes: readonly number[], change: (command: WireCommand) => WireCommand = (command) => command): ReofferRequest => ({
    protocol: 1, epoch: former.epoch, done: true, numbers: [],
    commands: indexes.map((index) => {
      const command = sent[index]
      const receipt = outcomes.get(command?.id ?? '')?.receipt
      if (!command || !receipt) throw new Error(`no receipt of ${index}`)
      const session = issuers.has(index) ? pair.persona(issuers.get(index) ?? '').session : pair.owner
      return { issuer: session.user_id, command: change(command), receipt }
    }),
  })
  const everybody = () => pair.sender(pair.owner, pair.persona('viewer of A').session, pair.persona('viewer').session)

  it('opens in recovery, in a new epoch: it takes no push and gives no page (rules 30, 31)', async () => {
    const head = await pair.authority.head()
    expect(head).toMatchObject({ mode: 'recovery', restored_seq: head.seq })
    expect(head.epoch).toBeGreaterThan(former.epoch)
    const more = await pair.issue('party.create', { kind: 'company', name: 'Trop tôt' })
    expect(await pair.push([more])).toEqual({ epoch: head.epoch, taken: [], left: [], recovering: true })
    const answer = await pair.authority.pull({ protocol: 1, app_version: 'test', cursor: { epoch: former.epoch, seq: former.seq }, scope: null }, { user_id: pair.owner.user_id, device: 'one' })
    expect(answer).toEqual({ recovering: true, epoch: head.epoch, restored_seq: head.restored_seq, held: [{ epoch: former.epoch, seq: head.seq }] })
  })

  it('takes only what this organization has signed, for that very command, of persons whose token came with it', async () => {
    const { commands } = offer([0])
    const [one] = commands
    if (!one) throw new Error('nothing to offer')
    const raised = offer([2], (command) => ({ ...command, input: { ...(command.input as object), role: 'org_owner', project_id: null } }))
    expect(await pair.authority.reoffer(raised, everybody())).toMatchObject({ taken: 0 })
    const invented = { ...offer([4]), commands: offer([4]).commands.map((entry) => ({ ...entry, receipt: { ...entry.receipt, outcome: 'applied' as const } })) }
    expect(await pair.authority.reoffer(invented, everybody())).toMatchObject({ taken: 0 })
    expect(await pair.authority.reoffer(offer([3]), pair.sender(pair.owner))).toMatchObject({ taken: 0 })
    const log = await pair.engine.all("SELECT COUNT(*) AS n FROM audit_event WHERE action = 'security.receipt.forged'", [])
    expect(Number(log[0]?.['n'])).toBe(2)
  })

  it('does again in the old order what had been applied, whatever the roles are now, and keeps the rest as it was answered (rule 31)', async () => {
    // Offered in another order, twice, by two devices.
    expect(await pair.authority.reoffer(offer([4, 3]), everybody())).toEqual({ taken: 2, mode: 'recovery' })
    expect(await pair.authority.reoffer(offer([2, 1, 0, 3]), everybody())).toMatchObject({ mode: 'recovery' })
    expect(await pair.authority.closeRecovery(pair.owner.user_id, (await pair.authority.recovery())?.review ?? null)).toEqual({ executed: 4, failed: 0, stored: 1 })
    expect((await pair.authority.head()).mode).toBe('open')
    expect(await pair.ask('mission.get', { id: pair.world.a.missions[0] })).toMatchObject({ title: 'Juste avant la panne' })
    const titles = ((await pair.ask('mission.list', { limit: 100 }))['items'] as { title: string }[]).map(({ title }) => title)
    expect(titles).toContain('Par un nouveau régisseur')
    const kept = await follow(pair.authority, newHolder(pair.persona('viewer').session))
    expect(kept.outcomes.get(sent[4]?.id ?? '')).toMatchObject({ outcome: 'rejected', command: sent[4] })
  })

  it('gives a new cursor to everybody, and the same rows to all as before (rule 30)', async () => {
    const owner = { user_id: pair.owner.user_id, device: 'one' }
    const head = await pair.authority.head()
    expect(await pair.authority.pull({ protocol: 1, app_version: 'test', cursor: former, scope: null }, owner)).toMatchObject({ recovering: false, epoch: head.epoch, restored_seq: head.restored_seq })
    const before = await shown(lost.authority, owner)
    const after = await shown(pair.authority, owner)
    const bare = (rows: typeof after.rows) => inOrder(rows).filter(([key]) => key !== `party/${sent[5]?.record.rows[0]?.id}`).map(([key, row]) => [key, { ...(row as object), updated_at: null, created_at: null }])
    expect(bare(after.rows)).toEqual(bare(before.rows))
  })

  it('takes what comes after the close when it comes', async () => {
    const parties = async () => ((await pair.ask('party.list', { limit: 100 }))['items'] as { name: string }[]).map(({ name }) => name)
    expect(await parties()).not.toContain('D’un ordinateur longtemps éteint')
    expect(await pair.authority.reoffer(offer([0, 5]), everybody())).toEqual({ taken: 2, mode: 'open' })
    expect(await parties()).toContain('D’un ordinateur longtemps éteint')
    expect(await pair.ask('mission.get', { id: pair.world.a.missions[0] })).toMatchObject({ title: 'Juste avant la panne' })
  })
})
