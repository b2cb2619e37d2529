/** What is still missing on paper: for who confirms and closes, and for reminders. */
import { byId, groupBy } from '../../kernel/grouping.ts'
import type { Id } from '../../kernel/ids.ts'
import { contractAssignment, contractDocument, contractVersion } from '../contracts/model.ts'
import { contractKindOf, isSigned } from '../contracts/rules.ts'
import { isAcceptedOrLater } from '../engagement/rules.ts'
import { missingDocument, type Missing } from '../engagement/reminders.ts'
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import { expectedDocument } from './model.ts'
import { dueOn, holdsUp, neededFor, standingOf, type PaperworkStep } from './rules.ts'

export type ExpectedRow = Row<typeof expectedDocument>

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** Of these assignments, those under a contract that both sides signed, or of which a signed copy is kept. */
export async function signedAmong(reader: Reader, assignment_ids: readonly Id[]): Promise<ReadonlySet<string>> {
  if (assignment_ids.length === 0) return new Set()
  const links = await reader.find(contractAssignment, { assignment_id: [...assignment_ids] })
  const contract_id = distinct(links.map((link) => link.contract_id))
  if (contract_id.length === 0) return new Set()
  const versions = (await reader.find(contractVersion, { contract_id })).filter(({ state }) => state !== 'archived')
  const standing = new Set(versions.map(({ contract_id: id }) => id))
  const signed = new Set(versions.filter(isSigned).map(({ contract_id: id }) => id))
  for (const copy of await reader.find(contractDocument, { contract_id, kind: 'signed_copy' })) if (standing.has(copy.contract_id)) signed.add(copy.contract_id)
  return new Set(links.filter((link) => signed.has(link.contract_id)).map(({ assignment_id }) => assignment_id))
}

/** Assignments with a document that holds up the step, each with those documents. Of who was engaged before documents were expected: nothing. */
export async function lackingFor(reader: Reader, assignment_ids: readonly Id[], step: PaperworkStep): Promise<ReadonlyMap<string, readonly ExpectedRow[]>> {
  if (assignment_ids.length === 0) return new Map()
  const rows = (await reader.find(expectedDocument, { assignment_id: [...assignment_ids], state: ['expected', 'uploaded'] }, { sort: ['kind'] })).filter(({ kind }) => step === 'close' || neededFor(kind) === step)
  const signed = await signedAmong(reader, distinct(rows.filter(({ kind }) => kind === 'signed_contract').map((row) => row.assignment_id)))
  return groupBy(rows.filter((row) => holdsUp(standingOf(row, signed.has(row.assignment_id)), step)), (row) => row.assignment_id as string)
}

/**
 * Documents that nobody has handed in, of projects in `zones` (id to IANA zone): what `document_missing` reminds of. Its subject is the
 * expected document, its anchor the day it is due. Read without a person's lens. Of a contract that nobody signed `contract_expected` speaks.
 */
export async function missingDocuments(reader: Reader, zones: ReadonlyMap<string, string>): Promise<(Missing & { project_id: Id })[]> {
  const expected = (await reader.find(expectedDocument, { state: 'expected' }, { sort: ['id'] })).filter(({ project_id }) => zones.has(project_id))
  if (expected.length === 0) return []
  const work = byId(await reader.getMany(assignment, distinct(expected.map(({ assignment_id }) => assignment_id))))
  const rows = expected.filter(({ kind, assignment_id }) => {
    const of = work.get(assignment_id)
    return of !== undefined && (kind !== 'signed_contract' || contractKindOf(of.engagement_kind) === null)
  })
  const signed = await signedAmong(reader, distinct(rows.filter(({ kind }) => kind === 'signed_contract').map(({ assignment_id }) => assignment_id)))
  return rows.flatMap((row) => {
    const of = work.get(row.assignment_id)
    const zone = zones.get(row.project_id)
    if (!of || zone === undefined || !isAcceptedOrLater(of.state) || of.state === 'closed' || standingOf(row, signed.has(row.assignment_id)) !== 'expected') return []
    return [{ project_id: row.project_id, ...missingDocument({ subject_id: row.id, assignment_id: row.assignment_id, anchor: dueOn(row.kind, of, zone), zone, expected_at: row.expected_at }) }]
  })
}
