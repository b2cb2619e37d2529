/**
 * What was removed with a record comes back with it: the rows of the same command carry the same instant. A row that was removed on
 * its own, before, stays removed; so does one that names a record which is no longer there (a crew role taken out of the catalogue).
 */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { AnyEntity } from './entity.ts'
import type { Transaction, Where } from './operation.ts'
import { entities } from './registry.ts'

type Loose = Readonly<Record<string, unknown>>

async function refersToLiving(tx: Transaction, entity: AnyEntity, row: Loose): Promise<boolean> {
  for (const [name, field] of Object.entries(entity.fields)) {
    const target = entities.get(field.references ?? '')
    const id = row[name]
    if (target && typeof id === 'string' && (await tx.get(target, id as Id)) === null) return false
  }
  return true
}

/** Brings back the rows removed at `at`; answers those that came back. */
export async function restoreParts(tx: Transaction, entity: AnyEntity, where: Where, at: Instant): Promise<Id[]> {
  const back: Id[] = []
  const removed: Loose[] = await tx.find(entity, { ...where, deleted_at: at }, { removed: true, sort: ['id'] })
  for (const row of removed) {
    if (!(await refersToLiving(tx, entity, row))) continue
    await tx.restore(entity, row['id'] as Id)
    back.push(row['id'] as Id)
  }
  return back
}

/** The record with its removed rows: when it was removed, null when it is there. */
export async function removedAt(tx: Transaction, entity: AnyEntity, id: Id): Promise<Instant | null> {
  const [row]: Loose[] = await tx.find(entity, { id }, { removed: true })
  return (row?.['deleted_at'] as Instant | null | undefined) ?? null
}
