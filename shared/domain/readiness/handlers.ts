import type { Id } from '../../kernel/ids.ts'
import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { assignment, mission } from '../planning/model.ts'
import { readinessRequest, type readinessSources } from './model.ts'
import * as operations from './operations.ts'

/** People who said yes: nobody else has anything to be ready for. */
const engagedOn = (reader: Reader, mission_id: Id): Promise<Id[]> => reader.values(assignment, 'collaborator_id', { mission_id, state: ['accepted', 'confirmed'] })

async function acknowledge(tx: Transaction, id: Id, source: (typeof readinessSources)[number]): Promise<{ ids: Id[] }> {
  const row = await tx.need(readinessRequest, id)
  if (source === 'hand') tx.onBehalfOf(row.collaborator_id)
  if (row.acknowledged_at === null) await tx.update(readinessRequest, id, { acknowledged_at: tx.call.now, source })
  return { ids: [id] }
}

async function listed(reader: Reader, mission_id: Id) {
  const rows = await reader.find(readinessRequest, { mission_id })
  const own = reader.call.collaborator_id
  const on = await reader.need(mission, mission_id)
  const engaged = (await engagedOn(reader, mission_id)).filter((id) => id === own || reader.may('project:read', on.project_id))
  const ids = [...new Set([...rows.map((row) => row.collaborator_id), ...engaged])]
  const names = new Map((await reader.getMany(collaborator, ids)).map((row) => [row.id, row.display_name]))
  const items = ids.map((collaborator_id) => {
    const row = rows.find((one) => one.collaborator_id === collaborator_id)
    return { id: row?.id ?? null, collaborator_id, name: names.get(collaborator_id) ?? '', is_own: collaborator_id === own, asked_at: row?.asked_at ?? null, acknowledged_at: row?.acknowledged_at ?? null, source: row?.source ?? null }
  })
  // Who is waited for comes first.
  const rank = ({ id, acknowledged_at }: (typeof items)[number]): number => (id === null ? 1 : acknowledged_at === null ? 0 : 2)
  return { items: items.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name)), asked: rows.length, acknowledged: rows.filter((row) => row.acknowledged_at !== null).length }
}

export const readinessHandlers: readonly Handler[] = [
  handle(operations.requestReadiness, async (tx, { mission_id, everyone = false }) => {
    const on = await tx.need(mission, mission_id)
    const people = await engagedOn(tx, mission_id)
    if (people.length === 0) throw refuse('readiness_request.nobody', detail('mission_id', 'nobody'))
    const known = new Map((await tx.find(readinessRequest, { mission_id })).map((row) => [row.collaborator_id, row]))
    const ids: Id[] = []
    for (const collaborator_id of people) {
      const row = known.get(collaborator_id)
      if (row && row.acknowledged_at !== null && !everyone) continue
      const asked = { asked_at: tx.call.now, acknowledged_at: null, source: null }
      ids.push((row ? await tx.update(readinessRequest, row.id, asked) : await tx.insert(readinessRequest, `readiness:${collaborator_id}`, { project_id: on.project_id, mission_id, collaborator_id, ...asked })).id)
    }
    return { ids }
  }),
  handle(operations.acknowledgeReadiness, (tx, { id }) => acknowledge(tx, id, 'app')),
  handle(operations.acknowledgeReadinessFor, (tx, { id }) => acknowledge(tx, id, 'hand')),
  answer(operations.listReadiness, (reader, { mission_id }) => listed(reader, mission_id)),
]
