/** Contracts from a yes to their end, on a real file: what each step needs, what stays as it was signed, what a change asks for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { isError } from '../../fixtures/core.ts'
import { hour, openContracted, typedOf, type Contracted } from '../../fixtures/contracted.ts'

let w: Contracted
beforeEach(async () => {
  w = await openContracted({ seed: 'contracts' })
})
afterEach(() => w.app.close())

const first = async (): Promise<{ assignment: string; id: string; version_id: string; reference: string }> => {
  const assignment = await w.accepted(w.people[0], w.missions[0], [6, 16])
  return { assignment, ...(await w.generate([assignment])) }
}
const shown = async (id: string): Promise<Record<string, unknown>> => (await w.app.ask('contract.get', { id }))['shown'] as Record<string, unknown>
const missing = async (id: string): Promise<string[]> => ((await shown(id))['missing'] as { key: string }[]).map(({ key }) => key)

describe('making a contract', () => {
  it('asked again answers the contract there is, in whatever order its assignments are named', async () => {
    const one = await w.accepted(w.people[0], w.missions[0], [6, 16])
    const two = await w.accepted(w.people[0], w.missions[1], [30, 40])
    const made = await w.generate([one, two])
    expect(await w.generate([two, one, two])).toEqual(made)
    expect(made.reference).toMatch(/^CDDU-2026-[A-Z]{4}[1-9]\d{4}$/)
    expect(await w.app.file.readEngine.all('SELECT id FROM contract', [])).toHaveLength(1)
  })
  it('is refused of nobody who said yes, of two people, and of what another contract holds', async () => {
    const planned = await w.plan(w.people[0], w.missions[0], [6, 16], { rate_basis: 'daily', rate_minor: 20_000, rate_currency: 'EUR' })
    expect(await w.app.refused('contract.generate', { assignment_ids: [planned] })).toBe('contract.assignments')
    const { assignment } = await first()
    const other = await w.accepted(w.people[1], w.missions[0], [6, 16])
    expect(await w.app.refused('contract.generate', { assignment_ids: [other, planned] })).toBe('contract.assignments')
    const later = await w.accepted(w.people[0], w.missions[1], [30, 40])
    expect(await w.app.refused('contract.generate', { assignment_ids: [assignment, later] })).toBe('contract.assignments')
  })
  it('of a mission makes one for each person, and tells who has none to have', async () => {
    const held = (await first()).assignment
    const two = await w.accepted(w.people[1], w.missions[0], [6, 16])
    const volunteer = await w.accepted(w.people[2], w.missions[0], [6, 16], { engagement_kind: 'volunteer' })
    const waiting = await w.plan(w.people[3], w.missions[0], [6, 16])
    const { items, skipped } = await w.app.ask('contract.generate_for_mission', { mission_id: w.missions[0] })
    expect(items).toHaveLength(1)
    expect(await w.app.ask('contract.get', { id: (items as { id: string }[])[0]?.id })).toMatchObject({ assignments: [{ id: two }] })
    expect((skipped as { assignment_id: string; why: string }[]).toSorted((a, b) => (a.why < b.why ? -1 : 1))).toEqual([
      { assignment_id: held, why: 'has_contract' }, { assignment_id: volunteer, why: 'no_contract_kind' }, { assignment_id: waiting, why: 'not_accepted' },
    ])
    expect((await w.app.ask('contract.list', { project_id: w.project }))['to_prepare']).toEqual([])
  })
  it('is a planner’s, and shown to nobody who draws none up but the person themselves', async () => {
    const { id } = await first()
    expect(isError(await w.app.core.execute({ name: 'contract.get', input: { id } }, w.planner))).toBe(false)
    expect(await w.app.refused('contract.get', { id }, w.viewer)).toBe('contract.not_found')
    const assignment = await w.accepted(w.people[1], w.missions[0], [6, 16])
    expect(await w.app.refused('contract.generate', { assignment_ids: [assignment] }, w.viewer)).toBe('auth.forbidden')
  })
})

describe('a draft', () => {
  it('says what is missing with its article, and is approved once nothing is', async () => {
    const { id, version_id } = await first()
    expect(await missing(id)).toEqual(expect.arrayContaining(['object', 'object_number', 'trial', 'declaration']))
    await w.app.ask('contract.submit', { id: version_id })
    expect(await w.app.refused('contract.approve', { id: version_id })).toBe('contract.not_ready')
    expect(await w.app.refused('contract.update', { id: version_id, version: 2, changes: { trial_days: 1 } })).toBe('contract.frozen')
    expect(await w.app.refused('contract.reject', { id: version_id })).toBe('reason.required')
    await w.app.ask('contract.reject', { id: version_id, reason: 'incomplet' })
    await w.app.ask('contract.reopen', { id: version_id })
    await w.complete(version_id)
    expect(await missing(id)).toEqual([])
    await w.app.ask('contract.submit', { id: version_id })
    await w.app.ask('contract.approve', { id: version_id })
    expect(await w.state(version_id)).toBe('approved')
  })
  it('is disputed by field: two people who fill in different ones both do', async () => {
    const { version_id } = await first()
    await w.app.ask('contract.update', { id: version_id, version: 1, changes: { trial_days: 2 } })
    await w.app.ask('contract.update', { id: version_id, version: 1, changes: { day_minutes: 480 } })
    expect(await w.app.refused('contract.update', { id: version_id, version: 1, changes: { trial_days: 3 } })).toBe('concurrency.version_mismatch')
  })
  it('takes an object number of the right form only', async () => {
    const { version_id } = await first()
    expect(await w.app.refused('contract.update', { id: version_id, version: 1, changes: { object_number: '12' } })).toBe('contract.object_number')
  })
})

describe('signing', () => {
  it('needs both sides, freezes what was sent, and says the rate that was signed whatever becomes of the assignment', async () => {
    const { id, version_id, assignment } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'sent')
    await w.app.ask('contract.sign', { id: version_id, side: 'house', name: 'Léa Martin' })
    expect(await w.state(version_id)).toBe('sent')
    expect(await w.app.refused('contract.sign', { id: version_id, side: 'house', name: 'Léa Martin' })).toBe('contract_version.transition_rejected')
    await w.app.ask('contract.sign', { id: version_id, side: 'other', name: 'Inès Morvan' })
    await w.app.ask('contract.activate', { id: version_id })
    const before = await shown(id)
    const { version } = await w.assignment(assignment)
    await w.app.ask('assignment.change', { changes: [{ id: assignment, version, rate_minor: 99_900 }] })
    expect(((await shown(id))['facts'] as { pay: unknown })['pay']).toEqual((before['facts'] as { pay: unknown })['pay'])
  })
  it('is refused when the plan changed after it was sent', async () => {
    const { version_id, assignment } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'sent')
    const { version } = await w.assignment(assignment)
    await w.app.ask('assignment.change', { changes: [{ id: assignment, version, end_at: hour(18) }] })
    expect(await w.app.refused('contract.sign', { id: version_id, side: 'house', name: 'Léa Martin' })).toBe('contract.facts_changed')
  })
  it('on a screen keeps the image and its evidence', async () => {
    const { id, version_id } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'sent')
    await w.app.ask('contract.sign_on_screen', { id: version_id, side: 'other', name: 'Inès Morvan', type: 'image/png', size: 900, sha256: 'd'.repeat(64) })
    const { documents, versions } = await w.app.ask('contract.get', { id })
    expect(documents).toMatchObject([{ kind: 'signature', sha256: 'd'.repeat(64) }])
    const [version] = versions as { row: { other_signature: Record<string, unknown>; content_hash: string } }[]
    expect(version?.row.other_signature).toMatchObject({ method: 'screen', image_sha256: 'd'.repeat(64), content_hash: version?.row.content_hash, device: 'test' })
    expect(await w.app.refused('contract.sign_on_screen', { id: version_id, side: 'house', name: 'Léa Martin', type: 'text/html', size: 9, sha256: 'e'.repeat(64) })).toBe('validation.invalid')
  })
  it('keeps the scan of a signed copy once, by its checksum', async () => {
    const { id, version_id } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'signed')
    const file = { id: version_id, name: 'signé.pdf', type: 'application/pdf', size: 10, sha256: 'a'.repeat(64) }
    expect(await w.app.ask('contract.attach_signed', file)).toEqual(await w.app.ask('contract.attach_signed', file))
    expect((await w.app.ask('contract.get', { id }))['documents']).toHaveLength(1)
  })
  it('gives a kept file to whose contract it is and to who draws contracts up, to nobody else, and says so in the log each time', async () => {
    const { version_id } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'signed')
    const { id } = await w.app.ask('contract.attach_signed', { id: version_id, name: 'signé.pdf', type: 'application/pdf', size: 10, sha256: 'a'.repeat(64) })
    const member = async (name: string, person: string | undefined): Promise<typeof w.planner> => {
      const user_id = deriveId('life', name)
      await w.app.ask('member.add', { user_id, name, email: `${name}@example.org`, role: 'member', project_id: w.project, collaborator_id: person })
      return { user_id, device: 'test', scope: null }
    }
    const [themselves, another] = [await member('soi', w.people[0]), await member('autre', w.people[1])]
    for (const session of [themselves, w.planner, w.manager]) expect(await w.app.ask('contract.open_file', { id }, session)).toEqual({ name: 'signé.pdf', type: 'application/pdf', size: 10, sha256: 'a'.repeat(64) })
    for (const session of [another, w.viewer]) expect(await w.app.refused('contract.open_file', { id }, session)).toBe('contract_document.not_found')
    const { organization } = (await w.app.ask('organization.get', {})) as { organization: { id: string; version: number } }
    await w.app.ask('organization.update', { id: organization.id, version: organization.version, changes: { planners_read_rates: false } })
    expect(await w.app.refused('contract.open_file', { id }, w.planner)).toBe('contract_document.not_found')
    expect(await w.app.file.readEngine.all("SELECT actor FROM audit_event WHERE action = 'export.contract_file' ORDER BY position", [])).toEqual([themselves, w.planner, w.manager].map(({ user_id }) => ({ actor: user_id })))
  })
  it('goes with the person when two entries of one are merged, files too', async () => {
    const { id, version_id } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'signed')
    await w.app.ask('contract.attach_signed', { id: version_id, name: 'signé.pdf', type: 'application/pdf', size: 10, sha256: 'a'.repeat(64) })
    await w.app.ask('collaborator.merge', { kept_id: w.people[1], merged_id: w.people[0] })
    expect(await w.app.ask('contract.get', { id })).toMatchObject({ contract: { collaborator_id: w.people[1] }, documents: [{ collaborator_id: w.people[1] }] })
    // What was signed says who signed it.
    expect(((await shown(id))['facts'] as { other: unknown })['other']).toMatchObject({ name: 'Inès Morvan' })
  })
  it('is not put in force while an assignment under it is not accepted', async () => {
    const { version_id, assignment } = await first()
    await w.complete(version_id)
    await w.hand(version_id, 'signed')
    await w.engage(assignment, 'proposed')
    expect(await w.app.refused('contract.activate', { id: version_id })).toBe('contract.not_ready')
    await w.engage(assignment, 'accepted')
    await w.app.ask('contract.activate', { id: version_id })
    expect(await w.state(version_id)).toBe('active')
  })
})

describe('a signed contract', () => {
  const inForce = async () => {
    const made = await first()
    await w.complete(made.version_id)
    await w.hand(made.version_id, 'active')
    return made
  }
  const requests = async (id: string): Promise<unknown> => (await w.app.ask('contract.get', { id }))['requests']

  it('asks for an amendment when terms change, once; the amendment takes its place when it is signed', async () => {
    const { id, version_id, assignment } = await inForce()
    for (const end of [17, 18]) {
      const { version } = await w.assignment(assignment)
      await w.app.ask('assignment.change', { changes: [{ id: assignment, version, end_at: hour(end) }] })
    }
    expect(await requests(id)).toMatchObject([{ kind: 'amendment', state: 'open', assignment_id: assignment }])
    const { version_id: next } = await w.app.ask('contract.amend', { id })
    expect(await requests(id)).toMatchObject([{ kind: 'amendment', state: 'granted' }])
    expect(await w.app.refused('contract.amend', { id })).toBe('contract.amended_already')
    await w.app.ask('contract.submit', { id: next })
    expect([await w.state(version_id), await w.state(String(next))]).toEqual(['active', 'amendment_under_review'])
    await w.app.ask('contract.sign', { id: next, side: 'house', name: 'Léa Martin' })
    await w.app.ask('contract.sign', { id: next, side: 'other', name: 'Inès Morvan' })
    expect([await w.state(version_id), await w.state(String(next))]).toEqual(['archived', 'amendment_signed'])
    await w.app.ask('contract.activate', { id: next })
    expect((await w.app.ask('contract.get', { id }))['contract']).toMatchObject({ active_version_id: next })
  })
  it('asks to be made void when its engagement ends, and pays nothing until that is settled; then another can be made', async () => {
    const { id, version_id, assignment } = await inForce()
    await w.app.ask('contract.request_void', { id, reason: 'Erreur de personne' })
    expect(await w.app.refused('contract.complete', { id: version_id })).toBe('contract.not_ready')
    const [request] = (await requests(id)) as { id: string }[]
    await w.app.ask('contract.settle', { id: request?.id, outcome: 'granted', reason: 'Erreur reconnue' })
    expect(await w.state(version_id)).toBe('terminated')
    const again = await w.generate([assignment])
    expect(again.id).not.toBe(id)
    expect((await w.app.ask('contract.get', { id }))['assignments']).toEqual([])
  })
  it('is to be void when its only engagement is canceled, to be amended when others stay', async () => {
    const { id, assignment, version_id } = await inForce()
    await w.app.ask('assignment.cancel', { ids: [assignment], cause: 'replaced' })
    expect(await requests(id)).toMatchObject([{ kind: 'void', state: 'open', cause: 'replaced' }])
    expect(await w.app.refused('contract.complete', { id: version_id })).toBe('contract.not_ready')
    const both = [await w.accepted(w.people[1], w.missions[0], [6, 16]), await w.accepted(w.people[1], w.missions[1], [30, 40])]
    const other = await w.generate(both)
    await w.complete(other.version_id)
    await w.hand(other.version_id, 'active')
    await w.app.ask('assignment.withdraw_for', { id: both[0], source: 'hand', reason: 'malade' })
    expect(await requests(other.id)).toMatchObject([{ kind: 'amendment', state: 'open', cause: 'withdrawn_by_collaborator' }])
  })
  it('is suspended, resumed, ended and put away, each with its reason, and completed only after its last hour', async () => {
    const { version_id } = await inForce()
    expect(await w.app.refused('contract.complete', { id: version_id })).toBe('contract.not_ready')
    expect(await w.app.refused('contract.suspend', { id: version_id })).toBe('reason.required')
    await w.app.ask('contract.suspend', { id: version_id, reason: 'intempéries' })
    await w.app.ask('contract.resume', { id: version_id })
    w.app.at('2026-11-20T08:00:00.000Z')
    await w.app.ask('contract.complete', { id: version_id })
    await w.app.ask('contract.archive', { id: version_id })
    expect(await w.state(version_id)).toBe('archived')
  })
})

describe('templates', () => {
  const clauses = [{ id: 'pay', title: 'Rémunération', text: 'Brut : {{contract.pay}}' }]
  it('tell what a clause names wrongly, and stand once a contract was made of them', async () => {
    expect(await w.app.refused('contract_template.create', { kind: 'cddu', language: 'fr', name: 'Maison', clauses: [{ id: 'pay', title: 'x', text: '{{terms.scope}} {{nothing.here}}' }] })).toBe('contract_template.variables')
    const { id } = await w.app.ask('contract_template.create', { kind: 'cddu', language: 'fr', name: 'Maison', clauses })
    const assignment = await w.accepted(w.people[0], w.missions[0], [6, 16])
    const made = await w.generate([assignment], { template_id: id })
    expect(((await shown(made.id))['written'] as { clauses: unknown[] }).clauses).toHaveLength(1)
    const { id: next } = await w.app.ask('contract_template.update', { id, version: 2, changes: { name: 'Maison 2' } })
    expect(next).not.toBe(id)
    const { items } = await w.app.ask('contract_template.list', { sort: ['number'] })
    expect(items).toMatchObject([{ id, number: 1, state: 'archived' }, { id: next, number: 2, family_id: id, state: 'active' }])
    expect(await w.app.refused('contract.generate', { assignment_ids: [await w.accepted(w.people[1], w.missions[0], [6, 16])], template_id: id })).toBe('contract_template.transition_rejected')
  })
})

describe('reports', () => {
  it('of a project: who is engaged, what the law asks and is not done, what is paid', async () => {
    const { version_id } = await first()
    const waiting = await w.accepted(w.people[1], w.missions[0], [6, 16])
    expect((await w.app.ask('contract.radar', { project_id: w.project }))['items']).toEqual(expect.arrayContaining([
      expect.objectContaining({ rule: 'contract_missing', subject: { entity: 'hire', id: waiting } }), expect.objectContaining({ rule: 'dpae', collaborator_id: w.people[0] }),
    ]))
    await w.complete(version_id)
    await w.hand(version_id, 'active')
    const { items, without_contract } = await w.app.ask('contract.registers', { project_id: w.project })
    expect(items).toMatchObject([{ name: 'Inès Morvan', entry: '2026-10-24', dpae_reference: typedOf.cddu.dpae_reference, function: 'Régie lumière' }])
    expect(without_contract).toMatchObject([{ collaborator_id: w.people[1] }])
    const pay = await w.app.ask('contract.pay_csv', { project_id: w.project, month: '2026-10' })
    expect(pay).toMatchObject({ rows: 1, unsigned: [] })
    expect(Buffer.from(String(pay['base64']), 'base64').toString('utf8')).toContain('250,77')
  })
})
