import { create } from 'zustand'

/** View state of this computer's user; the core knows nothing of it. */
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export const THEMES = ['system', 'light', 'dark', 'hc-light', 'hc-dark'] as const
export type Theme = (typeof THEMES)[number]
export const DENSITIES = ['comfortable', 'compact', 'touch'] as const
export type Density = (typeof DENSITIES)[number]

/** Per cent of the usual size. */
export const TEXT_SCALES = ['100', '112', '125', '150', '200'] as const
export type TextScale = (typeof TEXT_SCALES)[number]

interface Preferences {
  language: Language
  theme: Theme
  density: Density
  textScale: TextScale
  /** Single letters are left alone: for those who speak or press keys by mistake. */
  lettersOff: boolean
  /** Other keys for a binding, by the keys it was made with: `{ 'n m': 'm' }`. */
  keyMap: Readonly<Record<string, string>>
  /** Null: by the width of the window. */
  rail: boolean | null
  /** Width of the names in the timeline, px. */
  timelineNames: number
  set(change: Partial<Omit<Preferences, 'set'>>): void
}

const KEY = 'callboard.preferences'

const detectedLanguage = (): Language => (navigator.languages.some((language) => language.toLowerCase().startsWith('fr')) ? 'fr' : 'en')
const oneOf = <T extends string>(known: readonly T[], found: unknown, otherwise: T): T => known.find((item) => item === found) ?? otherwise

/** Of what was kept, what can be a key. */
const keyMapIn = (found: unknown): Readonly<Record<string, string>> =>
  typeof found === 'object' && found !== null ? Object.fromEntries(Object.entries(found).flatMap(([name, keys]) => (typeof keys === 'string' ? [[name, keys]] : []))) : {}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null
  } catch {
    return null
  }
}

function stored(): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    return typeof found === 'object' && found !== null ? { ...found } : {}
  } catch {
    return {}
  }
}

export const usePreferences = create<Preferences>()((set, get) => {
  const found = stored()
  return {
    language: oneOf(LANGUAGES, found['language'], detectedLanguage()),
    theme: oneOf(THEMES, found['theme'], 'system'),
    density: oneOf(DENSITIES, found['density'], 'comfortable'),
    textScale: oneOf(TEXT_SCALES, found['textScale'], '100'),
    lettersOff: found['lettersOff'] === true,
    keyMap: keyMapIn(found['keyMap']),
    rail: typeof found['rail'] === 'boolean' ? found['rail'] : null,
    timelineNames: typeof found['timelineNames'] === 'number' ? found['timelineNames'] : 262,
    set: (change) => {
      set(change)
      const { language, theme, density, textScale, lettersOff, keyMap, rail, timelineNames } = get()
      window.localStorage.setItem(KEY, JSON.stringify({ language, theme, density, textScale, lettersOff, keyMap, rail, timelineNames }))
    },
  }
})

/** What the signed-in person chose on this computer, whoever used it before. */
export function adoptPreferences(kept: Readonly<Record<string, unknown>>): void {
  const now = usePreferences.getState()
  // What the one before chose for their eyes and hands is not the next one's.
  now.set({ textScale: oneOf(TEXT_SCALES, kept['text_scale'], '100'), lettersOff: kept['letters_off'] === 'true', keyMap: keyMapIn(parsed(kept['key_map'])) })
  now.set({ language: oneOf(LANGUAGES, kept['language'], now.language), theme: oneOf(THEMES, kept['theme'], now.theme), density: oneOf(DENSITIES, kept['density'], now.density) })
}

const media = (query: string): MediaQueryList => window.matchMedia(query)

export function themeShown(theme: Theme): Exclude<Theme, 'system'> {
  if (theme !== 'system') return theme
  const dark = media('(prefers-color-scheme: dark)').matches
  const high = media('(prefers-contrast: more)').matches
  if (high) return dark ? 'hc-dark' : 'hc-light'
  return dark ? 'dark' : 'light'
}

/** Puts language, theme and density on the document, now and whenever they or the system's choice change. */
export function applyPreferences(): void {
  const apply = (): void => {
    const { language, theme, density, textScale } = usePreferences.getState()
    const root = document.documentElement
    root.lang = language
    root.dataset['theme'] = themeShown(theme)
    root.dataset['density'] = density
    root.style.fontSize = textScale === '100' ? '' : `${textScale}%`
  }
  usePreferences.subscribe(apply)
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) media(query).addEventListener('change', apply)
  apply()
}
