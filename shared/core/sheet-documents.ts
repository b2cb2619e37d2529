/**
 * Run sheets as files. A frozen version is printed from its snapshot with its publication time, so that its bytes are the same
 * every time; the host keeps what was issued. Here because documents may know the domain, not the reverse.
 */
import { detail, refuse } from '../domain/errors.ts'
import { answer } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { sheetCsv, sheetPdf } from '../domain/runsheets/operations.ts'
import { printedOf, seenRevision } from '../domain/runsheets/versions.ts'
import { runSheetCsv } from '../documents/run-sheet/csv.ts'
import { draw } from '../documents/draw.ts'
import { runSheetFileName } from '../documents/run-sheet/render.ts'
import { coreHandler, type AnyHandler } from './core-handler.ts'

export const sheetDocumentHandlers: readonly AnyHandler[] = [
  coreHandler(sheetPdf, async (reader, input, { blob, print }) => {
    const { row } = await seenRevision(reader, input.revision_id)
    const { snapshot, issue, changes, variant } = await printedOf(reader, row, input)
    const { assignment_id, language = snapshot.language } = input
    if (assignment_id !== undefined && !snapshot.people.some((person) => person.id === assignment_id))
      throw refuse('validation.reference', detail('assignment_id', 'not_found', 'a person of this sheet', assignment_id))
    // A plan that is not on this computer leaves the lettered list.
    const plan = snapshot.location?.plan_sha256 == null ? null : blob(snapshot.location.plan_sha256)
    const home = await reader.get(organization, reader.call.org)
    const logo = home?.logo_sha256 == null ? null : blob(home.logo_sha256)
    const options = { changes, language, variant, ...(plan ? { plan_image: plan } : {}), ...(logo ? { logo_image: logo } : {}), ...(home?.brand_line ? { brand_line: home.brand_line } : {}), ...(assignment_id === undefined ? {} : { boxed_assignment_id: assignment_id }) }
    const { bytes } = await (print ?? draw)({ kind: 'sheet', snapshot, issue, options })
    return {
      file_name: runSheetFileName(snapshot, issue, 'pdf', language), media_type: 'application/pdf', base64: Buffer.from(bytes).toString('base64'), content_hash: issue.content_hash,
      variant, language, state: issue.state,
    }
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
