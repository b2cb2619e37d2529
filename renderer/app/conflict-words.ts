/** A conflict in words: what it is, what was found beside what is asked, and for a rule its title, its article and the pack it stands in. */
import { wordOf } from '../i18n/index.ts'
import type { Translate } from '../i18n/index.ts'
import type { ConflictRow } from './conflicts.ts'
import type { Language } from './preferences.ts'

export interface ConflictText {
  /** `Repos trop court`. */
  readonly name: string
  /** `10 h 30, règle 11 h 00`; null: nothing was measured. */
  readonly figures: string | null
  /** `Repos quotidien, L3131-1, D3131-6 · Code du travail (défaut)`; null: no rule. */
  readonly rule: string | null
}

/** `10 h 30`, `45 min`. */
export function minutesText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} min` : `${hours} h ${String(rest).padStart(2, '0')}`
}

const numberIn = (figures: ConflictRow['figures'], name: string): number | null => (typeof figures[name] === 'number' ? figures[name] : null)
const textIn = (figures: ConflictRow['figures'], name: string): string => (typeof figures[name] === 'string' ? figures[name] : '')

function measuredIn(t: Translate, { figures, severity }: Pick<ConflictRow, 'figures' | 'severity'>): string | null {
  if (figures['in_force'] === false) return t('conflict.card_not_in_force')
  const days = numberIn(figures, 'found_days')
  if (days !== null) return t('conflict.days', { found: days, asked: numberIn(figures, 'warning_days') ?? 0 })
  const found = numberIn(figures, 'found_minutes')
  const asked = (severity === 'severe' ? numberIn(figures, 'severe_minutes') : null) ?? numberIn(figures, 'warning_minutes')
  if (found !== null && asked !== null) {
    const weeks = numberIn(figures, 'weeks')
    const said = t('conflict.figures', { found: minutesText(found), asked: minutesText(asked) })
    return weeks === null ? said : `${said}, ${t('conflict.weeks', { weeks, unknown: numberIn(figures, 'weeks_unknown') ?? 0 })}`
  }
  const overlap = numberIn(figures, 'overlap_minutes')
  return overlap === null ? null : minutesText(overlap)
}

/** The rule an alert stands on, as its pack says it in the language of the screen. */
export function ruleIn(t: Translate, language: Language, { figures }: Pick<ConflictRow, 'figures'>): string | null {
  const title = textIn(figures, `rule_${language}`)
  if (title === '') return null
  const article = textIn(figures, 'article')
  const cited = [title, article].filter(Boolean).join(', ')
  return [cited, textIn(figures, `pack_${language}`), figures['rule_unsure'] === true ? t('conflict.unsure') : ''].filter(Boolean).join(' · ')
}

export const conflictWords = (t: Translate, language: Language, conflict: Pick<ConflictRow, 'kind' | 'severity' | 'figures'>): ConflictText => ({
  name: wordOf(t, 'conflict', conflict.kind), figures: measuredIn(t, conflict), rule: ruleIn(t, language, conflict),
})
