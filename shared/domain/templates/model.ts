import { z } from 'zod'
import { entity, f, optional, wire, withInitial } from '../entity.ts'
import { missionKinds } from '../planning/model.ts'

const wanted = z.strictObject({
  crew_role_id: wire.id, head_count: z.int().min(1).max(999), skill_ids: z.array(wire.id).max(20), certification_kind_ids: z.array(wire.id).max(20),
})
/** Minutes after the first call. */
const marked = z.strictObject({ label: z.string().min(1).max(120), after_minutes: z.int().min(0).max(60 * 24 * 31) })

/** A day that comes back: what a mission made from it starts with. Clock times are those of the place. */
export const missionTemplate = entity({
  name: 'mission_template',
  scope: 'organization',
  fields: {
    name: f.text(120),
    title: f.text(200),
    kind: withInitial(f.oneOf(missionKinds), 'show'),
    objective: optional(f.text(500)),
    location_id: optional(f.id('location')),
    /** `HH:MM`, first call. */
    start_time: f.pattern(/^([01]\d|2[0-3]):[0-5]\d$/),
    duration_minutes: f.integer(15, 60 * 24 * 31),
    needs: withInitial(f.json(z.array(wanted).max(100)), []),
    milestones: withInitial(f.json(z.array(marked).max(50)), []),
    tags: f.tags(),
  },
  unique: [['name']],
  search: ['name', 'title'],
})
