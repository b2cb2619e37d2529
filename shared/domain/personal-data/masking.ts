/**
 * How sealed numbers are shown to somebody who need not know them, and how right ones are grouped for reading. A mask is made for any text,
 * right or wrong; it shows so little that it cannot be completed.
 */
import { plainNumber } from './problems.ts'
import { readIban } from './bank.ts'
import { readNir } from './nir.ts'

const DOT = '•'
const dots = (count: number): string => DOT.repeat(Math.max(0, count))

const groups = (text: string, sizes: readonly number[]): string => {
  let from = 0
  return sizes.map((size) => text.slice(from, (from += size))).filter((part) => part !== '').join(' ')
}
const byFour = (text: string): string => (text.match(/.{1,4}/gu) ?? []).join(' ')
const nirGroups = [1, 2, 2, 2, 3, 3, 2] as const

/** `1 85 01 2A 004 001 17`. */
export const formatNir = (number: string): string => groups(plainNumber(number), nirGroups)
/** `FR14 2004 1010 0505 0001 3M02 606`. */
export const formatIban = (number: string): string => byFour(plainNumber(number))

/** `1 85 •• •• ••• ••• ••`: sex and year only. What is no such number shows nothing. */
export function maskNir(number: string): string {
  const plain = plainNumber(number)
  return groups(/^\d{3}/.test(plain) && plain.length >= 13 ? plain.slice(0, 3) + dots(12) : dots(15), nirGroups)
}

/** `• •• •• •• ••• •01 17`: the last four, as papers that are shared show it (ui 5.2). What is no such number shows nothing. */
export function tailOfNir(number: string): string {
  const plain = plainNumber(number)
  return groups(dots(11) + (/^[\dAB]{15}$/.test(plain) ? plain.slice(-4) : dots(4)), nirGroups)
}

/** `FR14 •••• •••• •••• •••• •••• 606`: country, check digits, the last three. What is too short to hide shows nothing. */
export function maskIban(number: string): string {
  const plain = plainNumber(number)
  if (!/^[A-Z]{2}\d{2}/.test(plain) || plain.length < 15) return byFour(dots(16))
  return byFour(plain.slice(0, 4) + dots(plain.length - 7) + plain.slice(-3))
}

/** Number of an identity paper: the last two characters of seven or more. */
export function maskPaper(number: string): string {
  const plain = plainNumber(number)
  return plain.length < 7 ? dots(6) : `${dots(6)}${plain.slice(-2)}`
}

/** Where one may begin inside a text of another purpose: not inside a word or a longer number. */
const NIR_BEGINS = /(?<![\p{L}\d])[1-478]/gu
const NIR_HERE = /^\d(?:[ \u00a0\u202f.-]?(?:\d|(?<=2)[AB])){14}(?![\p{L}\d])/iu
const IBAN_BEGINS = /(?<![\p{L}\d])[A-Z]{2}\d{2}/giu
const IBAN_HERE = /^[A-Z]{2}\d{2}(?:[ \u00a0\u202f.-]?[A-Z0-9]){11,30}/iu

function nirAt(text: string): string | null {
  const [found] = NIR_HERE.exec(text) ?? []
  return found !== undefined && readNir(found).ok ? found : null
}

/** The longest beginning, cut where a word ends, that is an account number: words that follow are not part of it. */
function ibanAt(text: string): string | null {
  const [found = ''] = IBAN_HERE.exec(text) ?? []
  for (let end = found.length; end >= 15; end--) {
    if (/[\p{L}\d]/u.test(text[end] ?? '')) continue
    if (readIban(found.slice(0, end)).ok) return found.slice(0, end)
  }
  return null
}

function masked(text: string, begins: RegExp, at: (rest: string) => string | null, mask: (number: string) => string): string {
  let kept = ''
  let done = 0
  for (const { index } of text.matchAll(begins)) {
    if (index < done) continue
    const found = at(text.slice(index))
    if (found === null) continue
    kept += text.slice(done, index) + mask(found)
    done = index + found.length
  }
  return kept + text.slice(done)
}

/** The text with every right NIR and IBAN in it masked; the same text when there is none. For files that must not hold any. */
export const withoutNumbers = (text: string): string => masked(masked(text, NIR_BEGINS, nirAt, maskNir), IBAN_BEGINS, ibanAt, maskIban)
