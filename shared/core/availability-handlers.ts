/** What setting the availability of several people at once would replace and stand against. */
import type { z } from 'zod'
import { windowsOf } from '../domain/availability/handlers.ts'
import { previewMany } from '../domain/availability/operations.ts'
import { overlaps, without, type Window } from '../domain/availability/windows.ts'
import { bulkRows, type Reader } from '../domain/operation.ts'
import type { Block } from '../domain/people/blocks.ts'
import { availability, collaborator } from '../domain/people/model.ts'
import { checkInProject } from '../domain/people/scope.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import { knowsBusy } from './calendar-handlers.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

type Asked = z.infer<typeof previewMany.input>
/** Windows shown. */
const mostShown = 60

function cut({ id, kind, zone, reason, start_at, end_at }: Block, windows: readonly Window[]) {
  const parts = without({ start_at, end_at }, windows)
  const becomes = parts.length === 0 ? ('removed' as const) : parts.length === 1 ? ('shortened' as const) : ('split' as const)
  return { id, kind, zone, reason, start_at, end_at, becomes, parts }
}

/** Work under the windows by person: what the asker reads, and the rest where they may know that somebody is busy. */
async function workUnder(reader: Reader, ids: Asked['collaborator_ids'], windows: readonly Window[], inner: Inner): Promise<Map<string, number>> {
  const [first, last] = [windows[0], windows.at(-1)]
  const found = new Map<string, number>()
  if (!first || !last) return found
  const where = { start_at: { lt: last.end_at }, end_at: { gt: first.start_at }, state: { not: 'canceled' } }
  const told = ids.filter((id) => knowsBusy(inner, id))
  const rows = [
    ...(await inner.all.find(assignment, { ...where, collaborator_id: told })), ...(await reader.find(assignment, { ...where, collaborator_id: ids.filter((id) => !told.includes(id)) })),
  ].filter((row) => windows.some((window) => overlaps(row, window)))
  const off = new Set((await inner.all.getMany(mission, [...new Set(rows.map((row) => row.mission_id))])).flatMap((row) => (row.status === 'canceled' ? [row.id] : [])))
  for (const row of rows) if (!off.has(row.mission_id)) found.set(row.collaborator_id, (found.get(row.collaborator_id) ?? 0) + 1)
  return found
}

export const availabilityCoreHandlers: readonly CoreHandler[] = [
  coreHandler(previewMany, async (reader, input, inner) => {
    const windows = windowsOf(input)
    if (input.project_id !== null) for (const id of input.collaborator_ids) await checkInProject(reader, id, input.project_id)
    const [first, last] = [windows[0], windows.at(-1)]
    const under = first && last
      ? await reader.find(availability, { collaborator_id: input.collaborator_ids, start_at: { lt: last.end_at }, end_at: { gt: first.start_at } }, { sort: ['start_at'] })
      : []
    const every = input.kind === 'none' && input.project_id === null
    const blocks = Map.groupBy(under.filter((block) => (every || block.availability_project_id === input.project_id) && windows.some((window) => overlaps(block, window))), (block) => block.collaborator_id)
    const work = input.kind === 'unavailable' ? await workUnder(reader, input.collaborator_ids, windows, inner) : new Map<string, number>()
    const names = new Map((await reader.getMany(collaborator, input.collaborator_ids)).map((row) => [row.id, row.display_name]))
    const rows = windows.length * input.collaborator_ids.length
    return {
      windows: windows.slice(0, mostShown), rows, too_many: rows > bulkRows,
      people: input.collaborator_ids.map((id) => ({ id, name: names.get(id) ?? '', blocks: (blocks.get(id) ?? []).map((block) => cut(block, windows)), work: work.get(id) ?? 0 })),
    }
  }),
]
