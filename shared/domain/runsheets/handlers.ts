import { keyBetween, keysFor } from '../../kernel/ordering.ts'
import { localDateOf } from '../../kernel/instants.ts'
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler, type Transaction } from '../operation.ts'
import { organization } from '../organization/model.ts'
import { mission, project } from '../planning/model.ts'
import { buildSnapshot } from './build-snapshot.ts'
import { blockingChecks } from './checks.ts'
import { contentHash } from './content-hash.ts'
import { copyHandlers } from './copy-handlers.ts'
import { delayHandlers } from './delay-handlers.ts'
import { distributionHandlers } from './distribution-handlers.ts'
import { linkHandlers } from './link-handlers.ts'
import { draftHandlers } from './draft-handlers.ts'
import { insertFirstDraft } from './first-draft.ts'
import { libraryHandlers } from './library.ts'
import { materialOf, missionsOf } from './material.ts'
import type { MissionRow, SheetRow } from './material.ts'
import { revision, runSheet, sheetCover } from './model.ts'
import { checkNothingInWork, colourOf, copyVersion } from './next-version.ts'
import * as operations from './operations.ts'
import { removeEmptySheet, removeVersion } from './published.ts'
import { readingHandlers } from './reading-handlers.ts'
import { sheetSnapshotSchema } from './snapshot.ts'
import { checkStep, nextNumber } from './versions.ts'

const otherDay = (field: string, expected: string, found: string) => refuse('sheet.other_day', detail(field, 'other_day', expected, found))

/** A sheet covers missions of one project and of the local day of its lead mission (decisions C7, A12). */
function checkSameDay(lead: MissionRow, other: MissionRow): void {
  if (other.project_id !== lead.project_id) throw otherDay('mission_id', lead.project_id, other.project_id)
  const [day, theirs] = [localDateOf(lead.start_at, lead.zone), localDateOf(other.start_at, other.zone)]
  if (day !== theirs) throw otherDay('mission_id', day, theirs)
  if (other.status === 'canceled') throw refuseFor('mission', 'transition_rejected', detail('mission_id', 'canceled', null, other.title))
}

/** Takes the mission for this sheet: refused while a current sheet covers it; one that is wholly archived lets it go. */
async function takeMission(tx: Transaction, sheet: SheetRow, one: MissionRow, position: string): Promise<void> {
  const [held] = await tx.find(sheetCover, { covered_mission_id: one.id })
  if (held) {
    const current = await tx.find(revision, { sheet_id: held.sheet_id, state: ['draft', 'validated', 'published'] }, { limit: 1 })
    if (current.length > 0) throw refuse('sheet.covered', detail('mission_id', 'covered', one.title, held.sheet_id))
    await tx.remove(sheetCover, held.id)
  }
  await tx.insert(sheetCover, `cover:${one.id}`, { project_id: sheet.project_id, sheet_id: sheet.id, covered_mission_id: one.id, position })
}

/** The mission's own sheet, when all its versions are archived: it goes on, so that two papers never bear the same number. */
async function withdrawnSheetOf(tx: Transaction, lead: MissionRow): Promise<SheetRow | null> {
  for (const sheet of await tx.find(runSheet, { lead_mission_id: lead.id }, { sort: ['-created_at'] })) {
    const states = (await tx.find(revision, { sheet_id: sheet.id })).map((row) => row.state)
    if (states.length > 0 && states.every((state) => state === 'archived')) return sheet
  }
  return null
}

const written = (row: { id: Id; version: number }) => ({ id: row.id, version: row.version })

