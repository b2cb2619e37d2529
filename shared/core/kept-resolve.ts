/** Deciding about a kept command as one gesture (sync rule 27), and what a choice would come to. */
import { z } from 'zod'
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { ProposalPreview } from '../domain/planning/proposal-operations.ts'
import { revision, runSheet, sheetCover } from '../domain/runsheets/model.ts'
import { syncDecision, type ChosenField, type keptDecisions } from '../domain/sync/model.ts'
import { decideKept, previewKept, resolveKept, type KeptChoice } from '../domain/sync/operations.ts'
import type { Id } from '../kernel/ids.ts'
import { Refusal } from '../kernel/result.ts'
import { findCommand } from '../store/command-log.ts'
import { compositeHandler, coreHandler, type AnyHandler, type Composer, type Inner } from './core-handler.ts'
import { stampOf } from './kept-again.ts'
import { decisionOf, isOwnWork, mayKnowOf, openKept, type OpenedCommand } from './kept-open.ts'
import { choicesOf, followersOf, plannedFollower, plannedFor, restoreOf, type Asked, type Planned } from './kept-plan.ts'
import { keyOfRow, rowsNamed, titlesOf } from './kept-titles.ts'
import { previewAnswer } from './proposal-handlers.ts'
import type { Rehearsed } from './rehearsed.ts'
import { takeBack } from './taking-back.ts'

type Decision = (typeof keptDecisions)[number]
type Rows = Awaited<ReturnType<typeof rowsNamed>>

/** Somebody else's is taken over, whatever is chosen (22b); bringing back and copying are ways to keep mine. */
function decisionFor(choice: KeptChoice, own: boolean): Decision {
  if (!own) return 'taken_over'
  return choice === 'restore' || choice === 'copy' ? 'mine' : choice
}

const chosenFields = ({ fields }: Asked): z.infer<typeof ChosenField>[] => (fields ?? []).map(({ entity, id, field, side }) => ({ entity, id, field, side }))

function checkChoice(opened: OpenedCommand, rows: Rows, asked: Asked, inner: Inner): void {
  if (opened.decision) throw refuse('sync.decided', detail('id', 'decided', null, opened.decision.decision))
  const choices = choicesOf(opened, rows, inner)
  // What was refused may be done again with another input; a conflict is between two values, and answered field by field.
  const edited = asked.input !== undefined && (asked.choice !== 'mine' || opened.logged.outcome === 'conflict')
  if (!choices.includes(asked.choice) || edited) throw refuse('sync.choice', detail('choice', 'not_allowed', choices.join(' '), asked.choice))
}

interface Done {
  /** Commands issued, in order. */
  ids: Id[]
}

/** What a gesture that was cut must remember: which commands it carries along. */
const Noted = z.object({ followers: z.array(z.string()) })

/** False: nothing was to be issued. A gesture that goes on does not do again what it did, on what it has itself changed. */
async function issue(plan: () => Promise<Planned | null>, label: string, composer: Composer, done: Done): Promise<boolean> {
  const id = composer.idOf(label)
  const known = composer.begun !== null && (await findCommand(composer.inner.engine, composer.inner.org, id)) !== null
  const planned = known ? null : await plan()
  if (!known && planned === null) return false
  if (planned) await composer.execute(planned.name, planned.input, label, planned.seed)
  done.ids.push(id)
  return true
}

