import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { latestOnly } from '../../../renderer/pages/planning/proposal/latest-only.ts'

interface Asked {
  question: string
  answer: (text: string) => void
  fail: () => void
}
const asked: Asked[] = []
const told: string[] = []
const make = () =>
  latestOnly<string, string>({
    pauseMs: 30,
    ask: (question) => new Promise((resolve, reject) => asked.push({ question, answer: resolve, fail: () => reject(new Error('no')) })),
    onAnswer: (question, answer) => told.push(`${question}=${answer}`),
    onFailure: (question) => told.push(`${question}!`),
  })
beforeEach(() => {
  vi.useFakeTimers()
  asked.length = told.length = 0
})
afterEach(() => vi.useRealTimers())

describe('questions about a proposal', () => {
  it('go one at a time, and of those put meanwhile only the last', async () => {
    const line = make()
    for (const question of ['a', 'b']) line.put(question)
    await vi.advanceTimersByTimeAsync(30)
    for (const question of ['c', 'd', 'e']) line.put(question)
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked.map(({ question }) => question)).toEqual(['b'])
    asked[0]?.answer('1')
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.map(({ question }) => question)).toEqual(['b', 'e'])
    asked[1]?.answer('2')
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual(['b=1', 'e=2'])
  })
  it('are not held back by a key held down', async () => {
    const line = make()
    for (let step = 0; step < 10; step++) {
      line.put(String(step))
      await vi.advanceTimersByTimeAsync(8)
    }
    expect(asked.length).toBeGreaterThan(0)
  })
  it('are settled once the last is answered, refused or dropped', async () => {
    const line = make()
    await line.settled()
    line.put('a')
    const settled = vi.fn<(answer: unknown) => void>()
    void line.settled().then(settled)
    await vi.advanceTimersByTimeAsync(30)
    line.put('b')
    asked[0]?.answer('1')
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).not.toHaveBeenCalled()
    asked[1]?.fail()
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toHaveBeenCalledOnce()
    expect(told).toEqual(['a=1', 'b!'])
    line.put('c')
    await vi.advanceTimersByTimeAsync(30)
    asked[2]?.answer('3')
    expect(await line.settled()).toEqual({ question: 'c', answer: '3' })
    line.put('d')
    void line.settled().then(settled)
    line.drop()
    await vi.advanceTimersByTimeAsync(100)
    expect(settled.mock.calls).toEqual([[null], [null]])
    expect(asked).toHaveLength(3)
  })
  it('tell nothing of what was dropped while its answer was on its way', async () => {
    const line = make()
    line.put('a')
    await vi.advanceTimersByTimeAsync(30)
    line.drop()
    asked[0]?.answer('late')
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual([])
  })
})
