/** The library of sheets: what the read model says, and what only the sheets themselves say (covered missions, unpublished changes). */
import type { Id } from '../../kernel/ids.ts'
import { answer, mostFacets, type Condition, type FacetValue, type Handler, type PageRequest, type Reader, type Where } from '../operation.ts'
import { mission, project } from '../planning/model.ts'
import { pageRequestOf } from '../records.ts'
import { publishedAndBehind } from './behind.ts'
import { runSheet, sheetCover } from './model.ts'
import { listSheets } from './operations.ts'

/** Sheets of projects where the person only reads: published, and covering a mission they see. */
async function readableSheets(reader: Reader, projects: readonly Id[]): Promise<Id[]> {
  const { items } = await reader.view('run_sheet_line', { where: { project_id: projects, status: 'published' }, sort: ['id'], limit: 100_000 })
  const sheets = items.map((row) => ({ id: row['id'] as Id, lead_mission_id: row['lead_mission_id'] as Id }))
  const ids = sheets.map((row) => row.id)
  const covers = await reader.find(sheetCover, { sheet_id: ids })
  const missions = new Set((await reader.find(mission, { id: [...new Set([...covers.map((row) => row.covered_mission_id), ...sheets.map((row) => row.lead_mission_id)])] })).map((row) => row.id))
  return sheets.filter((row) => missions.has(row.lead_mission_id) || covers.some((cover) => cover.sheet_id === row.id && missions.has(cover.covered_mission_id))).map((row) => row.id)
}

/** What only those who prepare sheets are told. */
const veiled = { next_revision_id: null, next_number: null, next_state: null }

/** Columns that no view holds: of each sheet, the values that a filter or a count looks at. */
type Derived = (reader: Reader, ids: readonly Id[]) => Promise<ReadonlyMap<Id, readonly (string | boolean)[]>>
const derived: Readonly<Record<'covered_mission_id' | 'unpublished_changes', Derived>> = {
  covered_mission_id: async (reader, ids) => {
    const found = new Map<Id, Id[]>()
    for (const row of await reader.find(sheetCover, { sheet_id: ids })) found.set(row.sheet_id, [...(found.get(row.sheet_id) ?? []), row.covered_mission_id])
    return found
  },
  unpublished_changes: async (reader, ids) => {
    const prepared = (await reader.getMany(runSheet, ids)).filter((row) => reader.may('sheet:draft', row.project_id)).map((row) => row.id)
    return new Map([...(await publishedAndBehind(reader, prepared))].map(([id, behind]) => [id, [behind]]))
  },
}
type DerivedName = keyof typeof derived
const derivedNames = Object.keys(derived) as DerivedName[]

/** One of the values is asked for; with `not`, none of them is. */
function passes(condition: Condition, values: readonly (string | boolean)[]): boolean {
  const among = (asked: Condition | undefined): boolean => {
    const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked]
    return list.some((one) => (one === null ? values.length === 0 : values.some((value) => value === one)))
  }
  return condition !== null && typeof condition === 'object' && !Array.isArray(condition) && 'not' in condition ? !among(condition.not) : among(condition)
}

/** Ids of the sheets under these conditions that a derived column lets through. */
async function idsUnder(reader: Reader, request: PageRequest, filter: Where, asked: Partial<Record<DerivedName, Condition>>): Promise<Id[]> {
  const { ids = [] } = await reader.view('run_sheet_line', { where: request.where ?? {}, filter, search: request.search, sort: ['id'], limit: 1, ids: true })
  let left = ids as Id[]
  for (const name of derivedNames) {
    const condition = asked[name]
    if (condition === undefined) continue
    const values = await derived[name](reader, left)
    left = left.filter((id) => passes(condition, values.get(id) ?? []))
  }
  return left
}

function counted(ids: readonly Id[], values: ReadonlyMap<Id, readonly (string | boolean)[]>): FacetValue[] {
  const counts = new Map<string | boolean | null, number>()
  for (const id of ids) for (const value of values.get(id) ?? [null]) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count).slice(0, mostFacets)
}

/** Titles of the covered missions of these sheets, the lead one first, and whether something changed since the publication. */
async function withDerived(reader: Reader, items: readonly Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  const ids = items.map((row) => row['id'] as Id)
  const covers = await derived.covered_mission_id(reader, ids)
  const behind = await derived.unpublished_changes(reader, ids)
  const titles = new Map((await reader.getMany(mission, [...new Set([...covers.values()].flat())] as Id[])).map((row) => [row.id as string, { id: row.id, code: row.day_code, title: row.title, start_at: row.start_at }]))
  return items.map((row) => {
    const covered = (covers.get(row['id'] as Id) ?? []).flatMap((id) => titles.get(String(id)) ?? [])
    const rank = (one: { id: string; start_at: string }): string => `${one.id === row['lead_mission_id'] ? 0 : 1}${one.start_at}`
    return { ...row, covered: covered.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(({ id, code, title }) => ({ id, code, title })), unpublished_changes: behind.get(row['id'] as Id)?.[0] ?? null }
  })
}

export const libraryHandlers: readonly Handler[] = [
  answer(listSheets, async (reader, input) => {
    const where: Record<string, Condition> = {}
    const request = pageRequestOf(input, ['-sheet_date'])
    if (input.project_id !== undefined) where['project_id'] = input.project_id
    const projects = (await reader.find(project, input.project_id === undefined ? {} : { id: input.project_id })).map((row) => row.id)
    const readOnly = projects.filter((id) => !reader.may('sheet:draft', id))
    if (readOnly.length > 0) {
      const readable = await readableSheets(reader, readOnly)
      const prepared = await reader.find(runSheet, { project_id: projects.filter((id) => !readOnly.includes(id)) })
      where['id'] = [...readable, ...prepared.map((row) => row.id)]
      // A reader must not find out by filtering or counting what is in preparation.
      if (input.filter?.['next_state'] !== undefined || input.facets?.includes('next_state')) where['project_id'] = projects.filter((id) => !readOnly.includes(id))
    }
    const { covered_mission_id, unpublished_changes, ...plain } = request.filter ?? {}
    const asked = { ...(covered_mission_id === undefined ? {} : { covered_mission_id }), ...(unpublished_changes === undefined ? {} : { unpublished_changes }) }
    const under = { ...request, where }
    const page = await reader.view('run_sheet_line', {
      ...under, filter: plain, facets: request.facets?.filter((name) => !(name in derived)),
      ...(Object.keys(asked).length === 0 ? {} : { where: { ...where, id: await idsUnder(reader, under, plain, asked) } }),
    })
    const facets: Record<string, FacetValue[]> = { ...page.facets }
    for (const name of derivedNames) {
      if (!request.facets?.includes(name)) continue
      const { [name]: _, ...others } = asked
      const ids = await idsUnder(reader, under, plain, others)
      facets[name] = counted(ids, await derived[name](reader, ids))
    }
    const items = await withDerived(reader, page.items)
    return { ...page, ...(request.facets ? { facets } : {}), items: items.map((row) => (readOnly.some((id) => id === row['project_id']) ? { ...row, ...veiled } : row)) }
  }),
]
