import { detail, refuseFor } from '../errors.ts'
import { answer, handle, type Handler } from '../operation.ts'
import { collaborator } from '../people/model.ts'
import { identityPaper, vaultItem } from './model.ts'
import { listPapers, listVaultItems, putPaper, putVaultItem, removePaper, removeVaultItem } from './operations.ts'

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
  handle(putPaper, async (tx, { collaborator_id, expires_on = null, ...sealed }) => {
    await tx.need(collaborator, collaborator_id)
    const row = await tx.insert(identityPaper, 'paper', { collaborator_id, expires_on, ...sealed })
    return { id: row.id, version: row.version }
  }),
  handle(removePaper, async (tx, { collaborator_id, id }) => {
    const held = await tx.get(identityPaper, id)
    if (held?.collaborator_id !== collaborator_id) throw refuseFor('identity_paper', 'not_found', detail('id', 'not_found', null, id))
    // A removed row still names its file, which would stay: it says nothing of one first.
    await tx.update(identityPaper, id, { sha256: null, size: 0 })
    await tx.remove(identityPaper, id)
    return { id, version: held.version + 2 }
  }),
  answer(listPapers, async (reader, { collaborator_id }) => {
    const rows = await reader.find(identityPaper, { collaborator_id }, { sort: ['kind', 'created_at'] })
    return { items: rows.map(({ id, version, kind, expires_on, sha256, size, key_round, created_at, updated_by }) => ({ id, version, kind, expires_on, sha256, size, key_round, created_at, updated_by })) }
  }),
]