/** Commands behind it, in their order; what cannot follow stays open, and all that was built on it. */
async function issueFollowers(ids: readonly string[], reader: Reader, composer: Composer, done: Done): Promise<{ decided: { id: Id; reissued: Id }[]; still_open: Id[] }> {
  const { engine, org } = composer.inner
  const [decided, still_open]: [{ id: Id; reissued: Id }[], Id[]] = [[], []]
  for (const id of ids) {
    const follower = await findCommand(engine, org, id)
    if (!follower) continue
    const label = `again:${id}`
    const plan = async (): Promise<Planned | null> => (follower.after.some((one) => still_open.includes(one)) ? null : plannedFollower(follower, reader, composer.inner))
    try {
      if (await issue(plan, label, composer, done)) decided.push({ id: follower.id, reissued: composer.idOf(label) })
      else still_open.push(follower.id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      still_open.push(follower.id)
    }
  }
  return { decided, still_open }
}

async function resolve(reader: Reader, { id, stamp, note, ...asked }: z.infer<typeof resolveKept.input>, composer: Composer) {
  const { inner } = composer
  const opened = await openKept(id, reader, inner)
  const rows = await rowsNamed(reader, opened.record?.rows ?? [])
  const begun = composer.begun !== null
  if (!begun) {
    checkChoice(opened, rows, asked, inner)
    if (stamp !== undefined && stamp !== stampOf(rows)) throw refuse('concurrency.version_mismatch', detail('stamp', 'changed_since'))
  }
  const letGo = asked.choice === 'theirs' || asked.choice === 'left'
  const noted = Noted.safeParse(composer.begun)
  const followers = noted.success ? noted.data.followers : letGo ? [] : (await followersOf(opened.logged, inner)).map((one) => one.id)
  const own = opened.logged.actor === inner.person.user_id
  const done: Done = { ids: [] }
  try {
    await composer.begin({ followers })
    for (const [index, row] of (asked.choice === 'restore' ? (opened.record?.rows ?? []) : []).entries())
      await issue(() => Promise.resolve(restoreOf(row, rows, inner)), `restore:${index}`, composer, done)
    await issue(async () => plannedFor(opened, asked, await rowsNamed(reader, opened.record?.rows ?? []), reader, inner), `again:${id}`, composer, done)
    const reissued = [...done.ids]
    const followed = await issueFollowers(followers, reader, composer, done)
    const decide = async (kept: Id, decision: Decision, more: object): Promise<Id> => {
      const label = `decide:${kept}`
      const { value } = await composer.execute(decideKept.name, { kept_command_id: kept, decision, ...more, ...(note === undefined ? {} : { note }) }, label)
      done.ids.push(composer.idOf(label))
      return decideKept.output.parse(value).id as Id
    }
    for (const follower of followed.decided) await decide(follower.id, own ? 'mine' : 'taken_over', { reissued: [follower.reissued] })
    const decision_id = await decide(id, decisionFor(asked.choice, own), { chosen: chosenFields(asked), reissued })
    return { id, decision_id, group_id: composer.group_id, reissued: [...reissued, ...followed.decided.map((one) => one.reissued)], still_open: followed.still_open }
  } catch (error) {
    return takeBack(error, composer, done.ids)
  }
}

/** Published sheets that speak of the missions whose rows would be others. */
async function sheetsOf({ writes }: Rehearsed, reader: Reader): Promise<{ id: string; title: string; number: number; in_work: boolean }[]> {
  const missions = [...new Set(writes.flatMap(({ entity, id, after }) => (entity.name === 'mission' ? [id] : typeof after['mission_id'] === 'string' ? [after['mission_id'] as Id] : [])))]
  const covers = missions.length === 0 ? [] : await reader.find(sheetCover, { covered_mission_id: missions })
  const sheets = await reader.getMany(runSheet, [...new Set(covers.map((one) => one.sheet_id))])
  const revisions = await reader.find(revision, { sheet_id: sheets.map(({ id }) => id), state: ['draft', 'validated', 'published'] })
  const titles = await titlesOf(reader, sheets.map((row) => ({ entity: runSheet.name, row })))
  return sheets.flatMap((sheet) => {
    const of = revisions.filter((one) => one.sheet_id === sheet.id)
    const published = of.find(({ state }) => state === 'published')
    return published ? [{ id: sheet.id, title: titles.get(keyOfRow({ entity: runSheet.name, id: sheet.id }))?.title ?? '', number: published.number, in_work: of.some(({ state }) => state !== 'published') }] : []
  })
}

const nothing: Rehearsed = { writes: [], refusal: null, broken: [], mended: [], names: { people: {}, missions: {}, locations: {} } }

/** What can be rehearsed is one command that can be taken back. */
const rehearsable = ({ operations }: Inner, { name }: Planned): boolean => {
  const operation = operations.get(name)
  return operation?.kind === 'command' && operation.undoable && !name.startsWith('history.')
}

async function preview(reader: Reader, { id, ...asked }: z.infer<typeof previewKept.input>, inner: Inner) {
  const opened = await openKept(id, reader, inner)
  const rows = await rowsNamed(reader, opened.record?.rows ?? [])
  checkChoice(opened, rows, asked, inner)
  const planned = await plannedFor(opened, asked, rows, reader, inner)
  const restores = asked.choice === 'restore' ? (opened.record?.rows ?? []).flatMap((row) => restoreOf(row, rows, inner) ?? []) : []
  const commands = [...restores, ...(planned ? [planned] : [])]
  const rehearse = inner.rehearse
  const looked = rehearse && commands.length > 0 && commands.every((one) => rehearsable(inner, one))
    ? await rehearse(commands.map(({ name, input }) => ({ operation: name, input })))
    : nothing
  return { ...ProposalPreview.parse(await previewAnswer(looked, inner)), sheets: await sheetsOf(looked, reader), commands: commands.length }
}

export const keptResolveHandlers: readonly AnyHandler[] = [
  coreHandler(previewKept, preview),
  compositeHandler(resolveKept, resolve),
  coreHandler(decideKept, async (tx, { kept_command_id, decision, chosen, reissued, note }, { engine, org, person }) => {
    const logged = await findCommand(engine, org, kept_command_id)
    if (!logged || logged.outcome === 'applied' || !isOwnWork(logged) || !mayKnowOf(person, logged)) throw refuseFor('command', 'not_found', detail('id', 'not_found', null, kept_command_id))
    if ((logged.actor === person.user_id) === (decision === 'taken_over')) throw refuse('sync.choice', detail('decision', 'not_allowed', null, decision))
    if (await decisionOf(tx, kept_command_id)) throw refuse('sync.decided', detail('id', 'decided'))
    if (note !== undefined) tx.reason(note)
    const row = await tx.insert(syncDecision, 'decision', { kept_command_id, kept_user_id: logged.actor, decision, chosen: chosen ?? [], reissued: reissued ?? [], note: note ?? null })
    return { id: row.id, version: row.version }
  }),
]