const sheetHandlers: readonly Handler[] = [
  handle(operations.prepareSheet, async (tx, input) => {
    const lead = await tx.need(mission, input.mission_id)
    const home = await tx.need(project, lead.project_id)
    const others: MissionRow[] = []
    for (const id of new Set(input.covers ?? [])) if (id !== lead.id) others.push(await tx.need(mission, id))
    for (const other of [lead, ...others]) checkSameDay(lead, other)
    const day = { sheet_date: localDateOf(lead.start_at, lead.zone), layout: home.sheet_layout }
    const withdrawn = await withdrawnSheetOf(tx, lead)
    const sheet = withdrawn ? await tx.update(runSheet, withdrawn.id, day) : await tx.insert(runSheet, 'sheet', { project_id: lead.project_id, lead_mission_id: lead.id, ...day })
    for (const cover of await tx.find(sheetCover, { sheet_id: sheet.id })) await tx.remove(sheetCover, cover.id)
    const positions = keysFor(others.length + 1)
    for (const [index, one] of [lead, ...others].entries()) await takeMission(tx, sheet, one, positions[index] ?? '')
    const [last] = await tx.find(revision, { sheet_id: sheet.id }, { sort: ['-number'], limit: 1 })
    const draft = await insertFirstDraft(tx, sheet, [lead, ...others], { number: await nextNumber(tx, sheet.id), source_revision_id: last?.id ?? null })
    return { ...written(sheet), revision_id: draft.id }
  }),
  handle(operations.coverMission, async (tx, input) => {
    const sheet = await tx.need(runSheet, input.id)
    const covers = await tx.find(sheetCover, { sheet_id: sheet.id }, { sort: ['position'] })
    if (covers.some((cover) => cover.covered_mission_id === input.mission_id)) return written(sheet)
    const other = await tx.get(mission, input.mission_id)
    if (!other) throw refuse('validation.reference', detail('mission_id', 'not_found', 'mission', input.mission_id))
    checkSameDay(await tx.need(mission, sheet.lead_mission_id), other)
    await takeMission(tx, sheet, other, keyBetween(covers.at(-1)?.position ?? null, null))
    return written(sheet)
  }),
  handle(operations.uncoverMission, async (tx, input) => {
    const sheet = await tx.need(runSheet, input.id)
    if (sheet.lead_mission_id === input.mission_id) throw refuse('sheet.lead', detail('mission_id', 'lead', null, input.mission_id))
    for (const cover of await tx.find(sheetCover, { sheet_id: sheet.id, covered_mission_id: input.mission_id })) await tx.remove(sheetCover, cover.id)
    return written(sheet)
  }),
  handle(operations.reviseSheet, async (tx, input) => {
    const sheet = await tx.need(runSheet, input.id)
    await checkNothingInWork(tx, sheet.id)
    const frozen = await tx.find(revision, { sheet_id: sheet.id, state: ['published', 'archived'] }, { sort: ['-number'] })
    const source = input.from_revision_id === undefined ? (frozen.find((row) => row.state === 'published') ?? frozen[0]) : frozen.find((row) => row.id === input.from_revision_id)
    if (!source) throw refuseFor('revision', 'not_found', detail('id', 'published', 'a published version', null))
    const missions = await missionsOf(tx, sheet)
    // A sheet withdrawn without a successor may have let its missions go to another one.
    const lead = missions[0]
    if (lead?.id === sheet.lead_mission_id) {
      const [held] = await tx.find(sheetCover, { covered_mission_id: lead.id })
      if (held?.sheet_id !== sheet.id) await takeMission(tx, sheet, lead, keysFor(1)[0] ?? '')
    }
    const number = await nextNumber(tx, sheet.id)
    const copy = input.from === 'live'
      ? await insertFirstDraft(tx, sheet, missions, { number, source_revision_id: source.id })
      : await copyVersion(tx, source, number, await colourOf(tx, sheet, number))
    return { ...written(sheet), revision_id: copy.id }
  }),
  handle(operations.validateSheet, async (tx, input) => {
    const row = await tx.need(revision, input.revision_id)
    if (row.state === 'validated') return written(row)
    checkStep(tx, row, 'validated')
    return written(await tx.update(revision, row.id, { state: 'validated', validated_by: tx.call.actor, validated_at: tx.call.now }))
  }),
  handle(operations.reopenSheet, async (tx, input) => {
    const row = await tx.need(revision, input.revision_id)
    if (row.state === 'draft') return written(row)
    checkStep(tx, row, 'draft')
    return written(await tx.update(revision, row.id, { state: 'draft', validated_by: null, validated_at: null }))
  }),
  handle(operations.publishSheet, async (tx, input) => {
    let row = await tx.need(revision, input.revision_id)
    if (row.state === 'draft') {
      checkStep(tx, row, 'validated')
      row = await tx.update(revision, row.id, { state: 'validated', validated_by: tx.call.actor, validated_at: tx.call.now })
    }
    checkStep(tx, row, 'published')
    const settings = await tx.need(organization, row.org_id)
    if (settings.publish_needs_two_people && row.validated_by === tx.call.actor) throw refuse('sheet.two_people', detail('revision_id', 'two_people', null, row.id))
    const language = input.language ?? row.language
    const material = await materialOf(tx, row)
    const snapshot = buildSnapshot(material, language)
    const blocking = blockingChecks(snapshot)
    if (blocking.length > 0) throw refuse('sheet.checks_failed', ...blocking.map((check) => detail(check.record?.entity ?? null, check.code, null, check.record?.id ?? null)))
    const former = await tx.find(revision, { sheet_id: row.sheet_id, state: 'published' })
    for (const one of former) {
      checkStep(tx, one, 'archived')
      await tx.update(revision, one.id, { state: 'archived' })
    }
    const content_hash = contentHash(snapshot)
    const after = await tx.update(revision, row.id, {
      state: 'published', language, published_by: tx.call.actor, published_at: tx.call.now, content_hash,
      snapshot: sheetSnapshotSchema.parse(snapshot), replaces_revision_id: former[0]?.id ?? null,
      recipients: material.assignments.map(({ id, collaborator_id }) => ({ assignment_id: id, collaborator_id })),
    })
    // The lead mission may have moved to another day since the sheet was prepared.
    await tx.update(runSheet, row.sheet_id, { sheet_date: material.date })
    return { ...written(after), number: after.number, content_hash, published_at: tx.call.now, archived_revision_id: former[0]?.id ?? null }
  }),
  handle(operations.archiveSheet, async (tx, input) => {
    const row = await tx.need(revision, input.revision_id)
    if (row.state === 'archived') return written(row)
    checkStep(tx, row, 'archived')
    if (input.reason !== undefined) tx.reason(input.reason)
    return written(await tx.update(revision, row.id, { state: 'archived' }))
  }),
  handle(operations.discardDraft, async (tx, input) => {
    const row = await tx.get(revision, input.revision_id)
    if (!row) return { id: input.revision_id, version: 0 }
    if (row.state !== 'draft') throw refuse(row.state === 'validated' ? 'sheet.validated' : 'sheet.frozen', detail('state', 'frozen', 'draft', row.state))
    await removeVersion(tx, row.id)
    await removeEmptySheet(tx, row.sheet_id)
    return { id: row.id, version: 0 }
  }),
]

export const runSheetHandlers: readonly Handler[] = [...sheetHandlers, ...distributionHandlers, ...linkHandlers, ...delayHandlers, ...draftHandlers, ...copyHandlers, ...libraryHandlers, ...readingHandlers]
