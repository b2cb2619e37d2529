import { z } from 'zod'
import { isLocalDate, isPlannableDate, type LocalDate } from '../../kernel/instants.ts'
import { inputOf, wire } from '../entity.ts'
import { command, Written, WrittenMany } from '../operation.ts'
import { mission } from '../planning/model.ts'
import { records } from '../records.ts'
import { missionTemplate } from './model.ts'

/** Days that one gesture may make missions on. */
export const mostDates = 100
const isDay = (text: unknown): text is LocalDate => isLocalDate(text) && isPlannableDate(text)
const dates = z.array(z.custom<LocalDate>(isDay, 'a calendar date, 2027-06-18')).min(1).max(mostDates)
  .refine((list) => new Set(list).size === list.length, { error: 'repeated' })

export const missionTemplates = records({
  entity: missionTemplate, permission: 'catalogue:write', read: 'org:read', about: 'a mission template', required: ['name', 'title', 'start_time', 'duration_minutes'],
  optional: ['kind', 'objective', 'location_id', 'needs', 'milestones', 'tags'], filters: ['kind'], sorts: ['name', 'updated_at'],
})

export const templateFromMission = command({
  name: 'mission_template.from_mission',
  about: 'Keeps a mission as a template: its title, kind, place, clock times, needs and milestones. Nobody assigned is kept.',
  input: z.strictObject({ mission_id: wire.id, ...inputOf(missionTemplate, ['name']) }),
  output: Written,
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})

export const createFromTemplate = command({
  name: 'mission.create_from_template',
  about: 'Makes missions of a project from a template, one on each date; several share a series.',
  input: z.strictObject({ template_id: wire.id, project_id: wire.id, dates, ...inputOf(mission, [], ['title', 'location_id', 'zone', 'day_code']) }),
  output: WrittenMany,
  permission: 'mission:create',
  target: { kind: 'project', id: (input) => input.project_id },
})

export const repeatMission = command({
  name: 'mission.repeat',
  about: 'Copies a mission on other dates at the same clock times: independent missions that share a series.',
  input: z.strictObject({ id: wire.id, dates, with_assignments: z.boolean(), with_run_of_show: z.boolean() }),
  output: WrittenMany,
  permission: 'mission:create',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.id] },
  possible: (one) => one['locked'] !== true && one['status'] !== 'canceled',
})
