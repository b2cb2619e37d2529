import { useMemo } from 'react'
import { z } from 'zod'
import { listConflicts, previewConflicts } from '../../shared/domain/planning/conflict-operations.ts'
import { isInstant } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { useAnswer } from './queries.ts'
import { rowsOf } from './rows.ts'

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
  acknowledged: z.boolean().nullish().transform((value) => value ?? false),
  /** What this person may decide about it; null: nothing. */
  decision: z.enum(['acknowledge', 'override']).nullish().transform((value) => value ?? null),
  /** Whom or what it is about, for those who may read the name. */
  who: z.string().optional(),
})
export type ConflictRow = z.infer<typeof ConflictRow>

const RANK = { severe: 2, warning: 1, info: 0 } as const

export const worstFirst = <Found extends Pick<ConflictRow, 'severity'>>(conflicts: readonly Found[]): Found[] => [...conflicts].sort((one, other) => RANK[other.severity] - RANK[one.severity])

/** Conflicts of each record of a kind of entity, the worst first. */
export function byRecord(conflicts: readonly ConflictRow[], entity: string): ReadonlyMap<string, readonly ConflictRow[]> {
  const found = new Map<string, ConflictRow[]>()
  for (const conflict of worstFirst(conflicts)) {
    for (const record of conflict.records) {
      if (record.entity !== entity || record.id === null) continue
      const known = found.get(record.id)
      if (known) known.push(conflict)
      else found.set(record.id, [conflict])
    }
  }
  return found
}

/** Those that nobody has taken note of yet. */
export const countOf = (conflicts: readonly Pick<ConflictRow, 'severity' | 'acknowledged'>[], severity: ConflictRow['severity']): number =>
  conflicts.filter((conflict) => conflict.severity === severity && !conflict.acknowledged).length

const NONE: readonly ConflictRow[] = []

/** Conflicts of a project, as the core computes them now. */
export function useConflicts(project: string): readonly ConflictRow[] {
  const { answer } = useAnswer(listConflicts, { project_id: project, limit: 500 })
  return useMemo(() => {
    if (!answer) return NONE
    const { people, missions, locations } = answer.value.names
    return rowsOf(ConflictRow, answer.value.items).map((row) => {
      const place = row.records.find(({ entity }) => entity === 'location')?.id
      const who = (row.person_id && people[row.person_id]) || (place && locations[place]) || (row.mission_id && missions[row.mission_id])
      return who ? { ...row, who } : row
    })
  }, [answer])
}

/** Conflicts that planning these people on the mission would make, by person: shown before choosing. */
export function useForeseen(mission: string | null, people: readonly string[]): ReadonlyMap<string, readonly ConflictRow[]> {
  const { answer } = useAnswer(previewConflicts, mission !== null && people.length > 0 ? { mission_id: mission, collaborator_ids: people.slice(0, 100) } : null)
  return useMemo(() => new Map((answer?.value.people ?? []).map((person) => [person.collaborator_id, worstFirst(rowsOf(ConflictRow, person.conflicts))])), [answer])
}
