import { detail, refuseFor } from '../errors.ts'
import { answer, handle, type Handler } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { vaultItem } from './model.ts'
import { listVaultItems, putVaultItem, removeVaultItem } from './operations.ts'

export const vaultHandlers: readonly Handler[] = [
  handle(putVaultItem, async (tx, { collaborator_id, kind, cipher, key_round }) => {
    await tx.need(collaborator, collaborator_id)
    const [held] = await tx.find(vaultItem, { collaborator_id, kind })
    const row = held ? await tx.update(vaultItem, held.id, { cipher, key_round }) : await tx.insert(vaultItem, 'item', { collaborator_id, kind, cipher, key_round })
    return { id: row.id, version: row.version }
  }),
  handle(removeVaultItem, async (tx, { collaborator_id, kind }) => {
    const [held] = await tx.find(vaultItem, { collaborator_id, kind })
    if (!held) throw refuseFor('vault_item', 'not_found', detail('kind', 'not_found', null, kind))
    await tx.remove(vaultItem, held.id)
    return { id: held.id, version: held.version + 1 }
  }),
  answer(listVaultItems, async (reader, { collaborator_id }) => {
    const rows = await reader.find(vaultItem, { collaborator_id }, { sort: ['kind'] })
    return { items: rows.map(({ id, version, kind, cipher, key_round, updated_at, updated_by }) => ({ id, version, kind, cipher, key_round, updated_at, updated_by })) }
  }),
]
