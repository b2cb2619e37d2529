/**
 * What a published plan keeps (decision P9): missions and assignments of a project between two instants, in words, so that it reads the
 * same when names and places have changed since. No rate, no telephone.
 */
import { z } from 'zod'
import type { Instant } from '../../kernel/instants.ts'
import { wire } from '../entity.ts'

const id = z.string().max(60)
const words = z.string().max(300)

export const planSnapshotSchema = z.strictObject({
  zone: z.string(),
  start_at: wire.instant,
  end_at: wire.instant,
  missions: z.array(z.strictObject({
    id, title: words, day_code: words.nullable(), status: z.string(), start_at: wire.instant, end_at: wire.instant, zone: z.string(), place: words.nullable(),
  })),
  people: z.array(z.strictObject({ id, name: words })),
  /** Assignments that are not canceled; `role` in both languages of the house. */
  lines: z.array(z.strictObject({
    id, mission_id: id, person_id: id, start_at: wire.instant, end_at: wire.instant, call_at: wire.instant.nullable(), role: words.nullable(), role_en: words.nullable(), state: z.string(),
  })),
})
export type PlanSnapshot = z.infer<typeof planSnapshotSchema>

/** What one person is told of one assignment. Places and roles by name, as they were. */
export interface PlanLine {
  /** Of the assignment. */
  id: string
  person_id: string
  mission_id: string
  title: string
  day_code: string | null
  mission_status: string
  place: string | null
  zone: string
  start_at: Instant
  end_at: Instant
  call_at: Instant | null
  role: string | null
  role_en: string | null
  state: string
}

export interface Window {
  start_at: string
  end_at: string
}
/** Instants are written alike, so that their texts compare like times. */
export const overlaps = (one: Window, other: Window): boolean => one.start_at < other.end_at && one.end_at > other.start_at

/** The lines of a plan, each with its mission. `personNow` says who a person became (merged entries of the directory). */
export function linesOf(snapshot: PlanSnapshot, personNow: (id: string) => string = (one) => one): PlanLine[] {
  const missions = new Map(snapshot.missions.map((one) => [one.id, one]))
  return snapshot.lines.flatMap((line): PlanLine[] => {
    const of = missions.get(line.mission_id)
    if (!of) return []
    const { title, day_code, status, place, zone } = of
    return [{ ...line, person_id: personNow(line.person_id), title, day_code, mission_status: status, place, zone }]
  })
}

/** Rows in an order of their own, so that the same plan has the same hash. */
export function canonicalPlan(snapshot: PlanSnapshot): PlanSnapshot {
  const byId = <T extends { id: string }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return { ...snapshot, missions: byId(snapshot.missions), people: byId(snapshot.people), lines: byId(snapshot.lines) }
}

/** What of a plan is one person's: their lines and the missions these are of. */
export function ownPlan(snapshot: PlanSnapshot, person_ids: ReadonlySet<string>): PlanSnapshot {
  const lines = snapshot.lines.filter((line) => person_ids.has(line.person_id))
  const missions = new Set(lines.map((line) => line.mission_id))
  return { ...snapshot, lines, missions: snapshot.missions.filter(({ id: one }) => missions.has(one)), people: snapshot.people.filter(({ id: one }) => person_ids.has(one)) }
}
