import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { list, records } from '../records.ts'
import { assignment, costCentre, dependency, milestone, mission, missionStatuses, need, project } from './model.ts'
import { missionTransitions } from './rules.ts'

const Reason = z.string().trim().min(1).max(500)
const row = (entity: string) => ({ kind: 'rows', entity, ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] }) as const
const rows = (entity: string) => ({ kind: 'rows', entity, ids: (input: { ids: z.infer<typeof wire.id>[] }) => input.ids }) as const
const Many = z.object({ ids: z.array(z.string()) })

// Projects

const projectFields = [
  'client_party_id', 'client_name', 'owner_member_id', 'scope_text', 'agreement', 'school_zone', 'sheet_layout', 'document_language', 'emergency', 'tags',
] as const

export const createProject = command({
  name: 'project.create',
  about: 'Makes a project. A manager who makes one is bound to it.',
  input: z.strictObject(inputOf(project, ['code', 'name', 'zone', 'currency', 'start_at', 'end_at'], projectFields)),
  output: Written,
  permission: 'project:create',
  target: { kind: 'organization' },
  sealed: (_, id) => [{ path: ['emergency'], subject: id('project') }],
})
export const updateProject = command({
  name: 'project.update',
  about: 'Changes a project.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(project, ['code', 'name', 'zone', 'currency', 'start_at', 'end_at', ...projectFields]) }),
  output: Written,
  permission: 'project:update',
  target: row('project'),
  possible: (one) => one['status'] === 'active',
  sealed: (input) => [{ path: ['changes', 'emergency'], subject: input.id }],
})
export const archiveProject = command({
  name: 'project.archive',
  about: 'Freezes a project: it can be read and exported only.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'project:archive',
  target: row('project'),
  ignoresLock: true,
  possible: (one) => one['status'] === 'active',
})
export const unarchiveProject = command({
  name: 'project.unarchive',
  about: 'Opens an archived project again.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'project:archive',
  target: row('project'),
  ignoresLock: true,
  possible: (one) => one['status'] === 'archived',
})
export const removeProject = command({
  name: 'project.remove',
  about: 'Removes a project and what is planned in it; refused once something of it was published or issued.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'project:delete',
  target: { ...row('project'), removed: true },
})
export const listProjects = list({ name: 'project.list', about: 'Lists the projects the person may read.', permission: 'project:read', filters: ['status'], sorts: ['name', 'code', 'start_at', 'updated_at'] })
export const getProject = query({
  name: 'project.get', about: 'One project with its counts.', input: z.strictObject({ id: wire.id }), output: z.record(z.string(), z.unknown()), permission: 'project:read', target: row('project'),
})
export const costCentres = records({ entity: costCentre, permission: 'project:update', read: 'project:read', about: 'a cost centre of a project', required: ['code', 'name'], optional: ['department_id'], sorts: ['code'] })

// Missions

const missionFields = ['day_code', 'kind', 'objective', 'description', 'lead_collaborator_id', 'location_id', 'priority', 'tags', 'checklist', 'series_id', 'source', 'external_id'] as const

const needFields = ['head_count', 'skill_ids', 'certification_kind_ids', 'start_at', 'end_at', 'notes'] as const

