/**
 * How a contract writes dates, hours, amounts and numbers, in French and in English. Written here and not asked of the computer: the same
 * facts give the same text on every device, and the checker that reads a PDF knows what to look for. Spaces that must not break are U+00A0.
 */
import { addDays, MINUTE, offsetLabel, toLocal, toMs, type LocalDate } from '../../kernel/instants.ts'
import type { AllowanceFacts, BodyFacts, ContractLanguage, DayFacts, LicenceFacts, PayPeriodicity, RecordingRights } from './facts.ts'
import type { PayLine } from './totals.ts'

const NBSP = '\u00a0'
const tight = (text: string): string => text.replaceAll(' ', NBSP)

const months: Readonly<Record<ContractLanguage, readonly string[]>> = {
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}
/** From Sunday. */
const weekdays: Readonly<Record<ContractLanguage, readonly string[]>> = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

/** `18 juin 2027`, `1er juin 2027`, `18 June 2027`. */
export function sayDate(date: LocalDate, language: ContractLanguage): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const number = language === 'fr' && day === '01' ? '1er' : String(Number(day))
  return tight(`${number} ${months[language][Number(month) - 1] ?? ''} ${year}`)
}

/** `vendredi 18 juin 2027`. */
export const sayDay = (date: LocalDate, language: ContractLanguage): string =>
  `${weekdays[language][new Date(`${date}T00:00:00.000Z`).getUTCDay()] ?? ''}${NBSP}${sayDate(date, language)}`

