import { describe, expect, it } from 'vitest'
import { notificationTypes } from '../../../shared/domain/notifications/model.ts'
import { isWorthTelling, keyOfTold, toldOf, type CommittedWrite, type ToldRows } from '../../../shared/domain/notifications/rules.ts'
import { wordsOf, type Names } from '../../../shared/domain/notifications/words.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const id = (name: string): Id => deriveId('told', name)
const work = { id: id('work'), project_id: id('project'), mission_id: id('mission'), collaborator_id: id('person') }
const none: ToldRows = { assignments: new Map(), acceptances: new Map(), revisions: new Map(), notices: new Map(), reminders: new Map(), contracts: new Map(), readiness: new Map() }
const write = (entity: string, of: Id, changes: CommittedWrite['changes'], op: CommittedWrite['op'] = 'update'): CommittedWrite => ({ entity, id: of, op, changes })
const of = (rows: Partial<ToldRows>, ...writes: CommittedWrite[]) => toldOf(writes, { ...none, ...rows }, 'command').map(({ type, figures, to }) => ({ type, figures, to }))
const person = { kind: 'person', id: id('person') } as const
const production = (asker: string | null) => ({ kind: 'production', project_id: id('project'), asker }) as const

describe('who is told of a commit', () => {
  const canceled = (reason: string, was_asked = true) => of({ assignments: new Map([[work.id, { ...work, cancel_reason: reason, was_asked }]]) }, write('assignment', work.id, { state: ['proposed', 'canceled'] }))
  it('the person whose engagement production canceled, or that time ended; not of what they said themselves, nor of what they never heard of', () => {
    expect(canceled('withdrawn_by_production')).toEqual([{ type: 'assignment_canceled', figures: { reason: 'withdrawn_by_production' }, to: person }])
    expect(canceled('expired')).toEqual([{ type: 'assignment_canceled', figures: { reason: 'expired' }, to: person }])
    expect(canceled('declined_by_collaborator')).toEqual([])
    expect(canceled('replaced', false)).toEqual([])
    expect(canceled('withdrawn_by_collaborator')).toEqual([{ type: 'assignment_answered', figures: { answer: 'withdrawn', conditions: false }, to: production(null) }])
  })

  it('the person who is confirmed', () => {
    expect(of({ assignments: new Map([[work.id, { ...work, cancel_reason: null, was_asked: true }]]) }, write('assignment', work.id, { state: ['accepted', 'confirmed'] }))).toEqual([{ type: 'assignment_updated', figures: { change: 'confirmed' }, to: person }])
  })

  it('who asked, of an answer or its absence; not what production entered itself; and of an answer that came too late', () => {
    const answer = (state: string, by_hand = false) => of({ acceptances: new Map([[id('asked'), { ...work, id: id('asked'), assignment_id: work.id, created_by: 'asker', by_hand, with_conditions: true, late_why: 'deadline' }]]) }, write('acceptance', id('asked'), state === 'late' ? { late: [null, {}] } : { state: ['pending', state] }))
    for (const state of ['accepted', 'refused', 'expired']) expect(answer(state)).toEqual([{ type: 'assignment_answered', figures: { answer: state, conditions: true }, to: production('asker') }])
    expect(answer('accepted', true)).toEqual([])
    expect(answer('withdrawn')).toEqual([])
    expect(answer('late')).toEqual([{ type: 'answer_late', figures: { why: 'deadline' }, to: production('asker') }])
  })

  it('each person of a sheet that goes out, once, and whether they had one already', () => {
    const sheet = (is_revised: boolean) => of({ revisions: new Map([[id('r'), { id: id('r'), project_id: id('project'), sheet_id: id('s'), number: 2, lead_mission_id: id('mission'), is_revised, recipients: [id('a'), id('b'), id('a')] }]]) }, write('revision', id('r'), { state: ['validated', 'published'] }))
    expect(sheet(false).map(({ type, to }) => [type, to])).toEqual([['sheet_published', { kind: 'person', id: id('a') }], ['sheet_published', { kind: 'person', id: id('b') }]])
    expect(sheet(true).map(({ type, figures }) => [type, figures])).toEqual([['sheet_revised', { number: 2 }], ['sheet_revised', { number: 2 }]])
  })

  it('whom a published plan changes something for', () => {
    expect(of({ notices: new Map([[id('n'), { id: id('n'), project_id: id('project'), publication_id: id('p'), number: 3, collaborator_id: id('person'), changes: 4 }]]) }, write('plan_notice', id('n'), {}, 'insert'))).toEqual([{ type: 'plan_published', figures: { number: 3, changes: 4 }, to: person }])
  })

  it('whoever is to sign a contract that went out, and nobody of its other steps', () => {
    const contracts = new Map([[id('v'), { contract_id: id('c'), project_id: id('project'), collaborator_id: id('person'), work: { assignment_id: work.id, mission_id: id('mission') } }]])
    expect(toldOf([write('contract_version', id('v'), { state: ['approved', 'sent'] })], { ...none, contracts }, 'command')).toEqual([{
      type: 'contract_ready', figures: {}, to: person, version: 'command',
      refs: [{ entity: 'contract', id: id('c') }, { entity: 'assignment', id: work.id }, { entity: 'mission', id: id('mission') }, { entity: 'project', id: id('project') }],
    }])
    for (const [from, to] of [['under_review', 'approved'], ['sent', 'signed'], ['sent', 'rejected']]) expect(of({ contracts }, write('contract_version', id('v'), { state: [from, to] }))).toEqual([])
    expect(of({}, write('contract_version', id('v'), { state: ['approved', 'sent'] }))).toEqual([])
  })

  it('who is to acknowledge a mission, each time they are asked, and not when they have', () => {
    const readiness = new Map([[id('q'), { id: id('q'), project_id: id('project'), mission_id: id('mission'), collaborator_id: id('person') }]])
    expect(of({ readiness }, write('readiness_request', id('q'), { asked_at: [null, '2027-06-01T08:00:00.000Z'] }, 'insert'))).toEqual([{ type: 'readiness_requested', figures: {}, to: person }])
    expect(of({ readiness }, write('readiness_request', id('q'), { asked_at: ['2027-06-01T08:00:00.000Z', '2027-06-02T08:00:00.000Z'] }))).toHaveLength(1)
    expect(of({ readiness }, write('readiness_request', id('q'), { acknowledged_at: [null, '2027-06-01T09:00:00.000Z'] }))).toEqual([])
  })

  it('production first, then those above, and who is asked each time', () => {
    const reminder = (level: 'production' | 'direction', kind: string) => of({ reminders: new Map([[id('m'), { ...work, id: id('m'), assignment_id: work.id, kind, subject_id: id('asked'), anchor: '2027-06-18', bucket: 'd-3', level }]]) }, write('reminder', id('m'), {}, 'insert')).map(({ type, to }) => [type, to.kind])
    expect(reminder('production', 'acceptance_missing')).toEqual([['reminder', 'production'], ['reminder', 'person']])
    expect(reminder('direction', 'acceptance_missing')).toEqual([['escalation', 'direction'], ['reminder', 'person']])
    expect(reminder('production', 'contract_expected')).toEqual([['contract_expected', 'production']])
    expect(reminder('direction', 'contract_expected')).toEqual([['escalation', 'direction']])
    expect(reminder('production', 'document_missing')).toEqual([['reminder', 'production']])
  })

  it('nobody of anything else, nor of rows that are gone', () => {
    for (const one of [write('assignment', work.id, { state: ['planned', 'proposed'] }), write('assignment', work.id, { notes: [null, 'x'] }), write('notification', id('n'), {}, 'insert'), write('reminder', id('n'), {}, 'remove'), write('mission', id('mission'), { title: ['a', 'b'] })]) {
      expect(isWorthTelling(one)).toBe(false)
      expect(of({}, one)).toEqual([])
    }
    expect(of({}, write('assignment', work.id, { state: ['proposed', 'canceled'] }))).toEqual([])
  })

  it('is told once: its key names what, of what, to whom, and which version', () => {
    const told = { type: 'plan_published' as const, refs: [{ entity: 'plan_publication', id: id('p') }], version: 'c' }
    const keys = [keyOfTold(told, 'a'), keyOfTold(told, 'b'), keyOfTold({ ...told, version: 'd' }, 'a'), keyOfTold({ ...told, refs: [{ entity: 'plan_publication', id: id('q') }] }, 'a')]
    expect(new Set(keys).size).toBe(4)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(200)
  })
})

