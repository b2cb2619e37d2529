/**
 * What some commands would do, told by doing them and taking them back (decision 0009, point 3). They run one after another in one
 * transaction, by the person's own rights, with the ids they would have; the conflicts of whoever they touch are computed from the rows
 * as they then are; the transaction is rolled back. Nothing of it is logged, announced or searched; keys made inside go with it.
 */
import type { CallContext } from '../domain/call-context.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { AnyOperation, Reader } from '../domain/operation.ts'
import { conflictsOf, type ListedConflict } from '../domain/planning/conflict-index.ts'
import { compareConflicts, isAcknowledged, severities, veil, type Conflict } from '../domain/planning/conflicts.ts'
import { assignment, conflictDecision } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import { Refusal, type Failure } from '../kernel/result.ts'
import type { Engine } from '../store/engine.ts'
import type { Lens } from '../store/reader.ts'
import { personKeys, type PersonKeys } from '../store/sealing.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { sameValue, type Write } from '../store/write-set.ts'
import { authorize, holdsSomewhere } from './authorize.ts'
import { namesOf } from './conflict-handlers.ts'
import { conflictSource } from './conflict-source.ts'
import { affectedBy, type ConflictWatch } from './conflict-watch.ts'
import type { AnyHandler, CoreHandler, Inner } from './core-handler.ts'
import type { Ledger } from './ledger.ts'
import { lensOf } from './lens.ts'
import { stepLabel, type ProposedCommand, type Rehearse, type Rehearsed } from './rehearsed.ts'
import type { Person, Session } from './session.ts'

/** What the organization's core lends. Reads and writes are of the writing connection. */
interface RehearsalParts {
  engine: Engine
  org: Id
  handlers: ReadonlyMap<string, AnyHandler>
  ledger: Ledger
  random: (bytes: number) => Uint8Array
  conflicts: ConflictWatch
  parse(operation: AnyOperation, input: unknown): unknown
  readerOf(call: CallContext, asker: Person | null, lens: Lens | null): Reader
  openWrites(operation: AnyOperation, call: CallContext, asker: Person | null, changedSince: (entity: AnyEntity, id: Id, version: number) => Promise<ReadonlySet<string>>): OpenTransaction
  innerOf(asker: Person | null, keys: PersonKeys, all: Reader): Inner | null
  byRightsOfNow(known: Person, call: CallContext, session: Session, rightsKnown: number): Promise<Person>
  commandId(session: Session, key: string): Id
}
interface Asking {
  call: CallContext
  known: Person
  session: Session
  rightsKnown: number
  /** Key of the call: those of its commands begin with it. */
  key: string
  /**
   * Told of a command that the person may not issue at all, or that names what they may not see: looking for what one may or may not find
   * leaves the same trace whether it is done or only rehearsed. What a command itself refuses (a lock, a state, somebody only a manager
   * may release) leaves none: finding that out is what a rehearsal is for. Absent: the refusal is thrown on, and traced there.
   */
  denied?: (operation: AnyOperation, failure: Failure) => Promise<void>
}

/** What can be taken back and is one command; anything else is no proposal. */
function handlerOf(handlers: RehearsalParts['handlers'], { operation: name }: ProposedCommand, index: number): CoreHandler {
  const field = `commands.${index}.operation`
  const handler = handlers.get(name)
  if (!handler) throw refuse('validation.unknown_operation', detail(field, 'unknown', null, name))
  if ('compose' in handler || handler.operation.kind === 'query' || !handler.operation.undoable) throw refuse('validation.invalid', detail(field, 'not_allowed', null, name))
  return { operation: handler.operation, run: handler.run }
}

/** Each row once, from before the first command to after the last; a row made and removed again, or as it was, is no change. */
function together(steps: readonly Write[]): Write[] {
  const rows = new Map<string, Write>()
  for (const write of steps) {
    const key = `${write.entity.name}/${write.id}`
    const former = rows.get(key)
    rows.set(key, former ? { ...former, after: write.after, op: former.op === 'insert' ? 'insert' : write.op === 'update' ? former.op : write.op } : write)
  }
  return [...rows.values()].filter(({ entity, op, before, after }) =>
    op === 'insert' ? after['deleted_at'] === null : [...Object.keys(entity.fields), 'deleted_at'].some((name) => !sameValue(before?.[name], after[name])))
}

/** Fields of a row that former commands of the proposal changed after the version read: the log, which says so otherwise, has none of them. */
const changedByFormer = (steps: readonly Write[], entity: AnyEntity, id: Id, version: number): string[] =>
  steps.filter((write) => write.id === id && write.entity.name === entity.name && Number(write.after['version']) > version)
    .flatMap(({ before, after }) => Object.keys(entity.fields).filter((name) => !sameValue(before?.[name], after[name])))

