/** An amount is said in the language of the screens and in its own currency, whatever the browser's own language. */
import { describe, expect, it } from 'vitest'
import { formatOf } from '../../../renderer/i18n/format.ts'

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const said = (language: 'fr' | 'en', minor: number, currency: string | null): string => plain(formatOf(language).amount(minor, currency))

describe('an amount kept in minor units', () => {
  it('is said with its currency in each language', () => {
    expect([said('fr', 125_050, 'EUR'), said('en', 125_050, 'EUR')]).toEqual(['1 250,50 €', '€1,250.50'])
  })
  it('has the digits its currency has', () => {
    expect(said('en', 1250, 'JPY')).toBe('JP¥1,250')
  })
  it('is a number of two digits where no currency is known', () => {
    expect([said('fr', 21_000, null), said('en', 21_000, null)]).toEqual(['210,00', '210.00'])
  })
})
