/** Who sees what changes while devices follow (sync rules 21, 22): nobody keeps a row that is not theirs, nobody misses one that is. */
import { expect, it } from 'vitest'
import { drawFrom } from '../../fixtures/draw.ts'
import { follow, inOrder, newHolder, onEachDatabase, shown, takePage, type Holder } from './pair.ts'

const window = { start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T18:00:00.000Z' }

onEachDatabase('a change of who sees what', (pair) => {
  const holder = (name: string): Promise<Holder> => follow(pair.authority, newHolder(pair.persona(name).session))
  const of = (held: Holder, entity: string): string[] => [...held.rows.keys()].filter((key) => key.startsWith(`${entity}/`))
  async function isRight(held: Holder): Promise<void> {
    const { rows, head } = await shown(pair.authority, held.viewer)
    expect(held.cursor).toEqual(head.at)
    expect(held.scope).toBe(head.scope)
    expect(inOrder(held.rows)).toEqual(inOrder(rows))
  }

  it('brings all of a project to whoever is given a role in it, and takes it away with the role (rule 21)', async () => {
    const held = await holder('planner of A')
    const { project, missions } = pair.world.b
    expect(held.rows.has(`mission/${missions[0]}`)).toBe(false)
    const { member } = pair.persona('planner of A')
    const granted = await pair.ask('role.grant', { member_id: member, role: 'viewer', project_id: project })
    await follow(pair.authority, held, { limit: 3 })
    expect(missions.every((id) => held.rows.has(`mission/${id}`))).toBe(true)
    await isRight(held)
    await pair.ask('role.revoke', { id: granted['id'] })
    const pages = held.pages.length
    await follow(pair.authority, held)
    expect(held.rows.has(`mission/${missions[0]}`)).toBe(false)
    // It went as gone, not as removed: nothing of it is told any more.
    const lost = held.pages.slice(pages).flatMap((page) => page.rows).filter(({ id }) => id === missions[0])
    expect(lost).toEqual([{ entity: 'mission', id: missions[0], seq: expect.any(Number), gone: true }])
    await isRight(held)
  })

  it('brings a mission with its people to whoever is planned on it, and takes both away when they are planned no more (rule 21)', async () => {
    const held = await holder('member of A')
    const mission = pair.world.a.missions[1] ?? ''
    expect(of(held, 'mission')).toEqual([`mission/${pair.world.a.missions[0]}`])
    const planned = await pair.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: pair.persona('member of A').collaborator }] })
    await follow(pair.authority, held, { limit: 2 })
    expect(of(held, 'mission').sort()).toEqual([`mission/${pair.world.a.missions[0]}`, `mission/${mission}`].sort())
    await isRight(held)
    await pair.ask('assignment.remove', { ids: planned['ids'] })
    await follow(pair.authority, held)
    expect(of(held, 'mission')).toEqual([`mission/${pair.world.a.missions[0]}`])
    await isRight(held)
  })

  it('empties and fills columns as the permission that opens them comes and goes', async () => {
    const held = await holder('planner of A')
    const fee = () => held.rows.get(`assignment/${pair.persona('member of A').assignment}`)?.['rate_minor']
    expect(fee()).toBe(42_424)
    const [organization] = await pair.engine.all('SELECT version FROM organization', [])
    const version = Number(organization?.['version'])
    await pair.ask('organization.update', { id: pair.laptop.org, version, changes: { planners_read_rates: false } })
    await follow(pair.authority, held, { limit: 5 })
    expect(fee()).toBeNull()
    await isRight(held)
    await pair.ask('organization.update', { id: pair.laptop.org, version: version + 1, changes: { planners_read_rates: true } })
    await follow(pair.authority, held)
    expect(fee()).toBe(42_424)
  })

  it('takes away a row that was moved out of sight, though the scope is the same (rule 21)', async () => {
    const held = await holder('planner of A')
    await pair.ask('attachment.add', { project_id: pair.world.a.project, entity: 'project', entity_id: pair.world.a.project, name: 'note.pdf', type: 'application/pdf', size: 3, sha256: 'b'.repeat(64) })
    const [file] = await pair.engine.all("SELECT id FROM attachment WHERE name = 'note.pdf'", [])
    const { scope } = await follow(pair.authority, held)
    expect(held.rows.has(`attachment/${String(file?.['id'])}`)).toBe(true)
    // No operation moves a file today: the row is moved as one would, with its event and its place.
    await pair.ask('party.create', { kind: 'company', name: 'Commit suivant' })
    const seq = (await pair.authority.head()).seq
    const [commit] = await pair.engine.all('SELECT id FROM command_log WHERE seq = ?', [seq])
    await pair.engine.transaction(async () => {
      const id = String(file?.['id'])
      await pair.engine.run('UPDATE attachment SET attachment_project_id = ? WHERE id = ?', [pair.world.b.project, id])
      await pair.engine.run("UPDATE sync_change SET seq = ? WHERE entity = 'attachment' AND id = ?", [seq, id])
      const [event] = await pair.engine.all("SELECT * FROM audit_event WHERE command_id = ?", [String(commit?.['id'])])
      const columns = Object.keys(event ?? {})
      const row = { ...event, id: `${String(event?.['id']).slice(0, -1)}x`, entity: 'attachment', entity_id: id, op: 'update', lead: 0, position: 1_000_000, changes: JSON.stringify({ attachment_project_id: [pair.world.a.project, pair.world.b.project] }) } as typeof event
      await pair.engine.run(`INSERT INTO audit_event (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, columns.map((name) => row?.[name] ?? null))
    })
    await follow(pair.authority, held)
    expect(held.scope).toBe(scope)
    expect(held.rows.has(`attachment/${String(file?.['id'])}`)).toBe(false)
    await isRight(held)
  })

  it('is told in pages of any size, whatever changes between them, and never said to be complete before it is', async () => {
    const draw = drawFrom(11)
    const held = new Map(pair.world.personas.map(({ name, session }) => [name, newHolder(session)]))
    const granted: string[] = []
    const planned: string[] = []
    for (let step = 0; step < 120; step++) {
      const someone = draw.one(pair.world.personas)
      const place = draw.one([pair.world.a, pair.world.b])
      const what = draw.below(6)
      if (what === 0 && someone.role !== 'org_owner') granted.push(String((await pair.ask('role.grant', { member_id: someone.member, role: draw.one(['viewer', 'planner', 'member'] as const), project_id: place.project }).catch(() => ({ id: '' })))['id']))
      else if (what === 1 && granted.length > 0) await pair.ask('role.revoke', { id: granted.splice(draw.below(granted.length), 1)[0] }).catch(() => null)
      else if (what === 2) planned.push(...((await pair.ask('assignment.create', { mission_id: draw.one(place.missions), people: [{ collaborator_id: someone.collaborator }] }))['ids'] as string[]))
      else if (what === 3 && planned.length > 0) await pair.ask('assignment.remove', { ids: [planned.splice(draw.below(planned.length), 1)[0]] }).catch(() => null)
      else if (what === 4) await pair.ask('mission.create', { project_id: place.project, title: `Pas ${step}`, ...window })
      for (const name of [draw.one(pair.world.personas).name, draw.one(pair.world.personas).name]) {
        const one = held.get(name)
        if (one && draw.chance(0.7)) await takePage(pair.authority, one, { limit: 1 + draw.below(40) })
      }
      if (step % 40 === 39)
        for (const one of held.values()) {
          await follow(pair.authority, one, { limit: 5 + draw.below(55) })
          await isRight(one)
        }
    }
  }, 120_000)

  it('names a scope that this server does not know: the device begins again, and is told so rather than left with what is not its own', async () => {
    const held = await holder('viewer of A')
    const answer = await pair.authority.pull({ protocol: 1, app_version: 'test', cursor: held.cursor, scope: 'f'.repeat(64) }, held.viewer)
    expect(answer).toEqual({ recovering: false, epoch: held.cursor.epoch, restored_seq: held.cursor.seq, held: [held.cursor] })
  })

  it('that ends a membership is answered with nothing at all', async () => {
    const held = await holder('viewer')
    const member = pair.persona('viewer').member
    const [row] = await pair.engine.all('SELECT version FROM member WHERE id = ?', [member])
    await pair.ask('member.remove', { id: member, version: Number(row?.['version']) }).catch(() => pair.ask('member.remove', { id: member }))
    expect(await pair.authority.pull({ protocol: 1, app_version: 'test', cursor: held.cursor, scope: held.scope }, held.viewer)).toBeNull()
    expect(await pair.authority.snapshot(held.viewer)).toBeNull()
  })
})
