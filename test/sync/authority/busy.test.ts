/** Work in projects a planner may not see (decision C3): that somebody is taken, when and how firmly, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conflictSource } from '../../../shared/core/conflict-source.ts'
import { isBusyTime } from '../../../shared/domain/planning/busy.ts'
import { conflictsOf } from '../../../shared/domain/planning/conflict-index.ts'
import type { Row } from '../../../shared/domain/entity.ts'
import type { assignment } from '../../../shared/domain/planning/model.ts'
import { busyRow } from '../../../shared/sync/authority/busy.ts'
import { putRow } from '../../../shared/store/replica-store.ts'
import { entityNamed } from '../../../shared/domain/registry.ts'
import { readHead } from '../../../shared/store/sync-log.ts'
import { follow, newHolder, openPair, type Holder, type Pair } from './pair.ts'

let pair: Pair
beforeAll(async () => {
  pair = await openPair(null)
}, 60_000)
afterAll(() => pair.close())

const busyIn = (held: Holder) => [...held.rows.values()].filter((row) => row['created_by'] === 'busy')
const window = { start_at: '2026-10-28T08:00:00.000Z', end_at: '2026-10-28T18:00:00.000Z' }
async function planned(): Promise<{ mission: string; id: string }> {
  const mission = String((await pair.ask('mission.create', { project_id: pair.world.b.project, title: 'Mission cachée', ...window }))['id'])
  const { ids } = await pair.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: pair.world.stranger, notes: 'à taire' }] })
  return { mission, id: String((ids as string[])[0]) }
}

describe('work elsewhere', () => {
  it('comes to a planner as a person and a time: no true id, no word, no fee is in it', async () => {
    const held = await follow(pair.authority, newHolder(pair.persona('planner of A').session))
    const former = busyIn(held).length
    const { mission, id } = await planned()
    await follow(pair.authority, held)
    expect(busyIn(held)).toHaveLength(former + 1)
    const row = busyIn(held).find((one) => one['start_at'] === window.start_at)
    expect(row).toMatchObject({ collaborator_id: pair.world.stranger, ...window, state: 'planned', rate_minor: null, notes: null, crew_role_id: null })
    const told = JSON.stringify([...held.rows])
    for (const secret of [mission, id, pair.world.b.project, 'à taire', 'Mission cachée']) expect(told.includes(secret), secret).toBe(false)
    const places = new Set(busyIn(held).map((one) => one['project_id']))
    expect(places.size).toBe(busyIn(held).length)
  })

  it('moves and goes with the true row, and gives way to it when the project is opened', async () => {
    const held = await follow(pair.authority, newHolder(pair.persona('planner of A').session))
    const before = busyIn(held).length
    const { id } = await planned()
    await follow(pair.authority, held)
    const key = busyIn(held).map((row) => row['id']).at(-1)
    await pair.ask('assignment.shift', { ids: [id], minutes: 60 }).catch(() => pair.ask('assignment.update', { id, version: 1, changes: { start_at: '2026-10-28T09:00:00.000Z' } }))
    await follow(pair.authority, held)
    expect(busyIn(held).filter((row) => row['start_at'] === '2026-10-28T09:00:00.000Z')).toHaveLength(1)
    expect(busyIn(held).map((row) => row['id'])).toContain(key)
    const { member } = pair.persona('planner of A')
    const granted = await pair.ask('role.grant', { member_id: member, role: 'viewer', project_id: pair.world.b.project })
    await follow(pair.authority, held, { limit: 4 })
    expect(busyIn(held)).toEqual([])
    expect(held.rows.has(`assignment/${id}`)).toBe(true)
    await pair.ask('role.revoke', { id: granted['id'] })
    await follow(pair.authority, held, { limit: 4 })
    expect(held.rows.has(`assignment/${id}`)).toBe(false)
    expect(busyIn(held)).toHaveLength(before + 1)
    await pair.ask('assignment.cancel', { ids: [id], reason: 'annulé' })
    await follow(pair.authority, held)
    expect(busyIn(held)).toHaveLength(before)
  })

  it('goes when its person did not come, and comes back when that was wrong', async () => {
    const held = await follow(pair.authority, newHolder(pair.persona('planner of A').session))
    const before = busyIn(held).length
    const { id } = await planned()
    const noted = async (presence: string) => {
      const [row] = await pair.authority.core.reader().find(entityNamed('assignment'), { id })
      await pair.ask('assignment.record_presence', { changes: [{ id, version: row?.['version'], presence }] })
      await follow(pair.authority, held)
      return busyIn(held).length
    }
    const [role] = await pair.authority.core.reader().find(entityNamed('crew_role'), {})
    await pair.ask('assignment.update', { id, version: 1, changes: { crew_role_id: role?.['id'], rate_basis: 'daily', rate_minor: 10_000, rate_currency: 'EUR' } })
    await pair.ask('assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone' })
    expect(await noted('present')).toBe(before + 1)
    expect(await noted('absent')).toBe(before)
    expect(await noted('late')).toBe(before + 1)
  })

  it('is nothing to those who plan nobody', async () => {
    for (const name of ['member of A', 'viewer of A']) expect(busyIn(await follow(pair.authority, newHolder(pair.persona(name).session))), name).toEqual([])
  })

  it('makes the same conflicts on a device as the work itself would, and names nothing of it', async () => {
    const { id } = await planned()
    const { ids } = await pair.ask('assignment.create', {
      mission_id: String((await pair.ask('mission.create', { project_id: pair.world.a.project, title: 'Même jour', ...window }))['id']), people: [{ collaborator_id: pair.world.stranger }],
    })
    const mine = String((ids as string[])[0])
    const head = await readHead(pair.engine, pair.laptop.org)
    const [row] = await pair.authority.core.reader().find(entityNamed('assignment'), { id }) as unknown as Row<typeof assignment>[]
    if (!head || !row) throw new Error('nothing planned')
    // As a device of that planner holds it: the true row is not there, the time is.
    await pair.engine.transaction(async () => {
      await pair.engine.run('PRAGMA defer_foreign_keys = ON', [])
      await pair.engine.run('UPDATE assignment SET deleted_at = updated_at WHERE id = ?', [id])
    })
    await pair.engine.script('PRAGMA foreign_keys = OFF')
    await putRow(pair.engine, pair.laptop.org, entityNamed('assignment'), busyRow(head.receipt_key, row))
    const found = (await conflictsOf(conflictSource(pair.authority.core.reader(), () => row.start_at), { people: [pair.world.stranger], missions: [], locations: [] }))
      .filter(({ records }) => records.some((record) => record.id === mine) && records.some((record) => record.entity === 'busy'))
    expect(found.length).toBeGreaterThan(0)
    expect(JSON.stringify(found)).not.toContain(pair.world.b.project)
  })
  it('stays where it is when its person is merged on a device: no command names it, for nobody else has such a row', async () => {
    const kept = String((await pair.ask('collaborator.create', { kind: 'person', display_name: 'Alix Doublon' }))['id'])
    const lying = async () => (await pair.authority.core.reader().find(entityNamed('assignment'), { collaborator_id: pair.world.stranger })).filter(isBusyTime)
    const before = (await lying()).map(({ id }) => id)
    expect(before.length).toBeGreaterThan(0)
    await pair.ask('collaborator.merge', { kept_id: kept, merged_id: pair.world.stranger })
    expect((await lying()).map(({ id }) => id)).toEqual(before)
    const moved = await pair.authority.core.reader().find(entityNamed('assignment'), { collaborator_id: kept })
    expect(moved.length).toBeGreaterThan(0)
  })
})
