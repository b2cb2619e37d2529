/** Calling code, whether a national number starts with a 0 that is dropped, and how many figures follow. */
interface NumberPlan {
  code: string
  trunk: boolean
  min: number
  max: number
}

const PLANS: Readonly<Record<string, NumberPlan>> = {
  FR: { code: '33', trunk: true, min: 9, max: 9 },
  BE: { code: '32', trunk: true, min: 8, max: 9 },
  CH: { code: '41', trunk: true, min: 9, max: 9 },
  LU: { code: '352', trunk: false, min: 6, max: 9 },
  GB: { code: '44', trunk: true, min: 9, max: 10 },
  DE: { code: '49', trunk: true, min: 7, max: 11 },
  NL: { code: '31', trunk: true, min: 9, max: 9 },
  ES: { code: '34', trunk: false, min: 9, max: 9 },
  PT: { code: '351', trunk: false, min: 9, max: 9 },
  IT: { code: '39', trunk: false, min: 8, max: 11 },
  US: { code: '1', trunk: false, min: 10, max: 10 },
  CA: { code: '1', trunk: false, min: 10, max: 10 },
  CU: { code: '53', trunk: false, min: 6, max: 8 },
}

export interface PhoneReading {
  /** As in the source. */
  typed: string
  /** E.164, only where certain; null otherwise. */
  e164: string | null
  /** A spreadsheet dropped the leading 0 (`639980000`): put back by the default country. */
  zero_restored: boolean
}

/** Keeps a telephone number as typed and gives its E.164 form where country and length leave no doubt. Null: no number in the cell. */
export function parsePhone(text: string, country: string): PhoneReading | null {
  const typed = text.trim()
  if (!/\d/.test(typed) || !/^[+\d(][\d\s.\-/()\u00a0\u202f]*$/.test(typed)) return null
  const international = /^\+|^00/.test(typed)
  const figures = typed.replace(/\(0\)/, '').replace(/\D/g, '')
  const nothing = { typed, e164: null, zero_restored: false }
  if (international) {
    const number = typed.startsWith('+') ? figures : figures.slice(2)
    const plan = Object.values(PLANS).find((candidate) => number.startsWith(candidate.code))
    if (!plan) return number.length >= 8 && number.length <= 15 && !number.startsWith('0') ? { ...nothing, e164: `+${number}` } : nothing
    let local = number.slice(plan.code.length)
    if (plan.trunk && local.startsWith('0')) local = local.slice(1)
    return local.length >= plan.min && local.length <= plan.max ? { ...nothing, e164: `+${plan.code}${local}` } : nothing
  }
  const plan = PLANS[country]
  if (!plan) return nothing
  const fits = (local: string): boolean => local.length >= plan.min && local.length <= plan.max && (!plan.trunk || !local.startsWith('0'))
  if (!plan.trunk) return fits(figures) ? { ...nothing, e164: `+${plan.code}${figures}` } : nothing
  if (figures.startsWith('0')) return fits(figures.slice(1)) ? { ...nothing, e164: `+${plan.code}${figures.slice(1)}` } : nothing
  return plan.min === plan.max && fits(figures) ? { typed, e164: `+${plan.code}${figures}`, zero_restored: true } : nothing
}
