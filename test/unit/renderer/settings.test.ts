import { describe, expect, it } from 'vitest'
import en from '../../../renderer/i18n/en/settings.json' with { type: 'json' }
import fr from '../../../renderer/i18n/fr/settings.json' with { type: 'json' }
import auditWords from '../../../renderer/i18n/fr/audit.json' with { type: 'json' }
import newsWords from '../../../renderer/i18n/fr/news.json' with { type: 'json' }
import { amountText, digitsOf, parseAmount } from '../../../renderer/pages/settings/amounts.ts'
import { compareVersions, NEWS, newsSince } from '../../../renderer/pages/settings/news.ts'
import { SETTINGS, sectionsFor } from '../../../renderer/pages/settings/sections.ts'
import { entities } from '../../../shared/domain/registry.ts'

const inFrench = (key: string): string => Object.entries(fr).find(([name]) => name === key)?.[1] ?? key

describe('the sections of the settings', () => {
  it('are found by their title and by the fields in them, without accents', () => {
    const found = (typed: string): string[] => sectionsFor(inFrench, typed).map(({ id }) => id)
    expect(found('siret')).toEqual(['identity'])
    expect(found('TELEPHONES')).toEqual(['layouts'])
    expect(found('sauvegarde quotidienne')).toEqual(['flags'])
    expect(found('')).toHaveLength(SETTINGS.length)
    expect(found('rien de tel')).toEqual([])
  })

  it('each have a title and words in both languages', () => {
    for (const { id } of SETTINGS)
      for (const part of ['section', 'words']) {
        const key = `settings.${part}.${id.replaceAll('-', '_')}`
        expect([Object.hasOwn(fr, key), Object.hasOwn(en, key)], key).toEqual([true, true])
      }
  })
})

describe('amounts', () => {
  it('are typed with a comma or a point, and kept in minor units', () => {
    expect(parseAmount('1 250,50 €', 'EUR')).toBe(125_050)
    expect(parseAmount('1250.5', 'EUR')).toBe(125_050)
    expect(parseAmount('900', 'JPY')).toBe(900)
    expect([parseAmount('12,345', 'EUR'), parseAmount('9,5', 'JPY'), parseAmount('douze', 'EUR'), parseAmount('', 'EUR')]).toEqual([null, null, null, null])
    expect(digitsOf('KWD')).toBe(3)
  })

  it('are shown as they would be typed', () => {
    for (const minor of [0, 5, 99, 100, 12_345, 35_000]) expect(parseAmount(amountText(minor, 'EUR', 'fr'), 'EUR')).toBe(minor)
    expect([amountText(35_000, 'EUR', 'fr'), amountText(35_050, 'EUR', 'en'), amountText(900, 'JPY', 'fr')]).toEqual(['350', '350.50', '900'])
  })
})

describe('what changed', () => {
  const line = NEWS[0]?.lines[0] ?? 'news.title'
  const news = ['0.10.0', '0.9.0', '0.2.0'].map((version) => ({ version, lines: [line] }))
  it('is what came after the version last seen, up to the one that runs', () => {
    expect(newsSince('0.2.0', '0.10.0', news).map(({ version }) => version)).toEqual(['0.10.0', '0.9.0'])
    expect(newsSince('0.10.0', '0.10.0', news)).toEqual([])
    expect(newsSince('0.2.0', '0.9.0', news).map(({ version }) => version)).toEqual(['0.9.0'])
    expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0)
  })

  it('has its texts', () => {
    for (const key of NEWS.flatMap(({ lines }) => lines)) expect(Object.hasOwn(newsWords, key), key).toBe(true)
  })
})

describe('the audit log', () => {
  it('has a word for every field of every record', () => {
    const missing = [...new Set([...entities.values()].flatMap((entity) => Object.keys(entity.fields)))].filter((name) => !Object.hasOwn(auditWords, `audit.field.${name}`))
    expect(missing).toEqual([])
  })
})
