/** Making one person of two: everything that names the second names the first afterwards, and no fact about either is lost. */
import type { Id } from '../../kernel/ids.ts'
import type { AnyEntity, Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import type { Reader, Transaction } from '../operation.ts'
import { attachment } from '../organization/model.ts'
import { isBusyTime } from '../planning/busy.ts'
import { entities } from '../registry.ts'
import { clearBlocks, restOf } from './blocks.ts'
import { checkMergedLink } from './linking.ts'
import { mergedFields, type MergedField } from './merge-operations.ts'
import { vaultItem } from '../personal-data/model.ts'
import { planNotice } from '../publication/model.ts'
import { notificationPreference } from '../notifications/model.ts'
import { readinessRequest } from '../readiness/model.ts'
import { sheetDelivery } from '../runsheets/model.ts'
import { availability, collaborator, collaboratorRole, collaboratorSkill, consent } from './model.ts'

type Loose = Readonly<Record<string, unknown>>

/** Records of which a person has one per role, skill, purpose or time: merged by their own rules. */
const ruled: ReadonlySet<string> = new Set([collaborator, collaboratorRole, collaboratorSkill, consent, availability, planNotice, vaultItem, sheetDelivery, notificationPreference, readinessRequest].map(({ name }) => name))

/** Columns by which records point to a person, those of their own rules left out. */
function* pointers(): Generator<{ entity: AnyEntity; column: string }> {
  for (const entity of entities.values() as Iterable<AnyEntity>) {
    if (ruled.has(entity.name)) continue
    for (const [column, field] of Object.entries(entity.fields)) if (field.references === collaborator.name) yield { entity, column }
  }
}

/** Every other column that points to a person, and the files kept with them. */
async function moveReferences(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  for (const { entity, column } of pointers()) {
    const rows: Loose[] = await tx.find(entity, { [column]: merged })
    // Times of work the person may not see: no such row is anywhere else. The server moves the work itself.
    for (const row of rows) if (!isBusyTime({ created_by: row['created_by'] })) await tx.update(entity, row['id'] as Id, { [column]: kept })
  }
  for (const file of await tx.find(attachment, { entity: collaborator.name, entity_id: merged })) await tx.update(attachment, file.id, { entity_id: kept })
}

/** How many records would move, by entity and column. `reader` sees everything. */
export async function movesOf(reader: Reader, merged: Id): Promise<{ entity: string; column: string; count: number }[]> {
  const found = []
  for (const { entity, column } of pointers()) found.push({ entity: entity.name, column, count: await reader.count(entity, { [column]: merged }) })
  for (const part of [collaboratorRole, collaboratorSkill, consent, availability, planNotice, vaultItem, sheetDelivery, notificationPreference, readinessRequest]) found.push({ entity: part.name, column: 'collaborator_id', count: await reader.count(part, { collaborator_id: merged }) })
  found.push({ entity: attachment.name, column: 'entity_id', count: await reader.count(attachment, { entity: collaborator.name, entity_id: merged }) })
  return found.filter(({ count }) => count > 0)
}

/** Whose value of a field stays: the kept person's, unless theirs is empty. */
export const usualSide = (kept: Loose, merged: Loose, field: MergedField): 'kept' | 'merged' => ((kept[field] ?? null) === null && (merged[field] ?? null) !== null ? 'merged' : 'kept')

async function mergeRolesAndSkills(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const roles = await tx.find(collaboratorRole, { collaborator_id: kept })
  for (const one of await tx.find(collaboratorRole, { collaborator_id: merged }))
    if (roles.some((role) => role.crew_role_id === one.crew_role_id)) await tx.remove(collaboratorRole, one.id)
    else await tx.update(collaboratorRole, one.id, { collaborator_id: kept, ...(roles.length > 0 ? { is_main: false } : {}) })
  const skills = await tx.find(collaboratorSkill, { collaborator_id: kept })
  for (const one of await tx.find(collaboratorSkill, { collaborator_id: merged })) {
    const known = skills.find((skill) => skill.skill_id === one.skill_id)
    if (!known) await tx.update(collaboratorSkill, one.id, { collaborator_id: kept })
    else await tx.remove(collaboratorSkill, one.id)
  }
}

/** For one purpose the answer given last counts. */
async function mergeConsents(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const answers = await tx.find(consent, { collaborator_id: kept })
  for (const one of await tx.find(consent, { collaborator_id: merged })) {
    const known = answers.find(({ purpose }) => purpose === one.purpose)
    if (!known) {
      await tx.update(consent, one.id, { collaborator_id: kept })
      continue
    }
    if (one.answered_on > known.answered_on) await tx.update(consent, known.id, { answer: one.answer, answered_on: one.answered_on, source: one.source })
    await tx.remove(consent, one.id)
  }
}

/** Of one published plan there is one notice a person: told when both were, with what changed for either. */
async function mergeNotices(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const notices = await tx.find(planNotice, { collaborator_id: kept })
  for (const one of await tx.find(planNotice, { collaborator_id: merged })) {
    const known = notices.find(({ publication_id }) => publication_id === one.publication_id)
    if (!known) {
      await tx.update(planNotice, one.id, { collaborator_id: kept })
      continue
    }
    const told = known.told_at !== null && one.told_at !== null ? {} : { told_at: null, told_how: null }
    await tx.update(planNotice, known.id, { changes: Math.min(known.changes + one.changes, 9999), ...told })
    await tx.remove(planNotice, one.id)
  }
}

/** Deliveries of sheets go with the person. Of a version that both were given both stay: what was read is not taken back, and who looks takes the one that says more. */
async function mergeDeliveries(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const deliveries = await tx.find(sheetDelivery, { collaborator_id: kept })
  for (const one of await tx.find(sheetDelivery, { collaborator_id: merged })) {
    const known = deliveries.find(({ revision_id }) => revision_id === one.revision_id)
    if (!known) await tx.update(sheetDelivery, one.id, { collaborator_id: kept })
  }
}

/** What either took back stays taken back: nobody is written to who did not want it. */
async function mergePreferences(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const [known] = await tx.find(notificationPreference, { collaborator_id: kept })
  for (const one of await tx.find(notificationPreference, { collaborator_id: merged })) {
    if (!known) {
      await tx.update(notificationPreference, one.id, { collaborator_id: kept })
      continue
    }
    const both = <T extends string>(these: readonly T[], those: readonly T[]): T[] => [...new Set([...these, ...those])].sort()
    await tx.update(notificationPreference, known.id, { no_mail: both(known.no_mail, one.no_mail), no_desktop: both(known.no_desktop, one.no_desktop) })
    await tx.remove(notificationPreference, one.id)
  }
}

/** Of one mission there is one request a person: acknowledged when either was, for it is one person. */
async function mergeReadiness(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const requests = await tx.find(readinessRequest, { collaborator_id: kept })
  for (const one of await tx.find(readinessRequest, { collaborator_id: merged })) {
    const known = requests.find(({ mission_id }) => mission_id === one.mission_id)
    if (!known) {
      await tx.update(readinessRequest, one.id, { collaborator_id: kept })
      continue
    }
    if (known.acknowledged_at === null && one.acknowledged_at !== null) await tx.update(readinessRequest, known.id, { acknowledged_at: one.acknowledged_at, source: one.source })
    await tx.remove(readinessRequest, one.id)
  }
}

/** Numbers cannot be compared here: of two of a kind, the kept person's stands. */
async function mergeNumbers(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  const held = new Set((await tx.find(vaultItem, { collaborator_id: kept })).map(({ kind }) => kind))
  for (const one of await tx.find(vaultItem, { collaborator_id: merged }))
    if (held.has(one.kind)) await tx.remove(vaultItem, one.id)
    else await tx.update(vaultItem, one.id, { collaborator_id: kept })
}

/** Where both said something for the same time, unavailable wins; a block of the merged person is cut around what stays. */
async function mergeAvailability(tx: Transaction, kept: Id, merged: Id): Promise<void> {
  for (const block of await tx.find(availability, { collaborator_id: merged }, { sort: ['start_at'] })) {
    const over = await tx.find(availability, {
      collaborator_id: kept, availability_project_id: block.availability_project_id, start_at: { lt: block.end_at }, end_at: { gt: block.start_at },
    }, { sort: ['start_at'] })
    const staying = over.filter(({ kind }) => block.kind === 'available' || kind === 'unavailable')
    const free: Pick<Row<typeof availability>, 'start_at' | 'end_at'>[] = []
    let from = block.start_at
    for (const one of staying) {
      if (one.start_at > from) free.push({ start_at: from, end_at: one.start_at })
      if (one.end_at > from) from = one.end_at
    }
    if (from < block.end_at) free.push({ start_at: from, end_at: block.end_at })
    for (const window of free) await clearBlocks(tx, { collaborator_id: kept, project_id: block.availability_project_id, ...window }, true)
    const [first, ...others] = free
    if (first) await tx.update(availability, block.id, { collaborator_id: kept, ...first })
    else await tx.remove(availability, block.id)
    for (const [index, window] of others.entries()) await tx.insert(availability, `piece:${block.id}:${index}`, { ...restOf(block), collaborator_id: kept, ...window })
  }
}

export async function mergePeople(tx: Transaction, kept_id: Id, merged_id: Id, take: readonly MergedField[]): Promise<{ id: Id; version: number }> {
  if (kept_id === merged_id) throw refuse('validation.invalid', detail('merged_id', 'same'))
  const kept = await tx.need(collaborator, kept_id)
  const merged = await tx.need(collaborator, merged_id)
  await checkMergedLink(tx, kept_id, merged_id)
  await moveReferences(tx, kept_id, merged_id)
  await mergeRolesAndSkills(tx, kept_id, merged_id)
  await mergeConsents(tx, kept_id, merged_id)
  await mergeNumbers(tx, kept_id, merged_id)
  await mergeNotices(tx, kept_id, merged_id)
  await mergeDeliveries(tx, kept_id, merged_id)
  await mergePreferences(tx, kept_id, merged_id)
  await mergeReadiness(tx, kept_id, merged_id)
  await mergeAvailability(tx, kept_id, merged_id)
  const values: Loose = merged
  const fill = Object.fromEntries(mergedFields.filter((field) => take.includes(field) || usualSide(kept, merged, field) === 'merged').map((field) => [field, values[field]]))
  const both = (name: 'tags' | 'languages'): string[] => [...new Set([...kept[name], ...merged[name]])]
  const after = await tx.update(collaborator, kept_id, { ...fill, tags: both('tags'), languages: both('languages') })
  await tx.update(collaborator, merged_id, { merged_into: kept_id, status: 'inactive' })
  await tx.remove(collaborator, merged_id)
  return { id: kept_id, version: after.version }
}