export const createMission = command({
  name: 'mission.create',
  about: 'Makes a mission: a day, a show, a build. Its window runs from the first call to wrap.',
  input: z.strictObject({ project_id: wire.id, ...inputOf(mission, ['title', 'start_at', 'end_at'], ['zone', ...missionFields]) }),
  output: Written,
  permission: 'mission:create',
  target: { kind: 'project', id: (input) => input.project_id },
})
const missionLine = z.strictObject({
  ...inputOf(mission, ['title', 'start_at', 'end_at'], ['zone', ...missionFields]),
  /** True: planned at once, under the same conditions as changing its status. */
  planned: z.boolean().optional(),
  needs: z.array(z.strictObject(inputOf(need, ['crew_role_id'], needFields))).max(100).optional(),
  milestones: z.array(z.strictObject(inputOf(milestone, ['label', 'at']))).max(50).optional(),
})
export const createMissions = command({
  name: 'mission.create_many',
  about: 'Makes missions of a project with their needs and milestones: at most 500 rows, undone as one.',
  input: z.strictObject({
    project_id: wire.id,
    missions: z.array(missionLine).min(1).max(bulkRows)
      .refine((missions) => missions.reduce((sum, one) => sum + 1 + (one.needs?.length ?? 0) + (one.milestones?.length ?? 0), 0) <= bulkRows, { error: 'too_many_rows' }),
  }),
  output: WrittenMany,
  permission: 'mission:create',
  target: { kind: 'project', id: (input) => input.project_id },
})
export const updateMission = command({
  name: 'mission.update',
  about: 'Changes a mission.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(mission, ['title', 'start_at', 'end_at', 'zone', ...missionFields]) }),
  output: Written,
  permission: 'mission:update',
  target: row('mission'),
  possible: (one) => one['locked'] !== true && one['status'] !== 'canceled',
})
export const changeMissionStatus = command({
  name: 'mission.change_status',
  about: 'Moves a mission along: draft, planned, in progress, done, canceled. Canceling takes planned assignments with it.',
  input: z.strictObject({ id: wire.id, to: z.enum(missionStatuses), reason: Reason.optional() }),
  output: Written,
  permission: 'mission:update',
  target: row('mission'),
  ignoresLock: true,
  possible: (one) => missionTransitions.transitions.some((transition) => transition.from === one['status']),
})
export const lockMission = command({
  name: 'mission.lock',
  about: 'Freezes a mission for review.',
  input: z.strictObject({ id: wire.id, reason: Reason.optional() }),
  output: Written,
  permission: 'mission:lock',
  target: row('mission'),
  ignoresLock: true,
  possible: (one) => one['locked'] !== true,
})
export const unlockMission = command({
  name: 'mission.unlock',
  about: 'Opens a locked mission.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'mission:unlock',
  target: row('mission'),
  ignoresLock: true,
  possible: (one) => one['locked'] === true,
})
export const removeMission = command({
  name: 'mission.remove',
  about: 'Removes a mission that engages nobody and has no published sheet; otherwise cancel it.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'mission:delete',
  target: { ...row('mission'), removed: true },
})
export const restoreMission = command({
  name: 'mission.restore',
  about: 'Brings a removed mission back.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'mission:delete',
  target: { ...row('mission'), removed: true },
  possible: (one) => one['deleted_at'] !== null,
})
export const shiftMissions = command({
  name: 'mission.shift',
  about: 'Moves missions by whole days keeping the time on the clock, with their needs, milestones, run of show and the people nobody asked yet.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(100), days: z.int().min(-3660).max(3660) }),
  output: Many,
  permission: 'mission:update',
  target: rows('mission'),
  possible: (one) => one['locked'] !== true && one['status'] !== 'canceled',
})
export const previewShift = query({
  name: 'mission.preview_shift',
  about: 'What moving missions by whole days would change, and what is in its way. Writes nothing.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(100), days: z.int().min(-3660).max(3660) }),
  output: z.object({
    missions: z.array(z.object({
      id: z.string(), title: z.string(), day_code: z.string().nullable(), zone: z.string(), start_at: z.string(), end_at: z.string(), to_start_at: z.string(), to_end_at: z.string(),
      /** People who move with it. */
      moving: z.int(),
      /** People who answered on their hours: they stay where they are. */
      staying: z.array(z.object({ id: z.string(), collaborator_id: z.string(), name: z.string().nullable(), state: z.string() })),
      /** Why it cannot move. */
      refused: z.enum(['locked', 'canceled', 'archived']).nullable(),
      published: z.boolean(),
    })),
  }),
  permission: 'project:read',
  target: rows('mission'),
})
export const listMissions = list({
  name: 'mission.list', about: 'Lists missions with place, head-count and people assigned.', permission: 'project:read',
  filters: ['status', 'kind', 'location_id', 'start_at', 'end_at', 'day_code', 'locked', 'id'], sorts: ['start_at', 'title', 'day_code', 'status', 'kind', 'location_name', 'updated_at'],
})
export const getMission = query({
  name: 'mission.get',
  about: 'One mission with its needs, milestones, dependencies and readiness.',
  input: z.strictObject({ id: wire.id }),
  output: z.record(z.string(), z.unknown()),
  permission: 'project:read',
  target: row('mission'),
})

export const needs = records({
  entity: need, permission: 'need:write', read: 'project:read', about: 'a need: so many people of a crew role', required: ['crew_role_id'],
  optional: needFields, filters: ['mission_id', 'crew_role_id'], sorts: ['created_at'],
})
export const milestones = records({ entity: milestone, permission: 'mission:update', read: 'project:read', about: 'a milestone of a mission', required: ['label', 'at'], optional: ['done'], filters: ['mission_id'], sorts: ['at'] })

export const addDependency = command({
  name: 'dependency.add',
  about: 'One mission starts after another has finished, with a lag in minutes. A circle is refused.',
  input: z.strictObject({ project_id: wire.id, ...inputOf(dependency, ['before_mission_id', 'after_mission_id'], ['lag_minutes']) }),
  output: Written,
  permission: 'mission:update',
  target: { kind: 'project', id: (input) => input.project_id },
})
export const removeDependency = command({
  name: 'dependency.remove', about: 'Takes a dependency away.', input: z.strictObject({ id: wire.id }), output: Written, permission: 'mission:update', target: { ...row('dependency'), removed: true },
})

// Assignments

