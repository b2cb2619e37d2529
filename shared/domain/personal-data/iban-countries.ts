/**
 * Lengths of account numbers in the countries of SEPA (IBAN registry of ISO 13616; list of the European Payments Council). French overseas
 * departments and territories use `FR`; Jersey, Guernsey and the Isle of Man use `GB`.
 */
export const sepaLengths: Readonly<Record<string, number>> = {
  AD: 24, AL: 28, AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GI: 23, GR: 27, HR: 21, HU: 28, IE: 22, IS: 26,
  IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, RS: 22, SE: 24, SI: 19, SK: 24, SM: 27, VA: 22,
}

/** Countries whose banks are named in a BIC by another code than that of the account number. */
export const sharedAccountCountries: Readonly<Record<string, readonly string[]>> = {
  FR: ['GF', 'GP', 'MQ', 'RE', 'YT', 'PM', 'BL', 'MF', 'TF', 'PF', 'NC', 'WF', 'MC'],
  GB: ['GG', 'JE', 'IM'],
}
