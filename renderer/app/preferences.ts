import { create } from 'zustand'

/** View state of this computer's user; the core knows nothing of it. */
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export const THEMES = ['system', 'light', 'dark', 'hc-light', 'hc-dark'] as const
export type Theme = (typeof THEMES)[number]
export const DENSITIES = ['comfortable', 'compact', 'touch'] as const
export type Density = (typeof DENSITIES)[number]

interface Preferences {
  language: Language
  theme: Theme
  density: Density
  /** Null: by the width of the window. */
  rail: boolean | null
  set(change: Partial<Pick<Preferences, 'language' | 'theme' | 'density' | 'rail'>>): void
}

const KEY = 'callboard.preferences'

const detectedLanguage = (): Language => (navigator.languages.some((language) => language.toLowerCase().startsWith('fr')) ? 'fr' : 'en')
const oneOf = <T extends string>(known: readonly T[], found: unknown, otherwise: T): T => known.find((item) => item === found) ?? otherwise

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
    rail: typeof found['rail'] === 'boolean' ? found['rail'] : null,
    set: (change) => {
      set(change)
      const { language, theme, density, rail } = get()
      window.localStorage.setItem(KEY, JSON.stringify({ language, theme, density, rail }))
    },
  }
})

/** What the signed-in person chose on this computer, whoever used it before. */
export function adoptPreferences(kept: { language?: unknown; theme?: unknown; density?: unknown }): void {
  const now = usePreferences.getState()
  now.set({ language: oneOf(LANGUAGES, kept.language, now.language), theme: oneOf(THEMES, kept.theme, now.theme), density: oneOf(DENSITIES, kept.density, now.density) })
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
    const { language, theme, density } = usePreferences.getState()
    const root = document.documentElement
    root.lang = language
    root.dataset['theme'] = themeShown(theme)
    root.dataset['density'] = density
  }
  usePreferences.subscribe(apply)
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) media(query).addEventListener('change', apply)
  apply()
}
