/** Documents of an engagement: every step from every state by every role, who sees which file, and what confirming and closing ask. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conflictSource } from '../../../shared/core/conflict-source.ts'
import type { Session } from '../../../shared/core/session.ts'
import { missingDocuments } from '../../../shared/domain/paperwork/missing.ts'
import { expectedDocument } from '../../../shared/domain/paperwork/model.ts'
import { dueOn } from '../../../shared/domain/paperwork/rules.ts'
import { conflictsOf } from '../../../shared/domain/planning/conflict-index.ts'
import { workedWindow } from '../../../shared/domain/planning/worked.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { asId, openLadder, type Ladder } from '../../fixtures/on-the-ladder.ts'
import { hour } from '../../fixtures/planned.ts'

type Row = Record<string, unknown>
let made: Ladder
beforeAll(async () => {
  made = await openLadder({ seed: 'paperwork' })
}, 120_000)
afterAll(() => made.app.close())

const roles = ['owner', 'manager', 'planner', 'person', 'colleague', 'viewer'] as const
type Role = (typeof roles)[number]
const sessionOf = (role: Role): Session => (role === 'owner' ? made.app.owner : made[role])
const papers = (assignment: string): Promise<Row[]> => made.app.file.readEngine.all('SELECT * FROM expected_document WHERE assignment_id = ? ORDER BY kind', [assignment])
const paper = async (id: string): Promise<Row> => (await made.app.file.readEngine.all('SELECT * FROM expected_document WHERE id = ?', [id]))[0] ?? {}
const versions = (id: string): Promise<Row[]> => made.app.file.readEngine.all('SELECT * FROM document_version WHERE expected_document_id = ? ORDER BY number', [id])
let files = 0
const file = () => ({ name: `contrat-${++files}.pdf`, type: 'application/pdf', size: 10, sha256: (1000 + files).toString(16).padStart(64, '0') })
const currentOf = async (id: string): Promise<string> => String((await versions(id)).find(({ state }) => state === 'current')?.['id'])

/** A signed contract of somebody who accepted, brought to a state by its own steps. */
async function standing(state: 'expected' | 'uploaded' | 'validated' | 'archived'): Promise<{ id: string; assignment: string }> {
  const { id: assignment } = await made.stand('accepted')
  const [row] = await papers(assignment)
  const id = String(row?.['id'])
  if (state !== 'expected') await made.app.ask('paperwork.upload', { id, ...file() })
  if (state === 'validated' || state === 'archived') await made.app.ask('paperwork.validate', { id, version_id: await currentOf(id) })
  if (state === 'archived') await made.app.ask('paperwork.archive', { id })
  expect((await paper(id))['state']).toBe(state)
  return { id, assignment }
}

