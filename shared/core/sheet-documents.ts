/**
 * Run sheets as files. A frozen version is printed from its snapshot with its publication time, so that its bytes are the same
 * every time; the host keeps what was issued. Here because documents may know the domain, not the reverse.
 */
import { detail, refuse } from '../domain/errors.ts'
import { answer, type Reader } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { consent } from '../domain/people/model.ts'
import { personalPdf, summarySheet } from '../domain/runsheets/distribution-operations.ts'
import type { RevisionRow } from '../domain/runsheets/material.ts'
import { sheetCsv, sheetPdf } from '../domain/runsheets/operations.ts'
import { bareHash, keyMark, signedText, writePrintCode } from '../domain/runsheets/print-code.ts'
import { distributionOf, type Recipient } from '../domain/runsheets/recipients.ts'
import type { SheetChange } from '../domain/runsheets/compare.ts'
import type { Language, SheetIssue, SheetSnapshot } from '../domain/runsheets/snapshot.ts'
import { printedOf, seenRevision, withoutInternalNotes } from '../domain/runsheets/versions.ts'
import { runSheetCsv } from '../documents/run-sheet/csv.ts'
import { draw } from '../documents/draw.ts'
import { runSheetFileName, type Copy, type RenderOptions } from '../documents/run-sheet/render.ts'
import { messageParts, sheetSummary } from '../documents/run-sheet/summary.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type AnyHandler, type Inner } from './core-handler.ts'

/** What of the house and of this computer is on the paper beside the content. */
async function paperOf(reader: Reader, row: RevisionRow, snapshot: SheetSnapshot, issue: SheetIssue, { blob, marks }: Inner): Promise<RenderOptions> {
  // A plan that is not on this computer leaves the lettered list.
  const plan = snapshot.location?.plan_sha256 == null ? null : blob(snapshot.location.plan_sha256)
  const home = await reader.get(organization, reader.call.org)
  const logo = home?.logo_sha256 == null ? null : blob(home.logo_sha256)
  // A draft is not current, and never was: nothing to check.
  const claim = row.published_at === null ? null : { sheet_id: row.sheet_id, number: row.number, content: bareHash(issue.content_hash) }
  const signed = claim && marks ? await marks.sign(reader.call.actor, signedText(reader.call.org, claim)) : null
  return {
    ...(plan ? { plan_image: plan } : {}), ...(logo ? { logo_image: logo } : {}), ...(home?.brand_line ? { brand_line: home.brand_line } : {}),
    ...(claim && signed ? { print_code: writePrintCode({ ...claim, key: keyMark(signed.key), signature: signed.signature }) } : {}),
  }
}

/** The lines of the persons named; oneself only, where the rest of the project stays closed. */
async function linesOf(reader: Reader, row: RevisionRow, whole: boolean, ids: readonly Id[] | undefined): Promise<Recipient[]> {
  const self = reader.call.collaborator_id
  if (!whole && (self === null || ids?.some((id) => id !== self))) throw refuse('sheet.not_on_it', detail('collaborator_ids', 'not_on_it'))
  const { recipients } = await distributionOf(reader, row, whole ? {} : { only: self ?? undefined })
  const there = recipients.filter(({ lines }) => lines !== null)
  const missing = ids?.find((id) => !there.some((one) => one.collaborator_id === id))
  if (missing !== undefined) throw refuse('validation.reference', detail('collaborator_ids', 'not_found', 'a person of this sheet', missing))
  return ids === undefined ? there : there.filter(({ collaborator_id }) => ids.includes(collaborator_id))
}

/** A copy that goes from hand to hand has the telephones of those who agreed to it, and its own. */
async function byConsent(snapshot: SheetSnapshot, everyone: readonly Recipient[], all: Reader): Promise<SheetSnapshot> {
  const given = new Set((await all.find(consent, { purpose: 'phone_on_sheets', answer: 'given' })).map((row) => row.collaborator_id))
  const agreed = new Set(everyone.filter(({ collaborator_id }) => given.has(collaborator_id)).flatMap(({ lines }) => (lines ?? []).map(({ id }) => id)))
  return { ...snapshot, people: snapshot.people.map((line) => (agreed.has(line.id) ? line : { ...line, phone: null })) }
}

