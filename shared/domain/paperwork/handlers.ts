/** Documents of engagements, step by step; reading them is the core's (paperwork-handlers), which knows who may. */
import type { Id } from '../../kernel/ids.ts'
import { engagementKinds } from '../engagement/rules.ts'
import type { Changes, Row } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import { transitionOf } from '../transitions.ts'
import { expectOne } from './expecting.ts'
import type { ExpectedRow } from './missing.ts'
import { documentVersion, expectedDocument, paperworkRule } from './model.ts'
import * as operations from './operations.ts'
import { paperworkTransitions, usualPaperwork, type PaperworkState } from './rules.ts'

type VersionRow = Row<typeof documentVersion>
type File = Pick<Row<typeof documentVersion>, 'type' | 'size'> & { name: string; sha256: string }

const written = ({ id, version }: { id: Id; version: number }): { id: Id; version: number } => ({ id, version })
const rejected = (row: ExpectedRow, to: PaperworkState) => refuseFor('expected_document', 'transition_rejected', detail('state', 'transition', to, row.state))

/** By the table: throws `record.transition_rejected` for a step that is none, `reason.required` for one that wants a reason. */
async function move(tx: Transaction, row: ExpectedRow, to: PaperworkState, changes: Changes<typeof expectedDocument>, reason?: string): Promise<ExpectedRow> {
  const way = transitionOf(paperworkTransitions, row.state, to)
  if (!way) throw rejected(row, to)
  if (way.reason === 'required' && reason === undefined) throw refuse('reason.required', detail('reason', 'required'))
  return tx.update(expectedDocument, row.id, { state: to, state_reason: reason ?? null, ...changes })
}

const versionsOf = (tx: Transaction, row: ExpectedRow): Promise<VersionRow[]> => tx.find(documentVersion, { expected_document_id: row.id }, { sort: ['-number'] })
const currentOf = (versions: readonly VersionRow[]): VersionRow | null => versions.find(({ state }) => state === 'current') ?? null

/** The one that was looked at is the one that stands. Of a payslip there is none. */
async function lookedAt(tx: Transaction, row: ExpectedRow, version_id: Id | undefined): Promise<VersionRow | null> {
  const versions = await versionsOf(tx, row)
  if (version_id !== undefined && !versions.some(({ id }) => id === version_id)) throw refuseFor('document_version', 'not_found', detail('version_id', 'not_found', null, version_id))
  const current = currentOf(versions)
  if (current?.id !== version_id) throw refuse('paperwork.version_changed', detail('version_id', 'changed_since', version_id ?? null, current?.id ?? null))
  return current
}

function checkFile(row: ExpectedRow, isFile: boolean): void {
  if ((row.kind !== 'payslip_reference') !== isFile) throw refuse('paperwork.file', detail('kind', 'kind', null, row.kind))
}

interface Kept {
  shared?: boolean
  /** What the version before it becomes. */
  former: 'superseded' | 'redacted'
}
/** Another version, which names the one it takes the place of. */
async function keep(tx: Transaction, row: ExpectedRow, { name, type, size, sha256 }: File, { shared = false, former }: Kept): Promise<VersionRow> {
  const versions = await versionsOf(tx, row)
  const current = currentOf(versions)
  if (current) await tx.update(documentVersion, current.id, { state: former })
  const { project_id, mission_id, collaborator_id, kind, id: expected_document_id } = row
  return tx.insert(documentVersion, `version:${row.id}`, {
    project_id, mission_id, collaborator_id, kind, expected_document_id, number: (versions[0]?.number ?? 0) + 1, former_id: (current ?? versions[0])?.id ?? null, shared, name, type, size, sha256,
  })
}

const handedIn = (tx: Transaction): Changes<typeof expectedDocument> => ({ uploaded_at: tx.call.now, validated_at: null, validated_by: null })

async function upload(tx: Transaction, row: ExpectedRow, file: File, shared = false): Promise<{ row: ExpectedRow; version: VersionRow }> {
  checkFile(row, true)
  if (row.state === 'archived') throw rejected(row, 'uploaded')
  const current = currentOf(await versionsOf(tx, row))
  if (current?.sha256 === file.sha256 && row.state !== 'expected') return { row, version: current }
  const version = await keep(tx, row, file, { shared, former: 'superseded' })
  const after = row.state === 'uploaded' ? await tx.update(expectedDocument, row.id, { uploaded_at: tx.call.now }) : await move(tx, row, 'uploaded', handedIn(tx))
  return { row: after, version }
}

async function expected(tx: Transaction, assignment_id: Id, kind: ExpectedRow['kind'], at: string): Promise<Id> {
  const row = await tx.need(assignment, assignment_id)
  if (row.state !== 'accepted' && row.state !== 'confirmed' && row.state !== 'executed') throw refuseFor('assignment', 'transition_rejected', detail(at, 'state', null, row.state))
  const one = await expectOne(tx, row, kind, null)
  if (one.state !== 'archived') return one.id
  if (one.uploaded_at !== null) throw rejected(one, 'expected')
  return (await move(tx, one, 'expected', { expected_at: tx.call.now, archived_at: null })).id
}

