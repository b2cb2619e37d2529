/** Entering who came: one key for each. Pure. */
import { presences } from '../../../shared/domain/planning/model.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { SheetDay } from '../runsheets/sheet-rows.ts'
import { callOf } from './deadline.ts'

export type Presence = (typeof presences)[number]

/** `1` to `4` in the order of the states, `0` takes it back; undefined: another key. */
export function presenceOfKey(key: string): Presence | null | undefined {
  if (key === '0') return null
  return /^[1-4]$/.test(key) ? presences[Number(key) - 1] : undefined
}

/** The day on which somebody's times are typed: that of their call, on the mission's clocks. */
export function dayOfRow(row: { call_at: Instant | null; start_at: Instant }, zone: string): SheetDay {
  const from = callOf(row)
  return { date: localDateOf(from, zone), zone, from }
}

/** How many are noted, of those who are expected. */
export const notedOf = (rows: readonly { presence: Presence | null }[]): number => rows.filter(({ presence }) => presence !== null).length
