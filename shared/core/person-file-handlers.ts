/** What an organization holds on one person, in one file: their own records and every record that names them. */
import type { AnyEntity } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { attachment, organization } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { exportPerson } from '../domain/people/person-file-operations.ts'
import { entities } from '../domain/registry.ts'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { fold } from '../kernel/text.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'
import { lensOf } from './lens.ts'

type Loose = Record<string, unknown>

/** Columns of any record that name a person. */
function* naming(): Generator<{ entity: AnyEntity; column: string }> {
  for (const entity of entities.values() as Iterable<AnyEntity>)
    for (const [column, field] of Object.entries(entity.fields)) if (field.references === collaborator.name) yield { entity, column }
}

async function recordsOf(reader: Reader, id: Id): Promise<Map<string, Loose[]>> {
  const found = new Map<string, Loose[]>()
  const add = (name: string, rows: readonly Loose[]): void => {
    if (rows.length > 0) found.set(name, [...(found.get(name) ?? []), ...rows])
  }
  for (const { entity, column } of naming()) add(entity.name, await reader.find(entity, { [column]: id }))
  add(attachment.name, await reader.find(attachment, { entity: collaborator.name, entity_id: id }))
  return found
}

const countOf = (records: ReadonlyMap<string, Loose[]>): number => [...records.values()].reduce((sum, rows) => sum + rows.length, 0)

export const personFileHandlers: readonly CoreHandler[] = [
  coreHandler(exportPerson, async (reader, { collaborator_id }, { all, person, record }) => {
    const self = await reader.need(collaborator, collaborator_id)
    const records = await recordsOf(reader, collaborator_id)
    // Says in the file itself what the asker could not read: who answers a request must not take it for the whole.
    const hidden = new Set<string>()
    const lens = lensOf(person, all, hidden)
    const raw = await all.need(collaborator, collaborator_id)
    lens.redact(collaborator, { ...raw })
    const everything = await recordsOf(all, collaborator_id)
    for (const { entity } of naming()) for (const row of everything.get(entity.name) ?? []) if (await lens.sees(entity, row)) lens.redact(entity, { ...row })
    const elsewhere = countOf(everything) - countOf(records)
    const [house] = await reader.find(organization, {})
    const withheld = [...hidden].sort()
    const text = JSON.stringify({
      format: 'callboard.person', version: 1, made_at: reader.call.now, organization: house?.legal_name ?? house?.name ?? null, complete: withheld.length === 0 && elsewhere === 0, withheld, elsewhere,
      person: self, records: Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1))),
    }, null, 2)
    const bytes = new TextEncoder().encode(text)
    const digest = sha256(bytes)
    const count = 1 + countOf(records)
    const noted: Json = { collaborator_id, records: count, sha256: digest, withheld, elsewhere }
    await record?.('export.person', JSON.parse(canonicalJson(noted)) as Json, null)
    const name = fold(self.display_name).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
    return { file_name: `${reader.call.now.slice(0, 10)}_${name || 'personne'}.json`, type: 'application/json' as const, base64: Buffer.from(bytes).toString('base64'), sha256: digest, records: count, withheld, elsewhere }
  }),
]
