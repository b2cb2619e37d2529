import { usePreferences } from './preferences.ts'
import type { Language } from './preferences.ts'
import { keysOf } from './shortcuts.ts'

const named: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  mod: { fr: 'Ctrl', en: 'Ctrl' }, shift: { fr: 'Maj', en: 'Shift' }, alt: { fr: 'Alt', en: 'Alt' }, enter: { fr: 'Entrée', en: 'Enter' }, escape: { fr: 'Échap', en: 'Esc' },
  arrowup: { fr: '↑', en: '↑' }, arrowdown: { fr: '↓', en: '↓' }, arrowleft: { fr: '←', en: '←' }, arrowright: { fr: '→', en: '→' }, ' ': { fr: 'Espace', en: 'Space' }, delete: { fr: 'Suppr', en: 'Del' },
  pageup: { fr: 'Pg préc', en: 'PgUp' }, pagedown: { fr: 'Pg suiv', en: 'PgDn' },
}

/** `mod+shift+z` as it is printed on the keyboard of the language: `Ctrl Maj Z`. */
export function keyWords(keys: string, language: Language): string {
  const word = (key: string): string => named[key.toLowerCase()]?.[language] ?? (key.length === 1 ? key.toUpperCase() : key)
  return keys.split(' ').map((chord) => (chord === '+' ? '+' : chord.split('+').map(word).join(' '))).join(' ')
}

/** The keys a person presses for a binding, in the words of their keyboard; empty when they took them away. */
export function useKeyWords(): (keys: string) => string {
  const { language, keyMap } = usePreferences()
  return (keys) => keyWords(keysOf(keys, keyMap), language)
}
