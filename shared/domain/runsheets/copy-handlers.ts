/** Bringing what another sheet says into a draft: one command, undone as one. */
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { assignment, project } from '../planning/model.ts'
import { copyContent, copyParts, previewCopy } from './copy-operations.ts'
import type { CopyPart } from './copy-operations.ts'
import { planCopy } from './copy-plan.ts'
import type { CopyPlan } from './copy-plan.ts'
import { missionsOf, rowsOf } from './material.ts'
import type { RevisionRow } from './material.ts'
import { keyTime, revision, runSheet, sheetNote, sheetPerson, sheetRow, sheetSlot } from './model.ts'
import { daysBetween } from './moved-times.ts'
import { positionsAtEnd, positionsByHour } from './positions.ts'
import { whyFrozen } from './rules.ts'
import { sheetSnapshotSchema } from './snapshot.ts'

/** The day that the lines of a version are of: as it was frozen, else that of its lead mission now. */
async function dayOf(reader: Reader, row: RevisionRow): Promise<{ date: LocalDate; zone: string }> {
  if (row.snapshot !== null) return sheetSnapshotSchema.pick({ date: true, zone: true }).parse({ date: row.snapshot['date'], zone: row.snapshot['zone'] })
  const sheet = await reader.need(runSheet, row.sheet_id)
  const [lead] = await missionsOf(reader, sheet)
  return lead ? { date: localDateOf(lead.start_at, lead.zone), zone: lead.zone } : { date: sheet.sheet_date, zone: (await reader.need(project, sheet.project_id)).zone }
}

async function draftOf(reader: Reader, sheet_id: Id): Promise<RevisionRow> {
  const [row] = await reader.find(revision, { sheet_id, state: ['draft', 'validated'] }, { limit: 1 })
  const why = row ? whyFrozen(row.state, 'part') : 'sheet.frozen'
  if (!row || why !== null) throw refuse(why ?? 'sheet.frozen', detail('state', 'frozen', 'draft', row?.state ?? null))
  return row
}

/** The assignments on this draft's missions of the people who stand on the other version's lines. */
async function samePeople(reader: Reader, from: readonly { assignment_id: Id }[], into: RevisionRow): Promise<ReadonlyMap<string, readonly Id[]>> {
  const missions = await missionsOf(reader, await reader.need(runSheet, into.sheet_id))
  const theirs = await reader.getMany(assignment, from.map((row) => row.assignment_id))
  const mine = await reader.find(assignment, { mission_id: missions.map((one) => one.id), collaborator_id: [...new Set(theirs.map((row) => row.collaborator_id))], state: { not: 'canceled' } })
  return new Map(theirs.map((row) => [row.id, mine.filter((one) => one.collaborator_id === row.collaborator_id).map((one) => one.id)]))
}

async function planOf(reader: Reader, input: { id: Id; from: Id; parts: readonly CopyPart[]; existing?: 'keep' | 'replace' | undefined }): Promise<{ draft: RevisionRow; plan: CopyPlan; days: number }> {
  const draft = await draftOf(reader, input.id)
  const source = await reader.get(revision, input.from)
  if (!source || source.project_id !== draft.project_id) throw refuseFor('revision', 'not_found', detail('from', 'not_found', 'a version of a sheet of this project', input.from))
  if (source.id === draft.id) throw refuse('validation.reference', detail('from', 'same', 'another version', input.from))
  const [from, into] = [await dayOf(reader, source), await dayOf(reader, draft)]
  const rows = await rowsOf(reader, source.id)
  const days = daysBetween(from.date, into.date)
  const plan = planCopy({
    from: { revision: source, rows }, into: { revision: draft, rows: await rowsOf(reader, draft.id) },
    move: { days, from_zone: from.zone, to_zone: into.zone }, parts: input.parts, replace: input.existing === 'replace',
    assignments: input.parts.includes('people') ? await samePeople(reader, rows.people, draft) : new Map(),
  })
  return { draft, plan, days }
}

const removable = { key_time: keyTime, sheet_slot: sheetSlot, sheet_note: sheetNote, sheet_row: sheetRow } as const

async function writeLines(tx: Transaction, draft: RevisionRow, plan: CopyPlan): Promise<void> {
  for (const { record, id } of plan.remove) await tx.remove(removable[record], id)
  const { project_id, id: revision_id } = draft
  const line = (label: string, position: string | undefined) => ({ project_id, revision_id, line_id: tx.id(label), position: position ?? '' })
  const left = await rowsOf(tx, revision_id)
  const timed = positionsByHour(left.key_times, plan.key_times.map((row) => row.at))
  for (const [index, row] of plan.key_times.entries()) await tx.insert(keyTime, `key_time:${index}`, { ...row, ...line(`key_time:${index}`, timed[index]) })
  const slotted = positionsByHour(left.slots.map(({ start_at, position }) => ({ at: start_at, position })), plan.slots.map((row) => row.start_at))
  for (const [index, row] of plan.slots.entries()) await tx.insert(sheetSlot, `slot:${index}`, { ...row, ...line(`slot:${index}`, slotted[index]) })
  const noted = positionsAtEnd(left.notes.at(-1)?.position ?? null, plan.notes.length)
  for (const [index, row] of plan.notes.entries()) await tx.insert(sheetNote, `note:${index}`, { ...row, ...line(`note:${index}`, noted[index]) })
  for (const section of new Set(plan.rows.map((row) => row.section))) {
    const coming = plan.rows.filter((row) => row.section === section)
    const positions = positionsAtEnd(left.rows.filter((row) => row.section === section).at(-1)?.position ?? null, coming.length)
    for (const [index, { body }] of coming.entries()) {
      const label = `${section}:${index}`
      const place = line(label, positions[index])
      // A file keeps its line by its content, as when it is attached.
      const line_id = section === 'attachments' ? `file-${String(body['sha256']).slice(0, 40)}` : place.line_id
      await tx.insert(sheetRow, label, { ...place, line_id, section, body: withNewRows(tx, label, body) })
    }
  }
  for (const { assignment_id, ...said } of plan.people) {
    const known = left.people.find((row) => row.assignment_id === assignment_id)
    if (known) await tx.update(sheetPerson, known.id, said)
    else await tx.insert(sheetPerson, `person:${assignment_id}`, { ...said, project_id, revision_id, assignment_id })
  }
}

/** Lines inside a row (a coming day's) get identities of their own too. */
function withNewRows(tx: Transaction, label: string, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rows = body['rows']
  return Array.isArray(rows) ? { ...body, rows: rows.map((row: object, index) => ({ ...row, id: tx.id(`${label}:${index}`) })) } : { ...body }
}

export const copyHandlers: readonly Handler[] = [
  answer(previewCopy, async (reader, input) => {
    const { plan, days } = await planOf(reader, { ...input, parts: input.parts ?? copyParts })
    return { parts: plan.counts.filter((one) => input.parts !== undefined || one.added + one.kept + one.left_out > 0), days }
  }),
  handle(copyContent, async (tx, input) => {
    const { draft, plan } = await planOf(tx, input)
    await writeLines(tx, draft, plan)
    const lists = Object.entries(plan.lists).map(([name, { stay, come }]) => [name, [...stay, ...come.map((item, index) => ({ id: tx.id(`${name}:${index}`), ...item }))]])
    const changes = { ...plan.values, ...Object.fromEntries(lists) }
    const after = Object.keys(changes).length > 0 ? await tx.update(revision, draft.id, changes) : draft
    return { id: after.id, version: after.version, parts: plan.counts }
  }),
]
