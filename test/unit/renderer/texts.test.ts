import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import IntlMessageFormat from 'intl-messageformat'
import * as texts from '../../../renderer/i18n/texts.ts'
import { workKinds } from '../../../shared/domain/organization/model.ts'
import { errors } from '../../../shared/domain/errors.ts'

const areas = readdirSync(new URL('../../../renderer/i18n/en', import.meta.url)).sort()
const area = (language: string, file: string): Record<string, string> => JSON.parse(readFileSync(new URL(`../../../renderer/i18n/${language}/${file}`, import.meta.url), 'utf8'))
const read = (language: string): Record<string, string> => Object.assign({}, ...areas.map((file) => area(language, file)))
const [fr, en] = [read('fr'), read('en')]

/** What a message is given, by its grammar: words inside plurals are none. */
const given = (text: string): string[] => [...new Set(new IntlMessageFormat(text, 'fr').getAst().flatMap((part) => ('value' in part && part.type !== 0 ? [String(part.value)] : [])))].sort()

describe('texts of the screens', () => {
  test.each(areas)('both languages have the same keys in %s, in alphabetical order', (file) => {
    const keys = Object.keys(area('en', file))
    expect(Object.keys(area('fr', file))).toEqual(keys)
    expect(keys).toEqual([...keys].sort())
  })

  test('no key is in two files, and the screens read every file', () => {
    const keys = areas.flatMap((file) => Object.keys(area('en', file)))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    expect(Object.keys(texts.en).sort()).toEqual(keys.sort())
    expect(Object.keys(texts.fr).sort()).toEqual(keys)
  })

  test('both languages take the same values', () => {
    const different = Object.keys(en).filter((key) => given(en[key] ?? '').join() !== given(fr[key] ?? '').join())
    expect(different).toEqual([])
  })

  test('every message can be formatted', () => {
    for (const [language, texts] of [['fr', fr], ['en', en]] as const) for (const text of Object.values(texts)) expect(() => new IntlMessageFormat(text, language)).not.toThrow()
  })

  test('French has a narrow no-break space before ; : ! ? and inside « »', () => {
    const bad = Object.entries(fr).filter(([, text]) => / [;:!?»]|« |[a-zé][!?;](\s|$)/.test(text.replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, 'x')))
    expect(bad).toEqual([])
  })

  test('what a trade says in its own words is a sentence of the screens in other words, with the same values', () => {
    const own = Object.keys(area('en', 'vocabulary.json'))
    expect(own.length).toBeGreaterThan(100)
    for (const name of own) {
      const [key = '', kind] = name.split('@')
      expect(workKinds, name).toContain(kind)
      for (const texts of [fr, en]) {
        expect(Object.hasOwn(texts, key), name).toBe(true)
        expect(given(texts[name] ?? ''), name).toEqual(given(texts[key] ?? ''))
        expect(texts[name], name).not.toMatch(/mission/i)
      }
    }
  })

  test('a word on which sentences stand is said in every trade', () => {
    for (const key of ['nav.missions', 'missions.title', 'missions.new', 'new.mission', 'mission.open', 'entity.mission']) for (const kind of workKinds) expect(Object.hasOwn(en, `${key}@${kind}`), `${key}@${kind}`).toBe(true)
    expect([fr['nav.missions@film'], fr['new.mission@theatre'], fr['new.mission@event']]).toEqual(['Jours de tournage', 'Nouvelle représentation', 'Nouveau jour'])
  })

  test('every declared error has its words', () => {
    const missing = Object.keys(errors).filter((code) => !Object.hasOwn(en, `error.${code.replaceAll('.', '_')}`))
    expect(missing).toEqual([])
  })
})
