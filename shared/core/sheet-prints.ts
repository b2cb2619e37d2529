/** Is this print still current? Answered from what this computer has, without asking anybody; how old that is is part of the answer. */
import type { z } from 'zod'
import type { Reader } from '../domain/operation.ts'
import { changeLines } from '../domain/runsheets/change-sentences.ts'
import { compareSheets, printedChanges } from '../domain/runsheets/compare.ts'
import { checkPrint } from '../domain/runsheets/distribution-operations.ts'
import type { RevisionRow } from '../domain/runsheets/material.ts'
import { missionsOf } from '../domain/runsheets/material.ts'
import { revision } from '../domain/runsheets/model.ts'
import { bareHash, keyMark, readFooter, readPrintCode, signedText, type PrintCode } from '../domain/runsheets/print-code.ts'
import { contentOf, seenSheet } from '../domain/runsheets/versions.ts'
import { Refusal } from '../kernel/result.ts'
import type { Id } from '../kernel/ids.ts'
import { isSignedBy } from '../kernel/signatures.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

type Checked = z.infer<typeof checkPrint.output>
type Said = Pick<Checked, 'verdict' | 'signature' | 'printed' | 'sheet' | 'changes'>

async function signatureOf(code: PrintCode, org: Id, { marks }: Inner): Promise<Checked['signature']> {
  const known = ((await marks?.keys()) ?? []).filter((key) => keyMark(key) === code.key)
  if (known.length === 0) return 'unknown_key'
  return known.some((key) => isSignedBy(key, signedText(org, code), code.signature)) ? 'valid' : 'invalid'
}

/** The sheet as this person may see it; one that they may not see is as unknown as one that is not here. */
async function seen(reader: Reader, id: Id): Promise<Awaited<ReturnType<typeof seenSheet>>['sheet'] | null> {
  try {
    return (await seenSheet(reader, id)).sheet
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const nothing = { printed: null, sheet: null, changes: [] }

/** What the footer says names no sheet: the version with that content does. */
async function sheetOfContent(reader: Reader, content: string): Promise<Id | null> {
  const spaced = content.replace(/^(.{4})(.{4})(.{4})$/, '$1 $2 $3')
  const [row] = await reader.find(revision, { content_hash: spaced, state: ['published', 'archived'] }, { sort: ['-published_at'], limit: 1 })
  return row?.sheet_id ?? null
}

async function verdictOf(reader: Reader, sheet_id: Id, claim: { number: number | null; content: string }): Promise<Omit<Said, 'signature'>> {
  const sheet = await seen(reader, sheet_id)
  if (!sheet) return { ...nothing, verdict: 'unknown_sheet', printed: claim.number }
  const all = await reader.find(revision, { sheet_id, state: ['published', 'archived'] }, { sort: ['-number'] })
  const current = all.find((row) => row.state === 'published') ?? null
  const same = (row: RevisionRow): boolean => bareHash(row.content_hash ?? '') === claim.content
  const printed = (current && same(current) ? current : null) ?? all.find((row) => same(row) && row.number === claim.number) ?? all.find(same) ?? null
  const [lead] = await missionsOf(reader, sheet)
  const about = {
    id: sheet.id, project_id: sheet.project_id, title: [lead?.day_code, lead?.title].filter(Boolean).join(' · '), date: sheet.sheet_date, current: current?.number ?? null, current_revision_id: current?.id ?? null,
  }
  const number = printed?.number ?? claim.number
  const verdict = !printed ? (claim.number !== null && claim.number > (all[0]?.number ?? 0) ? 'newer' : 'other') : printed === current ? 'current' : current ? 'older' : 'withdrawn'
  return { verdict, printed: number, sheet: about, changes: verdict === 'older' && printed && current ? await between(reader, printed, current) : [] }
}

async function between(reader: Reader, printed: RevisionRow, current: RevisionRow): Promise<Checked['changes']> {
  const [before, after] = [await contentOf(reader, printed), await contentOf(reader, current)]
  return changeLines(printedChanges(compareSheets(before, after), 'field'), { zone: after.zone, date: after.date, language: after.language })
}

async function check(reader: Reader, text: string, inner: Inner): Promise<Said> {
  const code = readPrintCode(text)
  if (code) {
    const signature = await signatureOf(code, reader.call.org, inner)
    if (signature === 'invalid') return { ...nothing, verdict: 'forged', signature, printed: code.number }
    return { ...(await verdictOf(reader, code.sheet_id, code)), signature }
  }
  const footer = readFooter(text)
  if (!footer) return { ...nothing, verdict: 'unreadable', signature: 'none' }
  const sheet_id = await sheetOfContent(reader, footer.content)
  if (sheet_id === null) return { ...nothing, verdict: 'unknown_sheet', signature: 'none', printed: footer.number }
  return { ...(await verdictOf(reader, sheet_id, footer)), signature: 'none' }
}

export const sheetPrintHandlers: readonly CoreHandler[] = [
  coreHandler(checkPrint, async (reader, { text }, inner) => {
    const { alone, at } = (await inner.marks?.knowledge(reader.call.actor)) ?? { alone: true, at: reader.call.now }
    return { ...(await check(reader, text, inner)), alone, as_of: at } satisfies Checked
  }),
]