export const paperworkHandlers: readonly Handler[] = [
  handle(operations.expectDocuments, async (tx, { assignment_ids, kind }) => {
    const ids: Id[] = []
    for (const [index, id] of assignment_ids.entries()) ids.push(await expected(tx, id, kind, `assignment_ids.${index}`))
    return { ids }
  }),
  handle(operations.uploadDocument, async (tx, { id, ...file }) => {
    const { row, version } = await upload(tx, await tx.need(expectedDocument, id), file)
    return { ...written(row), version_id: version.id }
  }),
  handle(operations.uploadSheet, async (tx, { mission_id, ...file }) => {
    const rows = await tx.find(expectedDocument, { mission_id, kind: 'attendance_sheet', state: ['expected', 'uploaded'] }, { sort: ['id'] })
    const standing = new Set((await tx.getMany(assignment, rows.map(({ assignment_id }) => assignment_id))).filter(({ state }) => state !== 'canceled').map(({ id }) => id))
    const ids: Id[] = []
    for (const row of rows) if (standing.has(row.assignment_id)) ids.push((await upload(tx, row, file, true)).row.id)
    if (ids.length === 0) throw refuse('paperwork.none_expected', detail('mission_id', 'none_expected', 'attendance_sheet', mission_id))
    return { ids }
  }),
  handle(operations.recordReference, async (tx, { id, reference }) => {
    const row = await tx.need(expectedDocument, id)
    checkFile(row, false)
    if (row.reference === reference && row.state !== 'expected') return written(row)
    if (row.state === 'archived') throw rejected(row, 'uploaded')
    return written(row.state === 'uploaded' ? await tx.update(expectedDocument, id, { reference }) : await move(tx, row, 'uploaded', { ...handedIn(tx), reference }))
  }),
  handle(operations.validateDocument, async (tx, { id, version_id }) => {
    const row = await tx.need(expectedDocument, id)
    if (row.state !== 'uploaded' && row.state !== 'validated') throw rejected(row, 'validated')
    await lookedAt(tx, row, version_id)
    return written(row.state === 'validated' ? row : await move(tx, row, 'validated', { validated_at: tx.call.now, validated_by: tx.call.actor }))
  }),
  handle(operations.rejectDocument, async (tx, { id, version_id, reason }) => {
    const row = await tx.need(expectedDocument, id)
    if (row.state !== 'uploaded' && row.state !== 'validated') throw rejected(row, 'expected')
    const current = await lookedAt(tx, row, version_id)
    if (current) await tx.update(documentVersion, current.id, { state: 'rejected' })
    return written(await move(tx, row, 'expected', { expected_at: tx.call.now, validated_at: null, validated_by: null, reference: null }, reason))
  }),
  handle(operations.redactDocument, async (tx, { id, version_id, ...file }) => {
    const row = await tx.need(expectedDocument, id)
    checkFile(row, true)
    const current = currentOf(await versionsOf(tx, row))
    if (current?.sha256 === file.sha256 && current.former_id === version_id) return { ...written(row), version_id: current.id }
    const former = await lookedAt(tx, row, version_id)
    if (!former) throw rejected(row, row.state)
    const version = await keep(tx, row, file, { shared: former.shared, former: 'redacted' })
    return { ...written(await tx.update(expectedDocument, id, { uploaded_at: tx.call.now })), version_id: version.id }
  }),
  handle(operations.archiveDocument, async (tx, { id, reason }) => {
    const row = await tx.need(expectedDocument, id)
    return written(row.state === 'archived' ? row : await move(tx, row, 'archived', { archived_at: tx.call.now }, reason))
  }),

  handle(operations.savePaperworkRule, async (tx, { engagement_kind, kinds, version }) => {
    const [row] = await tx.find(paperworkRule, { engagement_kind })
    if (!row) return written(await tx.insert(paperworkRule, `rule:${engagement_kind}`, { engagement_kind, kinds }))
    await tx.checkVersion(paperworkRule, row, version ?? 0, ['kinds'])
    return written(await tx.update(paperworkRule, row.id, { kinds }))
  }),
  answer(operations.listPaperworkRules, async (reader) => {
    const rules = new Map((await reader.find(paperworkRule, {})).map((row) => [row.engagement_kind, row]))
    return { items: engagementKinds.map((engagement_kind) => ({ engagement_kind, kinds: [...(rules.get(engagement_kind)?.kinds ?? usualPaperwork[engagement_kind])], version: rules.get(engagement_kind)?.version ?? null })) }
  }),
]
