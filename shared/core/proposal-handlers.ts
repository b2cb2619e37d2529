/**
 * A proposal: what some commands would change and break, and doing them as one gesture (decision 0009, point 3). What is severe and new is
 * stopped here, at the gesture, and not in the commands: a device that knew less than the server must not see its work refused for a
 * conflict.
 */
import { z } from 'zod'
import { isConsequence } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { overrideConflict } from '../domain/planning/conflict-operations.ts'
import { veil, type Conflict } from '../domain/planning/conflicts.ts'
import { assignment } from '../domain/planning/model.ts'
import { applyProposal, previewProposal, type effectKinds } from '../domain/planning/proposal-operations.ts'
import type { ListedConflict } from '../domain/planning/conflict-index.ts'
import { Refusal } from '../kernel/result.ts'
import { findCommand, undoneBy } from '../store/command-log.ts'
import { sameValue, type Write } from '../store/write-set.ts'
import { compositeHandler, coreHandler, type AnyHandler, type Composer, type Inner } from './core-handler.ts'
import { readableBy } from './lens.ts'
import { stepLabel, type Rehearse, type Rehearsed } from './rehearsed.ts'
import type { Person } from './session.ts'
import { takeBack } from './taking-back.ts'

const mostChanges = 500

function rehearseOf({ rehearse }: Inner): Rehearse {
  if (!rehearse) throw new Error('a proposal is looked at from outside a command')
  return rehearse
}

const engaged = new Set<unknown>(['proposed', 'accepted', 'confirmed'])

function effectsOf(writes: readonly Write[]): { kind: (typeof effectKinds)[number]; assignment_id: string; collaborator_id: string }[] {
  return writes.flatMap(({ entity, id, op, before, after }) => {
    if (entity.name !== assignment.name) return []
    const kind = op === 'insert' ? 'plans' as const
      : after['state'] === 'canceled' && engaged.has(before?.['state']) ? 'releases' as const
        : after['reconfirm_since'] !== null && after['reconfirm_since'] !== before?.['reconfirm_since'] ? 'asks_again' as const : null
    return kind === null ? [] : [{ kind, assignment_id: id, collaborator_id: String(after['collaborator_id']) }]
  })
}

/** What was entered or follows from it, as far as this person may read it; of a new row what it says. */
function fieldsOf({ entity, before, after }: Write, person: Person): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(Object.keys(entity.fields)
    .filter((name) => !sameValue(before?.[name] ?? null, after[name] ?? null) && readableBy(person, entity, after, name) && (before === null || readableBy(person, entity, before, name)))
    .map((name) => [name, { from: before?.[name] ?? null, to: after[name] ?? null }]))
}

async function seenWrites(writes: readonly Write[], { lens }: Inner): Promise<Write[]> {
  const seen = []
  // What follows by itself (who will be asked) is an effect, not a change that somebody proposes.
  for (const write of writes) if (!isConsequence(write.entity) && (lens === null || (await lens.sees(write.entity, write.after)))) seen.push(write)
  return seen
}

/** What stops the gesture: severe, new, and not decided upon yet. Of what the person may not see at all they cannot be asked to answer. */
const stopping = (broken: readonly ListedConflict[], person: Person): ListedConflict[] =>
  broken.filter((one) => one.severity === 'severe' && !one.acknowledged && veil(one, (id) => person.may('project:read', id)) !== null)

/** Like conflict.override: in every project it is about. */
const mayOverride = (conflict: Conflict, person: Person): boolean => conflict.project_ids.every((id) => person.may('conflict:override', id))

function reasonFor(broken: readonly ListedConflict[], person: Person): 'none' | 'required' | 'forbidden' {
  const severe = stopping(broken, person)
  return severe.length === 0 ? 'none' : severe.every((one) => mayOverride(one, person)) ? 'required' : 'forbidden'
}

