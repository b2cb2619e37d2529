/** Running late: said before, then written as a draft of the next version. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Reader } from '../operation.ts'
import { buildSnapshot } from './build-snapshot.ts'
import { keyTimeWords } from './change-words.ts'
import { delayPlan, delayed, type Delay, type DelayPlan } from './delay.ts'
import { delaySheet, previewDelay } from './distribution-operations.ts'
import { materialOf, rowsOf } from './material.ts'
import type { RevisionRow, SheetMaterial } from './material.ts'
import { keyTime, revision, runSheet, sheetPerson, sheetRow, sheetSlot } from './model.ts'
import { checkNothingInWork, colourOf, copyVersion } from './next-version.ts'
import { distributionOf, firstCall } from './recipients.ts'
import type { KeyTimeCode } from './snapshot.ts'
import { contentOf, nextNumber } from './versions.ts'

/** Of the version that is out: another one is nobody's plan any more. */
async function needPublished(reader: Reader, id: Id): Promise<RevisionRow> {
  const row = await reader.need(revision, id)
  if (row.state !== 'published') throw refuseFor('revision', 'transition_rejected', detail('revision_id', 'unpublished', 'published', row.state))
  return row
}

async function planned(reader: Reader, row: RevisionRow, delay: Delay, now: Instant): Promise<{ material: SheetMaterial; plan: DelayPlan }> {
  const material = await materialOf(reader, row)
  const plan = delayPlan(material, delay, now)
  if (!plan) throw refuse('validation.reference', detail('from_line_id', 'not_found', 'a line of the schedule', delay.from_line_id))
  return { material, plan }
}

export const delayHandlers: readonly Handler[] = [
  answer(previewDelay, async (reader, { revision_id, ...delay }) => {
    const row = await needPublished(reader, revision_id)
    const { material, plan } = await planned(reader, row, delay, reader.call.now)
    const next = buildSnapshot(delayed(material, plan), row.language)
    const { recipients } = await distributionOf(reader, row, { as: next })
    const former = await contentOf(reader, row)
    const calls = new Map(former.people.map((line) => [line.id, line.call_at]))
    const word = (code: KeyTimeCode, label: string | null): string => label ?? keyTimeWords[row.language][code]
    return {
      zone: next.zone,
      slots: plan.slots.map(({ label, before, start_at }) => ({ label, before, after: start_at })),
      key_times: plan.key_times.map(({ code, label, before, at }) => ({ label: word(code, label), before, after: at })),
      overrun: plan.overrun.map(({ code, label, at, until }) => ({ label: word(code, label), at, until })),
      people: recipients.filter(({ concerned }) => concerned).map(({ collaborator_id, name, lines, changes }) => ({
        collaborator_id, name, changes, call_after: firstCall(lines), call_before: (lines ?? []).flatMap(({ id }) => calls.get(id) ?? []).sort()[0] ?? null,
      })),
    }
  }),
  handle(delaySheet, async (tx, { revision_id, ...delay }) => {
    const row = await needPublished(tx, revision_id)
    const sheet = await tx.need(runSheet, row.sheet_id)
    await checkNothingInWork(tx, sheet.id)
    const { material, plan } = await planned(tx, row, delay, tx.call.now)
    const number = await nextNumber(tx, sheet.id)
    const draft = await copyVersion(tx, row, number, await colourOf(tx, sheet, number))
    const lineOf = new Map([...material.slots, ...material.key_times, ...material.rows].map((one) => [one.id as string, one.line_id]))
    const copied = await rowsOf(tx, draft.id)
    const copyOf = <T extends { id: Id; line_id: string }>(rows: readonly T[], id: string): Id[] => rows.filter((one) => one.line_id === lineOf.get(id)).map((one) => one.id)
    for (const { id, start_at, end_at } of plan.slots) for (const one of copyOf(copied.slots, id)) await tx.update(sheetSlot, one, { start_at, end_at })
    for (const { id, at } of plan.key_times) for (const one of copyOf(copied.key_times, id)) await tx.update(keyTime, one, { at })
    for (const { id, body } of plan.rows) for (const one of copyOf(copied.rows, id)) await tx.update(sheetRow, one, { body })
    const said = new Map(copied.people.map((one) => [one.assignment_id as string, one.id]))
    for (const { assignment_id, meal_at } of plan.meals) {
      const one = said.get(assignment_id)
      if (one) await tx.update(sheetPerson, one, { meal_at })
    }
    for (const { assignment_id, base, call_at } of plan.calls) {
      const one = said.get(assignment_id)
      const call = { call_at, call_base: base }
      if (one) await tx.update(sheetPerson, one, call)
      else await tx.insert(sheetPerson, `call:${assignment_id}`, { project_id: draft.project_id, revision_id: draft.id, assignment_id: assignment_id as Id, ...call })
    }
    return { id: sheet.id, version: sheet.version, revision_id: draft.id }
  }),
]
