/** Moving whole missions by days: what is theirs goes with them; people who answered on their hours stay (assignment.change is theirs). */
import type { Instant } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import { detail, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Reader } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { missionHasPublishedSheet } from '../runsheets/published.ts'
import { assignment, cue, milestone, mission, need, project } from './model.ts'
import { movedInstant, shifted } from './moving.ts'
import * as operations from './operations.ts'

type MissionRow = Row<typeof mission>
const askable = ['planned', 'proposed'] as const

async function whyStays(reader: Reader, row: MissionRow): Promise<'locked' | 'canceled' | 'archived' | null> {
  if ((await reader.need(project, row.project_id)).status === 'archived') return 'archived'
  return row.locked ? 'locked' : row.status === 'canceled' ? 'canceled' : null
}

/** Of several rows written alike: every database records them in the same order. */
const inOrder = { sort: ['id'] } as const

export const missionShiftHandlers: readonly Handler[] = [
  handle(operations.shiftMissions, async (tx, { ids, days }) => {
    for (const id of ids) {
      const row = await tx.need(mission, id)
      if (row.status === 'canceled') throw refuseFor('mission', 'transition_rejected', detail('ids', 'canceled', null, row.title))
      const move = { days, minutes: 0 }
      const moved = (instant: Instant): Instant => movedInstant(instant, move, row.zone)
      const maybe = (instant: Instant | null): Instant | null => (instant === null ? null : moved(instant))
      const { start_at, end_at } = shifted({ ...row, call_at: null }, move, row.zone)
      await tx.update(mission, id, { start_at, end_at })
      const where = { mission_id: id }
      for (const one of await tx.find(need, where, inOrder)) await tx.update(need, one.id, { start_at: maybe(one.start_at), end_at: maybe(one.end_at) })
      for (const one of await tx.find(milestone, where, inOrder)) await tx.update(milestone, one.id, { at: moved(one.at) })
      for (const one of await tx.find(cue, where, inOrder)) await tx.update(cue, one.id, { at: maybe(one.at) })
      for (const one of await tx.find(assignment, { ...where, state: askable }, inOrder)) await tx.update(assignment, one.id, shifted(one, move, row.zone))
    }
    return { ids: [...ids] }
  }),
  answer(operations.previewShift, async (reader, { ids, days }) => {
    const missions = []
    for (const id of ids) {
      const row = await reader.need(mission, id)
      const people = await reader.find(assignment, { mission_id: id, state: { not: 'canceled' } })
      const staying = people.filter((one) => !(askable as readonly string[]).includes(one.state))
      const names = new Map((await reader.getMany(collaborator, staying.map((one) => one.collaborator_id))).map((one) => [one.id, one.display_name]))
      const to = shifted({ ...row, call_at: null }, { days, minutes: 0 }, row.zone)
      missions.push({
        id, title: row.title, day_code: row.day_code, zone: row.zone, start_at: row.start_at, end_at: row.end_at,
        to_start_at: to.start_at, to_end_at: to.end_at,
        moving: people.length - staying.length,
        staying: staying.map((one) => ({ id: one.id, collaborator_id: one.collaborator_id, name: names.get(one.collaborator_id) ?? null, state: one.state })),
        refused: await whyStays(reader, row), published: await missionHasPublishedSheet(reader, id),
      })
    }
    return { missions }
  }),
]
