import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import IntlMessageFormat from 'intl-messageformat'
import { errors } from '../../../shared/domain/errors.ts'

const read = (language: string): Record<string, string> => JSON.parse(readFileSync(new URL(`../../../renderer/i18n/${language}.json`, import.meta.url), 'utf8'))
const [fr, en] = [read('fr'), read('en')]
const argumentsOf = (text: string): string[] => [...text.matchAll(/\{(\w+)[,}]/g)].map((found) => found[1] ?? '').filter((name) => !['one', 'other'].includes(name)).sort()

describe('texts of the screens', () => {
  test('both languages have the same keys', () => expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort()))

  test('both languages take the same values', () => {
    const different = Object.keys(en).filter((key) => new Set(argumentsOf(en[key] ?? '')).size !== new Set(argumentsOf(fr[key] ?? '')).size)
    expect(different).toEqual([])
  })

  test('every message can be formatted', () => {
    for (const [language, texts] of [['fr', fr], ['en', en]] as const) for (const text of Object.values(texts)) expect(() => new IntlMessageFormat(text, language)).not.toThrow()
  })

  test('French has a narrow no-break space before ; : ! ? and inside « »', () => {
    const bad = Object.entries(fr).filter(([, text]) => / [;:!?»]|« |[a-zé][!?;](\s|$)/.test(text.replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, 'x')))
    expect(bad).toEqual([])
  })

  test('every declared error has its words', () => {
    const missing = Object.keys(errors).filter((code) => !Object.hasOwn(en, `error.${code.replaceAll('.', '_')}`))
    expect(missing).toEqual([])
  })
})