const gravity = ({ severity }: Conflict): number => severities.indexOf(severity)
const gravestFirst = (a: Conflict, b: Conflict): number => gravity(b) - gravity(a) || compareConflicts(a, b)

async function acknowledgedIn(reader: Reader, conflicts: readonly Conflict[]): Promise<ListedConflict[]> {
  const rows = conflicts.length === 0 ? [] : await reader.find(conflictDecision, { conflict_id: conflicts.map(({ id }) => id) })
  const decided = new Map(rows.map((row) => [row.conflict_id, { id: row.conflict_id, fingerprint: row.fingerprint }]))
  return conflicts.map((conflict) => ({ ...conflict, acknowledged: isAcknowledged(conflict, decided.get(conflict.id)) }))
}

const nothing: Rehearsed = { writes: [], refusal: null, broken: [], mended: [], names: { people: {}, missions: {}, locations: {} } }

export function createRehearsal(parts: RehearsalParts): (asking: Asking) => Rehearse {
  const { engine, org } = parts

  /** The conflicts that come and go with these writes: the index is as the file, the file is as it would be. */
  async function difference(call: CallContext, asker: Person, writes: readonly Write[]): Promise<Pick<Rehearsed, 'broken' | 'mended' | 'names'>> {
    const reader = parts.readerOf(call, asker, null)
    const affected = await affectedBy(reader, writes)
    const owners = affected === 'everything' ? affected : { people: [...affected.people], missions: [...affected.missions], locations: [...affected.locations] }
    const before = new Map((await parts.conflicts.current()).held(owners === 'everything' ? 'all' : owners).map((one) => [one.id, one]))
    const after = new Map((await conflictsOf(conflictSource(reader, () => call.now), owners === 'everything' ? 'all' : owners)).map((one) => [one.id, one]))
    const graver = (a: Conflict, b: Conflict | undefined): boolean => b === undefined || gravity(a) > gravity(b)
    const broken = await acknowledgedIn(reader, [...after.values()].filter((one) => graver(one, before.get(one.id))).sort(gravestFirst))
    const mended = [...before.values()].filter((one) => graver(one, after.get(one.id))).sort(gravestFirst)
    const seen = [...broken, ...mended].flatMap((one) => veil(one, (id) => asker.may('project:read', id)) ?? [])
    // Also of whom the gesture is about: they are asked again, released or planned.
    const concerned = writes.filter(({ entity }) => entity.name === assignment.name).map(({ after }) => ({ person_id: String(after['collaborator_id']), location_id: null, mission_ids: [] }))
    return { broken, mended, names: await namesOf(parts.readerOf(call, asker, lensOf(asker, reader, new Set())), [...seen, ...concerned]) }
  }

  return ({ call, known, session, rightsKnown, key, denied }) => async (commands) => {
    const handlers = commands.map((command, index) => handlerOf(parts.handlers, command, index))
    // A first computation takes its time: before the turn, not in it.
    await parts.conflicts.current()
    const takenBack = new Error('taken back')
    const found: Rehearsed[] = []
    const probed: { operation: AnyOperation; failure: Failure }[] = []

    const run = async (): Promise<Rehearsed> => {
      const asker = await parts.byRightsOfNow(known, call, session, rightsKnown)
      const keys = personKeys(engine, org, parts.random)
      const steps: Write[] = []
      for (const [index, { operation, run: doing }] of handlers.entries()) {
        const id = parts.commandId(session, `${key}:${stepLabel(index)}`)
        const mine: CallContext = { ...call, command_id: id, seed: id }
        const reader = parts.readerOf(mine, asker, null)
        let authorized = false
        try {
          if (session.see_as) throw refuse('auth.seeing_as', detail(null, 'role', null, session.see_as.role))
          holdsSomewhere(asker, session, operation)
          const input = parts.parse(operation, commands[index]?.input)
          await authorize(asker, operation, input, reader, lensOf(asker, reader, new Set()))
          authorized = true
          const tx = parts.openWrites(operation, mine, asker, async (entity, row, version) =>
            new Set([...(await parts.ledger.changedSince(entity, row, version)), ...changedByFormer(steps, entity, row, version)]))
          await doing(tx, input, parts.innerOf(asker, keys, reader) as Inner)
          steps.push(...tx.writes())
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const { failure } = error
          if (!authorized || failure.code.endsWith('.not_found') || failure.code === 'validation.reference') probed.push({ operation, failure })
          return { ...nothing, refusal: { command: index, failure } }
        }
      }
      const writes = together(steps)
      return { writes, refusal: null, ...(await difference(call, asker, writes)) }
    }
    try {
      await engine.transaction(async () => {
        found.push(await run())
        throw takenBack
      })
    } catch (error) {
      if (error !== takenBack) throw error
    }
    for (const { operation, failure } of probed) await denied?.(operation, failure)
    return found[0] ?? nothing
  }
}
