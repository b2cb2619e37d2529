/** What scene headings and speakers say, in French and in English. */
import { fold } from '../../kernel/text.ts'

/** `INT.`, `EXT./INT.`, `INT/EXT`, `I/E` at the beginning of a heading. */
const inside = /^(INT\.?\s*[/-]\s*EXT\.?|EXT\.?\s*[/-]\s*INT\.?|I\s*\/\s*E\.?|E\s*\/\s*I\.?|INT(?:[EÉ]RIEUR)?\.?|EXT(?:[EÉ]RIEUR)?\.?|EST\.?)(?=[\s.:,-]|$)[\s.:,-]*/i
/** Parts at the end of a heading that say when it is; compared without accents. */
const moments = [
  'jour', 'nuit', 'matin', 'matinee', 'midi', 'apres-midi', 'soir', 'soiree', 'aube', 'crepuscule', 'lever du jour', 'coucher du soleil', 'continu', 'suite', 'plus tard', 'meme moment',
  'day', 'night', 'morning', 'noon', 'afternoon', 'evening', 'dawn', 'dusk', 'sunrise', 'sunset', 'continuous', 'later', 'moments later', 'same', 'same time', 'magic hour', 'j', 'n', 'd',
]
const isMoment = (text: string): boolean => {
  const words = fold(text).trim()
  return moments.some((moment) => words === moment || words.startsWith(`${moment} `) || words.startsWith(`${moment}/`) || words.startsWith(`${moment}(`))
}

export interface Heading {
  /** `INT`, `EXT`, `INT/EXT`; empty when the heading does not say. */
  int_ext: string
  set: string
  /** When: `JOUR`, `NIGHT`; empty when the heading does not say. */
  effect: string
}

const placeOf = (said: string): string => {
  const letters = said.toUpperCase().replace(/É/g, 'E').replace(/INTERIEUR/, 'INT').replace(/EXTERIEUR/, 'EXT').replace(/[\s.]/g, '').replace('-', '/')
  return letters === 'I/E' ? 'INT/EXT' : letters === 'E/I' ? 'EXT/INT' : letters
}

/** `INT. CUISINE - MAISON DE PAUL - JOUR` -> INT, `CUISINE - MAISON DE PAUL`, JOUR. */
export function parseHeading(heading: string): Heading {
  const found = inside.exec(heading)
  const parts = (found ? heading.slice(found[0].length) : heading).split(/\s+[-–—]\s+|\s*[–—]\s*/).map((part) => part.trim()).filter((part) => part !== '')
  const last = parts.at(-1) ?? ''
  const effect = parts.length > 1 && isMoment(last) ? last : ''
  const set = (effect === '' ? parts : parts.slice(0, -1)).join(' - ')
  return { int_ext: found?.[1] === undefined ? '' : placeOf(found[1]).slice(0, 20), set: set.slice(0, 200), effect: effect.slice(0, 40) }
}

/** `1 3/8` -> 11, `5/8` -> 5, `2` -> 16; null when it is no length of a page. */
export function parseEighths(text: string | null): number | null {
  const found = /^(?:(\d{1,2})(?:\s+|$))?(?:([0-7])\/8)?$/.exec(text?.trim() ?? '')
  if (!found || (found[1] === undefined && found[2] === undefined)) return null
  return Number(found[1] ?? 0) * 8 + Number(found[2] ?? 0)
}

/** `JEANNE (V.O.) (CONT’D)` -> `JEANNE`. */
export const speakerName = (said: string): string => said.replace(/\([^)]*\)?/g, ' ').replace(/[\s:]+$/, '').replace(/\s+/g, ' ').trim().slice(0, 160)