const terms = ['start_at', 'end_at', 'crew_role_id', 'rate_card_id', 'rate_basis', 'rate_minor', 'rate_currency', 'cachets', 'engagement_kind'] as const
const assignmentFields = [...terms, 'call_at', 'need_id', 'is_lead', 'notes', 'part', 'option_rank', 'option_expires_at', 'quantity', 'unpaid_break_minutes', 'source', 'external_id'] as const

export const createAssignments = command({
  name: 'assignment.create',
  about: 'Plans people on a mission. Without a window, the mission’s own is taken.',
  input: z.strictObject({
    mission_id: wire.id,
    people: z.array(z.strictObject({ collaborator_id: wire.id, ...inputOf(assignment, [], assignmentFields) })).min(1).max(500),
  }),
  output: Many,
  permission: 'assignment:plan',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
export const createAssignmentsAcross = command({
  name: 'assignment.create_many',
  about: 'Plans people on missions of one project, at most 500 at once, undone as one. Without a window, the mission’s own is taken.',
  input: z.strictObject({
    project_id: wire.id,
    assignments: z.array(z.strictObject({ mission_id: wire.id, collaborator_id: wire.id, ...inputOf(assignment, [], assignmentFields) })).min(1).max(bulkRows),
  }),
  output: WrittenMany,
  permission: 'assignment:plan',
  target: { kind: 'project', id: (input) => input.project_id },
})
export const updateAssignment = command({
  name: 'assignment.update',
  about: 'Changes an assignment. Once the person has answered, window, crew role and rate change by assignment.change only.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(assignment, assignmentFields) }),
  output: Written,
  permission: 'assignment:plan',
  target: row('assignment'),
  possible: (one) => one['state'] !== 'canceled' && one['state'] !== 'closed',
})
/** Why production lets go of who had accepted. */
export const cancelCauses = ['withdrawn_by_production', 'replaced', 'budget_removed'] as const
export const cancelAssignments = command({
  name: 'assignment.cancel',
  about: 'Cancels assignments as far as the ladder lets the asker: planned and asked by who plans; accepted by who confirms, with a cause; confirmed and done, an exception, with a reason. What was still asked is withdrawn.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500), cause: z.enum(cancelCauses).optional(), reason: Reason.optional() }),
  output: Many,
  permission: 'assignment:plan',
  target: rows('assignment'),
  possible: (one) => one['state'] !== 'canceled' && one['state'] !== 'closed',
})
export const removeAssignments = command({
  name: 'assignment.remove',
  about: 'Removes planned or canceled assignments entered by mistake.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500) }),
  output: Many,
  permission: 'assignment:plan',
  target: { ...rows('assignment'), removed: true },
  possible: (one) => one['state'] === 'planned' || one['state'] === 'canceled',
})
/** Neither over nor left: its terms may still change. */
export const changeable = (one: Readonly<Record<string, unknown>>): boolean => one['state'] !== 'canceled' && one['state'] !== 'closed' && one['state'] !== 'executed'
export const shiftAssignments = command({
  name: 'assignment.shift',
  about: 'Moves assignments by minutes, or by whole days keeping the time on the clock. Who had accepted is to be asked again.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500), days: z.int().min(-3660).max(3660), minutes: z.int().min(-525_600).max(525_600) }),
  output: Many,
  permission: 'assignment:plan',
  target: rows('assignment'),
  possible: changeable,
})
export const reassign = command({
  name: 'assignment.reassign',
  about: 'Gives assignments to another person. From who was asked or has accepted, that person takes the place: the former is released. Answers the new assignments.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500), collaborator_id: wire.id, reason: Reason.optional() }),
  output: Many,
  permission: 'assignment:plan',
  target: rows('assignment'),
  possible: changeable,
})
export const changeCrewRole = command({
  name: 'assignment.change_role',
  about: 'Changes the crew role of assignments. Who had accepted is to be asked again.',
  input: z.strictObject({ ids: z.array(wire.id).min(1).max(500), crew_role_id: wire.id }),
  output: Many,
  permission: 'assignment:plan',
  target: rows('assignment'),
  possible: changeable,
})
export const listAssignments = list({
  name: 'assignment.list', about: 'Lists assignments with names of people, crew roles and missions.', permission: 'project:read',
  filters: ['mission_id', 'collaborator_id', 'crew_role_id', 'department_id', 'department_code', 'state', 'start_at', 'end_at', 'location_id', 'id', 'engagement_kind', 'reconfirm_since', 'presence'],
  sorts: ['start_at', 'end_at', 'collaborator_name', 'crew_role_name', 'department_code', 'mission_title', 'state', 'updated_at'],
})
export const getAssignment = query({
  name: 'assignment.get', about: 'One assignment.', input: z.strictObject({ id: wire.id }), output: z.record(z.string(), z.unknown()), permission: 'project:read', target: row('assignment'),
})
