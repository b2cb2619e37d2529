/**
 * French social-security numbers (NIR) and bank accounts (IBAN) stay out of an import, their place is the vault: recognised by their
 * checksums, refused as columns, struck out where they stand inside other text.
 */
import { ibanHolds } from '../../domain/personal-data/bank.ts'
import { nirKey } from '../../domain/personal-data/nir.ts'

export type SealedKind = 'nir' | 'iban'

/** Number and key (15 characters). */
export function isNir(text: string): boolean {
  const compact = text.replace(/[\s.-]/g, '').toUpperCase()
  const found = /^([1-478]\d{4}(?:\d{2}|2A|2B)\d{6})(\d{2})$/.exec(compact)
  if (!found) return false
  const month = Number(compact.slice(3, 5))
  if (month === 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false
  return nirKey(found[1] ?? '') === found[2]
}

export function isIban(text: string): boolean {
  const compact = text.replace(/[\s-]/g, '').toUpperCase()
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact) && ibanHolds(compact)
}

export const sealedKindOf = (text: string): SealedKind | null => (isNir(text) ? 'nir' : isIban(text) ? 'iban' : null)

const HINT = /[1-478][\d .-]{10,}|[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}/
const NIR_INSIDE = /(?<![\d])[1-478][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AaBb])[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{2}(?!\d)/g
const IBAN_INSIDE = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])/g
export const STRUCK_OUT = '•••'

/** The longest beginning of `text`, cut at spaces, that is an account number: the pattern may have run into the words after it. */
function ibanHead(text: string): string | null {
  for (let end = text.length; end > 14; end--) {
    if ((end === text.length || text[end] === ' ') && isIban(text.slice(0, end))) return text.slice(0, end)
  }
  return null
}

/** The text with every such number struck out; the same text where there is none. */
export function strikeOutSealed(text: string): string {
  if (text.length < 13 || !HINT.test(text)) return text
  return text
    .replace(NIR_INSIDE, (found) => (isNir(found) ? STRUCK_OUT : found))
    .replace(IBAN_INSIDE, (found) => {
      const head = ibanHead(found)
      return head === null ? found : STRUCK_OUT + found.slice(head.length)
    })
}
