/** Pages that have come and do not count yet (sync rule 19), and the brake: absence removes nothing, and many tombstones ask first. */
import { entities } from '../../domain/registry.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { countRows, rowOf } from '../../store/replica-store.ts'
import { BRAKE_FLOOR, BRAKE_SHARE, PullPage, trailerOf, type OutcomeChange, type RowChange } from '../wire.ts'

export interface StageEnd {
  epoch: number
  seq: number
  scope: string | null
}

/** Without a trailer that fits, a page did not arrive. */
export function isWhole(page: PullPage): boolean {
  const { count, digest } = trailerOf(page)
  return page.trailer.count === count && page.trailer.digest === digest
}
export const continues = (page: PullPage, end: StageEnd): boolean => page.from.epoch === end.epoch && page.from.seq === end.seq && page.from_scope === end.scope && page.to.epoch === end.epoch

export interface Staged {
  /** The newest change of each row. */
  rows: RowChange[]
  outcomes: OutcomeChange[]
  events: PullPage['events']
  commands: string[] | null
  end: { seq: number; scope: string }
}

/** All pages of a stage as one; a row that came twice counts once, by its sequence. */
export function gather(pages: readonly string[]): Staged | null {
  const rows = new Map<string, RowChange>()
  const outcomes = new Map<string, OutcomeChange>()
  const events: PullPage['events'] = []
  let commands: string[] | null = null
  let end: Staged['end'] | null = null
  for (const text of pages) {
    const page = PullPage.parse(JSON.parse(text))
    for (const change of page.rows) {
      const key = `${change.entity}/${change.id}`
      const known = rows.get(key)
      if (!known || known.seq <= change.seq) rows.set(key, change)
    }
    for (const outcome of page.outcomes) outcomes.set(outcome.id, outcome)
    events.push(...page.events)
    commands = page.commands ?? commands
    end = { seq: page.to.seq, scope: page.scope }
  }
  return end && { rows: [...rows.values()], outcomes: [...outcomes.values()].sort((a, b) => a.seq - b.seq), events, commands, end }
}

export interface Brake {
  removed: number
  held: number
}

/** Living rows here that would become tombstones, of how many: null when it is not much. */
export async function brakeOn(engine: Engine, org: Id, rows: readonly RowChange[]): Promise<Brake | null> {
  const tombstones = rows.filter((change) => 'row' in change && change.row['deleted_at'] !== null && entities.has(change.entity))
  if (tombstones.length < BRAKE_FLOOR * BRAKE_SHARE) return null
  let removed = 0
  for (const { entity: name, id } of tombstones) {
    const entity = entities.get(name)
    if (entity && (await rowOf(engine, org, entity, id))?.['deleted_at'] === null) removed += 1
  }
  const held = await heldRows(engine, org)
  return held >= BRAKE_FLOOR && removed > held * BRAKE_SHARE ? { removed, held } : null
}

/** Living rows here. */
export async function heldRows(engine: Engine, org: Id): Promise<number> {
  let held = 0
  for (const entity of entities.values()) held += await countRows(engine, org, entity)
  return held
}
