/** Kinds, sources and severities of conflicts: apart from conflicts.ts, so that the screens can read the operations without node:crypto. */
export const conflictSources = ['person', 'location', 'rule', 'mission', 'need', 'certification', 'equipment', 'sync'] as const
export type ConflictSource = (typeof conflictSources)[number]

/** Every kind with the source it is shown under. */
export const sourceOf = {
  person_overlap: 'person',
  unavailable: 'person',
  option_expired: 'person',
  rest_short: 'rule',
  day_long: 'rule',
  week_long: 'rule',
  certification_missing: 'certification',
  skill_missing: 'certification',
  outside_mission: 'mission',
  outside_project: 'mission',
  dependency_blocked: 'mission',
  slot_collision: 'mission',
  locked: 'mission',
  rate_mismatch: 'mission',
  need_open: 'need',
  over_capacity: 'location',
  location_overlap: 'location',
  location_offline: 'location',
  location_deprecated: 'location',
  equipment_overlap: 'equipment',
  data_stale: 'sync',
} as const satisfies Record<string, ConflictSource>

export type ConflictKind = keyof typeof sourceOf
export const conflictKinds: readonly ConflictKind[] = Object.keys(sourceOf).filter((kind): kind is ConflictKind => kind in sourceOf)

/** Rising: a later one is worse. */
export const severities = ['info', 'warning', 'severe'] as const
export type Severity = (typeof severities)[number]
