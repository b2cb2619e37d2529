/**
 * Numbers that administrations give to organizations in France, each with its check digits: a mistyped one is caught before it is
 * printed on a contract. Sources: INSEE for SIREN and SIRET, code général des impôts (art. 286 ter A) for the VAT number.
 */
import type { Violation } from '../entity.ts'

/** Luhn's rule: from the right, every second digit is doubled (less 9 above 9); the sum ends in 0. */
function isLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** La Poste has more establishments than Luhn's rule leaves numbers: theirs need a sum of digits that 5 divides. */
const LA_POSTE = '356000000'

/** 9 digits, the last one a check digit. */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && isLuhn(text)

/** 14 digits: the SIREN, then 5 for the establishment, the last one a check digit over all. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false
  if (isLuhn(text)) return true
  return text.startsWith(LA_POSTE) && [...text].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0
}

/** `FR`, two characters, the SIREN; when the two are digits they are (12 + 3 × (SIREN mod 97)) mod 97. Other countries' numbers pass. */
export function isVatNumber(text: string): boolean {
  const plain = text.replaceAll(' ', '').toUpperCase()
  if (!plain.startsWith('FR')) return /^[A-Z]{2}[0-9A-Z+*.]{2,14}$/.test(plain)
  const [, key, siren] = /^FR([0-9A-Z]{2})(\d{9})$/.exec(plain) ?? []
  if (key === undefined || siren === undefined || !isSiren(siren)) return false
  return !/^\d{2}$/.test(key) || Number(key) === (12 + 3 * (Number(siren) % 97)) % 97
}

/** NAF code: 4 digits and a letter, with or without the dot, `90.01Z`. */
export const isApe = (text: string): boolean => /^\d{2}\.?\d{2}[A-Z]$/.test(text)

interface Identity {
  siren: string | null
  siret: string | null
  vat_number: string | null
  ape: string | null
}

/** What is wrong with the numbers of an organization, each alone and together. */
export function identityViolations({ siren, siret, vat_number, ape }: Identity): Violation[] {
  const wrong: Violation[] = []
  if (siren !== null && !isSiren(siren)) wrong.push({ code: 'organization.siren', field: 'siren', found: siren })
  if (siret !== null && !isSiret(siret)) wrong.push({ code: 'organization.siret', field: 'siret', found: siret })
  else if (siren !== null && siret !== null && !siret.startsWith(siren)) wrong.push({ code: 'organization.siret_of_other', field: 'siret', found: siret })
  if (vat_number !== null && !isVatNumber(vat_number)) wrong.push({ code: 'organization.vat_number', field: 'vat_number', found: vat_number })
  if (ape !== null && !isApe(ape)) wrong.push({ code: 'organization.ape', field: 'ape', found: ape })
  return wrong
}