export async function previewAnswer(rehearsed: Rehearsed, inner: Inner) {
  const { person } = inner
  const seen = await seenWrites(rehearsed.writes, inner)
  const shown = (conflicts: readonly ListedConflict[]): Record<string, unknown>[] =>
    conflicts.flatMap((one) => {
      const veiled = veil(one, (id) => person.may('project:read', id))
      return veiled ? [{ ...veiled, acknowledged: one.acknowledged }] : []
    })
  const { refusal } = rehearsed
  return {
    changes: seen.slice(0, mostChanges).map((write) => ({ entity: write.entity.name, id: write.id, op: write.op, fields: fieldsOf(write, person) })),
    changed: seen.length,
    broken: shown(rehearsed.broken), mended: shown(rehearsed.mended),
    refusal: refusal && { command: refusal.command, code: refusal.failure.code, details: [...refusal.failure.details] },
    effects: effectsOf(seen), reason: reasonFor(rehearsed.broken, person), names: rehearsed.names,
  }
}

/** What a gesture that was cut must remember: which conflicts the person had answered for. */
const Noted = z.object({ overrides: z.array(z.object({ conflict_id: z.string(), fingerprint: z.string() })) })
type Noted = z.infer<typeof Noted>

/** Rehearses once more, as things stand now, and lets through what the person may do. */
async function judged(commands: Parameters<Rehearse>[0], reason: string | undefined, { inner }: Composer): Promise<Noted> {
  const { refusal, broken } = await rehearseOf(inner)(commands)
  if (refusal) throw new Refusal(refusal.failure)
  const severe = stopping(broken, inner.person)
  const names = severe.map((one) => detail('conflict', one.kind, null, one.id))
  if (severe.some((one) => !mayOverride(one, inner.person))) throw refuse('auth.forbidden', detail(null, 'permission', 'conflict:override'), ...names)
  if (severe.length > 0 && reason === undefined) throw refuse('reason.required', detail('reason', 'required'), ...names)
  return { overrides: severe.map(({ id, fingerprint }) => ({ conflict_id: id, fingerprint })) }
}

/**
 * Asked again after a cut, it goes on by what it had noted: its own writes are there already, so judging it anew would judge them. One that
 * was taken back since, by its own refusal or by the person, is over; one that had done nothing yet begins again.
 */
async function goingOn(begun: unknown, steps: readonly string[], { inner, group_id, idOf }: Composer): Promise<Noted | null> {
  const noted = Noted.safeParse(begun)
  if (!noted.success) return null
  const done = []
  for (const label of [...steps, ...noted.data.overrides.map(overrideLabel)]) if (await findCommand(inner.engine, inner.org, idOf(label))) done.push(idOf(label))
  if (done.length === 0) return null
  if (done.length < steps.length + noted.data.overrides.length)
    for (const id of done) if ((await undoneBy(inner.engine, inner.org, id)) !== null) throw refuse('undo.moved', detail('group_id', 'undone_already', null, group_id))
  return noted.data
}

const overrideLabel = ({ conflict_id }: Noted['overrides'][number]): string => `override:${conflict_id}`
const isGone = (error: unknown): boolean => error instanceof Refusal && (error.failure.code === 'conflict.not_found' || error.failure.code === 'concurrency.version_mismatch')

/** Conflicts that somebody mended or moved in the meantime are not what the reason was given for: they stay open. */
async function override({ overrides }: Noted, reason: string, { execute }: Composer): Promise<number> {
  let overridden = 0
  for (const one of overrides) {
    try {
      await execute(overrideConflict.name, { ...one, reason }, overrideLabel(one))
      overridden++
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  return overridden
}

async function apply(_: Reader, { commands, reason }: z.infer<typeof applyProposal.input>, composer: Composer) {
  const steps = commands.map((__, index) => stepLabel(index))
  const known = await goingOn(composer.begun, steps, composer)
  const noted = known ?? (await judged(commands, reason, composer))
  if (!known) await composer.begin(noted)
  const answers: unknown[] = []
  for (const [index, { operation, input }] of commands.entries()) {
    try {
      answers.push((await composer.execute(operation, input, stepLabel(index))).value)
    } catch (error) {
      await takeBack(error, composer, steps.slice(0, index).map((label) => composer.idOf(label)))
    }
  }
  return { group_id: composer.group_id, answers, overridden: await override(noted, reason ?? '', composer) }
}

export const proposalHandlers: readonly AnyHandler[] = [
  coreHandler(previewProposal, async (_, { commands }, inner) => previewAnswer(await rehearseOf(inner)(commands), inner)),
  compositeHandler(applyProposal, apply),
]
