import { DAY, fromLocal, fromMs, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

/** A project is typed in whole days; its window runs from the first midnight to the midnight after the last day, in its zone. */
export function windowOfDays(first: string, last: string, zone: string): { start_at: Instant; end_at: Instant } {
  const after = fromMs(Date.parse(`${last}T00:00:00.000Z`) + DAY).slice(0, 10)
  return { start_at: fromLocal(first, '00:00', zone), end_at: fromLocal(after, '00:00', zone) }
}

/** Last day shown of a window whose end is the midnight after. */
export const lastInstant = (end: Instant): Instant => fromMs(toMs(end) - 1)

/** `Les Nuits du Phare 2026` -> `NDP2026`; `Tournée` -> `TOURNEE`. Only a proposal, typed over freely. */
export function codeFrom(name: string): string {
  const words = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().split(/[^A-Z0-9]+/).filter((word) => word && !['LE', 'LA', 'LES', 'L', 'DE', 'DU', 'DES', 'D', 'THE', 'OF', 'ET', 'AND'].includes(word))
  if (words.length === 0) return ''
  if (words.length === 1) return (words[0] ?? '').slice(0, 10)
  return words.map((word) => (/^\d+$/.test(word) ? word : word.slice(0, 1))).join('').slice(0, 12)
}
