import type { LocalDate } from '../../kernel/instants.ts'
import { isLocalDate } from '../../kernel/instants.ts'
import { fold } from '../../kernel/text.ts'

/** How the parts of a date written in figures follow one another. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

export interface DateOptions {
  order: DateOrder
  /** Year of dates that name none (`24/10`). Without it they are refused. */
  year?: number
}

export type DateReading =
  { ok: true; date: LocalDate; without_year: boolean } | { ok: false; issue: 'unreadable' | 'no_such_day' | 'year_missing' }

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'janvier', 'jan', 'janv'],
  ['february', 'fevrier', 'feb', 'fev', 'fevr'],
  ['march', 'mars', 'mar'],
  ['april', 'avril', 'apr', 'avr'],
  ['may', 'mai'],
  ['june', 'juin', 'jun'],
  ['july', 'juillet', 'jul', 'juil'],
  ['august', 'aout', 'aug', 'aou'],
  ['september', 'septembre', 'sep', 'sept'],
  ['october', 'octobre', 'oct'],
  ['november', 'novembre', 'nov'],
  ['december', 'decembre', 'dec'],
]
const MONTH_OF = new Map(MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))

const WEEKDAYS =
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim|' +
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun'
const WEEKDAY = new RegExp(`^(?:${WEEKDAYS})\\.?,?\\s+(?=\\S)`)
const two = (value: number): string => String(value).padStart(2, '0')

function made(year: number, month: number, day: number, withoutYear: boolean): DateReading {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return isLocalDate(date) ? { ok: true, date, without_year: withoutYear } : { ok: false, issue: 'no_such_day' }
}

/** `26` is 2026, `85` is 1985: the century that keeps the year under 2070. */
const fullYear = (text: string): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900))

/**
 * Reads one date: `2026-10-24`, `24/10/2026`, `24.10.26`, `24/10`, `24 oct. 2026`, `samedi 24 octobre 2026`, `Oct 24, 2026`,
 * `20261024`. Figures alone follow `options.order`, except where they can only be read one way (`2026/10/24`).
 */
export function parseDate(text: string, options: DateOptions): DateReading {
  const folded = fold(text).replace(/\b1er\b/, '1')
  // As it stands first: `mar. 3` is March before it is a Tuesday, `mar. 3 mars` only a Tuesday.
  return readBare(folded, options) ?? readBare(folded.replace(WEEKDAY, ''), options) ?? { ok: false, issue: 'unreadable' }
}

function readBare(text: string, options: DateOptions): DateReading | null {
  const figures = /^(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})(?:\s*[/.\-\s]\s*(\d{1,4}))?\.?$/.exec(text)
  if (figures) return fromFigures(figures[1] ?? '', figures[2] ?? '', figures[3], options)
  const joined = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return joined ? made(Number(joined[1]), Number(joined[2]), Number(joined[3]), false) : fromWords(text, options)
}

function fromFigures(first: string, second: string, third: string | undefined, options: DateOptions): DateReading {
  if (first.length > 2) {
    if (first.length !== 4 || third === undefined || third.length > 2) return { ok: false, issue: 'unreadable' }
    return made(Number(first), Number(second), Number(third), false)
  }
  const [day, month] = options.order === 'mdy' ? [second, first] : [first, second]
  if (third === undefined) {
    if (options.year === undefined) return { ok: false, issue: 'year_missing' }
    const [d, m] = options.order === 'ymd' ? [second, first] : [day, month]
    return made(options.year, Number(m), Number(d), true)
  }
  if (third.length === 3 || third.length === 1) return { ok: false, issue: 'unreadable' }
  if (options.order === 'ymd' && third.length <= 2) return made(fullYear(first), Number(second), Number(third), false)
  return made(fullYear(third), Number(month), Number(day), false)
}

function fromWords(text: string, options: DateOptions): DateReading | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*([a-z]+)\.?,?[\s.\-/]*(\d{4}|\d{2})?$/.exec(text)
  const monthFirst = /^([a-z]+)\.?[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:,?[\s.\-/]+(\d{4}|\d{2}))?$/.exec(text)
  const [day, word, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : monthFirst
      ? [monthFirst[2], monthFirst[1], monthFirst[3]]
      : []
  const month = word === undefined ? undefined : MONTH_OF.get(word)
  if (day === undefined || month === undefined) return null
  if (year !== undefined) return made(fullYear(year), month, Number(day), false)
  return options.year === undefined ? { ok: false, issue: 'year_missing' } : made(options.year, month, Number(day), true)
}

export interface DateOrderGuess {
  order: DateOrder
  /** False when every value can be read both ways: the person must look at the samples. */
  certain: boolean
  /** Three values as they will be read, the most telling first. */
  samples: { found: string; read_as: string }[]
}

/** The order of figures in a whole column: one value above 12 settles it for all. `fallback` decides where none does. */
export function detectDateOrder(values: readonly string[], fallback: 'dmy' | 'mdy' = 'dmy', year?: number): DateOrderGuess {
  let dayFirst = 0
  let monthFirst = 0
  let yearFirst = 0
  let ambiguous = 0
  const telling: string[] = []
  const plain: string[] = []
  for (const value of values) {
    const figures = /^\D*?(\d{1,4})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{1,4}))?(?!\d)/.exec(value.trim())
    if (!figures) continue
    const [first, second] = [Number(figures[1]), Number(figures[2])]
    if ((figures[1] ?? '').length === 4) yearFirst++
    else if (first > 31 && figures[3] !== undefined) yearFirst++
    else if (first > 12 && second <= 12) dayFirst++
    else if (second > 12 && first <= 12) monthFirst++
    else ambiguous++
    if (telling.length < 3 && (first > 12 || second > 12)) telling.push(value)
    else if (plain.length < 3 && !plain.includes(value)) plain.push(value)
  }
  const order: DateOrder =
    dayFirst + monthFirst === 0 && yearFirst > ambiguous ? 'ymd' : monthFirst > dayFirst ? 'mdy' : dayFirst > 0 ? 'dmy' : fallback
  const certain = order === 'ymd' || (ambiguous === 0 && dayFirst * monthFirst === 0) || dayFirst > 0 !== monthFirst > 0
  const samples = [...telling, ...plain, ...values.filter((value) => value.trim() !== '')].slice(0, 50)
  const shown = [...new Set(samples)].slice(0, 3).map((found) => {
    const reading = parseDate(dateHead(found), year === undefined ? { order } : { order, year })
    return { found, read_as: reading.ok ? reading.date : '' }
  })
  return { order, certain, samples: shown }
}

/** The date part of a cell that may also hold a time. */
export function dateHead(text: string): string {
  const split = splitDateTime(text)
  return split ? split.date : text
}

const TIME_TAIL =
  /^(.*?)(?:\s*(?:[,T@-]|à|at)\s*|\s+)(\d{1,2}\s*[:h]\s*\d{0,2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|midi|minuit|noon|midnight)$/i

/** `24/10/2026 14h30` as its two halves, null where there is only one. */
export function splitDateTime(text: string): { date: string; time: string } | null {
  const found = TIME_TAIL.exec(text.trim())
  const [date, time] = [found?.[1], found?.[2]]
  return date === undefined || time === undefined || !/\d/.test(date) ? null : { date: date.replace(/[\s,]+$/, ''), time }
}
