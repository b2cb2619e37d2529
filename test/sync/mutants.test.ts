/** The simulator is worth what it finds: with a rule of sync taken away, some history must break a law. `npm run test:mutants` shows all mutants. */
import { describe, expect, it } from 'vitest'
import { hunt } from './mutants/catching.ts'
import { mutants } from './mutants/list.ts'

const named = mutants.filter((mutant) => mutant.named)

describe('taking away a rule of sync', () => {
  it('is tried with each of those that were asked for', () => {
    expect(named).toHaveLength(8)
  })
  it.each(named.map((mutant) => [mutant.name, mutant] as const))('%s: a law breaks', async (_, mutant) => {
    const { seed, law } = await hunt(mutant, { runs: 600, seed: 1 })
    expect(seed, law).not.toBeNull()
  }, 120_000)
})

/** Several at a time would be tried against each other's seconds; one is a run of one file of tests. */
describe('taking away what the core learned for engagement (decision 0011, a to f)', () => {
  const learned = mutants.filter(({ test }) => test !== undefined)
  it('is tried with each letter', () => {
    expect(new Set(learned.flatMap(({ rule }) => /^0011 ([a-f])/.exec(rule)?.[1] ?? []))).toEqual(new Set('abcdef'))
  })
  it.each(learned.map((mutant) => [mutant.name, mutant] as const))('%s: a test fails', async (_, mutant) => {
    const { seed, law } = await hunt(mutant, { runs: 1, seed: 1 })
    expect(seed, law).not.toBeNull()
  }, 120_000)
})
