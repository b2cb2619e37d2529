/**
 * What an organization holds on one person, in one folder they can read: a PDF, a table of each kind as CSV, the records as JSON, their own
 * documents. Of records that are not theirs but name them, only what says so: nobody else's data goes with it.
 */
import { zipSync, type Zippable } from 'fflate'
import type { AnyEntity, Row } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { attachment, certificationKind, crewRole, member, organization, skill } from '../domain/organization/model.ts'
import { availability, certification, collaborator, collaboratorRole, collaboratorSkill, consent } from '../domain/people/model.ts'
import { exportPerson } from '../domain/people/person-file-operations.ts'
import { assignment, castRole, mission, project } from '../domain/planning/model.ts'
import { entities } from '../domain/registry.ts'
import type { Language } from '../domain/runsheets/snapshot.ts'
import { draw } from '../documents/draw.ts'
import { hashOf } from '../documents/list/content.ts'
import { listCsv } from '../documents/list/csv.ts'
import { personContent, personTables, type PersonFile } from '../documents/person/content.ts'
import { canonicalJson, sha256 } from '../kernel/hashing.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { fold } from '../kernel/text.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
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

/** Who wrote a record is another person; which organization it is, the head of the file says. */
const KERNEL: ReadonlySet<string> = new Set(['org_id', 'created_by', 'updated_by'])
/** Columns that say how a record that is not theirs names the person; its own words may be about others. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  mission: ['id', 'project_id', 'title', 'day_code', 'kind', 'lead_collaborator_id', 'start_at', 'end_at', 'zone', 'status'],
  cast_role: ['id', 'project_id', 'number', 'name', 'collaborator_id'],
}
const pruned = (entity: string, row: Loose): Loose => Object.fromEntries(Object.entries(row).filter(([column]) => !KERNEL.has(column) && (NAMING[entity]?.includes(column) ?? true)))

/** Rows of an entity among those found, as they are typed. */
const rowsOf = <E extends AnyEntity>(records: ReadonlyMap<string, Loose[]>, entity: E): Row<E>[] => (records.get(entity.name) ?? []) as Row<E>[]

/** The first of the person's own languages that the app speaks, else the organization's. */
function languageOf(spoken: readonly string[], house: Language): Language {
  for (const name of spoken) {
    const two = fold(name).slice(0, 2)
    if (two === 'fr') return 'fr'
    if (two === 'en' || two === 'an') return 'en'
  }
  return house
}

/** Bytes of a name that every file system takes, the number of a double included. */
const NAME_BYTES = 200
/** Names that Windows keeps for its devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))/iu

/** Its ending kept, so that it still opens. */
function shortened(name: string): string {
  const ending = /\.[^.]{1,12}$/u.exec(name)?.[0] ?? ''
  const stem = [...name.slice(0, name.length - ending.length)]
  while (Buffer.byteLength(stem.join('') + ending) > NAME_BYTES) stem.pop()
  return stem.join('').trimEnd() + ending
}

/** As it was named, without what a file system does not take or what turns its letters around; two of one name get a number. */
function pathIn(folder: string, name: string, taken: Set<string>): string {
  const plain = name.normalize('NFC').replace(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').replace(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/\.{2,}/g, '.').replace(/^[.\s-]+|[.\s]+$/gu, '').replace(DEVICE, '$&-')
  const safe = shortened(plain) || 'document'
  const dot = safe.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, '']
  for (let number = 1; ; number++) {
    const path = `${folder}/${stem}${number === 1 ? '' : ` (${number})`}${ending}`
    if (taken.has(path.toLowerCase())) continue
    taken.add(path.toLowerCase())
    return path
  }
}

async function namesOf(reader: Reader, records: ReadonlyMap<string, Loose[]>, language: Language): Promise<Map<string, string>> {
  const projects = new Set([...records.values()].flat().flatMap((row) => [row['project_id'], row['availability_project_id']].filter((id): id is Id => typeof id === 'string')))
  return new Map<string, string>([
    ...(await reader.getMany(project, [...projects])).map((row) => [row.id, row.name] as const),
    ...(await reader.find(crewRole, {})).map((row) => [row.id, language === 'en' ? (row.name_en ?? row.name) : row.name] as const),
    ...(await reader.find(skill, {})).map((row) => [row.id, row.name] as const),
    ...(await reader.find(certificationKind, {})).map((row) => [row.id, row.name] as const),
  ])
}

interface Held {
  self: Row<typeof collaborator>
  records: ReadonlyMap<string, Loose[]>
  withheld: string[]
  elsewhere: number
}

