import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CallFailure, readAnswer, UNEXPECTED } from '../../../renderer/app/client.ts'

const named = { name: 'mission.get', output: z.object({ title: z.string() }) }
const refusal = (text: string): CallFailure => {
  try {
    readAnswer(named, text)
  } catch (error) {
    if (error instanceof CallFailure) return error
  }
  throw new Error('the answer was taken')
}

describe('what the screens make of an answer', () => {
  test('a value comes with what may be done next and what is hidden', () => {
    const answer = readAnswer(named, JSON.stringify({ value: { title: 'Show' }, can: ['mission.update'], hidden: ['collaborator.phone'], request_id: 'r' }))
    expect(answer.value.title).toBe('Show')
    expect(answer.can.has('mission.update')).toBe(true)
    expect(answer.hidden.has('collaborator.phone')).toBe(true)
  })

  test('a refusal keeps its code and says which fields are wrong', () => {
    const failure = refusal(JSON.stringify({ error: { code: 'validation.invalid', message: 'x', details: [{ field: 'title', issue: 'required' }], request_id: 'r', timestamp: 't' } }))
    expect([failure.code, failure.details[0]?.field, failure.details[0]?.issue]).toEqual(['validation.invalid', 'title', 'required'])
  })

  test.each(['', '<html>', '{}', '[]', JSON.stringify({ value: { title: 3 }, request_id: 'r' })])('an answer of another shape is never shown as if it were right: %s', (text) => {
    expect(refusal(text).code).toBe(UNEXPECTED)
  })
})
