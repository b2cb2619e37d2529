/** The lines of a coming day, typed one a line: `09:00 Prélight`. Lines keep their identity by their place. */
import { z } from 'zod'
import { fromLocal, isInstant, isLocalDate, toLocal } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { parseClock } from '../../components/time-entry.ts'

const Lines = z.array(z.object({ id: z.string(), at: z.custom<Instant>(isInstant).nullable(), text: z.string() }))

export function agendaText(value: unknown, zone: string): string {
  const read = Lines.safeParse(value)
  return read.success ? read.data.map((line) => [line.at ? toLocal(line.at, zone).time : null, line.text].filter(Boolean).join(' ')).join('\n') : ''
}

export function agendaFrom(text: string, known: unknown, date: unknown, zone: string): z.infer<typeof Lines> {
  const before = Lines.safeParse(known)
  return text.split('\n').map((line) => line.trim()).filter(Boolean).map((line, index) => {
    const [first = '', ...words] = line.split(/\s+/)
    const clock = words.length > 0 && /\d/.test(first) ? parseClock(first) : null
    const at = clock && isLocalDate(date) ? fromLocal(date, clock.time, zone) : null
    return { id: (before.success ? before.data[index]?.id : undefined) ?? crypto.randomUUID(), at, text: at ? words.join(' ') : line }
  })
}
