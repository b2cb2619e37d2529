/** The quick look at a push says yes only to what the declared shape takes as it is; anything else is left to the declared shape. */
import { expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { PushRequest } from '../../shared/sync/wire.ts'
import { isPushRequest } from '../../shared/sync/well-formed.ts'
import { drawFrom } from '../fixtures/draw.ts'

const id = (label: string): string => deriveId('well-formed', label)
const whole = () => ({
  protocol: 1, app_version: '0.1.0', batch_id: 'b', epoch: 1, tokens: { [id('lea')]: 'token' }, waiting: 0,
  commands: [{
    issuer: id('lea'), prev: null, no_wait: true,
    command: {
      id: id('command'), name: 'assignment.update', v: 1, input: { id: id('row'), version: 3, changes: { notes: null, tags: ['a', 2.5, true] } },
      record: {
        rows: [{ entity: 'assignment', id: id('row'), op: 'update', fields: { notes: { base: 'avant', mine: null, from: id('before') }, tags: { base: [], mine: ['a', { b: 1 }], from: null } }, beside: { order: { base: 1, mine: 2 } } }],
      },
      after: [id('before')], seed: id('command'), issued_at: '2026-10-20T08:00:00.000Z', correlation_id: 'c', group_id: null,
    },
  }],
})

type Part = Record<string, unknown>
/** Every object and list inside, itself included. */
const partsOf = (value: unknown): Part[] => (typeof value === 'object' && value !== null ? [value as Part, ...Object.values(value).flatMap(partsOf)] : [])
const others = (): unknown[] => [null, undefined, '', 'x', 'y'.repeat(500), 0, -1, 1.5, 2 ** 60, NaN, true, [], {}, [null], { a: 1 }, id('other'), '2026-02-30T00:00:00.000Z', JSON.parse('{"__proto__":{"base":1}}')]

it('takes a well-formed push as it is', () => {
  expect(isPushRequest(whole())).toBe(true)
  expect(PushRequest.parse(whole())).toEqual(whole())
})

it('never says yes to what the declared shape refuses or would change, and seldom leaves it anything it takes', () => {
  const draw = drawFrom(7)
  let refused = 0
  let asked = 0
  for (let run = 0; run < 4_000; run++) {
    const request = whole()
    for (let changes = 1 + draw.below(2); changes > 0; changes--) {
      const part = draw.one(partsOf(request))
      const name = draw.one([...Object.keys(part), Array.isArray(part) ? String(part.length) : draw.one(['more', '__proto__', 'beside', 'z'.repeat(61)])])
      if (!Array.isArray(part) && draw.chance(0.2)) Reflect.deleteProperty(part, name)
      else Object.defineProperty(part, name, { value: others()[draw.below(19)], enumerable: true, configurable: true, writable: true })
    }
    const quick = isPushRequest(request)
    const { success, data } = PushRequest.safeParse(request)
    if (quick) expect({ success, data }).toEqual({ success: true, data: request })
    else if (success) asked++
    if (!success) refused++
  }
  expect(refused).toBeGreaterThan(1_000)
  expect(asked).toBeLessThan(400)
})
