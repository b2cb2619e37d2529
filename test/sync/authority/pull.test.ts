/** Facts down (sync rules 18 to 22): what a device holds after any pulls is what the server shows its person, row for row. */
import { expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { entities } from '../../../shared/domain/registry.ts'
import { tally } from '../../../shared/sync/digests.ts'
import { follow, inOrder, newHolder, onEachDatabase, shown, takePage } from './pair.ts'

onEachDatabase('what is told', (pair) => {
  const everybody = (): Session[] => pair.world.personas.map(({ session }) => session)

  it('is, for a person of every role, what they see: pages of any size give the rows of the snapshot (rules 19, 20)', async () => {
    for (const session of everybody()) {
      const holder = await follow(pair.authority, newHolder(session), { limit: 7 })
      const { rows, head } = await shown(pair.authority, holder.viewer)
      expect(inOrder(holder.rows), session.user_id).toEqual(inOrder(rows))
      expect(holder.scope).toBe(head.scope)
      expect(holder.cursor).toEqual(head.at)
    }
  })

  it('never ends inside a commit: one of many rows comes whole, on a page of its own (rule 19)', async () => {
    const held = await follow(pair.authority, newHolder(pair.owner))
    const made = await pair.ask('assignment.create', { mission_id: pair.world.b.missions[2], people: pair.world.personas.map(({ collaborator }) => ({ collaborator_id: collaborator })) })
    const count = (made['ids'] as string[]).length
    expect(count).toBeGreaterThan(5)
    const page = await takePage(pair.authority, held, { limit: 2 })
    expect(page && 'rows' in page ? page.rows.filter(({ entity }) => entity === 'assignment').length : 0).toBe(count)
  })

  it('comes past a large commit also with outcomes told again beside it', async () => {
    const first = await pair.issue('mission.create', { project_id: pair.world.a.project, title: 'Décidée avant', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }, pair.persona('planner of A').session)
    await pair.push([first], pair.persona('planner of A').session)
    const held = await follow(pair.authority, newHolder(pair.owner))
    const made = await pair.ask('collaborator.create_many', { people: Array.from({ length: 9 }, (_, index) => ({ display_name: `Renfort ${index}` })) })
    const page = await takePage(pair.authority, held, { limit: 2, watching: [first.id] })
    expect(page).toMatchObject({ has_more: false })
    expect(page && 'rows' in page ? [...page.outcomes, ...page.rows].map(({ id }) => id) : []).toEqual(expect.arrayContaining([first.id, ...(made['ids'] as string[])]))
  })

  it('tells a device the outcome of others’ commands it waits for, and no more than that they are settled (17r, rule 18)', async () => {
    const { session } = pair.persona('planner of A')
    const other = await follow(pair.authority, newHolder(pair.persona('viewer of A').session))
    const refused = await pair.issue('party.create', { kind: 'company', name: 'Secret d’un autre' })
    const done = await pair.issue('mission.create', { project_id: pair.world.a.project, title: 'Vue par un autre', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }, session)
    await pair.push([refused], pair.persona('viewer').session)
    await pair.push([done], session)
    await follow(pair.authority, other, { watching: [refused.id, done.id] })
    expect(other.outcomes.get(done.id)).toMatchObject({ outcome: 'applied', issuer: session.user_id })
    const bare = other.outcomes.get(refused.id)
    expect(bare).toMatchObject({ outcome: 'rejected', converged: [] })
    expect(bare).not.toHaveProperty('command')
    expect(bare).not.toHaveProperty('reason')
    // Also when it had been decided before the cursor.
    const late = await follow(pair.authority, newHolder(pair.persona('viewer of A').session, 'late'))
    await follow(pair.authority, late, { watching: [done.id] })
    expect(late.outcomes.get(done.id)?.outcome).toBe('applied')
    expect((await follow(pair.authority, newHolder(pair.persona('member of A').session))).outcomes.has(done.id)).toBe(false)
  })

  it('gives a device that begins what its person has not decided about yet (rules 15, 17r)', async () => {
    const { session } = pair.persona('viewer')
    const refused = await pair.issue('party.create', { kind: 'company', name: 'À décider' })
    await pair.push([refused], session)
    const { outcomes } = await shown(pair.authority, { user_id: session.user_id, device: 'new' })
    expect(outcomes.find(({ id }) => id === refused.id)).toMatchObject({ outcome: 'rejected', command: refused })
  })

  it('is proved by digests where both stand at the same commit, and names what differs (verify)', async () => {
    const held = await follow(pair.authority, newHolder(pair.persona('planner of A').session))
    const sums = () => {
      const tallies = new Map<string, ReturnType<typeof tally>>()
      for (const name of entities.keys()) tallies.set(name, tally())
      for (const [key, row] of held.rows) tallies.get(key.split('/')[0] ?? '')?.add(row)
      return Object.fromEntries([...tallies].map(([name, one]) => [name, one.result()]))
    }
    const request = () => ({ protocol: 1, cursor: held.cursor, scope: held.scope ?? '', entities: sums() })
    expect(await pair.authority.verify(request(), held.viewer)).toEqual({ comparable: true, differing: [] })
    const [key] = [...held.rows.keys()].filter((one) => one.startsWith('mission/'))
    const row = held.rows.get(key ?? '')
    if (!key || !row) throw new Error('no mission')
    held.rows.set(key, { ...row, title: 'Autre chose' })
    expect(await pair.authority.verify(request(), held.viewer)).toEqual({ comparable: true, differing: ['mission'] })
    await pair.ask('party.create', { kind: 'company', name: 'Un commit plus loin' })
    expect(await pair.authority.verify(request(), held.viewer)).toEqual({ comparable: false, differing: [] })
  })

  it('names a file to whoever sees a row that names it, and to nobody else (rule 33)', async () => {
    const hash = 'c'.repeat(64)
    await pair.ask('attachment.add', { project_id: pair.world.b.project, entity: 'project', entity_id: pair.world.b.project, name: 'plan.pdf', type: 'application/pdf', size: 3, sha256: hash })
    expect(await pair.authority.namesBlob({ user_id: pair.owner.user_id, device: 'x' }, hash)).toBe(true)
    expect(await pair.authority.namesBlob({ user_id: pair.persona('planner of A').session.user_id, device: 'x' }, hash)).toBe(false)
    expect(await pair.authority.namesBlob({ user_id: pair.owner.user_id, device: 'x' }, 'd'.repeat(64))).toBe(false)
  })
})