describe('what it says', () => {
  const names: Names = { person: 'Tom Lacaze', mission: 'Montage', project: 'Les Nuits du Phare', start_at: '2026-10-24T22:30:00.000Z' as Instant, zone: 'Europe/Paris' }
  const figures: Record<string, Record<string, unknown>> = {
    assignment_canceled: { reason: 'replaced' }, assignment_answered: { answer: 'accepted', conditions: true }, sheet_revised: { number: 2 }, plan_published: { number: 1, changes: 1 },
    reminder: { kind: 'acceptance_missing', bucket: 'd-3' }, escalation: { kind: 'contract_expected', bucket: 'd-1' },
  }
  it('is whole in both languages, for every type, also of what its reader may not see', () => {
    for (const language of ['fr', 'en'] as const)
      for (const type of notificationTypes)
        for (const of of [names, { person: null, mission: null, project: null, start_at: null, zone: null }]) {
          const { subject, body } = wordsOf({ type, figures: figures[type] ?? {} }, of, language)
          for (const text of [subject, body]) {
            expect(text.length, `${type} ${language}`).toBeGreaterThan(8)
            expect(text).not.toMatch(/undefined|null|\bNaN\b|^[ .,]| {2}|\s$|_/)
          }
        }
  })

  it('names people, work and the day on the clocks of the place', () => {
    expect(wordsOf({ type: 'assignment_answered', figures: { answer: 'accepted', conditions: true } }, names, 'fr')).toEqual({ subject: 'Tom Lacaze a dit oui\u00a0: Montage, dimanche 25\u00a0octobre', body: 'Les Nuits du Phare. Avec des conditions à lire.' })
    expect(wordsOf({ type: 'assignment_proposed', figures: {} }, names, 'fr').subject).toBe('Êtes-vous disponible\u202f? Montage, dimanche 25\u00a0octobre')
    expect(wordsOf({ type: 'assignment_updated', figures: { change: 'confirmed' } }, names, 'en').subject).toBe('Confirmed: Montage, Sunday 25\u00a0October')
    expect(wordsOf({ type: 'plan_published', figures: { changes: 3 } }, names, 'fr').body).toBe('3\u00a0changements pour vous.')
  })

  it('says nothing for a code that is newer than this program, rather than the code', () => {
    expect(wordsOf({ type: 'assignment_canceled', figures: { reason: 'brand_new' } }, names, 'en').body).toBe('Les Nuits du Phare.')
  })
})
