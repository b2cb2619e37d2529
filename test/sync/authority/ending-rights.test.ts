/** A right given by name until an instant: from that instant on its rows leave the computers it brought them to, without anybody doing anything. */
import { expect, it } from 'vitest'
import { follow, newHolder, onEachDatabase } from './pair.ts'

const FILE = 'ab'.repeat(32)
const END = '2026-10-21T08:00:00.000Z'

onEachDatabase('a right that ends by its date', (pair) => {

  it('takes numbers and papers from one computer at that instant, leaves those of who has it for longer, and names their files no more', async () => {
    const [ending, lasting] = [pair.persona('viewer'), pair.persona('compliance')]
    const person = pair.world.stranger
    for (const [to, until_at] of [[pair.persona('org_owner'), null], [ending, END], [lasting, null]] as const) await pair.ask('permission.grant', { member_id: to.member, permission: 'pii:read', reason: 'Paie', until_at })
    await pair.ask('vault.put', { collaborator_id: person, kind: 'nir', cipher: 'Ab_9'.repeat(30), key_round: 1 })
    await pair.ask('vault.put_paper', { collaborator_id: person, kind: 'work_permit', expires_on: '2027-01-31', sha256: FILE, size: 4096, key_round: 1 })
    const [one, other] = [await follow(pair.authority, newHolder(ending.session)), await follow(pair.authority, newHolder(lasting.session))]
    const reserved = (holder: typeof one): string[] => [...holder.rows.keys()].map((key) => key.split('/')[0] ?? '').filter((name) => name === 'vault_item' || name === 'identity_paper').sort()
    expect([reserved(one), reserved(other)]).toEqual([['identity_paper', 'vault_item'], ['identity_paper', 'vault_item']])
    expect(await pair.authority.namesBlob(one.viewer, FILE)).toBe(true)

    pair.at('2026-10-21T07:59:59.999Z')
    await follow(pair.authority, one)
    expect(reserved(one)).toHaveLength(2)
    const seq = one.cursor.seq
    pair.at(END)
    await Promise.all([follow(pair.authority, one), follow(pair.authority, other)])
    expect(one.cursor.seq).toBe(seq)
    expect([reserved(one), reserved(other)]).toEqual([[], ['identity_paper', 'vault_item']])
    expect([await pair.authority.namesBlob(one.viewer, FILE), await pair.authority.namesBlob(other.viewer, FILE)]).toEqual([false, true])
  })

  it('shows who draws contracts up that a permit ends, and not its file', async () => {
    const manager = await follow(pair.authority, newHolder(pair.persona('project_manager').session))
    const papers = [...manager.rows].flatMap(([key, row]) => (key.startsWith('identity_paper/') ? [row] : []))
    expect(papers).toMatchObject([{ kind: 'work_permit', expires_on: '2027-01-31', sha256: null }])
    expect(await pair.authority.namesBlob(manager.viewer, FILE)).toBe(false)
    const planner = await follow(pair.authority, newHolder(pair.persona('planner of A').session))
    expect([...planner.rows.keys()].filter((key) => key.startsWith('identity_paper/'))).toEqual([])
  })
})
