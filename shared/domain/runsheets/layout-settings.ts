/** What an organization wants of its sheets of one layout; what stands until it says otherwise. */
import type { Row } from '../entity.ts'
import type { sheetLayouts } from '../planning/model.ts'
import { sheetSections, type sheetLayoutSetting, type sheetPhones } from './model.ts'
import type { KeyTimeCode } from './snapshot.ts'

export type SheetLayout = (typeof sheetLayouts)[number]
export type Section = (typeof sheetSections)[number]

export interface LayoutSettings {
  key_times: readonly KeyTimeCode[]
  sections: readonly Section[]
  phones: (typeof sheetPhones)[number]
  revision_colours: readonly string[]
  legal_note: string | null
}

/** The layout as it ships: what the editor offers when nobody has set anything. Every known time is printed, in order of the clock. */
export const shippedLayouts: Readonly<Record<SheetLayout, LayoutSettings>> = {
  stage: { key_times: ['general_call', 'get_in', 'sound_check', 'meal', 'doors', 'show', 'wrap', 'load_out'], sections: [...sheetSections], phones: 'heads', revision_colours: [], legal_note: null },
  theatre: { key_times: ['general_call', 'meal', 'doors', 'half', 'curtain', 'interval', 'down', 'wrap'], sections: [...sheetSections], phones: 'heads', revision_colours: [], legal_note: null },
  film: { key_times: ['general_call', 'breakfast', 'ready_to_shoot', 'shooting', 'meal', 'wrap', 'hard_out'], sections: [...sheetSections], phones: 'heads', revision_colours: [], legal_note: null },
}

export const settingsOf = (layout: SheetLayout, row: Row<typeof sheetLayoutSetting> | null): LayoutSettings => row ?? shippedLayouts[layout]

/** The printed name of a version, `Bleu`; after the last name the first comes again, as on set. Null: numbers only. */
export function revisionColour(settings: LayoutSettings, number: number): string | null {
  const { revision_colours: names } = settings
  return names.length === 0 ? null : (names[(number - 1) % names.length] ?? null)
}

/** Key times of a first draft: those the organization asked for, in its order; the general call always, since nothing is published without it. */
export function chosenKeyTimes<T extends { code: KeyTimeCode }>(times: readonly T[], codes: readonly KeyTimeCode[]): T[] {
  const rank = (code: KeyTimeCode): number => (codes.includes(code) ? codes.indexOf(code) : -1)
  return times.filter((time) => time.code === 'general_call' || codes.includes(time.code)).sort((a, b) => rank(a.code) - rank(b.code))
}
