/** Copying missions by days: one, or a day or a week of them with what waits for what among them. */
import type { Id } from '../../kernel/ids.ts'
import type { AnyEntity, Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import { bulkRows, handle, type Handler, type Transaction } from '../operation.ts'
import { crewRole, rateCard } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { duplicateMission, duplicateMissions } from './duplicate-operations.ts'
import { assignment, cue, dependency, mission, need } from './model.ts'
import { movedInstant, shifted } from './moving.ts'

interface Wanted {
  with_assignments: boolean
  with_run_of_show?: boolean | undefined
}
type MissionRow = Row<typeof mission>
type Parts = Awaited<ReturnType<typeof partsOf>>

/** The order of what is written is the same on every engine. */
const steady = { sort: ['id'] } as const

export async function partsOf(tx: Transaction, { id }: MissionRow, { with_assignments, with_run_of_show }: Wanted) {
  return {
    needs: await tx.find(need, { mission_id: id }, steady),
    cues: with_run_of_show === true ? await tx.find(cue, { mission_id: id }, steady) : [],
    people: with_assignments ? await tx.find(assignment, { mission_id: id, state: { not: 'canceled' } }, steady) : [],
  }
}

/** `label` names the copy of a row: of the command when it makes one copy, of the turn when it makes several. */
export async function copyMission(tx: Transaction, source: MissionRow, parts: Parts, days: number, day_code: string | null, label: (id: string) => string): Promise<MissionRow> {
  const move = { days, minutes: 0 }
  const moved = (instant: MissionRow['start_at']) => movedInstant(instant, move, source.zone)
  // What was taken out of the catalogues or the directory since is not copied.
  const standing = async (entity: AnyEntity, id: Id | null): Promise<Id | null> => (id !== null && (await tx.get(entity, id)) !== null ? id : null)
  const { start_at, end_at } = shifted({ ...source, call_at: null }, move, source.zone)
  const copy = await tx.insert(mission, label(source.id), {
    project_id: source.project_id, title: source.title, day_code, kind: source.kind, objective: source.objective, description: source.description,
    lead_collaborator_id: await standing(collaborator, source.lead_collaborator_id), location_id: source.location_id, start_at, end_at, zone: source.zone,
    priority: source.priority, tags: source.tags, series_id: source.series_id,
  })
  const inside = { project_id: copy.project_id, mission_id: copy.id }
  const needIds = new Map<string, Id>()
  for (const one of parts.needs) {
    const { crew_role_id, head_count, skill_ids, certification_kind_ids, notes } = one
    if ((await standing(crewRole, crew_role_id)) === null) continue
    const made = await tx.insert(need, label(one.id), {
      ...inside, crew_role_id, head_count, skill_ids, certification_kind_ids, notes, start_at: one.start_at && moved(one.start_at), end_at: one.end_at && moved(one.end_at),
    })
    needIds.set(one.id, made.id)
  }
  for (const { id, kind, number, label: words, at, duration_seconds, departments, notes, scene, position } of parts.cues)
    await tx.insert(cue, label(id), { ...inside, kind, number, label: words, at: at && moved(at), duration_seconds, departments, notes, scene, position })
  for (const one of parts.people) {
    if ((await standing(collaborator, one.collaborator_id)) === null) continue
    const { collaborator_id, engagement_kind, rate_basis, rate_minor, rate_currency, cachets, is_lead, notes, part, quantity, unpaid_break_minutes } = one
    await tx.insert(assignment, label(one.id), {
      ...inside, ...shifted(one, move, source.zone), collaborator_id,
      crew_role_id: await standing(crewRole, one.crew_role_id), rate_card_id: await standing(rateCard, one.rate_card_id), engagement_kind, rate_basis, rate_minor, rate_currency, cachets, is_lead,
      notes, part, quantity, unpaid_break_minutes, need_id: one.need_id ? (needIds.get(one.need_id) ?? null) : null,
    })
  }
  return copy
}

export const duplicateHandlers: readonly Handler[] = [
  handle(duplicateMission, async (tx, input) => {
    const source = await tx.need(mission, input.id)
    const copy = await copyMission(tx, source, await partsOf(tx, source, input), input.days, input.day_code ?? null, (id) => `copy:${id}`)
    return { id: copy.id, version: copy.version }
  }),
  handle(duplicateMissions, async (tx, { repeat = 1, ...input }) => {
    const sources = []
    for (const id of input.ids) {
      const row = await tx.need(mission, id)
      sources.push({ row, parts: await partsOf(tx, row, input) })
    }
    const links = await tx.find(dependency, { before_mission_id: input.ids, after_mission_id: input.ids }, steady)
    const rows = repeat * (links.length + sources.reduce((sum, { parts: { needs, cues, people } }) => sum + 1 + needs.length + cues.length + people.length, 0))
    if (rows > bulkRows) throw refuse('validation.invalid', detail('ids', 'too_many_rows', String(bulkRows), String(rows)))
    const ids: Id[] = []
    for (let turn = 1; turn <= repeat; turn++) {
      const label = (id: string): string => `copy:${turn}:${id}`
      const copies = new Map<string, Id>()
      for (const { row, parts } of sources) copies.set(row.id, (await copyMission(tx, row, parts, input.days * turn, null, label)).id)
      for (const { id, project_id, before_mission_id, after_mission_id, lag_minutes } of links) {
        const [before, after] = [copies.get(before_mission_id), copies.get(after_mission_id)]
        if (before && after) await tx.insert(dependency, label(id), { project_id, before_mission_id: before, after_mission_id: after, lag_minutes })
      }
      ids.push(...copies.values())
    }
    return { ids }
  }),
]