/** What somebody is given of a version: their own lines with their own telephones, the rest as it goes from hand to hand. */
export interface PersonalSheet {
  snapshot: SheetSnapshot
  issue: SheetIssue
  changes: readonly SheetChange[]
  copies: readonly Copy[]
}
async function personalSheet(reader: Reader, all: Reader, row: RevisionRow, chosen: readonly Recipient[], language?: Language): Promise<PersonalSheet> {
  const { snapshot, issue, changes } = await printedOf(reader, row, { language, variant: 'field' })
  const everyone = (await distributionOf(all, row)).recipients
  const shown = await byConsent(withoutInternalNotes(snapshot), everyone, all)
  const phones = new Map(snapshot.people.map((line) => [line.id, line.phone]))
  const copies = chosen.map(({ name, lines }) => ({ name, lines: shown.people.filter(({ id }) => lines?.some((line) => line.id === id)).map((line) => ({ ...line, phone: phones.get(line.id) ?? null })) }))
  return { snapshot: shown, issue, changes, copies }
}
/** Of one person, read without anybody's lens: for the page behind their link. Null: they are not on it. */
export async function sheetOfPerson(reader: Reader, row: RevisionRow, collaborator_id: Id): Promise<PersonalSheet | null> {
  const { recipients } = await distributionOf(reader, row, { only: collaborator_id })
  const chosen = recipients.filter(({ lines }) => lines !== null)
  return chosen.length === 0 ? null : personalSheet(reader, reader, row, chosen)
}
/** The same as a file, in the language of the document. */
export async function sheetOfPersonPdf({ snapshot, issue, changes, copies }: PersonalSheet): Promise<{ file_name: string; bytes: Uint8Array }> {
  const { language } = snapshot
  const { bytes } = await draw({ kind: 'sheet_copies', snapshot, issue, options: { changes, language, variant: 'field' }, copies })
  return { file_name: runSheetFileName(snapshot, issue, 'pdf', language), bytes }
}

/** Copies in one file: what a printer is given at once. */
const MOST_COPIES = 200

export const sheetDocumentHandlers: readonly AnyHandler[] = [
  coreHandler(sheetPdf, async (reader, input, inner) => {
    const { row } = await seenRevision(reader, input.revision_id)
    const { snapshot, issue, changes, variant } = await printedOf(reader, row, input)
    const { assignment_id, language = snapshot.language } = input
    if (assignment_id !== undefined && !snapshot.people.some((person) => person.id === assignment_id))
      throw refuse('validation.reference', detail('assignment_id', 'not_found', 'a person of this sheet', assignment_id))
    const options = { changes, language, variant, ...(await paperOf(reader, row, snapshot, issue, inner)), ...(assignment_id === undefined ? {} : { boxed_assignment_id: assignment_id }) }
    const { bytes } = await (inner.print ?? draw)({ kind: 'sheet', snapshot, issue, options })
    return {
      file_name: runSheetFileName(snapshot, issue, 'pdf', language), media_type: 'application/pdf', base64: Buffer.from(bytes).toString('base64'), content_hash: issue.content_hash,
      variant, language, state: issue.state,
    }
  }),
  coreHandler(personalPdf, async (reader, input, inner) => {
    const { row, sight } = await seenRevision(reader, input.revision_id)
    const chosen = await linesOf(reader, row, sight.whole, input.collaborator_ids)
    if (chosen.length === 0) throw refuse('sheet.nobody', detail('revision_id', 'nobody', null, row.id))
    if (chosen.length > MOST_COPIES) throw refuse('validation.invalid', detail('collaborator_ids', 'count', `1 to ${MOST_COPIES}`, String(chosen.length)))
    const { snapshot, issue, changes, copies } = await personalSheet(reader, inner.all, row, chosen, input.language)
    const language = input.language ?? snapshot.language
    const { bytes } = await (inner.print ?? draw)({ kind: 'sheet_copies', snapshot, issue, options: { changes, language, variant: 'field', ...(await paperOf(reader, row, snapshot, issue, inner)) }, copies })
    const [only] = copies
    const copy = copies.length === 1 && only ? only.name.toLowerCase() : language === 'fr' ? 'exemplaires' : 'copies'
    return { file_name: runSheetFileName(snapshot, issue, 'pdf', language, copy), media_type: 'application/pdf', base64: Buffer.from(bytes).toString('base64'), copies: copies.length }
  }),
  coreHandler(summarySheet, async (reader, input) => {
    const { row, sight } = await seenRevision(reader, input.revision_id)
    const { snapshot, issue } = await printedOf(reader, row, { language: input.language, variant: 'field' })
    const person = input.collaborator_id === undefined ? null : ((await linesOf(reader, row, sight.whole, [input.collaborator_id]))[0] ?? null)
    const text = sheetSummary(withoutInternalNotes(snapshot), issue, { language: input.language ?? snapshot.language, length: input.length, person: person?.lines ? { name: person.name, lines: person.lines } : null })
    return { text, characters: [...text].length, parts: messageParts(text) }
  }),
  answer(sheetCsv, async (reader, input) => {
    const { row } = await seenRevision(reader, input.revision_id)
    const { snapshot, issue, variant } = await printedOf(reader, row, input)
    const { language = snapshot.language } = input
    const text = runSheetCsv(snapshot, issue, { language, variant })
    return {
      file_name: runSheetFileName(snapshot, issue, 'csv', language), media_type: 'text/csv; charset=utf-8', base64: Buffer.from(text, 'utf8').toString('base64'), content_hash: issue.content_hash,
      variant, language, state: issue.state,
    }
  }),
]
