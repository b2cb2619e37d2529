import { describe, expect, it } from 'vitest'
import { readCall } from '../../../main/bridge/call-text.ts'
import { statusOfAnswer } from '../../../main/web/answers.ts'

describe('the text of a call', () => {
  it('names an operation and its input; the host says in whose name', () => {
    expect(readCall('window', '{"name":"mission.create","input":{"title":"Balance"},"id":"k1"}')).toEqual({
      ok: true,
      call: { client: 'window', name: 'mission.create', input: { title: 'Balance' }, id: 'k1' },
    })
  })

  it('may name the group of a gesture, by a UUID only', () => {
    const group_id = '78e69fe5-ebc9-4215-8e5e-46134fee195b'
    expect(readCall('web', `{"name":"mission.create","input":{},"group_id":"${group_id}"}`)).toMatchObject({ ok: true, call: { group_id } })
    expect(readCall('web', '{"name":"mission.create","input":{},"group_id":"mine"}')).toMatchObject({ ok: false })
  })

  it('cannot name another client', () => {
    expect(readCall('web', '{"name":"app.state","input":{},"client":"window"}')).toMatchObject({ ok: false })
  })

  it.each(['', 'null', '[]', '{}', '{"name":""}', '{"name":3,"input":{}}'])('is refused when it is %j', (text) => {
    const read = readCall('web', text)
    expect(read.ok).toBe(false)
  })
})

describe('the status of an answer', () => {
  const refused = (code: string): number => statusOfAnswer(JSON.stringify({ error: { code } }))

  it('is 200 for a value, also for one that has a field named error inside', () => {
    expect(statusOfAnswer('{"value":{"error":{"code":"auth.required"}},"request_id":"r"}')).toBe(200)
  })

  it.each([
    ['validation.invalid', 400],
    ['auth.token', 401],
    ['auth.forbidden', 403],
    ['mission.not_found', 404],
    ['concurrency.version_mismatch', 409],
    ['idempotency.payload_mismatch', 409],
    ['assignment.transition_rejected', 409],
    ['mission.locked', 422],
    ['auth.delayed', 429],
    ['server.unexpected', 500],
    ['something.nobody_declared', 500],
  ])('for %s is %i', (code, status) => {
    expect(refused(code)).toBe(status)
  })
})
