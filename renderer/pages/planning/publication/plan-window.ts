import type { PublicationHeader } from '../../../../shared/domain/publication/operations.ts'
import { addDays, isInstant, localDateOf } from '../../../../shared/kernel/instants.ts'
import type { Format } from '../../../i18n/format.ts'

/** First and last day of what was published, in words. */
export function windowWords(format: Format, { start_at, end_at, zone }: Pick<PublicationHeader, 'start_at' | 'end_at' | 'zone'>): string {
  if (!isInstant(start_at) || !isInstant(end_at)) return ''
  const [first, after] = [localDateOf(start_at, zone), localDateOf(end_at, zone)]
  // Whole days end at the midnight that begins the next.
  const last = format.timeOf(end_at, zone) === '00:00' && after > first ? addDays(after, -1) : after
  return format.days(first, last)
}
