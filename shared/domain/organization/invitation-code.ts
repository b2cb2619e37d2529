/** Codes said aloud or read from paper: no letter or digit that looks like another, in groups. */
import { sha256 } from '../../kernel/hashing.ts'

/** Without 0 O 1 I L U V: what is misread is not there. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTWXYZ'

/** `K7QM-2XPB-9RTA` of what a person typed in any case, with any separators. */
export function normalCode(typed: string, group = 4): string {
  const letters = [...typed.toUpperCase()].filter((letter) => codeAlphabet.includes(letter)).join('')
  return letters.match(new RegExp(`.{1,${group}}`, 'g'))?.join('-') ?? ''
}

/** Letters of a code by which a server lets one of its people in; that of an invitation has 12. */
export const ACCOUNT_CODE_LETTERS = 16
export const isAccountCode = (typed: string): boolean => normalCode(typed).replaceAll('-', '').length === ACCOUNT_CODE_LETTERS

export const invitationDigest = (code: string): string => sha256(`invitation ${normalCode(code)}`)