describe('the ladder of a document', () => {
  const managers: readonly Role[] = ['owner', 'manager']
  const gestures: Record<string, { name: string; who: readonly Role[]; unseen: readonly Role[]; input: (id: string) => Promise<unknown>; leads: Partial<Record<string, string>> }> = {
    upload: { name: 'paperwork.upload', who: ['owner', 'manager', 'planner', 'person'], unseen: ['colleague'], input: (id) => Promise.resolve({ id, ...file() }), leads: { expected: 'uploaded', uploaded: 'uploaded', validated: 'uploaded' } },
    validate: { name: 'paperwork.validate', who: managers, unseen: [], input: async (id) => ({ id, version_id: await currentOf(id) }), leads: { uploaded: 'validated', validated: 'validated' } },
    reject: { name: 'paperwork.reject', who: managers, unseen: [], input: async (id) => ({ id, version_id: await currentOf(id), reason: 'illisible' }), leads: { uploaded: 'expected', validated: 'expected' } },
    archive: { name: 'paperwork.archive', who: managers, unseen: [], input: (id) => Promise.resolve({ id, reason: 'sans objet' }), leads: { expected: 'archived', validated: 'archived', archived: 'archived' } },
  }
  for (const [label, gesture] of Object.entries(gestures))
    it(`${label}: from every state, by every role, goes where the table says or is refused and changes nothing`, async () => {
      const wrong: string[] = []
      for (const state of ['expected', 'uploaded', 'validated', 'archived'] as const)
        for (const role of roles) {
          const { id } = await standing(state)
          const input = await gesture.input(id)
          const given = state === 'expected' && typeof input === 'object' && input !== null && 'version_id' in input ? { ...input, version_id: undefined } : input
          const before = JSON.stringify([await paper(id), await versions(id)])
          const code = await made.tried(gesture.name, given, sessionOf(role))
          const to = gesture.leads[state]
          const may = gesture.who.includes(role)
          const fine = !may ? code === 'auth.forbidden' || code.endsWith('.not_found') : to === undefined ? code === 'record.transition_rejected' || code === 'expected_document.transition_rejected' : code === 'done'
          if (!fine) wrong.push(`${label} from ${state} by ${role}: ${code}`)
          if (code === 'done' && (await paper(id))['state'] !== to) wrong.push(`${label} from ${state} by ${role} left it ${String((await paper(id))['state'])}`)
          if (code !== 'done' && JSON.stringify([await paper(id), await versions(id)]) !== before) wrong.push(`${label} from ${state} by ${role} was refused and wrote`)
        }
      expect(wrong).toEqual([])
    }, 240_000)

  it('keeps every version: a second follows the first, the same file twice is one, a redaction sets the former aside', async () => {
    const { id } = await standing('expected')
    const first = file()
    await made.app.ask('paperwork.upload', { id, ...first })
    await made.app.ask('paperwork.upload', { id, ...first })
    await made.app.ask('paperwork.upload', { id, ...file() })
    const second = await currentOf(id)
    await made.app.ask('paperwork.validate', { id, version_id: second })
    await made.app.ask('paperwork.redact', { id, version_id: second, ...file() })
    expect((await versions(id)).map(({ number, state }) => `${String(number)} ${String(state)}`)).toEqual(['1 superseded', '2 redacted', '3 current'])
    expect((await versions(id))[2]?.['former_id']).toBe(second)
    expect((await paper(id))['state']).toBe('validated')
    const seen = async (session: Session) => ((await made.app.ask('paperwork.list', { assignment_id: String((await paper(id))['assignment_id']) }, session))['items'] as { versions: { number: number }[] }[])[0]?.versions.map(({ number }) => number)
    expect([await seen(made.person), await seen(made.planner), await seen(made.manager)]).toEqual([[3, 1], [3, 1], [3, 2, 1]])
  })

  it('is decided on the version that was looked at: another that came meanwhile is refused, one of another document is not found', async () => {
    const { id } = await standing('uploaded')
    const looked = await currentOf(id)
    await made.app.ask('paperwork.upload', { id, ...file() }, made.person)
    expect(await made.tried('paperwork.validate', { id, version_id: looked }, made.manager)).toBe('paperwork.version_changed')
    const other = await standing('uploaded')
    expect(await made.tried('paperwork.validate', { id, version_id: await currentOf(other.id) }, made.manager)).toBe('document_version.not_found')
  })

  it('sent back, says why to the person, and waits again; put away before it was handed in, it may be asked for again', async () => {
    const { id, assignment } = await standing('uploaded')
    await made.app.ask('paperwork.reject', { id, version_id: await currentOf(id), reason: 'page 2 manque' }, made.manager)
    const [item] = (await made.app.ask('paperwork.list', { assignment_id: assignment }, made.person))['items'] as Row[]
    expect(item).toMatchObject({ standing: 'expected', state_reason: 'page 2 manque' })
    const fresh = await standing('expected')
    expect(await made.tried('paperwork.archive', { id: fresh.id })).toBe('reason.required')
    await made.app.ask('paperwork.archive', { id: fresh.id, reason: 'déjà en paie' })
    await made.app.ask('paperwork.expect', { assignment_ids: [fresh.assignment], kind: 'signed_contract' }, made.planner)
    expect((await paper(fresh.id))['state']).toBe('expected')
  })
})

