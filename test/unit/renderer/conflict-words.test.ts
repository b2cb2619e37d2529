import IntlMessageFormat from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { conflictWords } from '../../../renderer/app/conflict-words.ts'
import type { Translate } from '../../../renderer/i18n/index.ts'
import { en, fr } from '../../../renderer/i18n/texts.ts'

const speak = (language: 'fr' | 'en'): Translate => (key, values) => String(new IntlMessageFormat((language === 'fr' ? fr : en)[key], language).format({ ...values }))
const rest = {
  kind: 'rest_short', severity: 'warning' as const,
  figures: {
    found_minutes: 630, warning_minutes: 660, severe_minutes: 540, rule: 'daily_rest', rule_fr: 'Repos quotidien', rule_en: 'Daily rest', rule_unsure: false, article: 'L3131-1, D3131-6',
    pack: 'fr-code-du-travail', pack_fr: 'Code du travail (défaut)', pack_en: 'French labour code (default)', pack_is_default: true,
  },
}

describe('an alert of working time', () => {
  test('says what was found, what the rule asks, its title, its article and its pack, in both languages', () => {
    expect(conflictWords(speak('fr'), 'fr', rest)).toEqual({ name: 'Repos trop court', figures: '10 h 30, règle 11 h 00', rule: 'Repos quotidien, L3131-1, D3131-6 · Code du travail (défaut)' })
    expect(conflictWords(speak('en'), 'en', rest)).toEqual({ name: 'Rest too short', figures: '10 h 30, rule 11 h 00', rule: 'Daily rest, L3131-1, D3131-6 · French labour code (default)' })
  })

  test('compares with the limit that was passed, and says when the rule is to be checked', () => {
    const severe = { ...rest, severity: 'severe' as const, figures: { ...rest.figures, found_minutes: 500, rule_unsure: true } }
    expect(conflictWords(speak('fr'), 'fr', severe)).toMatchObject({ figures: '8 h 20, règle 9 h 00', rule: 'Repos quotidien, L3131-1, D3131-6 · Code du travail (défaut) · à vérifier' })
  })

  test('says an average with the weeks that are unknown, and days as days', () => {
    const average = { ...rest, kind: 'week_long', figures: { ...rest.figures, found_minutes: 2700, warning_minutes: 2640, severe_minutes: null, weeks: 12, weeks_unknown: 2 } }
    expect(conflictWords(speak('fr'), 'fr', average).figures).toBe('45 h 00, règle 44 h 00, en moyenne sur 12 semaines, 2 semaines inconnues')
    expect(conflictWords(speak('en'), 'en', { ...average, figures: { ...average.figures, weeks_unknown: 0 } }).figures).toBe('45 h 00, rule 44 h 00, on average over 12 weeks')
    const run = { ...average, figures: { ...rest.figures, found_minutes: 12_960, found_days: 9, warning_days: 6 } }
    expect(conflictWords(speak('fr'), 'fr', run).figures).toBe('9 jours de suite, règle 6')
  })

  test('says of a rate that its card is not in force, and nothing of the amounts', () => {
    expect(conflictWords(speak('fr'), 'fr', { kind: 'rate_mismatch', severity: 'info', figures: { in_force: false } })).toEqual({ name: 'Tarif différent de la grille', figures: 'grille hors de ses dates de validité', rule: null })
  })

  test('has no rule where none was broken', () => {
    expect(conflictWords(speak('fr'), 'fr', { kind: 'person_overlap', severity: 'info', figures: { overlap_minutes: 45 } })).toEqual({ name: 'Deux affectations se chevauchent', figures: '45 min', rule: null })
  })
})
