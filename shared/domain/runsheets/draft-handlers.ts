/** Editing a draft: its fields and its rows. Every refusal by state is said before anything is written. */
import { keyBetween, keysFor } from '../../kernel/ordering.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler, type Transaction, type Where } from '../operation.ts'
import { attachment, member } from '../organization/model.ts'
import { assignment } from '../planning/model.ts'
import { changeRow } from '../records.ts'
import { missionsOf } from './material.ts'
import type { RevisionRow } from './material.ts'
import { keyTime, revision, runSheet, sheetNote, sheetPerson, sheetRow, sheetSlot } from './model.ts'
import * as operations from './operations.ts'
import type { Section } from './operations.ts'
import { whyFrozen } from './rules.ts'

type Ordered = typeof keyTime | typeof sheetSlot | typeof sheetNote | typeof sheetRow

async function needDraft(tx: Transaction, revision_id: Id): Promise<RevisionRow> {
  const row = await tx.need(revision, revision_id)
  const why = whyFrozen(row.state, 'part')
  if (why !== null) throw refuse(why, detail('state', 'frozen', 'draft', row.state))
  return row
}

/** A key that puts a row after `after_id` (null: first; undefined: last) among the rows of `where`. */
async function positionAfter(tx: Transaction, entity: Ordered, where: Where, after_id: Id | null | undefined, moving: Id | null = null): Promise<string> {
  const rows: Row<Ordered>[] = (await tx.find(entity, where, { sort: ['position'] })).filter((row) => row.id !== moving)
  if (after_id === undefined) return keyBetween(rows.at(-1)?.position ?? null, null)
  const index = after_id === null ? -1 : rows.findIndex((row) => row.id === after_id)
  if (after_id !== null && index < 0) throw refuse('validation.reference', detail('after_id', 'not_found', entity.name, after_id))
  return keyBetween(rows[index]?.position ?? null, rows[index + 1]?.position ?? null)
}

/** Without a wish, a line goes where its hour puts it: after the last one that does not start later. */
async function positionByHour(tx: Transaction, entity: typeof keyTime | typeof sheetSlot, revision_id: Id, at: Instant, after_id: Id | null | undefined): Promise<string> {
  if (after_id !== undefined) return positionAfter(tx, entity, { revision_id }, after_id)
  const rows: (Row<typeof keyTime> | Row<typeof sheetSlot>)[] = await tx.find(entity, { revision_id }, { sort: ['position'] })
  const before = rows.findLast((row) => ('start_at' in row ? row.start_at : row.at) <= at)
  return positionAfter(tx, entity, { revision_id }, before?.id ?? null)
}

/** The same for several lines at once, in the order they are given; into an empty schedule they are spread evenly. */
function positionsByHour(rows: readonly { start_at: Instant; position: string }[], given: readonly { start_at: Instant }[]): string[] {
  const inOrder = [...given.keys()].sort((a, b) => ((given[a]?.start_at ?? '') < (given[b]?.start_at ?? '') ? -1 : given[a]?.start_at === given[b]?.start_at ? a - b : 1))
  const spread = keysFor(given.length)
  const lines = [...rows]
  const positions: string[] = []
  for (const [rank, index] of inOrder.entries()) {
    const start_at = given[index]?.start_at
    if (start_at === undefined) continue
    const before = lines.findLastIndex((line) => line.start_at <= start_at)
    const position = rows.length === 0 ? (spread[rank] ?? '') : keyBetween(lines[before]?.position ?? null, lines[before + 1]?.position ?? null)
    positions[index] = position
    lines.splice(before + 1, 0, { start_at, position })
  }
  return positions
}

