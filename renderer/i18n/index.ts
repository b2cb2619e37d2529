import i18next from 'i18next'
import ICU from 'i18next-icu'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { usePreferences } from '../app/preferences.ts'
import type { Language } from '../app/preferences.ts'
import { en, fr } from './texts.ts'
import { useTrade } from './work-kind.ts'
import type { WorkKind } from './work-kind.ts'

/** Every text of the screens; the two files have the same keys (a test holds it). What a trade says in its own words is found under the same key. */
export type Key = Exclude<Extract<keyof typeof en, string>, `${string}@${string}`>
export type Values = Readonly<Record<string, string | number>>
export type Translate = (key: Key, values?: Values) => string

export async function startI18n(): Promise<void> {
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: usePreferences.getState().language,
      fallbackLng: 'en',
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      resources: { fr: { translation: fr }, en: { translation: en } },
    })
  usePreferences.subscribe((now, before) => {
    if (now.language !== before.language) void i18next.changeLanguage(now.language)
  })
}

export function useT(): Translate {
  const { t } = useTranslation()
  const kind = useTrade((trade) => trade.kind)
  return useCallback((key, values) => String(t(nameIn(kind, key), { ...values })), [t, kind])
}

/** Texts in a language that is not the screen's: what is sent to somebody. */
export const translateIn = (language: Language): Translate => {
  const t = i18next.getFixedT(language)
  return (key, values) => String(t(nameIn(useTrade.getState().kind, key), { ...values }))
}

/** The trade's own sentence where it has one (vocabulary.json), else the general one: never one put together from parts. */
const nameIn = (kind: WorkKind | null, key: Key): string => {
  const own = `${key}@${kind}`
  return kind !== null && Object.hasOwn(en, own) ? own : key
}

/** Is there a text of this name? For words that come from the core (error codes, states, kinds). */
export const isKey = (name: string): name is Key => Object.hasOwn(en, name) && !name.includes('@')

/** The text of a word that came from the core, else the word itself. */
export const wordOf = (t: Translate, family: string, word: string): string => {
  const key = `${family}.${word}`
  return isKey(key) ? t(key) : word
}
