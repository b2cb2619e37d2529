import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeText } from '../../../shared/kernel/merge-text.ts'

const word = fc.constantFrom('canal', 'talkie', 'gilet', 'porte', 'quai', '18 h', ',', '\n', '.', 'é')
const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '))
const wordsOf = (value: string): string[] => value.match(/[\p{L}\p{N}]+/gu) ?? []

describe('merging two versions of a text', () => {
  it('gives the side that both wrote, and the changed one where the other left the base', () => {
    fc.assert(fc.property(text, text, (base, side) => {
      expect(mergeText(base, side, side)).toEqual({ text: side, conflicts: 0 })
      expect(mergeText(base, base, side)).toEqual({ text: side, conflicts: 0 })
      expect(mergeText(base, side, base)).toEqual({ text: side, conflicts: 0 })
    }))
  })
  it('drops no word that only one of them added', () => {
    fc.assert(fc.property(text, text, text, (base, mine, theirs) => {
      const merged = new Set(wordsOf(mergeText(base, mine, theirs).text))
      const known = new Set(wordsOf(base))
      for (const added of [...wordsOf(mine), ...wordsOf(theirs)]) if (!known.has(added)) expect(merged).toContain(added)
    }))
  })
  it('says the same places in dispute whichever side is mine', () => {
    fc.assert(fc.property(text, text, text, (base, mine, theirs) => {
      const [one, other] = [mergeText(base, mine, theirs), mergeText(base, theirs, mine)]
      if (one.conflicts === 0) expect(other).toEqual(one)
      else expect(other.conflicts).toBeGreaterThan(0)
    }))
  })
  it('takes both where they changed different lines', () => {
    const base = 'Arrivée 8 h\nParking B\nRepas 12 h\n'
    expect(mergeText(base, 'Arrivée 7 h 30\nParking B\nRepas 12 h\n', 'Arrivée 8 h\nParking B\nRepas 13 h\n')).toEqual({ text: 'Arrivée 7 h 30\nParking B\nRepas 13 h\n', conflicts: 0 })
  })
  it('takes both where they changed different words of one line', () => {
    expect(mergeText('Canal 1 près du quai', 'Canal 2 près du quai', 'Canal 1 près du grand quai')).toEqual({ text: 'Canal 2 près du grand quai', conflicts: 0 })
  })
  it('shows both where they wrote in the same place', () => {
    expect(mergeText('Canal 1', 'Canal 1, talkie 4', 'Canal 1, prévoir gilet')).toEqual({ text: 'Canal 1, [talkie 4 / prévoir gilet]', conflicts: 1 })
  })
  it('stays quick on texts as long as a field may be', () => {
    const long = (seed: string): string => Array.from({ length: 3000 }, (_, index) => `${seed}${index % 97}`).join(' ')
    const started = performance.now()
    expect(mergeText(long('a'), long('b'), long('c')).conflicts).toBe(1)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
