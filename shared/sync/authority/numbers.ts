/**
 * Numbers after a restore (sync rule 31; decision 0010). A row that is done again gets the number back that devices know it by. A number whose
 * row does not come is lost for good: it is never given to another, and stands in the console until the operator says why.
 *
 * A device is not believed about a row that is here: its number is the one of the backup. Nor about a number far beyond those there are.
 */
import type { AnyEntity } from '../../domain/entity.ts'
import { detail, refuse } from '../../domain/errors.ts'
import { entities } from '../../domain/registry.ts'
import { sha256 } from '../../kernel/hashing.ts'
import { deriveId, type Id } from '../../kernel/ids.ts'
import { StoreError } from '../../store/engine.ts'
import { codecFor } from '../../store/reader.ts'
import { dropLostNumber, explainLostNumber, keepLostNumber, lostNumbers, reoffers, type LostNumber, type ToldNumber } from '../../store/sync-log.ts'
import type { MissingNumber } from '../../domain/sync/recovery.ts'
import { numberedFields } from '../numbered.ts'
import { WireCommand, type ReofferRequest } from '../wire.ts'
import type { AuthorityParts } from './parts.ts'
import { statementsOf, storedRows, type Stored } from './rows.ts'

/** How far above those that are known here a told number may be. */
const MOST_AHEAD = 50

const knownField = (name: string, field: string): { entity: AnyEntity; series: string | null } | null => numberedFields().find((one) => one.entity.name === name && one.field === field) ?? null

async function rowOf({ engine, org }: AuthorityParts, name: string, id: string): Promise<Stored | null> {
  const entity = entities.get(name)
  return entity ? ((await storedRows(engine, org, entity, { where: [{ id }] }))[0] ?? null) : null
}

/** Integers that rows of one series bear, removed rows too. */
async function numbersOf({ engine, org }: AuthorityParts, entity: AnyEntity, field: string, series: string | null): Promise<number[]> {
  const column = knownField(entity.name, field)?.series ?? null
  const rows = await storedRows(engine, org, entity, { where: column === null ? [] : [{ [column]: series }] })
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []))
}

/** What a device says it knows; kept where no row here answers for it. Inside a transaction. */
export async function tellNumbers(parts: AuthorityParts, told: ReofferRequest['numbers'], device: string): Promise<void> {
  const { engine, org } = parts
  const bounds = new Map<string, number>()
  for (const one of told) {
    const known = knownField(one.entity, one.field)
    if (!known || !known.entity.fields[one.field]?.schema.safeParse(one.number).success || (await rowOf(parts, one.entity, one.id))) continue
    const series = one.series ?? null
    const place = `${one.entity} ${one.field} ${series ?? ''}`
    if (typeof one.number === 'number') {
      const highest = bounds.get(place) ?? Math.max(0, ...(await numbersOf(parts, known.entity, one.field, series)))
      bounds.set(place, highest)
      if (one.number > highest + MOST_AHEAD) continue
    }
    await keepLostNumber(engine, org, { entity: one.entity, id: one.id, field: one.field, number: one.number, series, told_by: device, told_at: parts.now() })
  }
}

/** Gives a row the number that a device knows it by; nothing where another row has it by now. */
async function giveBack({ engine, org }: AuthorityParts, entity: AnyEntity, row: Stored, { field, number }: ToldNumber): Promise<boolean> {
  try {
    await engine.savepoint(() => engine.run(statementsOf(engine).update(entity.name, [field]), [
      codecFor(entity).encode(field, number), Number(row['version']) + 1, String(row['updated_at']), String(row['updated_by']), row['deleted_at'] === null ? null : String(row['deleted_at']), org, row.id,
    ]))
    return true
  } catch (error) {
    if (error instanceof StoreError && error.problem === 'unique') return false
    throw error
  }
}

/** Rows that came again get their numbers; answers which. Inside the transaction that made them. */
export async function returnNumbers(parts: AuthorityParts): Promise<ToldNumber[]> {
  const { engine, org } = parts
  const returned: ToldNumber[] = []
  const lines = (await lostNumbers(engine, org)).sort((a, b) => (a.number < b.number ? -1 : 1))
  // One may stand where another belongs: it goes first, and the other with the second look.
  for (const look of ['first', 'second'] as const)
    for (const line of lines.filter((one) => !returned.includes(one))) {
      const entity = entities.get(line.entity)
      const row = entity && (await rowOf(parts, line.entity, line.id))
      if (!row) continue
      const given = row[line.field] === line.number ? 'has' : (await giveBack(parts, entity, row, line)) ? 'given' : 'taken'
      if (given === 'taken' && look === 'first') continue
      await dropLostNumber(engine, org, line)
      if (given === 'given') returned.push(line)
    }
  return returned
}

const gapId = (org: Id, { entity, field, series }: Pick<ToldNumber, 'entity' | 'field' | 'series'>, number: number): Id => deriveId(org, `gap:${sha256(`${entity} ${field} ${series ?? ''} ${number}`)}`)

/** Numbers that were given and that no row bears: those a device knew, and those below them that nobody knew. `expected`: its row was offered again. */
export async function missingNumbers(parts: AuthorityParts): Promise<MissingNumber[]> {
  const { engine, org } = parts
  const lines = await lostNumbers(engine, org)
  if (lines.length === 0) return []
  const coming = new Set((await reoffers(engine, org)).flatMap(({ command }) => WireCommand.parse(JSON.parse(command)).record.rows.flatMap((row) => (row.op === 'insert' ? [`${row.entity}/${row.id}`] : []))))
  const found: MissingNumber[] = lines.map((line) => ({ ...line, id: line.id as Id, series: line.series as Id | null, expected: coming.has(`${line.entity}/${line.id}`) }))
  const series = new Map<string, LostNumber[]>()
  for (const line of lines) {
    const key = JSON.stringify([line.entity, line.field, line.series])
    series.set(key, [...(series.get(key) ?? []), line])
  }
  for (const [first, ...others] of series.values()) {
    const entity = first && entities.get(first.entity)
    if (!entity) continue
    const told = [first, ...others].flatMap(({ number }) => (typeof number === 'number' ? [number] : []))
    const taken = new Set([...told, ...(await numbersOf(parts, entity, first.field, first.series))])
    for (let number = 1; number < Math.max(0, ...told); number++)
      if (!taken.has(number))
        found.push({ entity: first.entity, field: first.field, series: first.series as Id | null, id: gapId(org, first, number), number, told_by: null, told_at: null, reason: null, recorded_by: null, recorded_at: null, expected: false })
  }
  return found.sort((a, b) => (a.entity + (a.series ?? '') < b.entity + (b.series ?? '') ? -1 : a.entity === b.entity && a.series === b.series ? (a.number < b.number ? -1 : 1) : 1))
}

/** The operator says why a number is missing. Throws `sync.number_not_missing`. */
export async function explainNumber(parts: AuthorityParts, asked: { entity: string; id: Id; field: string }, reason: string, by: string): Promise<MissingNumber> {
  const { engine, org } = parts
  return engine.transaction(async () => {
    const one = (await missingNumbers(parts)).find(({ entity, id, field }) => entity === asked.entity && id === asked.id && field === asked.field)
    if (!one) throw refuse('sync.number_not_missing', detail('id', 'not_found', null, asked.id))
    const now = parts.now()
    if (one.told_by === null) await keepLostNumber(engine, org, { ...one, told_by: by, told_at: now })
    await explainLostNumber(engine, org, one, reason, by, now)
    return { ...one, reason, recorded_by: by, recorded_at: now }
  })
}