/** `9 h`, `9 h 30` of `09:30`; in English `09:30`. */
export function sayTime(time: string, language: ContractLanguage): string {
  if (language === 'en') return time
  const [hour = '', minute = ''] = time.split(':')
  return tight(minute === '00' ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`)
}

/** A length of time in whole minutes: `35 h`, `7 h 30`, `45 min`; in English `7 h 30 min`. */
export function sayLength(minutes: number, language: ContractLanguage): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return tight(`${rest} min`)
  if (rest === 0) return tight(`${hours} h`)
  return tight(language === 'fr' ? `${hours} h ${String(rest).padStart(2, '0')}` : `${hours} h ${rest} min`)
}

const digitsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
const grouped = (digits: string, separator: string): string => digits.replace(/\B(?=(\d{3})+$)/g, separator)

/** `1 234,50 €`, `€1,234.50`; other currencies by their code, `1 234,50 CHF`, `CHF 1,234.50`. */
export function sayMoney(amountMinor: number, currency: string, language: ContractLanguage): string {
  const fraction = digitsOf(currency)
  const digits = String(Math.abs(amountMinor)).padStart(fraction + 1, '0')
  const whole = grouped(digits.slice(0, digits.length - fraction), language === 'fr' ? NBSP : ',')
  const number = fraction === 0 ? whole : `${whole}${language === 'fr' ? ',' : '.'}${digits.slice(-fraction)}`
  const sign = amountMinor < 0 ? '-' : ''
  if (language === 'fr') return `${sign}${number}${NBSP}${currency === 'EUR' ? '€' : currency}`
  return currency === 'EUR' ? `${sign}€${number}` : `${sign}${currency}${NBSP}${number}`
}

/** `732 829 320 00074`. */
export const saySiret = (siret: string): string => siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, `$1${NBSP}$2${NBSP}$3${NBSP}$4`)
export const saySiren = (siren: string): string => siren.replace(/^(\d{3})(\d{3})(\d{3})$/, `$1${NBSP}$2${NBSP}$3`)

/**
 * `vendredi 18 juin 2027, de 9 h à 18 h 30`. The offset from UTC is told where the day has other clocks than the contract, and on
 * both ends of a night on which the clock changes, with the real length.
 */
export function sayWindow(day: Pick<DayFacts, 'date' | 'start_at' | 'end_at' | 'zone'>, zone: string, language: ContractLanguage): string {
  const from = toLocal(day.start_at, day.zone)
  const to = toLocal(day.end_at, day.zone)
  const changes = from.offset_minutes !== to.offset_minutes
  const offset = (minutes: number): string => (changes || toLocal(day.start_at, zone).offset_minutes !== from.offset_minutes ? `${NBSP}(${offsetLabel(minutes)})` : '')
  const time = (local: typeof from): string => `${sayTime(local.time, language)}${offset(local.offset_minutes)}`
  const window = language === 'fr' ? `de ${time(from)} à ${time(to)}` : `from ${time(from)} to ${time(to)}`
  const end = to.date === from.date ? '' : to.date === addDays(from.date, 1) ? (language === 'fr' ? ' le lendemain' : ' the next day') : language === 'fr' ? ` le ${sayDate(to.date, 'fr')}` : ` on ${sayDate(to.date, 'en')}`
  const real = Math.floor((toMs(day.end_at) - toMs(day.start_at)) / MINUTE)
  const length = !changes ? '' : language === 'fr' ? `, soit ${sayLength(real, 'fr')}` : `, that is ${sayLength(real, 'en')}`
  return `${sayDay(from.date, language)}, ${window}${end}${length}`
}

/** A line of the schedule: window, unpaid break, what, where. */
export function sayStretch(day: DayFacts, zone: string, language: ContractLanguage): string {
  const pause = day.break_minutes === 0 ? [] : [language === 'fr' ? `dont ${sayLength(day.break_minutes, 'fr')} de pause non rémunérée` : `with ${sayLength(day.break_minutes, 'en')} of unpaid break`]
  return [sayWindow(day, zone, language), ...pause, ...[day.label, day.place ?? ''].filter((part) => part.trim() !== '')].join(', ')
}

const plural = (count: number, one: string, many: string): string => `${count}${NBSP}${Math.abs(count) < 2 ? one : many}`
const pluralEn = (count: number, one: string, many: string): string => `${count}${NBSP}${count === 1 ? one : many}`
export const count = (number: number, words: Readonly<Record<ContractLanguage, readonly [string, string]>>, language: ContractLanguage): string =>
  language === 'fr' ? plural(number, ...words.fr) : pluralEn(number, ...words.en)

/** `3 jours à 250,00 € brut par jour, soit 750,00 € brut`. */
export function sayPay(line: PayLine, language: ContractLanguage): string {
  const rate = sayMoney(line.rate_minor, line.currency, language)
  const sum = sayMoney(line.gross_minor, line.currency, language)
  const fr = language === 'fr'
  switch (line.basis) {
    case 'hourly':
      return fr ? `${sayLength(line.minutes, 'fr')} à ${rate} brut l’heure, soit ${sum} brut` : `${sayLength(line.minutes, 'en')} at ${rate} gross an hour, that is ${sum} gross`
    case 'daily':
      return fr ? `${plural(line.days, 'jour', 'jours')} à ${rate} brut par jour, soit ${sum} brut` : `${pluralEn(line.days, 'day', 'days')} at ${rate} gross a day, that is ${sum} gross`
    case 'cachet':
      return fr ? `${plural(line.cachets, 'cachet', 'cachets')} de ${rate} brut, soit ${sum} brut` : `${pluralEn(line.cachets, 'cachet', 'cachets')} of ${rate} gross, that is ${sum} gross`
    case 'flat':
      return fr ? `forfait de ${sum} brut` : `flat fee of ${sum} gross`
  }
}

/** In 1/10,000, without ending zeros: `2`, `1,5`. */
export function sayQuantity(quantity: number, language: ContractLanguage): string {
  const text = (quantity / 10_000).toFixed(4).replace(/\.?0+$/, '')
  return language === 'fr' ? text.replace('.', ',') : text
}

/** `Indemnité de repas : 2 × 20,20 €`. */
export const sayAllowance = ({ label, amount_minor, currency, quantity }: AllowanceFacts, language: ContractLanguage): string =>
  `${label}${language === 'fr' ? `${NBSP}: ` : ': '}${quantity === 10_000 ? '' : `${sayQuantity(quantity, language)}${NBSP}×${NBSP}`}${sayMoney(amount_minor, currency, language)}`

export const sayBody = ({ name, address }: BodyFacts): string => (address === null || address.trim() === '' ? name : `${name}, ${oneLine(address)}`)

/** Typed lines as one. */
export const oneLine = (text: string): string => text.split(/\s*\n\s*/).map((part) => part.trim()).filter((part) => part !== '').join(', ')

export const sayLicence = ({ number, category }: LicenceFacts, language: ContractLanguage): string =>
  category === null ? number : language === 'fr' ? `${number} (catégorie ${category})` : `${number} (category ${category})`

export const periodicityWords: Readonly<Record<PayPeriodicity, Readonly<Record<ContractLanguage, string>>>> = {
  monthly: { fr: 'chaque mois', en: 'every month' },
  end_of_engagement: { fr: 'à la fin de l’engagement', en: 'at the end of the engagement' },
  weekly: { fr: 'chaque semaine', en: 'every week' },
}

/** Between items of a list inside a sentence. */
export const listed = (items: readonly string[], language: ContractLanguage): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(language === 'fr' ? ' ; ' : '; ')}${language === 'fr' ? ' et ' : ' and '}${items.at(-1) ?? ''}`

/** French typography of fixed words: spaces before high punctuation and inside quotation marks do not break. */
export const typeset = (text: string, language: ContractLanguage): string =>
  language === 'en' ? text : text.replace(/ (?=[:;!?»%€])/g, NBSP).replace(/« /g, `«${NBSP}`).replace(/\b(L\.|R\.|D\.|art\.|n°|article) (?=\d|\{\{)/g, `$1${NBSP}`)

type Words = Readonly<Record<ContractLanguage, string>>
const sentences = (fr: string, en: string): Words => ({ fr: typeset(fr, 'fr'), en })

/** L. 4154-2: whether the post is one of particular risk. */
export const riskWords: Readonly<Record<'risky' | 'usual', Words>> = {
  risky: sentences(
    'Ce poste présente des risques particuliers pour la santé ou la sécurité : le Salarié bénéficie d’une formation renforcée à la sécurité, d’un accueil et d’une information adaptés (article L. 4154-2 du code du travail).',
    'This post involves particular risks to health or safety: the Employee receives reinforced safety training and suitable induction and information (article L. 4154-2 of the French labour code).',
  ),
  usual: sentences(
    'Ce poste ne figure pas sur la liste des postes qui présentent des risques particuliers pour la santé ou la sécurité (article L. 4154-2 du code du travail).',
    'This post is not on the list of posts that involve particular risks to health or safety (article L. 4154-2 of the French labour code).',
  ),
}

/** Code de la propriété intellectuelle, L. 212-3: nothing of a performance is recorded or shown without a written authorisation. */
export const recordingWords: Readonly<Record<RecordingRights, Words>> = {
  none: sentences(
    'Le présent contrat n’autorise ni l’enregistrement de la prestation ou de l’image du Salarié, ni sa reproduction, ni sa communication au public (article L. 212-3 du code de la propriété intellectuelle). Toute autorisation fait l’objet d’un écrit distinct.',
    'This contract authorises no recording of the Employee’s performance or image, nor its reproduction or communication to the public (article L. 212-3 of the French intellectual property code). Any authorisation is given in a separate written document.',
  ),
  promotion: sentences(
    'Le Salarié autorise l’enregistrement de courts extraits de sa prestation et de son image, pour la seule information du public et la promotion de la production (article L. 212-3 du code de la propriété intellectuelle). Tout autre usage fait l’objet d’un écrit distinct.',
    'The Employee authorises the recording of short extracts of their performance and of their image, only to inform the public and promote the production (article L. 212-3 of the French intellectual property code). Any other use is agreed in a separate written document.',
  ),
  full: sentences(
    'Le Salarié autorise l’enregistrement de sa prestation et de son image, sa reproduction et sa communication au public, dans les limites écrites au présent contrat (article L. 212-3 du code de la propriété intellectuelle).',
    'The Employee authorises the recording of their performance and of their image, its reproduction and its communication to the public, within the limits written in this contract (article L. 212-3 of the French intellectual property code).',
  ),
}
