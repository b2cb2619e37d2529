/**
 * The code on a slip by which an answer on paper finds its question: ten letters of a digest of the acceptance's id and two check letters, in
 * groups of four (`K7QM-2XPB-9RTA`). No letter looks like another. One or two letters typed wrongly, or two exchanged, are always noticed:
 * the checks are the sum and the weighted sum of the letters, counted modulo 29, which is prime. Pure.
 */
import { sha256 } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/id-form.ts'
import { codeAlphabet, normalCode } from '../organization/invitation-code.ts'

const LETTERS = 10
const WHOLE = LETTERS + 2
/** What stands before it in a QR code, so that a scanner's text is known from any other. */
const PREFIX = 'CBS1:'

const valueOf = (letter: string): number => codeAlphabet.indexOf(letter)
const letterOf = (value: number): string => codeAlphabet.charAt(((value % codeAlphabet.length) + codeAlphabet.length) % codeAlphabet.length)

function checksOf(letters: string): string {
  const values = [...letters].map(valueOf)
  return letterOf(values.reduce((sum, value) => sum + value, 0)) + letterOf(values.reduce((sum, value, at) => sum + (at + 1) * value, 0))
}

/** `K7QM-2XPB-9RTA`: the same for the same question, on every computer. */
export function slipCode(acceptance: Id): string {
  let rest = BigInt(`0x${sha256(`slip ${acceptance}`).slice(0, 32)}`)
  let letters = ''
  for (let at = 0; at < LETTERS; at++) {
    letters += letterOf(Number(rest % BigInt(codeAlphabet.length)))
    rest /= BigInt(codeAlphabet.length)
  }
  return normalCode(letters + checksOf(letters))
}

/** What the QR code on the slip says. */
export const slipText = (code: string): string => PREFIX + code.replaceAll('-', '')

/** `letters`: some that stand on no slip; `length`: too few or too many; `check`: one that does not fit the others. */
export type SlipProblem = 'letters' | 'length' | 'check'

/** The code in what was typed in any case, with any separators, or scanned; or what is wrong with it. */
export function readSlipCode(text: string): { code: string } | { problem: SlipProblem } {
  const typed = text.toUpperCase().replace(/[\s.·_–—-]/g, '').replace(PREFIX, '')
  if (typed === '') return { problem: 'length' }
  if ([...typed].some((letter) => valueOf(letter) < 0)) return { problem: 'letters' }
  if (typed.length !== WHOLE) return { problem: 'length' }
  return checksOf(typed.slice(0, LETTERS)) === typed.slice(LETTERS) ? { code: normalCode(typed) } : { problem: 'check' }
}
