/** What the inbox lists: notifications, people to be told by hand and matters as lines of one list. Pure: rows in, lines in their order out. */
import type { z } from 'zod'
import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import type { listNotifications, listToTell } from '../../../shared/domain/notifications/operations.ts'
import { passes } from '../../components/list/address.ts'
import type { Chosen } from '../../components/list/address.ts'
import type { MatterStanding } from './matter-marks.ts'

export type NoticeItem = z.infer<typeof listNotifications.output>['items'][number]
export type TellItem = z.infer<typeof listToTell.output>['items'][number]

/** `answer`: the reader is waited for; `handle`: something is to be done; `know`: nothing is. */
export const inboxGroups = ['answer', 'handle', 'know'] as const
export type InboxGroup = (typeof inboxGroups)[number]

interface Line {
  id: string
  group: InboxGroup
  standing: MatterStanding
  project: string | null
  /** What the filter of kinds calls it. */
  kind: string
  unread: boolean
}
export interface NoticeLine extends Line {
  from: 'notice'
  /** The newest of those that tell of one question. */
  notice: NoticeItem
  /** When it is too late to answer; null: nobody waits. */
  due: string | null
  /** All of them: read, put aside and put off together. */
  ids: readonly string[]
}
export interface TellLine extends Line {
  from: 'tell'
  tell: TellItem
}
export interface MatterLine extends Line {
  from: 'matter'
  matter: MatterItem
}
export type InboxLine = NoticeLine | TellLine | MatterLine

export const refOf = ({ refs }: Pick<NoticeItem, 'refs'>, entity: string): string | null => refs.find((one) => one.entity === entity)?.id ?? null

/** The question that its reader is asked, or was; null: it tells of something else, or of somebody else’s. */
export function questionOf(notice: Pick<NoticeItem, 'type' | 'refs' | 'figures'>): string | null {
  const isOwn = notice.type === 'assignment_proposed' || notice.type === 'assignment_updated' || (notice.type === 'reminder' && notice.figures['own'] === true)
  return isOwn ? refOf(notice, 'acceptance') : null
}

const standingOf = ({ dismissed_at, snoozed_until }: NoticeItem, now: string): MatterStanding => (dismissed_at !== null ? 'done' : snoozed_until !== null && snoozed_until > now ? 'later' : 'open')

/** Notifications, the newest first, as lines: of one question, and standing alike, one line. */
export function noticeLines(notices: readonly NoticeItem[], now: string): NoticeLine[] {
  const byKey = new Map<string, NoticeItem[]>()
  for (const notice of notices) {
    const question = questionOf(notice)
    const key = question === null ? notice.id : `${question} ${standingOf(notice, now)}`
    byKey.set(key, [...(byKey.get(key) ?? []), notice])
  }
  return [...byKey.values()].flatMap((same): NoticeLine[] => {
    const [notice] = same
    if (!notice) return []
    return [{
      from: 'notice', id: notice.id, group: notice.group === 'to_answer' ? 'answer' : 'know', standing: standingOf(notice, now), project: refOf(notice, 'project'), kind: notice.type,
      unread: same.some(({ read_at }) => read_at === null), notice, due: notice.deadline_at, ids: same.map(({ id }) => id),
    }]
  })
}

/** Answered just now and still open: it stays where it was, so that the next one is the next question. */
export const stayingPut = (lines: readonly NoticeLine[], answered: Pick<NoticeLine, 'id' | 'due'> | null): NoticeLine[] =>
  lines.map((line) => (line.id === answered?.id && line.group !== 'answer' ? { ...line, group: 'answer', due: answered.due } : line))

export const tellLines = (items: readonly TellItem[]): TellLine[] =>
  items.map((tell) => ({ from: 'tell', id: `tell:${tell.acceptance_id}`, group: 'handle', standing: 'open', project: tell.project_id, kind: 'to_tell', unread: false, tell }))

/** One’s own question of which no notification tells yet, or that none ever tells. */
export const isAskedOfMe = ({ kind, figures }: Pick<MatterItem, 'kind' | 'figures'>): boolean => kind === 'answer_mine' || (kind === 'availability_request' && figures['own'] === true)

export const matterLines = (items: readonly MatterItem[], standing: (matter: MatterItem) => MatterStanding): MatterLine[] =>
  items.map((matter) => ({
    from: 'matter', id: matter.id, group: isAskedOfMe(matter) ? 'answer' : matter.group, standing: standing(matter), project: matter.project_id, kind: matter.kind, unread: false, matter,
  }))

/** When it is too late to answer; what has no deadline comes last. */
const dueOf = (line: InboxLine): string => (line.from === 'notice' ? line.due : line.from === 'matter' ? line.matter.due_at : line.tell.deadline_at) ?? '\uffff'

/** Questions by their deadline; then people to be told and matters as the core orders them; what is only to be known, notifications first, the newest first. */
export function inOrder(notices: readonly NoticeLine[], tells: readonly TellLine[], matters: readonly MatterLine[]): InboxLine[] {
  const all: InboxLine[] = [...tells, ...notices, ...matters]
  return inboxGroups.flatMap((group) => {
    const lines = all.filter((line) => line.group === group)
    return group === 'answer' ? lines.toSorted((one, other) => (dueOf(one) < dueOf(other) ? -1 : dueOf(one) > dueOf(other) ? 1 : 0)) : lines
  })
}

/** What of the filters concerns lines that the core did not filter: matters come filtered. */
export interface LineFilter {
  kind: Chosen
  project: Chosen
  severity: Chosen
}
const NOTHING_CHOSEN: Chosen = { not: false, values: [] }

/** `aside`: a filter that is not looked at, to count what each of its values would leave. */
export const leavesLine = (line: Pick<InboxLine, 'kind' | 'project'>, filter: LineFilter, aside: keyof LineFilter | null = null): boolean => {
  const of = (name: keyof LineFilter): Chosen => (name === aside ? NOTHING_CHOSEN : filter[name])
  return passes(of('kind'), line.kind) && passes(of('project'), line.project) && passes(of('severity'), null)
}

/** Counts of the core’s matters with those of lines beside them. */
export function addedCounts(counts: ReadonlyMap<string | null, number>, values: readonly (string | null)[]): Map<string | null, number> {
  const all = new Map(counts)
  for (const value of values) all.set(value, (all.get(value) ?? 0) + 1)
  return new Map([...all].sort(([, one], [, other]) => other - one))
}

/** Of its card. */
export const domIdOf = ({ from, id }: Pick<InboxLine, 'from' | 'id'>): string => `${from === 'matter' ? 'matter' : 'inbox'}-${id}`
