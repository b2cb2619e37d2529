import { describe, expect, it } from 'vitest'
import { addedCounts, inOrder, leavesLine, matterLines, noticeLines, questionOf, stayingPut, tellLines, type NoticeItem, type TellItem } from '../../../renderer/pages/inbox/items.ts'
import type { MatterItem } from '../../../shared/domain/matters/operations.ts'

const NOW = '2026-10-20T08:00:00.000Z'
const notice = (id: string, more: Partial<NoticeItem> = {}): NoticeItem => ({
  id, version: 1, type: 'assignment_proposed', group: 'to_answer', state: 'delivered', subject: id, body: '', refs: [{ entity: 'assignment', id: 'work' }, { entity: 'project', id: 'phare' }, { entity: 'acceptance', id: 'question' }],
  figures: {}, created_at: NOW, read_at: null, dismissed_at: null, snoozed_until: null, desktop: true, deadline_at: '2026-10-22T08:00:00.000Z', asked: { assignment_id: 'work', acceptance_id: 'question' }, ...more,
})
const matter = (id: string, more: Partial<MatterItem> = {}): MatterItem => ({
  id, kind: 'sheet_due', severity: 'warning', group: 'handle', project_id: 'phare', title: id, refs: [], due_at: null, fingerprint: '', figures: {}, act: { place: 'sheet', id }, conflict: null, ...more,
})
const tell: TellItem = { acceptance_id: 'a', assignment_id: 'w', project_id: 'phare', mission_id: 'm', mission_title: 'Montage', collaborator_id: 'c', collaborator_name: 'Tom', tell_at: NOW, deadline_at: NOW, why: 'no_email' }

describe('lines of the inbox', () => {
  it('say a question once, however often it was told, and mark all that told it together', () => {
    const lines = noticeLines([notice('reminded', { type: 'reminder', figures: { own: true } }), notice('asked', { read_at: NOW })], NOW)
    expect(lines).toMatchObject([{ id: 'reminded', ids: ['reminded', 'asked'], unread: true, group: 'answer' }])
    expect(noticeLines([notice('reminded', { type: 'reminder', figures: { own: true } }), notice('aside', { dismissed_at: NOW })], NOW).map(({ id, standing }) => [id, standing])).toEqual([['reminded', 'open'], ['aside', 'done']])
  })

  it('keep answers of others apart, though they tell of the same question', () => {
    const answered = { type: 'assignment_answered', group: 'to_know', asked: null } as const
    expect(questionOf(notice('x', answered))).toBeNull()
    expect(questionOf(notice('x', { type: 'reminder', figures: {} }))).toBeNull()
    expect(noticeLines([notice('yes', answered), notice('late', { ...answered, type: 'answer_late' })], NOW)).toHaveLength(2)
  })

  it('are put off until their instant, and here again from then on', () => {
    const [later] = noticeLines([notice('x', { snoozed_until: '2026-10-21T06:00:00.000Z' })], NOW)
    expect(later?.standing).toBe('later')
    expect(noticeLines([notice('x', { snoozed_until: NOW })], NOW)[0]?.standing).toBe('open')
  })

  it('come as questions by their deadline, what is to be handled, what is to be known', () => {
    const notices = noticeLines([notice('known', { type: 'plan_published', group: 'to_know', refs: [], deadline_at: null, asked: null }), notice('asked')], NOW)
    const matters = matterLines([matter('sheet'), matter('free', { kind: 'availability_request', figures: { own: true }, due_at: '2026-10-21T08:00:00.000Z' }), matter('silent', { kind: 'availability_request', figures: { own: false } }), matter('soon', { group: 'know' })], () => 'open')
    expect(inOrder(notices, tellLines([tell]), matters).map(({ id }) => id)).toEqual(['free', 'asked', 'tell:a', 'sheet', 'silent', 'known', 'soon'])
  })

  it('stay where they were while their answer is read', () => {
    const answered = { id: 'yes', due: '2026-10-21T08:00:00.000Z' }
    const lines = noticeLines([notice('yes', { group: 'to_know', deadline_at: null, asked: null, refs: [] }), notice('next')], NOW)
    expect(inOrder(stayingPut(lines, answered), [], []).map(({ id, group }) => [id, group])).toEqual([['yes', 'answer'], ['next', 'answer']])
    expect(inOrder(stayingPut(lines, null), [], []).map(({ id, group }) => [id, group])).toEqual([['next', 'answer'], ['yes', 'know']])
  })

  it('are left by filters, and counted beside the matters', () => {
    const nothing = { not: false, values: [] }
    const filter = { kind: { not: false, values: ['reminder'] }, project: nothing, severity: nothing }
    const line = { kind: 'answer_late', project: 'phare' }
    expect([leavesLine(line, filter), leavesLine(line, filter, 'kind'), leavesLine({ ...line, kind: 'reminder' }, filter)]).toEqual([false, true, true])
    // A notification has no severity: asked for the grave ones, it is none of them.
    expect(leavesLine(line, { ...filter, kind: nothing, severity: { not: false, values: ['severe'] } })).toBe(false)
    expect([...addedCounts(new Map([['sheet_due', 1], ['conflict', 2]]), ['answer_late', 'answer_late', 'answer_late', 'sheet_due'])]).toEqual([['answer_late', 3], ['sheet_due', 2], ['conflict', 2]])
  })
})
