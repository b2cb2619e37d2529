/**
 * Running late: what moves when the day is late from one line of the schedule on. Pure: what is said before and what is written after come
 * from the same list. What began already stays, and so do the limits of the day, which are no plans but walls.
 */
import { MINUTE, fromMs, isInstant, toMs } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { SaidOfPerson, SheetMaterial } from './material.ts'
import type { KeyTimeCode } from './snapshot.ts'

export interface Delay {
  from_line_id: string
  minutes: number
}

export interface DelayPlan {
  slots: { id: string; label: string; before: Instant; start_at: Instant; end_at: Instant | null }[]
  key_times: { id: string; code: KeyTimeCode; label: string | null; before: Instant; at: Instant }[]
  /** Calls still to come, by assignment: what the engagement says, and what the sheet is to say. */
  calls: { assignment_id: string; base: Instant; call_at: Instant }[]
  meals: { assignment_id: string; meal_at: Instant }[]
  /** Rows of typed sections with their times moved. */
  rows: { id: string; body: Record<string, unknown> }[]
  /** Limits that stay, and what is now planned after them. */
  overrun: { code: KeyTimeCode; label: string | null; at: Instant; until: Instant }[]
}

/** What nobody can move by being late. */
const walls: ReadonlySet<KeyTimeCode> = new Set(['hard_out'])
/** Sections of the day itself; lodging and the next day are not late for it. */
const lateSections: ReadonlySet<string> = new Set(['transport', 'local_crew', 'scenes', 'cast', 'extras'])

export const later = (at: Instant, minutes: number): Instant => fromMs(toMs(at) + minutes * MINUTE)

/** `now`: what was before it is past and stays. Null: the line is not on this sheet. */
export function delayPlan(material: SheetMaterial, { from_line_id, minutes }: Delay, now: Instant): DelayPlan | null {
  const from = material.slots.find((row) => row.line_id === from_line_id)
  if (!from) return null
  const late = (at: Instant | null): at is Instant => at !== null && at >= from.start_at
  const coming = (at: Instant | null): at is Instant => late(at) && at > now
  const slots = material.slots.filter((row) => late(row.start_at)).map((row) => ({
    id: row.id, label: row.label, before: row.start_at, start_at: later(row.start_at, minutes), end_at: row.end_at && later(row.end_at, minutes),
  }))
  const key_times = material.key_times.filter((row) => late(row.at) && !walls.has(row.code)).map((row) => ({ id: row.id, code: row.code, label: row.label, before: row.at, at: later(row.at, minutes) }))
  const said = new Map(material.people.map((row) => [row.assignment_id as string, row]))
  const calls = material.assignments.flatMap((row) => {
    const base = row.call_at ?? row.start_at
    const own = said.get(row.id)
    const call = (own?.call_base === base ? own.call_at : null) ?? base
    return coming(call) ? [{ assignment_id: row.id, base, call_at: later(call, minutes) }] : []
  })
  const meals = material.people.flatMap((row) => (coming(row.meal_at) ? [{ assignment_id: row.assignment_id, meal_at: later(row.meal_at, minutes) }] : []))
  const rows = material.rows.flatMap((row) => {
    if (!lateSections.has(row.section)) return []
    const body = Object.fromEntries(Object.entries(row.body).map(([name, value]) => [name, /(^|_)at$/.test(name) && isInstant(value) && coming(value) ? later(value, minutes) : value]))
    return Object.entries(body).some(([name, value]) => value !== row.body[name]) ? [{ id: row.id, body }] : []
  })
  const until = [...slots.map((row) => row.end_at ?? row.start_at), ...key_times.map((row) => row.at)].sort().at(-1)
  const overrun = until === undefined ? [] : material.key_times.filter((row) => walls.has(row.code) && row.at < until).map((row) => ({ code: row.code, label: row.label, at: row.at, until }))
  return { slots, key_times, calls, meals, rows, overrun }
}

/** The material as the draft will have it. */
export function delayed(material: SheetMaterial, plan: DelayPlan): SheetMaterial {
  const slots = new Map(plan.slots.map((row) => [row.id, row]))
  const times = new Map(plan.key_times.map((row) => [row.id, row.at]))
  const bodies = new Map(plan.rows.map((row) => [row.id, row.body]))
  const calls = new Map(plan.calls.map((row) => [row.assignment_id, row]))
  const meals = new Map(plan.meals.map((row) => [row.assignment_id, row.meal_at]))
  const known = new Map(material.people.map((row) => [row.assignment_id as string, row]))
  const people = material.assignments.flatMap(({ id }): SaidOfPerson[] => {
    const call = calls.get(id)
    const own = known.get(id) ?? (call ? { assignment_id: id, meal_at: null, call_at: null, call_base: null, channel: null, remarks: null } : null)
    return own ? [{ ...own, meal_at: meals.get(id) ?? own.meal_at, ...(call ? { call_at: call.call_at, call_base: call.base } : {}) }] : []
  })
  return {
    ...material, people,
    slots: material.slots.map((row) => ({ ...row, start_at: slots.get(row.id)?.start_at ?? row.start_at, end_at: slots.get(row.id)?.end_at ?? row.end_at })),
    key_times: material.key_times.map((row) => ({ ...row, at: times.get(row.id) ?? row.at })),
    rows: material.rows.map((row) => ({ ...row, body: bodies.get(row.id) ?? row.body })),
  }
}
