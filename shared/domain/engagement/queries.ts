/** What was asked and what became of it, and what happened in order: read from the rows, as far as the asker sees them. */
import { z } from 'zod'
import { groupBy } from '../../kernel/grouping.ts'
import { wire, type Row } from '../entity.ts'
import { answer, query, type Handler, type Reader, type Where } from '../operation.ts'
import { member } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { mission, project } from '../planning/model.ts'
import { list, pageRequestOf, type ListInput } from '../records.ts'
import type { AcceptanceRow } from './asking.ts'
import { acceptance } from './model.ts'

// Lists

const columns = {
  filters: ['assignment_id', 'mission_id', 'collaborator_id', 'state', 'assignment_state', 'reconfirm_since', 'answered_late', 'asked_at', 'deadline_at', 'opened_at', 'channel', 'source', 'crew_role_id', 'department_code', 'id'],
  sorts: ['deadline_at', 'asked_at', 'answered_at', 'created_at', 'start_at', 'collaborator_name', 'mission_title', 'state'],
} as const
export const listAcceptances = list({
  ...columns,
  name: 'engagement.list',
  about: 'What people were asked, with their answers: drafts nobody was told of, questions that wait, those asked again, late answers. Oneself, and who reads the whole project.',
  permission: 'project:read',
})
export const listOwnAcceptances = list({ ...columns, name: 'engagement.list_own', about: 'What one was asked oneself; nothing for who is nobody of the directory.', permission: 'project:read' })

const page = (reader: Reader, input: ListInput, where: Where) =>
  reader.view('acceptance_line', { ...pageRequestOf(input, ['deadline_at']), where: { ...where, ...(input.project_id === undefined ? {} : { project_id: input.project_id }) } })

const noQuestion = { acceptance_id: null, acceptance_state: null, deadline_at: null, asked_at: null, opened_at: null, answered_late: null, draft_id: null }
const waiting = ({ state }: AcceptanceRow): number => (state === 'pending' ? 0 : state === 'draft' ? 1 : 2)

/**
 * Lines of assignments with the question that waits of each, else the last there was, and the draft that will follow it. As far as the asker
 * sees them: what a colleague was asked is between them and who reads the whole project. Asked for by page: a view would cost every list.
 */
export async function withQuestions(reader: Reader, rows: readonly Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return []
  const asked = groupBy(await reader.find(acceptance, { assignment_id: rows.map(({ id }) => String(id)) }, { sort: ['-created_at'] }), (one) => one.assignment_id as string)
  return rows.map((row) => {
    const [one, ...others] = (asked.get(String(row['id'])) ?? []).toSorted((first, second) => waiting(first) - waiting(second))
    if (!one) return { ...row, ...noQuestion }
    const draft = [one, ...others].find(({ state }) => state === 'draft')
    return {
      ...row, acceptance_id: one.id, acceptance_state: one.state, deadline_at: one.deadline_at, asked_at: one.asked_at, opened_at: one.opened_at, answered_late: one.late !== null, draft_id: draft?.id ?? null,
    }
  })
}

// Timeline

export const timelineKinds = ['mission_created', 'mission_updated', 'mission_canceled', 'assignment_proposed', 'acceptance_recorded', 'proposal_expired'] as const
const Entry = z.object({
  /** The same for the same thing, however often it is asked for and wherever. */
  key: z.string(),
  kind: z.enum(timelineKinds),
  at: wire.instant,
  mission_id: z.string(), mission_title: z.string().nullable(),
  assignment_id: z.string().nullable(), acceptance_id: z.string().nullable(),
  collaborator_id: z.string().nullable(), collaborator_name: z.string().nullable(),
  /** Of an answer: which, and where it came from; of an asking, how they were told. */
  answer: z.enum(['accepted', 'refused', 'withdrawn']).nullable(), source: z.string().nullable(), channel: z.string().nullable(),
  /** Asked before on other terms, or after another question. */
  again: z.boolean(),
  /** Who did it: made or changed the mission, asked, entered an answer for the person; null: the person themselves, or nobody the asker sees. */
  actor_name: z.string().nullable(),
})
type Entry = z.infer<typeof Entry>
const mostEntries = 500

export const engagementTimeline = query({
  name: 'engagement.timeline',
  about: 'What happened to a mission, a project or a person’s engagements, the newest first: missions made, changed, canceled; people asked, their answers, questions that passed.',
  input: z.strictObject({ mission_id: wire.id.optional(), project_id: wire.id.optional(), collaborator_id: wire.id.optional(), limit: z.int().min(1).max(mostEntries).optional() })
    .refine(({ mission_id, project_id, collaborator_id }) => [mission_id, project_id, collaborator_id].filter((id) => id !== undefined).length === 1, { error: 'required', path: ['mission_id'] }),
  output: z.object({ items: z.array(Entry) }),
  permission: 'project:read',
  target: { kind: 'visible', project: ({ project_id }) => project_id },
})

