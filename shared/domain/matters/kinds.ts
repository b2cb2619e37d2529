/** Kinds of matters: apart from the functions that find them, so that the pages can read the operations without node:crypto. */
export const matterKinds = [
  'conflict', 'double_booked', 'option_expired', 'need_open', 'sheet_due', 'sheet_behind', 'mission_incomplete', 'answer_mine', 'answers_awaited', 'certification_expiring',
  'job_failed', 'import_refused', 'availability_request', 'plan_changed', 'kept_command',
] as const
export type MatterKind = (typeof matterKinds)[number]

/** `handle`: somebody must act; `know`: nothing to do yet. */
export const matterGroups = ['handle', 'know'] as const
export type MatterGroup = (typeof matterGroups)[number]

/** What matters are filtered and counted by. */
export const matterColumns = ['kind', 'severity', 'group', 'project_id'] as const
export type MatterColumn = (typeof matterColumns)[number]

/** Where one acts on it; the pages know their own addresses. */
export const matterPlaces = ['mission', 'assignment', 'needs', 'sheet', 'prepare_sheet', 'person', 'location', 'data', 'import', 'availability', 'plan', 'kept'] as const
export type MatterPlace = (typeof matterPlaces)[number]
