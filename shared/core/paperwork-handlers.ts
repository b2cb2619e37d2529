/** Documents of engagements read: rows through the asker's lens; that a contract is signed, which needs no file here, from all rows. */
import { detail, refuse } from '../domain/errors.ts'
import { signedAmong, type ExpectedRow } from '../domain/paperwork/missing.ts'
import { documentVersion, expectedDocument } from '../domain/paperwork/model.ts'
import { expectDocuments, listPaperwork, openDocument, type PaperworkItem } from '../domain/paperwork/operations.ts'
import { dueOn, standingOf } from '../domain/paperwork/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { member } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { byId, groupBy } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'
import { localDateOf } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { possibleOn } from './possible.ts'

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Steps of a document that stands by a signed contract: another upload of it asks nothing of anybody. */
async function canOf(row: ExpectedRow, standing: PaperworkItem['standing'], { person, operations, all }: Inner): Promise<string[]> {
  const can = await possibleOn(person, expectedDocument, row, operations, all)
  return standing === row.state ? can : can.filter((name) => name === 'paperwork.upload' || name === 'paperwork.validate')
}

async function itemsOf(reader: Reader, rows: readonly ExpectedRow[], inner: Inner): Promise<PaperworkItem[]> {
  const of = { assignments: byId(await reader.getMany(assignment, distinct(rows.map(({ assignment_id }) => assignment_id)))), missions: byId(await reader.getMany(mission, distinct(rows.map(({ mission_id }) => mission_id)))) }
  const people = byId(await reader.getMany(collaborator, distinct(rows.map(({ collaborator_id }) => collaborator_id))))
  const zones = byId(await reader.getMany(project, distinct(rows.map(({ project_id }) => project_id))))
  const names = new Map((await reader.find(member, {})).map((one): [string, string] => [one.user_id ?? '', one.name]))
  const versions = groupBy(rows.length === 0 ? [] : await reader.find(documentVersion, { expected_document_id: rows.map(({ id }) => id) }, { sort: ['-number'] }), (one) => one.expected_document_id as string)
  const signed = await signedAmong(inner.all, distinct(rows.filter(({ kind }) => kind === 'signed_contract').map(({ assignment_id }) => assignment_id)))
  const items: PaperworkItem[] = []
  for (const row of rows) {
    const work = of.assignments.get(row.assignment_id)
    // Of who declined, withdrew or was replaced nothing is waited for; what they had handed in stays listed.
    if (!work || (work.state === 'canceled' && row.uploaded_at === null)) continue
    const zone = zones.get(row.project_id)?.zone ?? 'UTC'
    const standing = standingOf(row, signed.has(row.assignment_id))
    const due_on = dueOn(row.kind, work, zone)
    items.push({
      id: row.id, version: row.version, assignment_id: row.assignment_id, mission_id: row.mission_id, mission_title: of.missions.get(row.mission_id)?.title ?? '', collaborator_id: row.collaborator_id,
      collaborator_name: people.get(row.collaborator_id)?.display_name ?? '', crew_role_id: work.crew_role_id, kind: row.kind, state: row.state, standing, due_on,
      is_overdue: standing === 'expected' && work.state !== 'canceled' && due_on < localDateOf(reader.call.now, zone),
      expected_at: row.expected_at, uploaded_at: row.uploaded_at, validated_at: row.validated_at, validated_by_name: row.validated_by === null ? null : (names.get(row.validated_by) ?? null), archived_at: row.archived_at,
      reference: row.reference, state_reason: row.state_reason,
      versions: (versions.get(row.id) ?? []).map(({ id, number, state, former_id, shared, name, type, size, sha256, created_at, created_by }) => ({ id, number, state, former_id, shared, name, type, size, sha256, at: created_at, by_name: names.get(created_by) ?? null })),
      can: await canOf(row, standing, inner),
    })
  }
  return items
}

const inOrder = (one: PaperworkItem, other: PaperworkItem): number => {
  const [first, second] = [one, other].map(({ due_on, collaborator_name, kind, id }) => `${due_on} ${collaborator_name} ${kind} ${id}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
}

/** Whether the asker may ask for a document of that assignment which is not asked for yet. */
async function mayExpect(reader: Reader, id: Id | undefined, { person, operations, all }: Inner): Promise<boolean> {
  const row = id === undefined ? null : await reader.get(assignment, id)
  return row !== null && (await possibleOn(person, assignment, row, operations, all)).includes(expectDocuments.name)
}

export const paperworkCoreHandlers: readonly CoreHandler[] = [
  coreHandler(listPaperwork, async (reader, { assignment_id, mission_id, project_id, standing }, inner) => {
    if (assignment_id !== undefined) await reader.need(assignment, assignment_id)
    if (mission_id !== undefined) await reader.need(mission, mission_id)
    const where = assignment_id !== undefined ? { assignment_id } : mission_id !== undefined ? { mission_id } : { project_id: project_id ?? '' }
    const items = (await itemsOf(reader, await reader.find(expectedDocument, where), inner)).sort(inOrder)
    const counted = (of: PaperworkItem['standing']): number => items.filter((item) => item.standing === of).length
    return {
      items: standing === undefined ? items : items.filter((item) => standing.includes(item.standing)),
      counts: { expected: counted('expected'), uploaded: counted('uploaded'), validated: counted('validated'), archived: counted('archived'), overdue: items.filter(({ is_overdue }) => is_overdue).length },
      may_expect: await mayExpect(reader, assignment_id, inner),
    }
  }),
  coreHandler(openDocument, async (reader, { version_id }, { record }) => {
    const row = await reader.need(documentVersion, version_id)
    const { name, type, size, sha256 } = row
    if (name === null || sha256 === null) throw refuse('attachment.not_uploaded', detail('version_id', 'erased', null, version_id))
    await record?.('export.paperwork', { document_version_id: version_id, kind: row.kind, number: row.number }, row.project_id)
    return { name, type, size, sha256 }
  }),
]