describe('confirming and closing', () => {
  it('confirming asks for the signed contract, or a reason and a date; once it is there, for nothing more', async () => {
    const { id, assignment } = await standing('expected')
    const answer = await made.app.core.execute({ name: 'assignment.confirm', input: { changes: [{ id: assignment, budget: true }] } }, made.manager)
    expect(answer).toMatchObject({ error: { code: 'assignment.not_confirmable', details: [{ field: 'changes.0.override_reason', issue: 'document', expected: 'signed_contract' }] } })
    await made.app.ask('paperwork.upload', { id, ...file() }, made.person)
    expect(await made.tried('assignment.confirm', { changes: [{ id: assignment, budget: true }] }, made.manager)).toBe('done')
  })

  it('closing asks that every document was looked at, and names those that were not', async () => {
    const { id, assignment } = await standing('uploaded')
    await made.app.ask('paperwork.expect', { assignment_ids: [assignment], kind: 'payslip_reference' })
    await made.app.ask('assignment.confirm', { changes: [{ id: assignment, budget: true, override_reason: 'essai', expected_resolution_at: hour(0) }] })
    await made.app.ask('assignment.record_presence', { changes: [{ id: assignment, version: await made.version(assignment), presence: 'present' }] })
    await made.app.ask('assignment.execute', { ids: [assignment] })
    const answer = await made.app.core.execute({ name: 'assignment.close', input: { ids: [assignment] } }, made.manager)
    expect(answer).toMatchObject({ error: { code: 'assignment.not_closable', details: [{ field: 'document', issue: 'payslip_reference', expected: 'expected' }, { field: 'document', issue: 'signed_contract', expected: 'uploaded' }] } })
    const payslip = (await papers(assignment)).find(({ kind }) => kind === 'payslip_reference')
    expect(await made.tried('paperwork.upload', { id: payslip?.['id'], ...file() })).toBe('paperwork.file')
    await made.app.ask('paperwork.record_reference', { id: payslip?.['id'], reference: 'BP-2026-10-042' }, made.manager)
    await made.app.ask('paperwork.validate', { id: payslip?.['id'] }, made.manager)
    await made.app.ask('paperwork.validate', { id, version_id: await currentOf(id) }, made.manager)
    expect(await made.tried('assignment.close', { ids: [assignment] }, made.manager)).toBe('done')
  })

  it('expects what the organization says of that kind of engagement, of who accepts from then on', async () => {
    await made.app.ask('paperwork_rule.save', { engagement_kind: 'freelance', kinds: ['mission_report'] })
    const { id } = await made.stand('accepted', { terms: { engagement_kind: 'freelance' } })
    expect((await papers(id)).map(({ kind }) => kind)).toEqual(['mission_report'])
    expect(await made.tried('paperwork_rule.save', { engagement_kind: 'agency', kinds: [] }, made.planner)).toBe('auth.forbidden')
  })
})

describe('who sees a document', () => {
  it('oneself and who plans; a colleague and who only reads the project see neither the row nor its file', async () => {
    const { id, assignment } = await standing('uploaded')
    const version_id = await currentOf(id)
    const seen = async (role: Role) => ((await made.app.ask('paperwork.list', { assignment_id: assignment }, sessionOf(role)))['items'] as unknown[]).length
    expect([await seen('person'), await seen('planner'), await seen('viewer')]).toEqual([1, 1, 0])
    for (const role of ['colleague', 'viewer'] as const) expect(await made.tried('paperwork.open', { version_id }, sessionOf(role)), role).toBe('document_version.not_found')
    expect(await made.tried('paperwork.open', { version_id }, made.person)).toBe('done')
    const [last] = await made.app.file.readEngine.all("SELECT action FROM audit_event WHERE action = 'export.paperwork' ORDER BY position DESC LIMIT 1", [])
    expect(last?.['action']).toBe('export.paperwork')
  })

  it('one sheet for everybody of a mission counts for each of them, and is read by none of them', async () => {
    const { assignment } = await standing('expected')
    await made.app.ask('paperwork.expect', { assignment_ids: [assignment], kind: 'attendance_sheet' })
    const mission_id = String((await made.assignment(assignment))['mission_id'])
    await made.app.ask('paperwork.upload_sheet', { mission_id, ...file() }, made.manager)
    const sheet = (await papers(assignment)).find(({ kind }) => kind === 'attendance_sheet')
    expect(sheet?.['state']).toBe('uploaded')
    expect(await made.tried('paperwork.open', { version_id: await currentOf(String(sheet?.['id'])) }, made.person)).toBe('document_version.not_found')
    expect(await made.tried('paperwork.open', { version_id: await currentOf(String(sheet?.['id'])) }, made.planner)).toBe('done')
  })
})

