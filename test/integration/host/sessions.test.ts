/** Joining with a code, getting back in, seeing as a role, and hiding amounts: through a real host. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

const START = Date.parse('2026-10-20T08:00:00.000Z')
const DAY = 86_400_000

let app: TestHost
let project: string
beforeAll(async () => {
  app = await openTestHost({ clock: START })
  project = String((await app.ask('lea', 'project.create', { code: 'NDP', name: 'Les Nuits du Port', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' }))['id'])
})
afterAll(() => app.close())

const actions = async (): Promise<string[]> => ((await app.ask('lea', 'audit.list', { limit: 200 }))['items'] as { action: string }[]).map(({ action }) => action)
const guest = (name: string) => ({ name, email: `${name}@example.org`, role: 'planner', project_id: null })
const joining = (name: string, code: unknown) => ({ code, name, email: `${name}@example.org`, password: PASSWORD })

describe('an invitation', () => {
  it('lets in who says its code, once, with the role that waited', async () => {
    const { code, member_id } = await app.ask('lea', 'invitation.create', guest('ines'))
    expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}(-[2-9A-HJKMNP-TW-Z]{4}){2}$/)
    expect(await app.ask('lea', 'invitation.list')).toMatchObject({ items: [{ member_id, name: 'ines', expired: false, expires_at: '2026-11-03T08:00:00.000Z' }] })
    expect(JSON.stringify(await app.ask('lea', 'invitation.list'))).not.toContain('digest')
    expect(await app.code('guest', 'app.join', joining('ines', 'AAAA-AAAA-AAAA'))).toBe('invitation.unusable')
    expect(await app.ask('guest', 'app.join', joining('ines', String(code).toLowerCase().replaceAll('-', ' ')))).toMatchObject({ session: { email: 'ines@example.org' }, open: app.org })
    expect(await app.code('guest', 'project.list')).toBe('done')
    expect(await app.code('guest', 'member.remove', { id: member_id })).toBe('auth.forbidden')
    expect(await app.code('twice', 'app.join', joining('paul', code))).toBe('invitation.unusable')
    expect(await actions()).toEqual(expect.arrayContaining(['invitation.create', 'invitation.accept', 'security.sign_in']))
  })

  it('does not open past its fourteen days, nor once taken back; a new code opens and the former does not', async () => {
    const late = await app.ask('lea', 'invitation.create', guest('late'))
    app.pass(14 * DAY)
    expect(await app.code('late', 'app.join', joining('late', late['code']))).toBe('invitation.unusable')
    const renewed = await app.ask('lea', 'invitation.renew', { id: late['id'] })
    expect(await app.code('late', 'app.join', joining('late', late['code']))).toBe('invitation.unusable')
    await app.ask('lea', 'invitation.withdraw', { id: late['id'] })
    expect(await app.code('late', 'app.join', joining('late', renewed['code']))).toBe('invitation.unusable')
    expect(await app.code('lea', 'invitation.renew', { id: late['id'] })).toBe('invitation.not_pending')
    expect(await app.ask('lea', 'app.people')).not.toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ name: 'late' })]) as unknown })
  })

  it('grants no more than the one who invites holds, and gives nobody’s sign-in away', async () => {
    const admin = await app.ask('lea', 'invitation.create', { ...guest('adele'), role: 'org_admin' })
    await app.ask('adele', 'app.join', joining('adele', admin['code']))
    expect(await app.code('adele', 'invitation.create', { ...guest('boss'), role: 'org_owner' })).toBe('member.grants_more')
    expect(await app.code('adele', 'invitation.create', guest('ines'))).toBe('member.taken')
    const made = await app.ask('adele', 'invitation.create', { ...guest('x'), email: 'autre@example.org' })
    expect(await app.code('thief', 'app.join', { code: made['code'], name: 'x', email: 'lea@example.org', password: 'devinette !' })).toBe('auth.failed')
    expect(await app.code('thief', 'app.join', { ...joining('ines', made['code']) })).toBe('invitation.member_already')
    expect(await app.code('guest', 'invitation.accept', { member_id: made['member_id'], code: 'AAAA-AAAA-AAAA', name: 'x', email: 'x@example.org' })).toBe('invitation.unusable')
  })
})

describe('who lost their password', () => {
  it('comes back with the recovery key, which is then spent', async () => {
    const { key } = await app.ask('guest', 'app.make_recovery_key', { password: PASSWORD })
    expect(key).toMatch(/^(\w{5}-){4}\w{5}$/)
    await app.ask('guest', 'app.set_pin', { password: PASSWORD, pin: '204817' })
    const back = { email: 'ines@example.org', key: String(key).toLowerCase(), password: 'une autre phrase' }
    expect(await app.code('back', 'app.recover', { ...back, key: '22222-22222-22222-22222-22222' })).toBe('auth.failed')
    expect(await app.ask('back', 'app.recover', back)).toMatchObject({ session: { email: 'ines@example.org' }, me: { pin: false, recovery_key: false } })
    // Windows opened with what was lost are closed.
    expect(await app.code('guest', 'project.list')).toBe('auth.required')
    expect(await app.code('again', 'app.recover', back)).toBe('auth.failed')
    expect(await app.code('guest', 'app.sign_in', { email: back.email, password: PASSWORD })).toBe('auth.failed')
    await app.ask('guest', 'app.sign_in', { email: back.email, password: back.password })
  })

  it('is not given a new password by whoever finds their window open: that takes the present one', async () => {
    expect(await app.refusal('lea', 'app.reset_sign_in', { user_id: app.owner })).toMatchObject({ code: 'auth.forbidden' })
    expect(await app.code('lea', 'project.list')).toBe('done')
  })

  it('is not shut out for a year by a clock that was a year ahead', async () => {
    const wrong = { email: 'lea@example.org', password: 'pas celle-ci' }
    app.pass(365 * 86_400_000)
    for (let at = 0; at < 6; at++) await app.code('guess', 'app.sign_in', wrong)
    expect(await app.code('guess', 'app.sign_in', { ...wrong, password: PASSWORD })).toBe('auth.delayed')
    app.pass(-365 * 86_400_000)
    expect(await app.code('guess', 'app.sign_in', { ...wrong, password: PASSWORD })).toBe('done')
    await app.ask('guess', 'app.sign_out')
  })

  it('waits between wrong keys as between wrong passwords', async () => {
    const wrong = { email: 'adele@example.org', key: 'AAAAA', password: 'une autre phrase' }
    const codes: string[] = []
    for (let at = 0; at < 6; at++) codes.push(await app.code('guess', 'app.recover', wrong))
    expect(codes).toEqual(['auth.failed', 'auth.failed', 'auth.failed', 'auth.failed', 'auth.delayed', 'auth.delayed'])
    expect(await app.code('guess', 'app.sign_in', { email: wrong.email, password: PASSWORD })).toBe('auth.delayed')
    app.pass(60_000)
  })

  it('is helped by who holds all that they hold; the password given opens nothing before it is changed', async () => {
    const ines = (await app.ask('guest', 'app.state'))['session'] as { user_id: string }
    expect(await app.code('guest', 'app.reset_sign_in', { user_id: app.owner })).toBe('auth.forbidden')
    expect(await app.code('adele', 'app.reset_sign_in', { user_id: app.owner })).toBe('auth.forbidden')
    const { password } = await app.ask('adele', 'app.reset_sign_in', { user_id: ines.user_id })
    expect(await app.code('guest', 'project.list')).toBe('auth.required')
    expect(await app.ask('guest', 'app.sign_in', { email: 'ines@example.org', password })).toMatchObject({ me: { must_change: true } })
    for (const name of ['project.list', 'draft.list', 'app.set_pin']) expect(await app.code('guest', name, { org: app.org, password, pin: null })).toBe('auth.must_change')
    expect(await app.code('guest', 'app.set_password', { password, new_password: password })).toBe('auth.same_password')
    await app.ask('guest', 'app.set_password', { password, new_password: PASSWORD })
    expect(await app.code('guest', 'project.list')).toBe('done')
    expect(await actions()).toEqual(expect.arrayContaining(['security.sign_in.reset', 'security.recovered', 'security.password.changed']))
  })
})

describe('seeing as another role', () => {
  it('reads with that role, never more than one’s own, and writes nothing', async () => {
    await app.ask('lea', 'app.see_as', { role: 'viewer', project_id: project })
    expect(await app.ask('lea', 'app.state')).toMatchObject({ see_as: { role: 'viewer', project_id: project }, session: { user_id: app.owner } })
    expect(await app.code('lea', 'project.get', { id: project })).toBe('done')
    expect(await app.code('lea', 'backup.list')).toBe('auth.forbidden')
    expect(await app.code('lea', 'audit.list')).toBe('auth.forbidden')
    for (const [name, input] of [['skill.create', { name: 'x' }], ['project.archive', { id: project }], ['backup.create', {}], ['export.full', {}], ['invitation.create', guest('no')], ['organization.create', { name: 'x', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' }]] as const)
      expect([name, await app.code('lea', name, input)]).toEqual([name, 'auth.seeing_as'])
    await expect(app.host().putBlob('lea', Buffer.from('x'))).rejects.toMatchObject({ failure: { code: 'auth.seeing_as' } })
    await app.ask('lea', 'app.see_as_self')
    expect(await app.code('lea', 'skill.create', { name: 'Cariste' })).toBe('done')
    expect((await actions()).filter((action) => action.startsWith('security.see_as'))).toEqual(['security.see_as.stopped', 'security.see_as.started'])
    // A planner who sees as an owner is still a planner.
    await app.ask('guest', 'app.see_as', { role: 'org_owner' })
    expect(await app.code('guest', 'backup.list')).toBe('auth.forbidden')
    await app.ask('guest', 'app.see_as_self')
    expect(await app.code('guest', 'app.see_as', { role: 'org_admin', project_id: project })).toBe('member.role_scope')
  })
})

describe('hidden amounts', () => {
  const AMOUNT = 31_415

  it('leave the core in no answer, and say which column they were in', async () => {
    const card = await app.ask('lea', 'rate_card.create', { name: 'Régie jour', basis: 'daily', amount_minor: AMOUNT, currency: 'EUR' })
    await app.ask('lea', 'rate_card.update', { id: card['id'], version: card['version'], changes: { name: 'Régie jour 2026' } })
    const said = async (): Promise<string> => {
      const texts: string[] = []
      for (const [name, input] of [['rate_card.list', {}], ['organization.get', {}], ['audit.list', { limit: 200 }], ['history.list', {}]] as const) texts.push(await app.host().call({ client: 'lea', name, input }))
      // The version read is old: both values are told.
      texts.push(await app.host().call({ client: 'lea', name: 'rate_card.update', input: { id: card['id'], version: 1, changes: { name: 'Autre' } } }))
      return texts.join('\n')
    }
    expect(await said()).toContain(String(AMOUNT))
    expect(await app.ask('lea', 'app.set_amounts', { amounts: 'hidden' })).toMatchObject({ amounts: 'hidden' })
    const hidden = await said()
    expect(hidden).not.toContain(String(AMOUNT))
    expect(hidden).toContain('rate_card.amount_minor')
    expect(await app.code('lea', 'export.full')).toBe('auth.amounts_hidden')
    await app.ask('lea', 'app.set_amounts', { amounts: 'shown' })
    expect(await said()).toContain(String(AMOUNT))
  })

  it('are hidden from the start for who reads only their own, and showing gives no right', async () => {
    const { code } = await app.ask('lea', 'invitation.create', { ...guest('milo'), role: 'member' })
    await app.ask('milo', 'app.join', joining('milo', code))
    expect(await app.ask('milo', 'app.state')).toMatchObject({ amounts: 'hidden' })
    await app.ask('milo', 'app.set_amounts', { amounts: 'shown' })
    expect(await app.host().call({ client: 'milo', name: 'rate_card.list', input: {} })).not.toContain(String(AMOUNT))
    expect(await app.ask('guest', 'app.state')).toMatchObject({ amounts: 'shown' })
  })
})
