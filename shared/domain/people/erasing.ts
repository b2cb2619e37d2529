/**
 * Erasing a person: a right of theirs, once nothing in law holds them (retention.ts). Personal fields of every row of theirs are emptied, of
 * removed rows too; what they did stays, for the accounts and the register of others, without a name.
 */
import { NO_FILE } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import { contract, contractDocument, contractVersion } from '../contracts/model.ts'
import type { AnyEntity, Row } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Transaction } from '../operation.ts'
import { attachment, member, organization } from '../organization/model.ts'
import { identityPaper, vaultItem } from '../personal-data/model.ts'
import { assignment } from '../planning/model.ts'
import { entities } from '../registry.ts'
import { collaborator } from './model.ts'
import { removeCollaboratorParts } from './parts.ts'
import { holdsOf, signedHold } from './retention.ts'

type Loose = Readonly<Record<string, unknown>>

const NAMES = { fr: 'Personne effacée', en: 'Erased person' } as const
/** Cipher text of nothing: the row must have one. */
const NO_CIPHER = 'A'.repeat(60)

/** A file whose row stays, for the order of others: nothing names what was in it. */
const emptied = { name: '—', size: 0, sha256: NO_FILE }
/** What stands, in rows of the person, where nothing cannot; beside it, what is no personal field and may name them all the same. */
const instead: Readonly<Record<string, Loose>> = { [vaultItem.name]: { cipher: NO_CIPHER }, [contractDocument.name]: emptied, [contractVersion.name]: { title: null } }

/** Entities whose rows belong to a person and say something of them. */
function* personalRecords(): Generator<AnyEntity> {
  for (const entity of entities.values() as Iterable<AnyEntity>) if (entity.owner === 'collaborator_id' && Object.values(entity.fields).some(({ personal }) => personal)) yield entity
}

/** Throws `collaborator.held` with what holds them and until when, `collaborator.is_member` while they sign in here. */
async function checkFree(tx: Transaction, id: Id): Promise<void> {
  const today = localDateOf(tx.call.decided_at, 'UTC')
  const work = await tx.find(assignment, { collaborator_id: id, state: { not: 'canceled' } })
  const signed = (await tx.find(contractVersion, { collaborator_id: id })).flatMap(({ signed_at, ends_on }) => (signed_at === null ? [] : [ends_on ?? localDateOf(signed_at, 'UTC')]))
  const holds = [...holdsOf(work, today), ...signedHold(signed, today)]
  if (holds.length > 0) throw refuse('collaborator.held', ...holds.map((hold) => detail('id', hold.reason, hold.until, id)))
  const [linked] = await tx.find(member, { collaborator_id: id, status: 'active' })
  if (linked) throw refuse('collaborator.is_member', detail('id', 'member', null, linked.name))
}

/** Answers the row as it is afterwards. Erased before: nothing changes. */
export async function erasePerson(tx: Transaction, id: Id, reason: string): Promise<Row<typeof collaborator>> {
  const [person] = await tx.find(collaborator, { id }, { removed: true })
  if (!person) throw refuseFor('collaborator', 'not_found', detail('id', 'not_found', null, id))
  if (person.erased_at !== null) return person
  await checkFree(tx, id)
  tx.reason(reason)
  await removeCollaboratorParts(tx, id)
  for (const file of await tx.find(attachment, { entity: collaborator.name, entity_id: id }, { removed: true })) {
    await tx.blank(attachment, file.id, emptied)
    await tx.remove(attachment, file.id)
  }
  for (const entity of personalRecords()) {
    const rows: Loose[] = await tx.find(entity, { collaborator_id: id }, { removed: true })
    for (const row of rows) await tx.blank(entity, row['id'] as Id, instead[entity.name] ?? {})
  }
  for (const row of await tx.find(contract, { collaborator_id: id }, { removed: true })) await tx.blank(contract, row.id, { title: null })
  for (const item of await tx.find(vaultItem, { collaborator_id: id })) await tx.remove(vaultItem, item.id)
  for (const paper of await tx.find(identityPaper, { collaborator_id: id })) await tx.remove(identityPaper, paper.id)
  const { default_language } = await tx.need(organization, tx.call.org)
  const gone = { display_name: NAMES[default_language], tags: [], languages: [], status: 'inactive', retain_until: null, source: null, erased_at: tx.call.now }
  await tx.blank(collaborator, id, gone)
  const [after] = await tx.find(collaborator, { id }, { removed: true })
  if (!after) throw new Error('an erased row is still there')
  return after
}
