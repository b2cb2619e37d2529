/**
 * The Transaction handlers write through. It cannot name another organization, and no write can forget the version, the record,
 * the guards (archived project, locked mission), the references or the invariants.
 */
import { projectColumnOf, type AnyEntity, type Changes, type Entity, type Row, type Values } from '../domain/entity.ts'
import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { Condition, IgnoresLock, Transaction } from '../domain/operation.ts'
import { lawOf } from '../domain/laws.ts'
import { entities } from '../domain/registry.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { CallContext } from '../domain/call-context.ts'
import { StoreError } from './engine.ts'
import { insertRows } from './insert-rows.ts'
import { codecFor, createReader, type ReadAccess } from './reader.ts'
import { uniqueIndexName } from './schema.ts'
import { keyOf, sameValue, type Write } from './write-set.ts'

type Loose = Record<string, unknown>

export interface WriteAccess extends Omit<ReadAccess, 'lens'> {
  /** Opens archived projects and locked missions (unarchive, unlock, cancel). */
  ignoresLock: IgnoresLock
  /** Fields of the row changed by others after the version that was read. Null: a command decided by its record; two devices number the versions of one row differently. */
  changedSince: ((entity: AnyEntity, id: Id, version: number) => Promise<ReadonlySet<string>>) | null
  /** `look`: this store has no unique index (a replica), so that each write looks first. */
  uniqueBy: 'index' | 'look'
  /** Rows read beforehand inside the same transaction, by `keyOf`, removed ones included: not read again one by one. */
  stood?: ReadonlyMap<string, Readonly<Loose>> | undefined
}

export interface OpenTransaction extends Transaction {
  /** Every row written so far, once, in order of first write. */
  writes(): Write[]
  givenReason(): string | null
  givenPerson(): Id | null
  /** Asks the laws between rows of everything written: last, when nothing is half done any more. */
  checkLaws(): Promise<void>
  /** Writes a field set decided elsewhere (undo, replay of a record) under the same guards. */
  put(entity: AnyEntity, id: Id, changes: Loose): Promise<void>
  /** These missions and projects may be written though locked or archived: the command undone had closed them, or (`all`) did not mind. */
  open(ids: ReadonlySet<string> | 'all'): void
}

/** What deletes or refuses in the database's words, said in ours. */
export function refusalOf(error: unknown, entity: AnyEntity, kind: 'taken' | 'not_restorable'): unknown {
  if (!(error instanceof StoreError)) return error
  if (error.problem !== 'unique') return error
  const index = entity.unique.findIndex((_, position) => uniqueIndexName(entity, position) === error.object)
  const columns = entity.unique[index]
  if (!columns) return error
  return refuseFor(entity.name, kind, ...columns.map((column) => detail(column, 'taken')))
}

