import { describe, expect, test } from 'vitest'
import { inOrder, rankOf } from '../../../renderer/app/shell/palette-order.ts'

const named = (...labels: string[]) => labels.map((label) => ({ label }))

describe('the order of the palette', () => {
  test('what begins with what is typed comes before what only holds it, wherever it was given', () => {
    const found = inOrder(named('Le grand quai', 'Départ des quais', 'Quai des Cordiers', 'Remarquais', 'Annuaire'), 'quai')
    expect(found.map(({ label }) => label)).toEqual(['Quai des Cordiers', 'Le grand quai', 'Départ des quais', 'Remarquais'])
  })

  test('the exact name is first', () => expect(inOrder(named('Planning B', 'Planning'), 'planning')[0]?.label).toBe('Planning'))

  test('accents and case say nothing', () => expect(rankOf({ label: 'Élodie Fabre' }, 'elod')).toBe(1))

  test('several words each begin one of the name, in any order', () => expect(rankOf({ label: 'Élodie Fabre' }, 'fab el')).toBe(2))

  test('equals stay in the order given', () => expect(inOrder(named('Ana 2', 'Ana 1', 'Ana 3'), 'ana').map(({ label }) => label)).toEqual(['Ana 2', 'Ana 1', 'Ana 3']))

  test('other words find an entry after every name', () => {
    const entries = [{ label: 'Lieux', words: 'places' }, { label: 'Plan de salle' }]
    expect(inOrder(entries, 'pla').map(({ label }) => label)).toEqual(['Plan de salle', 'Lieux'])
  })
})
