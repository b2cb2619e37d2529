import { describe, expect, test } from 'vitest'
import { channelsFrom, channelsText, linesFrom, numbersFrom, numbersText } from '../../../renderer/pages/runsheets/typed-lines.ts'

describe('short lists of a sheet, typed one item a line', () => {
  const known = [{ id: 'a', text: 'Helmets' }, { id: 'b', text: 'No photos' }]
  test('a line moved keeps its identity, so that no change is marked for it', () => {
    expect(linesFrom('No photos\nHelmets', known).map((line) => line.id)).toEqual(['b', 'a'])
  })
  test('a line corrected in its place keeps its identity', () => {
    expect(linesFrom('Helmets on stage\nNo photos', known).map((line) => line.id)).toEqual(['a', 'b'])
  })
  test('two equal lines are two items', () => expect(new Set(linesFrom('Helmets\nHelmets', known).map((line) => line.id)).size).toBe(2))
  test('the number ends the line', () => {
    const numbers = numbersFrom('SAMU 15\n112\nPoste de secours : 06 39 98 00 15', [])
    expect(numbers.map(({ label, number }) => [label, number])).toEqual([['SAMU', '15'], [null, '112'], ['Poste de secours', '06 39 98 00 15']])
    expect(numbersText(numbers)).toBe('SAMU 15\n112\nPoste de secours 06 39 98 00 15')
  })
  test('a channel and its use are read back', () => {
    const channels = channelsFrom('3 : régie\nA1 lumière', [])
    expect(channels.map(({ channel, use }) => [channel, use])).toEqual([['3', 'régie'], ['A1', 'lumière']])
    expect(channelsFrom(channelsText(channels), channels)).toEqual(channels)
  })
})
