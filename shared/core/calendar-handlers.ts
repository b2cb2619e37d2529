/** When one person works and when they can: what the asker may read by name, the rest as busy times. */
import type { Row } from '../domain/entity.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import type { Where } from '../domain/operation.ts'
import { blocksUnder, partsBeside } from '../domain/people/blocks.ts'
import { personTimeline, previewAvailability } from '../domain/people/calendar-operations.ts'
import { availability, collaborator } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

type Assignment = Row<typeof assignment>

interface Work {
  own: readonly Assignment[]
  missions: ReadonlyMap<string, Row<typeof mission>>
  busy: readonly Assignment[]
}

/** Assignments of a person in a window: those in missions the asker reads, and the others. */
async function workOf(seen: readonly Assignment[], where: Where, all: Inner['all']): Promise<Work> {
  const ids = new Set<string>(seen.map((row) => row.id))
  const everything = await all.find(assignment, where, { sort: ['start_at'] })
  const missions = new Map<string, Row<typeof mission>>((await all.getMany(mission, [...new Set(everything.map((row) => row.mission_id))])).map((row) => [row.id, row]))
  const counts = everything.filter((row) => missions.get(row.mission_id)?.status !== 'canceled')
  return { own: counts.filter((row) => ids.has(row.id)), missions, busy: counts.filter((row) => !ids.has(row.id)) }
}

const during = (collaborator_id: Id, from: string, to: string): Where => ({ collaborator_id, start_at: { lt: to }, end_at: { gt: from }, state: { not: 'canceled' } })

/** Work elsewhere is told to the person and to whoever keeps the directory: they plan, and a name free here may be taken there. */
export const knowsBusy = ({ person }: Inner, id: Id): boolean => person.collaborator_id === id || person.holding('collaborator:write').everywhere || person.holding('assignment:plan').projects.size > 0

export const calendarHandlers: readonly CoreHandler[] = [
  coreHandler(previewAvailability, async (reader, input, inner) => {
    const { collaborator_id, start_at, end_at } = input
    await reader.need(collaborator, collaborator_id)
    if (input.project_id !== null) await reader.need(project, input.project_id)
    const where = during(collaborator_id, start_at, end_at)
    const { own, missions, busy } = input.kind === 'available' ? { own: [], missions: new Map(), busy: [] } : await workOf(await reader.find(assignment, where), where, inner.all)
    const scoped = ({ project_id }: Assignment): boolean => input.project_id === null || project_id === input.project_id
    return {
      blocks: (await blocksUnder(reader, input)).map(({ id, kind, zone, reason, ...block }) => {
        const parts = partsBeside(block, input)
        const becomes = parts.length === 0 ? ('removed' as const) : parts.length === 1 ? ('shortened' as const) : ('split' as const)
        return { id, kind, zone, reason, start_at: block.start_at, end_at: block.end_at, becomes, parts }
      }),
      work: [
        ...own.filter(scoped).map((row) => {
          const on = missions.get(row.mission_id)
          return { start_at: row.start_at, end_at: row.end_at, title: on?.title ?? null, day_code: on?.day_code ?? null, state: row.state, zone: on?.zone ?? 'UTC' }
        }),
        ...busy.filter(() => input.project_id === null && knowsBusy(inner, collaborator_id)).map((row) => ({ start_at: row.start_at, end_at: row.end_at, title: null, day_code: null, state: null, zone: missions.get(row.mission_id)?.zone ?? 'UTC' })),
      ],
    }
  }),
  coreHandler(personTimeline, async (reader, { id, from, to }, inner) => {
    const where = during(id, from, to)
    const { own, missions, busy } = await workOf(await reader.find(assignment, where), where, inner.all)
    const projects = new Map((await reader.getMany(project, [...new Set(own.map((row) => row.project_id))])).map((row) => [row.id as string, row.name]))
    const blocks = await reader.find(availability, { collaborator_id: id, start_at: { lt: to }, end_at: { gt: from } }, { sort: ['start_at'] })
    const busy_known = knowsBusy(inner, id)
    return {
      blocks: blocks.map((row) => ({ id: row.id, kind: row.kind, project_id: row.availability_project_id, zone: row.zone, reason: row.reason, source: row.source, start_at: row.start_at, end_at: row.end_at })),
      assignments: own.map((row) => {
        const on = missions.get(row.mission_id)
        return {
          id: row.id, project_id: row.project_id, project_name: projects.get(row.project_id) ?? null, mission_id: row.mission_id, title: on?.title ?? null, day_code: on?.day_code ?? null, zone: on?.zone ?? 'UTC',
          state: row.state, crew_role_id: row.crew_role_id, start_at: row.start_at, end_at: row.end_at,
        }
      }),
      busy: busy_known ? busy.map((row) => ({ start_at: row.start_at, end_at: row.end_at, firm: isAcceptedOrLater(row.state) })) : [],
      busy_known,
    }
  }),
]
