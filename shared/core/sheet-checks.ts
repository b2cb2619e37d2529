/** Checks before publishing, with the severe conflicts that the core keeps current. */
import type { Reader } from '../domain/operation.ts'
import { collaborator } from '../domain/people/model.ts'
import { blockingChecks, nothingAround, warnings, type Surroundings } from '../domain/runsheets/checks.ts'
import { revision } from '../domain/runsheets/model.ts'
import { checkSheet } from '../domain/runsheets/operations.ts'
import type { SheetSnapshot } from '../domain/runsheets/snapshot.ts'
import { contentOf } from '../domain/runsheets/versions.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

/** Of the covered missions, not acknowledged; open needs have their own warning. */
async function severeOf(reader: Reader, sheet: SheetSnapshot, conflicts: Inner['conflicts']): Promise<Surroundings['severe']> {
  const index = await conflicts.current()
  const listed = sheet.missions.flatMap(({ id }) => index.list({ mission_id: id, severities: ['severe'], acknowledged: false }))
  const severe = [...new Map(listed.filter(({ kind }) => kind !== 'need_open').map((conflict) => [conflict.id, conflict])).values()]
  const people = new Map((await reader.getMany(collaborator, [...new Set(severe.flatMap(({ person_id }) => (person_id === null ? [] : [person_id as Id])))])).map((row) => [row.id as string, row.display_name]))
  const here = new Set([...sheet.people.map((row) => row.id), ...sheet.missions.map((row) => row.id)])
  return severe.map(({ kind, person_id, records }) => {
    const found = records.find(({ id }) => id !== null && here.has(id))
    return { kind, name: (person_id && people.get(person_id)) ?? '', record: found?.id == null ? null : { entity: found.entity, id: found.id } }
  })
}

export const sheetCheckHandlers: readonly CoreHandler[] = [
  coreHandler(checkSheet, async (reader, { revision_id }, { conflicts }) => {
    const row = await reader.need(revision, revision_id)
    const snapshot = await contentOf(reader, row)
    const around = { ...nothingAround, severe: await severeOf(reader, snapshot, conflicts) }
    const blocking = blockingChecks(snapshot, around)
    return { checks: [...blocking, ...warnings(snapshot, around)], publishable: blocking.length === 0 && (row.state === 'draft' || row.state === 'validated') }
  }),
]