/** What the asker reads of the person, and how much they do not. */
async function held(reader: Reader, id: Id, { all, person }: Inner): Promise<Held> {
  const self = await reader.need(collaborator, id)
  const records = await recordsOf(reader, id)
  // Says in the file itself what the asker could not read: who answers a request must not take it for the whole.
  const hidden = new Set<string>()
  const lens = lensOf(person, all, hidden)
  lens.redact(collaborator, { ...(await all.need(collaborator, id)) })
  const everything = await recordsOf(all, id)
  for (const { entity } of naming()) for (const row of everything.get(entity.name) ?? []) if (await lens.sees(entity, row)) lens.redact(entity, { ...row })
  return { self, records, withheld: [...hidden].sort(), elsewhere: countOf(everything) - countOf(records) }
}

interface Filed {
  row: Row<typeof attachment>
  path: string | null
  bytes: Uint8Array | null
}

/** The person's documents that are on this computer, with where they stand in the folder. */
function filed(records: ReadonlyMap<string, Loose[]>, { blob }: Inner): Filed[] {
  const taken = new Set<string>()
  return rowsOf(records, attachment).map((row) => {
    const bytes = blob(row.sha256)
    return { row, bytes, path: bytes === null ? null : pathIn('documents', row.name, taken) }
  })
}

async function fileOf(reader: Reader, { self, records, withheld, elsewhere }: Held, files: readonly Filed[], house: Row<typeof organization>, language: Language): Promise<PersonFile> {
  const names = await namesOf(reader, records, language)
  const work = rowsOf(records, assignment)
  const [user] = rowsOf(records, member)
  const roles = rowsOf(records, collaboratorRole).sort((a, b) => Number(b.is_main) - Number(a.is_main))
  return {
    language, organization: { id: house.id, name: house.legal_name ?? house.name }, zone: house.default_zone, made_at: reader.call.now, person: self,
    roles: roles.map((one) => ({ id: one.id, name: names.get(one.crew_role_id) ?? '—', main: one.is_main })),
    skills: rowsOf(records, collaboratorSkill), certifications: rowsOf(records, certification), availability: rowsOf(records, availability), consents: rowsOf(records, consent),
    work, led: rowsOf(records, mission), cast: rowsOf(records, castRole), files: files.map(({ row, path }) => ({ id: row.id, name: row.name, path, bytes: row.size })),
    user: user ? { name: user.name, email: user.email } : null,
    missions: new Map((await reader.getMany(mission, [...new Set(work.map((one) => one.mission_id))])).map((row) => [row.id, row])),
    names, withheld, elsewhere,
  }
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

export const personFileHandlers: readonly CoreHandler[] = [
  coreHandler(exportPerson, async (reader, input, inner) => {
    const found = await held(reader, input.collaborator_id, inner)
    const { self, records, withheld, elsewhere } = found
    const house = await reader.need(organization, reader.call.org)
    const language = input.language ?? languageOf(self.languages, house.default_language)
    const files = filed(records, inner)
    const file = await fileOf(reader, found, files, house, language)
    const tables = personTables(file)
    const content = personContent(file, tables)
    const issue = { generated_at: reader.call.now, content_hash: hashOf(content), demo: house.demo, made_by: null }
    const { bytes: pdf } = await (inner.print ?? draw)({ kind: 'list', content, issue, drawing: { paper: { size: 'A4', landscape: false }, large: false } })
    const text = JSON.stringify({
      format: 'callboard.person', version: 2, made_at: reader.call.now, organization: file.organization.name, complete: withheld.length === 0 && elsewhere === 0, withheld, elsewhere,
      person: pruned(collaborator.name, self), records: Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, rows]) => [name, rows.map((row) => pruned(name, row))])),
    }, null, 2)
    const [title, folder] = language === 'fr' ? ['donnees', 'tableaux'] : ['data', 'tables']
    const inside: Zippable = { [`${title}.pdf`]: pdf, [`${title}.json`]: encoded(text) }
    for (const { file: name, section } of tables) inside[`${folder}/${name}.csv`] = encoded(listCsv({ ...content, sections: [section] }))
    for (const { path, bytes } of files) if (path !== null && bytes !== null) inside[path] = [bytes, { level: 0 }]
    const zip = zipSync(inside, { level: 6, mtime: new Date(reader.call.now) })
    const digest = sha256(zip)
    const count = 1 + countOf(records)
    const noted: Json = { collaborator_id: input.collaborator_id, records: count, files: Object.keys(inside).length, sha256: digest, withheld, elsewhere }
    await inner.record?.('export.person', JSON.parse(canonicalJson(noted)) as Json, null)
    const name = fold(self.display_name).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
    return {
      file_name: `${reader.call.now.slice(0, 10)}_${name || (language === 'fr' ? 'personne' : 'person')}.zip`, type: 'application/zip' as const, base64: Buffer.from(zip).toString('base64'), sha256: digest, records: count,
      files: Object.keys(inside), missing: files.filter(({ path }) => path === null).map(({ row }) => row.name), withheld, elsewhere, language,
    }
  }),
]
