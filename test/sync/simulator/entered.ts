/**
 * The book of what people entered: the server's order of commits read again with the bytes the devices had put in their outboxes.
 * It knows no rule of the domain: it only sees who wrote which value over which, and whether the author had that one on the screen.
 */
import type Database from 'better-sqlite3'
import { isConsequence } from '../../../shared/domain/entity.ts'
import { entities } from '../../../shared/domain/registry.ts'
import { enteredFields, type CommandRecord, type RecordedRow } from '../../../shared/store/write-set.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { LawBroken, type Evidence } from './evidence.ts'
import { isLiving, rowKey, rowsOf, type Rows } from './rows.ts'
import { org } from './world.ts'

export interface LoggedLine {
  id: string
  seq: number
  name: string
  outcome: string
  actor: string
  converged: readonly { entity: string; id: string; field: string }[]
}

export function logOf(database: Database.Database, since = 0): LoggedLine[] {
  const lines = database.prepare<[string, number], { id: string; seq: number; name: string; outcome: string; actor: string; converged: string }>(
    'SELECT id, seq, name, outcome, actor, converged FROM command_log WHERE org_id = ? AND seq > ? ORDER BY seq').all(org, since)
  return lines.map((line) => ({ ...line, converged: JSON.parse(line.converged) as LoggedLine['converged'] }))
}

/** A commit of the server's own. */
export const CLOSING = 'sync.close_recovery'

interface Standing {
  living: boolean
  /** Canonical JSON of each entered value. */
  values: Map<string, string>
}
export type Book = Map<string, Standing>

export function bookOf(rows: Rows): Book {
  const book: Book = new Map()
  for (const [key, { entity, row }] of rows) book.set(key, { living: isLiving(row), values: new Map(enteredFields(entity).map((name) => [name, canonicalJson(row[name] ?? null)])) })
  return book
}
export const copyOf = (book: Book): Book => new Map([...book].map(([key, { living, values }]) => [key, { living, values: new Map(values) }]))

const UNSEEN = 'no value is overwritten that its author had not seen'

function write(book: Book, line: LoggedLine, recorded: RecordedRow, convergedFrom: (command: string, field: string) => boolean): void {
  const key = rowKey(recorded.entity, recorded.id)
  const place = `${line.name} ${line.id} on ${key}`
  const stands = book.get(key)
  const names = new Set(enteredFields(entities.get(recorded.entity) ?? missing(recorded.entity)))
  if (recorded.op === 'insert') {
    if (stands) throw new LawBroken('an id is made once', place)
    book.set(key, { living: true, values: new Map(Object.entries(recorded.fields).filter(([name]) => names.has(name)).map(([name, cell]) => [name, canonicalJson(cell.mine)])) })
    return
  }
  if (!stands) throw new LawBroken(UNSEEN, `${place}: there was no such row`)
  if (recorded.op === 'remove' && !stands.living) return
  if (recorded.op === 'update' && !stands.living) throw new LawBroken(UNSEEN, `${place}: it was removed`)
  for (const [name, cell] of Object.entries(recorded.fields)) {
    if (!names.has(name)) continue
    const found = stands.values.get(name) ?? 'null'
    const [base, mine] = [canonicalJson(cell.base), canonicalJson(cell.mine)]
    const agreed = line.converged.some((one) => one.entity === recorded.entity && one.id === recorded.id && one.field === name)
    if (agreed ? found !== mine : found !== base) throw new LawBroken(UNSEEN, `${place}: ${name} was ${found}, the author saw ${base} and wrote ${mine}`)
    if (!agreed && base !== mine && cell.from !== null && convergedFrom(cell.from, `${key}/${name}`))
      throw new LawBroken('a value that two people had given is not taken from one of them by the other', `${place}: ${name}`)
    stands.values.set(name, mine)
  }
  if (recorded.op === 'remove') stands.living = false
  if (recorded.op === 'restore') stands.living = true
}
function missing(name: string): never {
  throw new Error(`no entity ${name}`)
}

/** Rows that whoever decides makes: nobody entered anything of them. */
const isOfTheAuthority = (name: string): boolean => isConsequence(entities.get(name) ?? missing(name))
/** What the authority did by itself has no bytes in any outbox. */
function recordOfClock(database: Database.Database, { id, actor }: LoggedLine): CommandRecord | null {
  if (actor !== org) return null
  const line = database.prepare<[string, string], { record: string }>("SELECT record FROM command_log WHERE org_id = ? AND id = ? AND actor_kind = 'system'").get(org, id)
  return line ? (JSON.parse(line.record) as CommandRecord) : null
}

/** Reads the order of commits and compares what must stand in the end with what stands. */
export function judgeEntered(evidence: Evidence, before: Book): void {
  const { issued, server } = evidence
  const lines = logOf(server.database, evidence.since)
  const converged = new Map<string, Set<string>>()
  const book = copyOf(before)
  for (const line of lines) {
    converged.set(line.id, new Set(line.converged.map(({ entity, id, field }) => `${entity}/${id}/${field}`)))
    if (line.outcome !== 'applied' || line.name === CLOSING) continue
    const made = issued.get(line.id)?.command.record ?? recordOfClock(server.database, line)
    if (!made) throw new LawBroken('only what a person issued is executed, and what the clock of the authority did', `${line.name} ${line.id}`)
    for (const recorded of made.rows) if (!isOfTheAuthority(recorded.entity)) write(book, line, recorded, (command, field) => converged.get(command)?.has(field) ?? false)
  }
  const rows = rowsOf(server.database)
  for (const [key, { entity, row }] of rows) {
    if (isConsequence(entity)) continue
    const stands = book.get(key)
    if (!stands) throw new LawBroken('every entered value is in a row, a kept command or a rejection', `${key} was made by no command`)
    // Made and removed by one and the same command (overlapping blocks of one calendar): its record says that it was made.
    const stillborn = stands.living && row['deleted_at'] === row['created_at']
    if (stands.living !== isLiving(row) && !stillborn) throw new LawBroken('every entered value is in a row, a kept command or a rejection', `${key} ${stands.living ? 'is removed by no command' : 'lives again by no command'}`)
    for (const name of enteredFields(entity)) {
      const found = canonicalJson(row[name] ?? null)
      const wanted = stands.values.get(name) ?? 'null'
      if (found !== wanted) throw new LawBroken('every entered value is in a row, a kept command or a rejection', `${key} ${name} is ${found}, entered was ${wanted}`)
    }
  }
  for (const key of book.keys()) if (!rows.has(key)) throw new LawBroken('every entered value is in a row, a kept command or a rejection', `${key} is in no row`)
}