describe('what is missing', () => {
  it('is due on a day that follows the work, and is told until it is handed in', async () => {
    const { id: assignment } = await made.stand('accepted', { terms: { engagement_kind: 'freelance' } })
    await made.app.ask('paperwork.expect', { assignment_ids: [assignment], kind: 'mission_report' })
    const [row] = await papers(assignment)
    const zones = new Map([[String(row?.['project_id']), 'Europe/Paris']])
    const mine = async () => (await missingDocuments(made.app.core.reader(), zones)).filter(({ subject_id }) => subject_id === row?.['id'])
    const work = await made.assignment(assignment)
    expect(await mine()).toMatchObject([{ kind: 'document_missing', assignment_id: assignment, anchor: dueOn('mission_report', work as { start_at: Instant; end_at: Instant }, 'Europe/Paris'), since: row?.['expected_at'] }])
    await made.app.ask('paperwork.upload', { id: row?.['id'], ...file() }, made.person)
    expect(await mine()).toEqual([])
    expect((await made.app.core.reader().get(expectedDocument, asId(String(row?.['id']))))?.state).toBe('uploaded')
  })
})

describe('hours that were worked', () => {
  const at = (text: string): Instant => `2026-10-24T${text}:00.000Z` as Instant
  it('count for rest and costs as attendance says them, else as planned', async () => {
    const planned = { start_at: at('08:00'), end_at: at('17:00') }
    expect(workedWindow({ ...planned, actual_start_at: at('09:00'), actual_end_at: at('21:00') })).toEqual({ start_at: at('09:00'), end_at: at('21:00') })
    expect(workedWindow({ ...planned, actual_start_at: null, actual_end_at: at('07:00') })).toEqual(planned)
    const { id } = await made.stand('accepted', { terms: { rate_basis: 'hourly', rate_minor: 1000, rate_currency: 'EUR' }, on: 90 })
    const row = await made.assignment(id)
    const cost = async () => ((await made.app.ask('cost.view', { project_id: row['project_id'], by: 'day', from: String(row['start_at']).slice(0, 10), to: String(row['start_at']).slice(0, 10) }))['whole'] as { amounts: { total: number }[] }).amounts[0]?.total
    const week = async () => JSON.stringify(await made.app.ask('working_time.of', { collaborator_id: made.personId, on: String(row['start_at']).slice(0, 10) }))
    const [before, hours] = [await cost(), await week()]
    const later = new Date(Date.parse(String(row['end_at'])) + 3 * 3_600_000).toISOString()
    await made.app.ask('assignment.record_presence', { changes: [{ id, version: row['version'], presence: 'present', actual_end_at: later }] })
    expect(Number(await cost()) - Number(before)).toBe(3000)
    expect(await week()).not.toBe(hours)
  })

  it('of somebody who did not come are none: no hours, no conflict, no cost, and what was entered of them counts no more', async () => {
    const { id } = await made.stand('accepted', { terms: { rate_basis: 'hourly', rate_minor: 1000, rate_currency: 'EUR' }, on: 120 })
    const row = await made.assignment(id)
    const on = String(row['start_at']).slice(0, 10)
    const cost = async () => (await made.app.ask('cost.view', { project_id: row['project_id'], by: 'mission', from: on, to: on }))['whole'] as { count: number; amounts: { total: number }[] }
    const week = async () => JSON.stringify(await made.app.ask('working_time.of', { collaborator_id: made.personId, on }))
    const overlaps = async () => (await conflictsOf(conflictSource(made.app.core.reader(), () => made.app.core.reader().call.now), { people: [asId(made.personId)], missions: [], locations: [] })).filter(({ records }) => records.some((record) => record.id === id))
    const note = async (presence: string, values: Row = {}) => made.app.ask('assignment.record_presence', { changes: [{ id, version: await made.version(id), presence, ...values }] })
    const before = { cost: await cost(), week: await week() }
    await note('absent', { actual_end_at: new Date(Date.parse(String(row['end_at'])) + 3_600_000).toISOString() })
    expect(await week()).not.toBe(before.week)
    expect(await cost()).toMatchObject({ count: before.cost.count - 1 })
    // Somewhere else at the same time: a conflict only of who is there.
    await made.stand('accepted', { on: 120 })
    expect(await overlaps()).toEqual([])
    await note('present', { actual_end_at: null })
    expect((await overlaps()).length).toBeGreaterThan(0)
    expect(await week()).toBe(before.week)
    expect(await cost()).toMatchObject({ count: before.cost.count + 1 })
  })
})
