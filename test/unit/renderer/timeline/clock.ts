import fc from 'fast-check'
import { DAY, HOUR, MINUTE } from '../../../../shared/kernel/instants.ts'

/** Zones whose clocks change by an hour, north and south, and by half an hour. */
export const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'] as const
export const zoneOf = fc.constantFrom(...zones)

/** Any minute of three years. */
export const instantOf = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }).map((minutes) => Date.UTC(2025, 0, 1) + minutes * MINUTE)

/** A window of up to twelve days. */
export const windowOf = fc.tuple(instantOf, fc.integer({ min: 30, max: 12 * 24 * 60 })).map(([from, minutes]) => ({ from, to: from + minutes * MINUTE }))

/** The window around each change of clocks of 2026 in the zone. */
export const changesOf2026: Readonly<Record<(typeof zones)[number], readonly { at: number; before: number; after: number }[]>> = {
  'Europe/Paris': [
    { at: Date.UTC(2026, 2, 29, 1), before: 60, after: 120 },
    { at: Date.UTC(2026, 9, 25, 1), before: 120, after: 60 },
  ],
  'America/New_York': [
    { at: Date.UTC(2026, 2, 8, 7), before: -300, after: -240 },
    { at: Date.UTC(2026, 10, 1, 6), before: -240, after: -300 },
  ],
  'Australia/Lord_Howe': [
    { at: Date.UTC(2026, 3, 4, 15), before: 660, after: 630 },
    { at: Date.UTC(2026, 9, 3, 15, 30), before: 630, after: 660 },
  ],
  'Pacific/Auckland': [
    { at: Date.UTC(2026, 3, 4, 14), before: 780, after: 720 },
    { at: Date.UTC(2026, 8, 26, 14), before: 720, after: 780 },
  ],
}

const formatters = new Map<string, Intl.DateTimeFormat>()
/** What a clock of the zone shows, asked of the platform and of nothing of ours. */
export function shownAt(ms: number, zone: string): { date: string; minute: number } {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
    formatters.set(zone, formatter)
  }
  const parts = new Map(formatter.formatToParts(ms).map(({ type, value }) => [type, value]))
  return { date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) }
}

export { DAY, HOUR, MINUTE }