async function move(tx: Transaction, entity: typeof sheetSlot | typeof sheetRow, input: { id: Id; after_id: Id | null }) {
  const row: Row<typeof sheetSlot> | Row<typeof sheetRow> = await tx.need(entity, input.id)
  await needDraft(tx, row.revision_id)
  const where: Where = 'section' in row ? { revision_id: row.revision_id, section: row.section } : { revision_id: row.revision_id }
  const position = await positionAfter(tx, entity, where, input.after_id, row.id)
  const after = entity.name === 'sheet_slot' ? await tx.update(sheetSlot, row.id, { position }) : await tx.update(sheetRow, row.id, { position })
  return { id: after.id, version: after.version }
}

async function removeLine(tx: Transaction, entity: Ordered, id: Id) {
  const row: Row<Ordered> | null = await tx.get(entity, id)
  if (row) {
    await needDraft(tx, row.revision_id)
    await tx.remove(entity, id)
  }
  return { id, version: 0 }
}

/** The body by its section's shape; what does not fit is refused field by field. */
function bodyOf(section: Section, body: Record<string, unknown>): Record<string, unknown> {
  const parsed = operations.sectionBodies[section].safeParse(body)
  if (parsed.success) return parsed.data
  throw refuse('validation.invalid', ...parsed.error.issues.slice(0, 50).map((issue) => detail(['body', ...issue.path].join('.'), issue.code === 'custom' ? issue.message : issue.code, issue.message)))
}

async function authorName(tx: Transaction): Promise<string> {
  const [author] = await tx.find(member, { user_id: tx.call.actor }, { limit: 1 })
  return author?.name ?? ''
}

const written = (row: { id: Id; version: number }) => ({ id: row.id, version: row.version })

