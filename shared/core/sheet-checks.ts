/** Checks before publishing, with the severe conflicts that the core keeps current. */
import type { Reader } from '../domain/operation.ts'
import { detail, refuse } from '../domain/errors.ts'
import { member, organization, roleBinding } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { allows, holdingOf, type Binding } from '../domain/permissions.ts'
import { blockingChecks, nothingAround, twoPeopleChecks, warnings, type Surroundings } from '../domain/runsheets/checks.ts'
import { revision } from '../domain/runsheets/model.ts'
import type { RevisionRow } from '../domain/runsheets/material.ts'
import { runSheetHandlers } from '../domain/runsheets/handlers.ts'
import { checkSheet, publishSheet, type Check } from '../domain/runsheets/operations.ts'
import type { SheetSnapshot } from '../domain/runsheets/snapshot.ts'
import { contentOf } from '../domain/runsheets/versions.ts'
import type { Id } from '../kernel/ids.ts'
import { rowsInDispute } from './kept-list.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

/** Of the covered missions, not acknowledged; open needs have their own warning. */
async function severeOf(reader: Reader, sheet: SheetSnapshot, conflicts: Inner['conflicts']): Promise<Surroundings['severe']> {
  const index = await conflicts.current()
  const listed = sheet.missions.flatMap(({ id }) => index.list({ mission_id: id, severities: ['severe'], acknowledged: false }))
  const severe = [...new Map(listed.filter(({ kind }) => kind !== 'need_open').map((conflict) => [conflict.id, conflict])).values()]
  const people = new Map((await reader.getMany(collaborator, [...new Set(severe.flatMap(({ person_id }) => (person_id === null ? [] : [person_id as Id])))])).map((row) => [row.id as string, row.display_name]))
  const here = new Set([...sheet.people.map((row) => row.id), ...sheet.missions.map((row) => row.id)])
  return severe.map(({ kind, person_id, records, figures }) => {
    const found = records.find(({ id }) => id !== null && here.has(id))
    const said = (name: string): string => (typeof figures[name] === 'string' ? figures[name] : '')
    return { kind, rule_fr: said('rule_fr'), rule_en: said('rule_en'), article: said('article'), name: (person_id && people.get(person_id)) ?? '', record: found?.id == null ? null : { entity: found.entity, id: found.id } }
  })
}

/** More names than one can ask help nobody. */
const NAMED = 5

/** Who else may publish in the project, where the organization asks for two people; nothing where it does not. */
async function twoPeopleOf(reader: Reader, row: RevisionRow, { all, person }: Inner): Promise<Check[]> {
  const settings = await reader.need(organization, row.org_id)
  if (!settings.publish_needs_two_people) return []
  const held = new Map<string, Binding[]>()
  for (const { member_id, role, binding_project_id } of await all.find(roleBinding, {})) held.set(member_id, [...(held.get(member_id) ?? []), { role, project_id: binding_project_id }])
  const may = (id: string): boolean => allows(holdingOf(held.get(id) ?? [], 'sheet:publish', person.policy), 'sheet:publish', { project_id: row.project_id, own: false })
  const publishers = (await all.find(member, { status: 'active' }, { sort: ['name'] })).filter(({ id, user_id }) => user_id !== reader.call.actor && may(id))
  return twoPeopleChecks({ state: row.state, validated_by_asker: row.validated_by === reader.call.actor, publishers: publishers.slice(0, NAMED).map(({ name }) => name) })
}

/** Rows of the sheet about which its reader still has to decide (sync): printed, they would say what may not stand. */
async function inDispute(snapshot: SheetSnapshot, { id, sheet_id }: RevisionRow, inner: Inner): Promise<Surroundings['in_sync_conflict']> {
  const disputed = await rowsInDispute(inner)
  const printed = disputed.length === 0 ? '' : JSON.stringify([snapshot, id, sheet_id])
  return disputed.filter((one) => printed.includes(`"${one.id}"`))
}

const publishing = runSheetHandlers.find(({ operation }) => operation.name === publishSheet.name)

export const sheetCheckHandlers: readonly CoreHandler[] = [
  coreHandler(publishSheet, async (tx, input, inner) => {
    const row = await tx.need(revision, input.revision_id)
    const disputed = await inDispute(await contentOf(tx, row), row, inner)
    if (disputed.length > 0) throw refuse('sheet.checks_failed', ...disputed.map((one) => detail(one.entity, 'sync_conflict', null, one.id)))
    if (!publishing) throw new Error('sheets are published')
    return publishing.run(tx, input)
  }),
  coreHandler(checkSheet, async (reader, { revision_id }, inner) => {
    const row = await reader.need(revision, revision_id)
    const snapshot = await contentOf(reader, row)
    const around = { ...nothingAround, severe: await severeOf(reader, snapshot, inner.conflicts), in_sync_conflict: await inDispute(snapshot, row, inner) }
    const blocking = [...blockingChecks(snapshot, around), ...(await twoPeopleOf(reader, row, inner))]
    return { checks: [...blocking, ...warnings(snapshot, around)], publishable: blocking.length === 0 && (row.state === 'draft' || row.state === 'validated') }
  }),
]
