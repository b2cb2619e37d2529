/** Links to a sheet that were given to its people. Links of every version lead to the one that stands: they are given, and revoked, together. */
import type { Id } from '../../kernel/ids.ts'
import type { Reader } from '../operation.ts'
import { personNow } from '../publication/material.ts'
import type { RevisionRow } from './material.ts'
import { revision, sheetDelivery } from './model.ts'
import type { DeliveryRow } from './recipients.ts'

/** Of a person: the deliveries of all versions of the sheet to them, former entries of the directory among them. */
export async function linksOf(reader: Reader, { sheet_id }: Pick<RevisionRow, 'sheet_id'>): Promise<(person: Id) => DeliveryRow[]> {
  const versions = await reader.find(revision, { sheet_id, state: ['published', 'archived'] })
  const now = await personNow(reader)
  const all = await reader.find(sheetDelivery, { revision_id: versions.map(({ id }) => id) })
  return (person) => all.filter(({ collaborator_id }) => now(collaborator_id) === now(person))
}

/** Of these links; null: none was given. */
export const roundOf = (deliveries: readonly Pick<DeliveryRow, 'round'>[]): number | null => (deliveries.length === 0 ? null : Math.max(...deliveries.map(({ round }) => round ?? 1)))
