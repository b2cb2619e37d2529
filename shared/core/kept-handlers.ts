/** What is not settled, what was not applied, and how people decide about it. */
import { syncDecision } from '../domain/sync/model.ts'
import { decidedDays, getKept, listKept, listQueue, mostKept } from '../domain/sync/operations.ts'
import type { KeptSummary, MergedCommand, QueuedCommand } from '../domain/sync/states.ts'
import type { Reader } from '../domain/operation.ts'
import { z } from 'zod'
import type { Id } from '../kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import { keptCommands, mergedCommands } from '../store/command-log.ts'
import { countPending, pendingCommands } from '../store/replica-pending.ts'
import type { CommandRecord } from '../store/write-set.ts'
import { coreHandler, type AnyHandler, type Inner } from './core-handler.ts'
import { stampOf } from './kept-again.ts'
import { detailOf } from './kept-fields.ts'
import { openKeptSummaries } from './kept-list.ts'
import { aboutOf, isOwnWork, namesOfUsers, openKept, openLogged, summariesOf, whyOf, type OpenedCommand } from './kept-open.ts'
import { choicesOf, followersOf, isSaidOnce } from './kept-plan.ts'
import { keptResolveHandlers } from './kept-resolve.ts'

const mostQueued = 1000
const mostMerged = 20
/** Rows named of one command of the queue. */
const mostIds = 500

/** What the queue reads of a command as it is sent (shared/sync/wire.ts). */
const Sent = z.object({
  name: z.string(), issued_at: z.string(), after: z.array(z.string()), group_id: z.string().nullable(),
  record: z.object({ rows: z.array(z.object({ entity: z.string(), id: z.string(), op: z.enum(['insert', 'update', 'remove', 'restore']), fields: z.record(z.string(), z.unknown()) })) }),
})

async function queueOf(reader: Reader, signedOut: readonly string[], { engine, org, person }: Inner): Promise<{ items: QueuedCommand[]; total: number }> {
  const pending = (await pendingCommands(engine, org, mostQueued)).map((one) => ({ ...one, sent: Sent.parse(JSON.parse(one.command)) }))
  const users = await namesOfUsers(reader)
  const about = await aboutOf(reader, pending.map(({ id, issuer, sent }) => ({ id, name: sent.name, record: sent.record as CommandRecord, own: issuer === person.user_id })))
  const waiting = new Set<string>()
  const items = pending.map(({ id, issuer, outcome, reason, sent }) => {
    const waits = signedOut.includes(issuer) || sent.after.some((one) => waiting.has(one))
    if (waits) waiting.add(id)
    const shown = about.get(id) ?? null
    const fails = outcome !== 'applied' && outcome !== 'elsewhere'
    return {
      id, name: sent.name, issued_at: sent.issued_at as Instant, issuer, issuer_name: users.get(issuer) ?? '',
      about: shown && { entity: shown.entity, id: shown.id, title: shown.title, project_id: shown.project_id }, rows: sent.record.rows.length,
      ids: (issuer === person.user_id ? sent.record.rows.slice(0, mostIds).map((row) => row.id as Id) : shown ? [shown.id] : []), group_id: sent.group_id as Id | null,
      state: waits ? 'waiting' as const : fails ? 'failing' as const : 'ready' as const, why: fails ? whyOf({ outcome, answer: reason }) : null, mine: issuer === person.user_id,
    }
  })
  return { items, total: items.length < mostQueued ? items.length : await countPending(engine, org) }
}

/** The next record first; what stands in no time, and what is past, after it by age. */
export function byUrgency(now: Instant): (one: KeptSummary, other: KeptSummary) => number {
  const due = ({ about }: KeptSummary): string => (about?.starts_at != null && about.starts_at >= now ? about.starts_at : '~')
  return (one, other) => (due(one) !== due(other) ? (due(one) < due(other) ? -1 : 1) : one.issued_at < other.issued_at ? -1 : one.issued_at > other.issued_at ? 1 : one.id < other.id ? -1 : 1)
}

async function decidedCommands(reader: Reader, { engine, org, person, keys }: Inner, of: 'own' | 'everyone'): Promise<OpenedCommand[]> {
  const since = fromMs(toMs(reader.call.now) - decidedDays * DAY)
  const logged = (await keptCommands(engine, org, of === 'own' ? person.user_id : null, { decidedSince: since }, mostKept)).filter(isOwnWork)
  const decisions = new Map((await reader.find(syncDecision, { kept_command_id: logged.map(({ id }) => id) })).map((row) => [row.kept_command_id, row]))
  const opened: OpenedCommand[] = []
  for (const one of logged) opened.push(await openLogged(one, decisions.get(one.id) ?? null, keys))
  return opened.sort((one, other) => ((one.decision?.created_at ?? '') < (other.decision?.created_at ?? '') ? 1 : -1))
}

async function mergedOf(reader: Reader, { engine, org, person, keys }: Inner): Promise<MergedCommand[]> {
  const since = fromMs(toMs(reader.call.now) - decidedDays * DAY)
  const opened: OpenedCommand[] = []
  for (const one of await mergedCommands(engine, org, person.user_id, since, mostMerged)) opened.push(await openLogged(one, null, keys))
  const about = await aboutOf(reader, opened.map(({ logged, record }) => ({ id: logged.id, name: logged.name, record, own: true })))
  return opened.map(({ logged, record }) => {
    const named = about.get(logged.id)
    return {
      id: logged.id, name: logged.name, issued_at: logged.issued_at, about: named ? { entity: named.entity, id: named.id, title: named.title, project_id: named.project_id } : null,
      fields: (record?.rows ?? []).flatMap(({ entity, fields }) => Object.keys(fields).map((field) => ({ entity, field }))).slice(0, 20),
    }
  })
}

export const keptHandlers: readonly AnyHandler[] = [
  coreHandler(listQueue, (reader, { signed_out }, inner) => queueOf(reader, signed_out ?? [], inner)),
  coreHandler(listKept, async (reader, { decided, everyone }, inner) => {
    const of = everyone && inner.person.may('org:members', null) ? 'everyone' : 'own'
    const items = decided ? await summariesOf(await decidedCommands(reader, inner, of), reader, inner.person) : await openKeptSummaries(reader, inner, of)
    return { items: decided ? items : items.sort(byUrgency(reader.call.now)), merged: decided ? [] : await mergedOf(reader, inner) }
  }),
  coreHandler(getKept, async (reader, { id }, inner) => {
    const opened = await openKept(id, reader, inner)
    const [summary] = await summariesOf([opened], reader, inner.person)
    const { rows, ...detail } = await detailOf(opened, reader, inner)
    const choices = choicesOf(opened, rows, inner)
    const followers = (await followersOf(opened.logged, inner)).map((one) => ({ id: one.id, name: one.name, issued_at: one.issued_at }))
    const readsInput = opened.logged.actor === inner.person.user_id || choices.includes('mine')
    return { ...summary, ...detail, choices, again: !isSaidOnce(opened, inner), followers, device: opened.logged.device, stamp: stampOf(rows), input: readsInput ? opened.input : null }
  }),
  ...keptResolveHandlers,
]
