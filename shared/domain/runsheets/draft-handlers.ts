/** Editing a draft: its fields and its rows. Every refusal by state is said before anything is written. */
import type { Id } from '../../kernel/ids.ts'
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
import { positionAfter, positionByHour, positionsByHour } from './positions.ts'
import type { Ordered } from './positions.ts'
import { whyFrozen } from './rules.ts'

async function needDraft(tx: Transaction, revision_id: Id): Promise<RevisionRow> {
  const row = await tx.need(revision, revision_id)
  const why = whyFrozen(row.state, 'part')
  if (why !== null) throw refuse(why, detail('state', 'frozen', 'draft', row.state))
  return row
}

async function move(tx: Transaction, entity: typeof sheetSlot | typeof sheetNote | typeof sheetRow, input: { id: Id; after_id: Id | null }) {
  const row: Row<typeof sheetSlot> | Row<typeof sheetNote> | Row<typeof sheetRow> = await tx.need(entity, input.id)
  await needDraft(tx, row.revision_id)
  const where: Where = 'section' in row ? { revision_id: row.revision_id, section: row.section } : { revision_id: row.revision_id }
  const position = await positionAfter(tx, entity, where, input.after_id, row.id)
  return written(await tx.update(entity, row.id, { position }))
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
    const positions = positionsByHour(
      (await tx.find(sheetSlot, { revision_id }, { sort: ['position'] })).map(({ start_at, position }) => ({ at: start_at, position })),
      slots.map((one) => one.start_at),
    )
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
  handle(operations.moveNote, (tx, input) => move(tx, sheetNote, input)),
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
