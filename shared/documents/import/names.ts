import { fold } from '../../kernel/text.ts'

export type NameOrder = 'first_last' | 'last_first'

export interface NameParts {
  /** Trimmed, spaces single, otherwise as typed. */
  full_name: string
  first_name: string | null
  last_name: string | null
  /** True when the cell itself shows the order, by capitals or a comma; else the split is a guess. */
  sure: boolean
}

const PARTICLES = new Set([
  'de',
  'du',
  'des',
  'd',
  'da',
  'di',
  'del',
  'della',
  'la',
  'le',
  'van',
  'von',
  'der',
  'den',
  'ter',
  'ten',
  'el',
  'al',
  'ben',
  'bin',
  'dos',
  'st',
  'saint',
])
const isCapitals = (token: string): boolean => /\p{L}.*\p{L}/u.test(token) && token === token.toUpperCase() && token !== token.toLowerCase()

export const tidyName = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What two spellings of one person share: no accents, case, punctuation or double spaces. */
export const nameKey = (text: string): string =>
  fold(text)
    .replace(/[.'’\-_]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** How a whole column writes names: last name first where at least half show it, by capitals (`DUPONT Marie`) or a comma. */
export function detectNameOrder(values: readonly string[]): { order: NameOrder; certain: boolean } {
  let lastFirst = 0
  let firstLast = 0
  let names = 0
  for (const value of values) {
    const tokens = tidyName(value).split(' ')
    if (tokens.length < 2) continue
    names++
    if (/^[^,]+,\s*[^,]+$/.test(value)) lastFirst++
    else if (isCapitals(tokens[0] ?? '') && !isCapitals(tokens.at(-1) ?? '')) lastFirst++
    else if (!isCapitals(tokens[0] ?? '') && isCapitals(tokens.at(-1) ?? '')) firstLast++
  }
  return {
    order: lastFirst > firstLast && lastFirst * 2 >= names ? 'last_first' : 'first_last',
    certain: lastFirst + firstLast > 0 && lastFirst * firstLast === 0,
  }
}

/**
 * Splits `NOM Prénom`, `Prénom NOM`, `Nom, Prénom`, `Prénom de Nom`. Capitals and a comma decide for their own cell; without them
 * `order` does. Spelling is kept; what is in brackets at the end (`(she/her)`) stays in the full name only.
 */
export function splitName(text: string, order: NameOrder): NameParts {
  const full = tidyName(text)
  const bare = full.replace(/\s*\([^)]*\)$/, '')
  const comma = /^([^,]+),\s*([^,]+)$/.exec(bare)
  if (comma) return { full_name: full, first_name: (comma[2] ?? '').trim(), last_name: (comma[1] ?? '').trim(), sure: true }
  const tokens = bare.split(' ').filter((token) => token !== '')
  if (tokens.length < 2) return { full_name: full, first_name: null, last_name: null, sure: tokens.length === 1 }
  const parts = (cut: number, lastFirst: boolean, sure: boolean): NameParts => {
    const [head, tail] = [tokens.slice(0, cut).join(' '), tokens.slice(cut).join(' ')]
    return { full_name: full, first_name: lastFirst ? tail : head, last_name: lastFirst ? head : tail, sure }
  }
  const capitals = tokens.map(isCapitals)
  const mixed = tokens.length - capitals.filter(Boolean).length
  if (mixed > 0 && mixed < tokens.length) {
    if (capitals[0]) {
      const end = capitals.indexOf(false)
      if (capitals.slice(end).every((capital) => !capital)) return parts(end, true, true)
    }
    if (capitals.at(-1)) {
      const start = capitals.indexOf(true)
      if (capitals.slice(start).every(Boolean)) {
        let cut = start
        while (cut > 1 && PARTICLES.has(fold(tokens[cut - 1] ?? ''))) cut--
        return parts(cut, false, true)
      }
    }
  }
  const particle = tokens.findIndex((token, index) => index > 0 && PARTICLES.has(fold(token)) && token === token.toLowerCase())
  if (order === 'last_first') return parts(tokens.length - 1, true, false)
  if (particle > 0) return parts(particle, false, false)
  return parts(tokens.length - 1, false, false)
}
