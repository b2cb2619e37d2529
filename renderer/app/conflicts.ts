import { z } from 'zod'
import { isInstant } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'

const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)

/** A conflict as the core found it; the screens only say it. */
export const ConflictRow = z.object({
  id: z.string(),
  kind: z.string(),
  source: z.string(),
  severity: z.enum(['info', 'warning', 'severe']),
  records: z.array(z.object({ entity: z.string(), id: z.string().nullable() })),
  person_id: z.string().nullish(),
  mission_id: z.string().nullish(),
  start_at: maybeInstant,
  end_at: maybeInstant,
  figures: z.record(z.string(), z.unknown()).nullish().transform((value) => value ?? {}),
  fingerprint: z.string().nullish().transform((value) => value ?? ''),
  decision: z.unknown(),
})
export type ConflictRow = z.infer<typeof ConflictRow>

const RANK = { severe: 2, warning: 1, info: 0 } as const

/** Conflicts of each record of a kind of entity, the worst first. */
export function byRecord(conflicts: readonly ConflictRow[], entity: string): ReadonlyMap<string, readonly ConflictRow[]> {
  const found = new Map<string, ConflictRow[]>()
  for (const conflict of [...conflicts].sort((one, other) => RANK[other.severity] - RANK[one.severity])) {
    for (const record of conflict.records) {
      if (record.entity !== entity || record.id === null) continue
      const known = found.get(record.id)
      if (known) known.push(conflict)
      else found.set(record.id, [conflict])
    }
  }
  return found
}

export const countOf = (conflicts: readonly ConflictRow[], severity: ConflictRow['severity']): number => conflicts.filter((conflict) => conflict.severity === severity).length
export const useConflicts = (_project: string): readonly ConflictRow[] => []
/** Conflicts that planning these people on the mission would make, by person. */
export const useForeseen = (_mission: string | null, _people: readonly string[]): ReadonlyMap<string, readonly ConflictRow[]> => new Map()
