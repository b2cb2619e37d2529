/**
 * Bank details: account number (IBAN, ISO 13616), its French key (RIB), bank's code (BIC, ISO 9362). Problems never hold the number.
 */
import { sepaLengths, sharedAccountCountries } from './iban-countries.ts'
import { accepted, plainNumber, remainder97, twoDigits, wrong, type NumberResult } from './problems.ts'

export const ibanIssues = ['iban.empty', 'iban.character', 'iban.country', 'iban.length', 'iban.key', 'iban.national_form', 'iban.national_key'] as const
export type IbanIssue = (typeof ibanIssues)[number]

export interface Iban {
  /** Capitals, no space. */
  number: string
  /** ISO 3166 alpha-2, as the number begins. */
  country: string
  /** Outside SEPA a transfer needs a BIC, and only the general length and the key can be checked. */
  sepa: boolean
}

/** Letters count 10 (A) to 35 (Z). */
const asDigits = (text: string): string => [...text].map((sign) => String(Number.parseInt(sign, 36))).join('')

/** By ISO 13616: country and check digits at the end, letters as figures, 1 remains. Capitals and digits, without spaces. */
export const ibanHolds = (number: string): boolean => remainder97(asDigits(number.slice(4) + number.slice(0, 4))) === 1

/** Check digits of a country and a national account number: `98` less the remainder. Both in capitals, without spaces. */
export const ibanKey = (country: string, account: string): string => twoDigits(98 - remainder97(asDigits(`${account}${country}00`)))

/** In a French account, letters count 1 to 9 from A and from J, 2 to 9 from S. */
const ribDigits = (account: string): string =>
  account.replace(/[A-Z]/g, (letter) => {
    const place = letter.charCodeAt(0) - 65
    return String(place < 18 ? (place % 9) + 1 : place - 16)
  })

/** Key of a French account: bank (5 digits), branch (5 digits), account (11 digits or capitals). From `01` to `97`. */
export function ribKey(bank: string, branch: string, account: string): string {
  const sum = 89 * remainder97(bank) + 15 * remainder97(branch) + 3 * remainder97(ribDigits(account))
  return twoDigits(97 - (sum % 97))
}

/** Bank, branch, account, key: the form of France and of Monaco. */
const FRENCH = /^(\d{5})(\d{5})([0-9A-Z]{11})(\d{2})$/

/** Reads a number as typed or pasted; refuses with the first thing that is wrong, from the coarsest to the finest. */
export function readIban(typed: string): NumberResult<Iban, IbanIssue> {
  // Copied from a bank's page, the word comes along.
  const number = plainNumber(typed).replace(/^IBAN:?(?=[A-Z]{2}\d{2})/, '')
  if (number === '') return wrong('iban.empty', null, 'FR76…')
  const stray = [...number].findIndex((sign) => !/[0-9A-Z]/.test(sign))
  if (stray !== -1) return wrong('iban.character', stray + 1, '0-9, A-Z')
  if (!/^[A-Z]{2}/.test(number)) return wrong('iban.country', 1, 'FR')
  const country = number.slice(0, 2)
  const length = sepaLengths[country]
  if (length === undefined ? number.length < 15 || number.length > 34 : number.length !== length) return wrong('iban.length', null, length === undefined ? '15-34' : String(length))
  if (!/^\d{2}$/.test(number.slice(2, 4)) || !ibanHolds(number)) return wrong('iban.key', 3, ibanKey(country, number.slice(4)))
  if (country === 'FR' || country === 'MC') {
    const [, bank, branch, account, key] = FRENCH.exec(number.slice(4)) ?? []
    if (bank === undefined || branch === undefined || account === undefined || key === undefined) return wrong('iban.national_form', 5, '5 + 5 + 11 + 2')
    const right = ribKey(bank, branch, account)
    if (key !== right) return wrong('iban.national_key', 26, right)
  }
  return accepted({ number, country, sepa: length !== undefined })
}

export const bicIssues = ['bic.empty', 'bic.character', 'bic.length', 'bic.form'] as const
export type BicIssue = (typeof bicIssues)[number]

export interface Bic {
  /** 8 or 11 capitals and digits. */
  code: string
  country: string
}

export function readBic(typed: string): NumberResult<Bic, BicIssue> {
  const code = plainNumber(typed)
  if (code === '') return wrong('bic.empty', null, '8, 11')
  const stray = [...code].findIndex((sign) => !/[0-9A-Z]/.test(sign))
  if (stray !== -1) return wrong('bic.character', stray + 1, '0-9, A-Z')
  if (code.length !== 8 && code.length !== 11) return wrong('bic.length', null, '8, 11')
  if (!/^[0-9A-Z]{4}[A-Z]{2}/.test(code)) return wrong('bic.form', 5, 'FR')
  return accepted({ code, country: code.slice(4, 6) })
}

/** Whether the bank's code can be that of the account: to be looked at when false, never refused. */
export const isBankOfAccount = (bic: Bic, iban: Iban): boolean => bic.country === iban.country || (sharedAccountCountries[iban.country]?.includes(bic.country) ?? false)