const nothing = { assignment_id: null, acceptance_id: null, collaborator_id: null, collaborator_name: null, answer: null, source: null, channel: null, again: false, actor_name: null }
type Missions = ReadonlyMap<string, { title: string }>
/** Of members, by who they sign in as. */
type Names = ReadonlyMap<string, string>

function ofMission({ id, title, status, created_at, created_by, updated_at, updated_by }: Row<typeof mission>, names: Names): Entry[] {
  const made: Entry = { ...nothing, key: `mission_created:${id}`, kind: 'mission_created', at: created_at, mission_id: id, mission_title: title, actor_name: names.get(created_by) ?? null }
  if (updated_at === created_at) return [made]
  const kind = status === 'canceled' ? 'mission_canceled' as const : 'mission_updated' as const
  return [made, { ...made, key: `${kind}:${id}:${updated_at}`, kind, at: updated_at, actor_name: names.get(updated_by) ?? null }]
}

function ofAcceptance(row: AcceptanceRow, missions: Missions, people: ReadonlyMap<string, string>, names: Names): Entry[] {
  const about = {
    ...nothing, mission_id: row.mission_id, mission_title: missions.get(row.mission_id)?.title ?? null, assignment_id: row.assignment_id, acceptance_id: row.id,
    collaborator_id: row.collaborator_id, collaborator_name: people.get(row.collaborator_id) ?? null, again: row.former_id !== null,
  }
  const entries: Entry[] = row.asked_at === null ? [] : [{ ...about, key: `assignment_proposed:${row.id}`, kind: 'assignment_proposed', at: row.asked_at, channel: row.channel, actor_name: names.get(row.created_by) ?? null }]
  if (row.state === 'expired') entries.push({ ...about, key: `proposal_expired:${row.id}`, kind: 'proposal_expired', at: row.deadline_at })
  if (row.answered_at !== null && (row.state === 'accepted' || row.state === 'refused'))
    entries.push({
      ...about, key: `acceptance_recorded:${row.id}`, kind: 'acceptance_recorded', at: row.answered_at, answer: row.state, source: row.source,
      actor_name: row.source === 'hand' || row.source === 'paper' ? (names.get(row.updated_by) ?? null) : null,
    })
  return entries
}

/** Equal instants in the order of cause: the asking before its answer. */
const rank = (kind: Entry['kind']): number => timelineKinds.indexOf(kind)
const newestFirst = (one: Entry, other: Entry): number =>
  one.at < other.at ? 1 : one.at > other.at ? -1 : rank(other.kind) - rank(one.kind) || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)

async function timeline(reader: Reader, input: z.infer<typeof engagementTimeline.input>): Promise<{ items: Entry[] }> {
  const { mission_id, project_id, collaborator_id, limit = mostEntries } = input
  if (mission_id !== undefined) await reader.need(mission, mission_id)
  if (project_id !== undefined) await reader.need(project, project_id)
  if (collaborator_id !== undefined) await reader.need(collaborator, collaborator_id)
  const where: Where = mission_id !== undefined ? { mission_id } : project_id !== undefined ? { project_id } : { collaborator_id: collaborator_id ?? '' }
  // The newest askings: what happened to one is never older than it.
  const questions = await reader.find(acceptance, where, { sort: ['-updated_at'], limit })
  const around = mission_id !== undefined ? { id: mission_id } : project_id !== undefined ? { project_id } : null
  const missions = around ? await reader.find(mission, around, { sort: ['-updated_at'], limit }) : []
  const named = new Map((await reader.getMany(mission, [...new Set(questions.map((row) => row.mission_id))])).map((row) => [row.id as string, row]))
  const people = new Map((await reader.getMany(collaborator, [...new Set(questions.map((row) => row.collaborator_id))])).map((row) => [row.id as string, row.display_name]))
  const names = new Map((await reader.find(member, {})).map((one): [string, string] => [one.user_id ?? '', one.name]))
  const items = [...missions.flatMap((row) => ofMission(row, names)), ...questions.flatMap((row) => ofAcceptance(row, named, people, names))]
  return { items: items.toSorted(newestFirst).slice(0, limit) }
}

export const engagementQueries: readonly Handler[] = [
  answer(listAcceptances, (reader, input) => page(reader, input, {})),
  answer(listOwnAcceptances, async (reader, input) => {
    const { collaborator_id } = reader.call
    return collaborator_id === null ? { items: [], next_cursor: null, total: 0 } : page(reader, input, { collaborator_id })
  }),
  answer(engagementTimeline, timeline),
]