export const draftHandlers: readonly Handler[] = [
  handle(operations.updateDraft, async (tx, input) => {
    const row = await needDraft(tx, input.revision_id)
    return changeRow(tx, revision, { id: row.id, version: input.version, changes: input.changes })
  }),

  handle(operations.setKeyTime, async (tx, input) => {
    const draft = await needDraft(tx, input.revision_id)
    const { revision_id, key_time_id, version, after_id, ...values } = input
    if (key_time_id === undefined) {
      const position = await positionByHour(tx, keyTime, revision_id, values.at, after_id)
      return written(await tx.insert(keyTime, 'key_time', { ...values, project_id: draft.project_id, revision_id, line_id: tx.id('key_time'), position }))
    }
    const known = await tx.get(keyTime, key_time_id)
    if (known?.revision_id !== revision_id) throw refuse('validation.reference', detail('key_time_id', 'not_found', 'key_time', key_time_id))
    await tx.checkVersion(keyTime, known, version ?? known.version, Object.keys(values))
    const position = after_id === undefined ? known.position : await positionAfter(tx, keyTime, { revision_id }, after_id, known.id)
    return written(await tx.update(keyTime, known.id, { ...values, position }))
  }),
  handle(operations.removeKeyTime, (tx, { id }) => removeLine(tx, keyTime, id)),

  handle(operations.addSlot, async (tx, { revision_id, after_id, ...values }) => {
    const draft = await needDraft(tx, revision_id)
    const position = await positionByHour(tx, sheetSlot, revision_id, values.start_at, after_id)
    return written(await tx.insert(sheetSlot, 'slot', { ...values, project_id: draft.project_id, revision_id, line_id: tx.id('slot'), position }))
  }),
  handle(operations.addSlots, async (tx, { revision_id, slots }) => {
    const draft = await needDraft(tx, revision_id)
    const positions = positionsByHour(await tx.find(sheetSlot, { revision_id }, { sort: ['position'] }), slots)
    const ids: string[] = []
    for (const [index, values] of slots.entries())
      ids.push((await tx.insert(sheetSlot, `slot:${index}`, { ...values, project_id: draft.project_id, revision_id, line_id: tx.id(`slot:${index}`), position: positions[index] ?? '' })).id)
    return { ids }
  }),
  handle(operations.updateSlot, async (tx, input) => {
    await needDraft(tx, (await tx.need(sheetSlot, input.id)).revision_id)
    return changeRow(tx, sheetSlot, input)
  }),
  handle(operations.moveSlot, (tx, input) => move(tx, sheetSlot, input)),
  handle(operations.removeSlot, (tx, { id }) => removeLine(tx, sheetSlot, id)),

  handle(operations.addNote, async (tx, { revision_id, after_id, visibility, text }) => {
    const draft = await needDraft(tx, revision_id)
    const position = await positionAfter(tx, sheetNote, { revision_id }, after_id)
    return written(await tx.insert(sheetNote, 'note', {
      project_id: draft.project_id, revision_id, line_id: tx.id('note'), position, visibility, text, author: (await authorName(tx)).slice(0, 120), noted_at: tx.call.now,
    }))
  }),
  handle(operations.updateNote, async (tx, input) => {
    await needDraft(tx, (await tx.need(sheetNote, input.id)).revision_id)
    return changeRow(tx, sheetNote, input)
  }),
  handle(operations.removeNote, (tx, { id }) => removeLine(tx, sheetNote, id)),

  handle(operations.setPerson, async (tx, { revision_id, assignment_id, ...said }) => {
    const draft = await needDraft(tx, revision_id)
    const person = await tx.get(assignment, assignment_id)
    const covered = await missionsOf(tx, await tx.need(runSheet, draft.sheet_id))
    if (!person || !covered.some((one) => one.id === person.mission_id)) throw refuse('validation.reference', detail('assignment_id', 'not_found', 'assignment', assignment_id))
    const [known] = await tx.find(sheetPerson, { revision_id, assignment_id })
    return written(known ? await tx.update(sheetPerson, known.id, said) : await tx.insert(sheetPerson, 'person', { ...said, project_id: draft.project_id, revision_id, assignment_id }))
  }),

  handle(operations.addRow, async (tx, { revision_id, section, body, after_id }) => {
    const draft = await needDraft(tx, revision_id)
    if (section === 'attachments') throw refuse('validation.invalid', detail('section', 'attach', 'sheet.attach', section))
    const position = await positionAfter(tx, sheetRow, { revision_id, section }, after_id)
    return written(await tx.insert(sheetRow, 'row', { project_id: draft.project_id, revision_id, line_id: tx.id('row'), position, section, body: bodyOf(section, body) }))
  }),
  handle(operations.updateRow, async (tx, input) => {
    const row = await tx.need(sheetRow, input.id)
    await needDraft(tx, row.revision_id)
    if (row.section === 'attachments') throw refuse('validation.invalid', detail('body', 'attach', 'sheet.attach', row.section))
    return changeRow(tx, sheetRow, { id: row.id, version: input.version, changes: { body: bodyOf(row.section, input.body) } })
  }),
  handle(operations.moveRow, (tx, input) => move(tx, sheetRow, input)),
  handle(operations.removeRow, (tx, { id }) => removeLine(tx, sheetRow, id)),

  handle(operations.attach, async (tx, { revision_id, attachment_id }) => {
    const draft = await needDraft(tx, revision_id)
    const file = await tx.get(attachment, attachment_id)
    if (!file || (file.attachment_project_id !== null && file.attachment_project_id !== draft.project_id))
      throw refuseFor('attachment', 'not_found', detail('id', 'not_found', null, attachment_id))
    const where = { revision_id, section: 'attachments' }
    const joined = (await tx.find(sheetRow, where)).find((row) => row.body['sha256'] === file.sha256)
    if (joined) return written(joined)
    const body = bodyOf('attachments', { name: file.name, media_type: file.type, size_bytes: file.size, sha256: file.sha256 })
    const position = await positionAfter(tx, sheetRow, where, undefined)
    // By content: the same file keeps its line from version to version, another content is another line.
    return written(await tx.insert(sheetRow, 'attachment', { project_id: draft.project_id, revision_id, line_id: `file-${file.sha256.slice(0, 40)}`, position, section: 'attachments', body }))
  }),
]
