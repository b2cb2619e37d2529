/**
 * The fast rebase beside the whole one (rule 25): now and then a replica's file is copied just before a page takes effect, the copy takes
 * the same page the whole way, and both must hold the same rows, the same rows beneath and foresee the same outcomes.
 */
import type Database from 'better-sqlite3'
import type { Replica } from '../../../shared/sync/contracts.ts'
import { LawBroken } from './evidence.ts'
import { memoryDatabase, type MemoryDatabase } from './mortal.ts'
import { difference, rowsOf, serverRowsOf, type Rows } from './rows.ts'
import { org } from './world.ts'

const LAW = 'the fast rebase leaves what the whole one does'

function compare(what: string, fast: Rows, whole: Rows): void {
  for (const [key, { row }] of fast) {
    const other = whole.get(key)
    const differs = other ? difference(row, other.row) : 'not there'
    if (differs !== null) throw new LawBroken(LAW, `${what} ${key} (fast / whole): ${differs}`)
  }
  for (const key of whole.keys()) if (!fast.has(key)) throw new LawBroken(LAW, `${what} ${key} is there only after the whole one`)
}
/** Versions may run ahead by what each way showed in between (they are raised above what was on the screen, never lowered). */
const versionless = (rows: Rows): Rows => new Map([...rows].map(([key, { entity, row }]) => [key, { entity, row: { ...row, version: 0 } }]))

function foreseen(database: Database.Database): Map<string, string> {
  return new Map(database.prepare<[string], { id: string; outcome: string; converged: string }>('SELECT id, outcome, converged FROM replica_pending WHERE org_id = ?').all(org).map(({ id, outcome, converged }) => [id, `${outcome} ${converged}`]))
}

export function sameFiles(fast: Database.Database, whole: Database.Database): void {
  compare('beneath,', serverRowsOf(fast), serverRowsOf(whole))
  compare('shown,', versionless(rowsOf(fast)), versionless(rowsOf(whole)))
  const [one, other] = [foreseen(fast), foreseen(whole)]
  for (const [id, outcome] of one) if (other.get(id) !== outcome) throw new LawBroken(LAW, `${id} is foreseen as ${outcome}, the whole way as ${other.get(id) ?? 'settled'}`)
  if (one.size !== other.size) throw new LawBroken(LAW, `${one.size} unsettled commands, the whole way ${other.size}`)
}

export interface TwinOptions {
  database: Database.Database
  outbox: Database.Database
  /** The same file opened by the whole way, with an outbox of its own. */
  openWhole(file: MemoryDatabase, outbox: MemoryDatabase): Promise<Replica>
  /** Whether this page is to be compared. */
  chosen(): boolean
  failed(error: unknown): void
}

export function withTwin(replica: Replica, { database, outbox, openWhole, chosen, failed }: TwinOptions): Replica {
  return {
    ...replica,
    async take(page) {
      if (!chosen()) return replica.take(page)
      if (page.has_more) {
        const before = rowsOf(database)
        const taken = await replica.take(page)
        for (const [key, { row }] of rowsOf(database)) {
          const was = before.get(key)
          if (!was || difference(was.row, row) !== null) failed(new LawBroken('a screen never shows half of what came', key))
        }
        return taken
      }
      // A file that is opened takes in what others did on its computer meanwhile.
      await replica.catchUp()
      const [file, box] = [memoryDatabase(database.serialize()), memoryDatabase(outbox.serialize())]
      try {
        const taken = await replica.take(page)
        const twin = await openWhole(file, box)
        const other = await twin.take(page)
        if (taken !== other) throw new LawBroken(LAW, `a page was ${taken}, the whole way ${other}`)
        sameFiles(database, file.database)
        return taken
      } catch (error) {
        if (error instanceof LawBroken) failed(error)
        throw error
      } finally {
        file.close()
        box.close()
      }
    },
  }
}