export function openTransaction(call: CallContext, access: WriteAccess): OpenTransaction {
  const { engine, statements } = access
  const reader = createReader(call, { ...access, lens: null })
  const cache = new Map<string, Loose>()
  const writes = new Map<string, Write>()
  let reasonGiven: string | null = null
  let personGiven: Id | null = null
  let opened: ReadonlySet<string> = new Set()
  let { ignoresLock } = access

  async function load(entity: AnyEntity, id: Id): Promise<Loose | null> {
    const key = keyOf(entity.name, id)
    const known = cache.get(key)
    if (known) return known
    const stood = access.stood?.get(key)
    if (stood) access.onRead?.(entity, [id])
    const found = stood ?? (await reader.find(entity, { id }, { removed: true }))[0]
    if (!found) return null
    cache.set(key, found)
    return found
  }
  async function living(entity: AnyEntity, id: Id): Promise<Loose | null> {
    const row = await load(entity, id)
    return row && row['deleted_at'] === null ? row : null
  }

  async function guard(entity: AnyEntity, row: Loose, changed: readonly string[]): Promise<void> {
    const whole = entity.partOf === null ? undefined : entities.get(entity.partOf)
    const wholeId = row[`${entity.partOf}_id`]
    const wholeRow = whole?.frozen && typeof wholeId === 'string' ? await load(whole, wholeId as Id) : null
    const frozen = entity.frozen?.(row, changed) ?? (wholeRow && whole?.frozen?.(wholeRow, 'part')) ?? null
    if (frozen !== null) throw refuse(frozen, ...changed.map((name) => detail(name, 'frozen')))
    // Opening an archived project is the only write it accepts; opening a lock does not open the project around it.
    // Who may read an archived project goes on changing.
    const column = entity.name === 'role_binding' ? null : projectColumnOf(entity)
    const projectId = column === null ? null : row[column]
    if (typeof projectId === 'string' && ignoresLock !== 'archived' && !(ignoresLock && entity.name === 'project') && !opened.has(projectId)) {
      const project = await load(entityOf('project'), projectId as Id)
      if (project?.['status'] === 'archived') throw refuse('project.archived', detail(null, 'archived', null, String(project['name'])))
    }
    if (ignoresLock) return
    // A dependency is part of the mission that waits.
    const missionId = entity.name === 'mission' ? row['id'] : entity.name === 'dependency' ? row['after_mission_id'] : row['mission_id']
    if (typeof missionId === 'string' && !opened.has(missionId) && entity.scope !== 'organization') {
      const mission = await load(entityOf('mission'), missionId as Id)
      if (mission?.['locked'] === true) throw refuse('mission.locked', detail(null, 'locked', null, String(mission['title'])))
    }
  }
  /** `goneAt`: when the row had been removed, of one that comes back; what it named that was gone by then was gone for it all along. */
  async function checkReferences(entity: AnyEntity, row: Loose, changed: readonly string[], goneAt: unknown = null): Promise<void> {
    for (const name of changed) {
      const target = entities.get(entity.fields[name]?.references ?? '')
      const id = row[name]
      if (!target || typeof id !== 'string') continue
      const there = await load(target, id as Id)
      const found = there && (there['deleted_at'] === null || (typeof goneAt === 'string' && String(there['deleted_at']) < goneAt)) ? there : null
      const elsewhere = found && entity.scope !== 'organization' && target.scope !== 'organization' && found['project_id'] !== row['project_id']
      const otherMission = found && entity.scope === 'mission' && target.scope === 'mission' && found['mission_id'] !== row['mission_id']
      if (!found || elsewhere || otherMission) throw refuse('validation.reference', detail(name, 'not_found', target.name, id))
    }
  }
  /** Nothing lives in a mission or a project that was removed. */
  async function checkPlace(entity: AnyEntity, row: Loose): Promise<void> {
    for (const [column, name, scopes] of [['project_id', 'project', ['project', 'mission']], ['mission_id', 'mission', ['mission']]] as const) {
      if (!(scopes as readonly string[]).includes(entity.scope)) continue
      const id = row[column]
      const found = typeof id === 'string' ? await living(entityOf(name), id as Id) : null
      if (!found) throw refuse('validation.reference', detail(column, 'not_found', name, String(id)))
    }
  }
  /** A refusal shows no column that the person may not read. */
  function mayRead(entity: AnyEntity, row: Loose, name: string): boolean {
    const permission = entity.fields[name]?.readable ?? null
    const own = entity.owner !== null && call.collaborator_id !== null && row[entity.owner] === call.collaborator_id
    return permission === null || access.may(permission, (row['project_id'] as Id | undefined) ?? null, own)
  }
  function checkInvariants(entity: AnyEntity, row: Loose): void {
    const violations = entity.invariants(row)
    const first = violations[0]
    if (!first) return
    throw refuse(first.code, ...violations.map((one) => detail(one.field, one.code, null, one.found ?? null)))
  }
  /** Where the database does not say so itself. An invisible row that holds the value is for the server to find. */
  async function checkUnique(entity: AnyEntity, row: Loose, kind: 'taken' | 'not_restorable'): Promise<void> {
    if (access.uniqueBy === 'index') return
    for (const columns of entity.unique) {
      const where = Object.fromEntries(columns.map((column) => [column, (row[column] ?? null) as Condition]))
      const others: Loose[] = await reader.find(entity, where, { limit: 2 })
      if (others.some((other) => other['id'] !== row['id'])) throw refuseFor(entity.name, kind, ...columns.map((column) => detail(column, 'taken')))
    }
  }
  function remember(entity: AnyEntity, op: Write['op'], before: Loose | null, after: Loose): void {
    const id = after['id'] as Id
    const key = keyOf(entity.name, id)
    cache.set(key, after)
    const former = writes.get(key)
    if (!former) writes.set(key, { entity, id, op, before, after })
    else writes.set(key, { ...former, op: former.op === 'update' ? op : former.op, after })
  }
  async function newRow(entity: AnyEntity, label: string, given: Loose): Promise<Loose> {
    const id = deriveId(call.seed, label)
    const row: Loose = { org_id: call.org, id: entity.name === 'organization' ? call.org : id }
    if (entity.scope !== 'organization') row['project_id'] = given['project_id']
    if (entity.scope === 'mission') row['mission_id'] = given['mission_id']
    for (const [name, field] of Object.entries(entity.fields)) {
      const value = given[name]
      if (value === undefined && field.initial === undefined) throw new Error(`${entity.name}.${name} must be given`)
      row[name] = value === undefined ? field.initial : value
    }
    Object.assign(row, { version: 1, created_at: call.now, created_by: call.actor, updated_at: call.now, updated_by: call.actor, deleted_at: null })
    checkInvariants(entity, row)
    await guard(entity, row, [])
    await checkPlace(entity, row)
    await checkReferences(entity, row, Object.keys(entity.fields))
    await checkUnique(entity, row, 'taken')
    return row
  }
  async function writeNew(entity: AnyEntity, rows: readonly Loose[]): Promise<void> {
    const codec = codecFor(entity)
    try {
      await insertRows(engine, statements.into(entity.name, codec), rows.map((row) => codec.names.map((name) => codec.encode(name, row[name]))))
    } catch (error) {
      throw refusalOf(error, entity, 'taken')
    }
    for (const row of rows) remember(entity, 'insert', null, row)
  }
  async function save(entity: AnyEntity, before: Loose, changes: Loose, op: Write['op']): Promise<Loose> {
    const id = before['id'] as Id
    const written = writes.has(keyOf(entity.name, id))
    const after: Loose = {
      ...before, ...changes,
      version: Number(before['version']) + (written ? 0 : 1), updated_at: call.now, updated_by: call.actor,
    }
    const columns = Object.keys(changes).filter((name) => name !== 'deleted_at')
    if (op !== 'remove') checkInvariants(entity, after)
    if (op === 'restore') await checkPlace(entity, after)
    await checkReferences(entity, after, op === 'restore' ? Object.keys(entity.fields) : columns, op === 'restore' ? before['deleted_at'] : null)
    if (op === 'restore' || entity.unique.some((unit) => unit.some((name) => columns.includes(name)))) await checkUnique(entity, after, op === 'restore' ? 'not_restorable' : 'taken')
    const codec = codecFor(entity)
    try {
      await engine.run(statements.update(entity.name, columns), [
        ...columns.map((name) => codec.encode(name, after[name])),
        codec.encode('version', after['version']), call.now, call.actor, codec.encode('deleted_at', after['deleted_at']), call.org, id,
      ])
    } catch (error) {
      throw refusalOf(error, entity, op === 'restore' ? 'not_restorable' : 'taken')
    }
    remember(entity, op, before, after)
    return after
  }
  async function change(entity: AnyEntity, id: Id, wanted: Loose): Promise<Loose> {
    const row = await living(entity, id)
    if (!row) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
    const changes: Loose = {}
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined && !sameValue(row[name], value)) changes[name] = value
    if (Object.keys(changes).length === 0) return row
    await guard(entity, row, Object.keys(changes))
    return save(entity, row, changes, 'update')
  }

  return {
    ...reader,
    id: (label) => deriveId(call.seed, label),
    async get<E extends Entity>(entity: E, id: Id) {
      return (await living(entity, id)) as Row<E> | null
    },
    async need<E extends Entity>(entity: E, id: Id) {
      const row = await living(entity, id)
      if (!row) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
      return row as Row<E>
    },
    async insert<E extends Entity>(entity: E, label: string, values: Values<E>) {
      const row = await newRow(entity, label, values)
      await writeNew(entity, [row])
      return row as Row<E>
    },
    async insertMany<E extends Entity>(entity: E, many: readonly { label: string; values: Values<E> }[]) {
      const rows: Loose[] = []
      // Without an index each looks for itself among those written before it.
      const together = access.uniqueBy === 'index' || entity.unique.length === 0
      for (const { label, values } of many) {
        const row = await newRow(entity, label, values)
        rows.push(row)
        if (!together) await writeNew(entity, [row])
      }
      if (together) await writeNew(entity, rows)
      return rows as Row<E>[]
    },
    async update<E extends Entity>(entity: E, id: Id, changes: Changes<E>) {
      return (await change(entity, id, changes)) as Row<E>
    },
    async put(entity, id, changes) {
      await change(entity, id, changes)
    },
    async blank(entity, id, instead = {}) {
      const row = await load(entity, id)
      if (!row) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
      const personal = Object.entries(entity.fields).filter(([, field]) => field.personal)
      const wanted = { ...Object.fromEntries(personal.map(([name, field]) => [name, field.nullable ? null : field.initial])), ...instead }
      const changes = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !sameValue(row[name], value)))
      const left = personal.find(([name]) => wanted[name] === undefined)
      if (left) throw new Error(`${entity.name}.${left[0]} cannot be empty`)
      if (Object.keys(changes).length > 0) await save(entity, row, changes, 'update')
    },
    async remove(entity, id) {
      const row = await load(entity, id)
      if (!row) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
      if (row['deleted_at'] !== null) return
      await guard(entity, row, ['deleted_at'])
      await save(entity, row, { deleted_at: call.now }, 'remove')
    },
    async restore<E extends Entity>(entity: E, id: Id) {
      const row = await load(entity, id)
      if (!row) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
      if (row['deleted_at'] === null) return row as Row<E>
      await guard(entity, row, ['deleted_at'])
      return (await save(entity, row, { deleted_at: null }, 'restore')) as Row<E>
    },
    async checkVersion(entity, row, versionRead, fields) {
      if (access.changedSince === null || row.version === versionRead) return
      const found = row as unknown as Loose
      const changed = await access.changedSince(entity, row.id, versionRead)
      const disputed = fields.filter((name) => {
        // Nobody has read a version that is not written yet.
        if (versionRead > row.version) return true
        const unit = entity.units.find((one) => one.includes(name)) ?? [name]
        return unit.some((one) => changed.has(one))
      })
      if (disputed.length === 0) return
      throw refuse('concurrency.version_mismatch', ...disputed.map((name) =>
        detail(name, 'changed_since', String(versionRead), mayRead(entity, found, name) ? JSON.stringify(found[name] ?? null) : null)))
    },
    reason(text) {
      reasonGiven = text
    },
    onBehalfOf(collaborator) {
      personGiven = collaborator
    },
    open(ids) {
      if (ids === 'all') ignoresLock = 'archived'
      else opened = ids
    },
    async checkLaws() {
      for (const { entity, before, after } of writes.values()) if (after['deleted_at'] === null) await lawOf(entity)?.(reader, after, before)
    },
    writes: () => [...writes.values()],
    givenReason: () => reasonGiven,
    givenPerson: () => personGiven,
  }
}

function entityOf(name: string): AnyEntity {
  const found = entities.get(name)
  if (!found) throw new Error(`no entity ${name}`)
  return found
}
