/** A question on paper and back: slips drawn from what was asked, and the question found again by the code that somebody typed. */
import { acceptance } from '../domain/engagement/model.ts'
import { printSlips, readSlip } from '../domain/engagement/slip-operations.ts'
import { readSlipCode, slipCode } from '../domain/engagement/slip-code.ts'
import type { Row } from '../domain/entity.ts'
import { detail, refuseFor } from '../domain/errors.ts'
import { answer, type Reader } from '../domain/operation.ts'
import { organization } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { project } from '../domain/planning/model.ts'
import { draw } from '../documents/draw.ts'
import type { Language } from '../documents/offer/offer.ts'
import type { Slip } from '../documents/slip/render.ts'
import { slipWords } from '../documents/slip/words.ts'
import type { Id } from '../kernel/ids.ts'
import { localDateOf } from '../kernel/instants.ts'
import { coreHandler, type AnyHandler } from './core-handler.ts'

type AcceptanceRow = Row<typeof acceptance>
const isOpen = ({ state }: AcceptanceRow): boolean => state === 'draft' || state === 'pending'

/** The first language of the person that documents are written in, else the project's. */
const languageOf = (spoken: readonly string[], project_language: Language): Language =>
  spoken.map((one) => one.trim().slice(0, 2).toLowerCase()).find((one): one is Language => one === 'fr' || one === 'en') ?? project_language

/** In the order asked for. Refuses one that is over: its slip would be entered for nothing. */
async function slipsOf(reader: Reader, ids: readonly Id[], withRate: boolean): Promise<{ slips: Slip[]; zone: string; language: Language }> {
  const rows = new Map((await reader.getMany(acceptance, ids)).map((row) => [row.id, row]))
  const people = new Map((await reader.getMany(collaborator, [...new Set([...rows.values()].map((row) => row.collaborator_id))])).map((row) => [row.id, row]))
  const projects = new Map((await reader.getMany(project, [...new Set([...rows.values()].map((row) => row.project_id))])).map((row) => [row.id, row]))
  const slips = [...new Set(ids)].flatMap((id, at): Slip[] => {
    const row = rows.get(id)
    const person = row && people.get(row.collaborator_id)
    const work = row && projects.get(row.project_id)
    if (!row || !person || !work) throw refuseFor('acceptance', 'not_found', detail(`acceptance_ids.${at}`, 'not_found', null, id))
    if (!isOpen(row)) throw refuseFor('acceptance', 'transition_rejected', detail(`acceptance_ids.${at}`, 'state', null, row.state))
    return [{ person: person.display_name, language: languageOf(person.languages, work.document_language), offer: row.terms, deadline_at: row.deadline_at, rate: withRate ? row.rate : null, code: slipCode(id) }]
  })
  const [first] = projects.values()
  return { slips, zone: first?.zone ?? 'UTC', language: first?.document_language ?? 'fr' }
}

/** Of this code among those the asker sees, those that wait first: there are far fewer of them. */
async function byCode(reader: Reader, code: string): Promise<AcceptanceRow | null> {
  for (const state of [['draft', 'pending'], ['accepted', 'refused', 'expired', 'withdrawn']]) {
    const id = (await reader.values(acceptance, 'id', { state })).find((one) => slipCode(one) === code)
    const row = id === undefined ? null : await reader.get(acceptance, id)
    if (row && reader.may('assignment:answer_for', row.project_id)) return row
  }
  return null
}

export const slipHandlers: readonly AnyHandler[] = [
  coreHandler(printSlips, async (reader, { acceptance_ids, paper, with_rate = false }, { print }) => {
    const { slips, zone, language } = await slipsOf(reader, acceptance_ids, with_rate)
    const [house] = await reader.find(organization, {})
    const { bytes, pages } = await (print ?? draw)({ kind: 'slips', print: { organization: house?.name ?? '', paper, slips, made_at: reader.call.now, language, demo: house?.demo ?? false } })
    return {
      file_name: `${localDateOf(reader.call.now, zone)}_${slipWords[language].file}.pdf`, media_type: 'application/pdf', base64: Buffer.from(bytes).toString('base64'), slips: slips.length, pages: pages ?? slips.length,
    }
  }),
  answer(readSlip, async (reader, { text }) => {
    const read = readSlipCode(text)
    if ('problem' in read) return { verdict: read.problem, code: null, slip: null }
    const row = await byCode(reader, read.code)
    if (!row) return { verdict: 'unknown' as const, code: read.code, slip: null }
    const { id, assignment_id, project_id, mission_id, state, terms, deadline_at } = row
    const person = await reader.get(collaborator, row.collaborator_id)
    return {
      verdict: isOpen(row) ? 'open' as const : 'closed' as const, code: read.code,
      slip: { acceptance_id: id, assignment_id, project_id, mission_id, state, name: person?.display_name ?? '', mission: terms.mission, start_at: terms.start_at, zone: terms.zone, deadline_at },
    }
  }),
]
