/** Places offered while one types. */
import type { Id } from '../../kernel/ids.ts'
import { answer, type Condition, type Handler, type Reader } from '../operation.ts'
import { mission } from '../planning/model.ts'
import { location, type locationKinds } from './model.ts'
import { findPlaces, placesFound } from './picker-operations.ts'

/** Missions looked at for the places used last. */
const LOOKED_AT = 60

interface Line {
  id: Id
  name: string
  kind: (typeof locationKinds)[number]
  zone: string
  path: string
  parent_name: string | null
}
const lineOf = (row: Readonly<Record<string, unknown>>): Line => row as unknown as Line

/** Places of the missions touched last, the latest first. */
async function recentPlaces(reader: Reader, project_id: Id | undefined): Promise<Id[]> {
  const { items } = await reader.page(mission, { where: { location_id: { not: null }, ...(project_id ? { project_id } : {}) }, sort: ['-updated_at'], limit: LOOKED_AT })
  return [...new Set(items.flatMap((row) => (row.location_id === null ? [] : [row.location_id])))].slice(0, placesFound)
}

export const placePickerHandlers: readonly Handler[] = [
  answer(findPlaces, async (reader, { search, project_id, kinds, without = [], id }) => {
    const where: Record<string, Condition> = { status: 'active', ...(kinds ? { kind: kinds } : {}), ...(without.length > 0 ? { id: { not: without } } : {}) }
    const words = search?.trim() ? { search: search.trim() } : {}
    const page = await reader.view('location_line', { where, sort: ['path'], limit: placesFound, ...words })
    const recent = await recentPlaces(reader, project_id)
    const order = new Map(recent.map((one, index) => [one, index]))
    const offered = recent.filter((one) => !without.includes(one))
    const used = offered.length === 0 ? [] : (await reader.view('location_line', { where: { ...where, id: offered }, sort: ['path'], limit: placesFound, ...words })).items.map(lineOf)
    used.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
    const known = new Set(used.map((row) => row.id))
    const rows = [...used, ...page.items.map(lineOf).filter((row) => !known.has(row.id))].slice(0, placesFound)
    const chosen = id === undefined ? null : await reader.get(location, id)
    return {
      items: rows.map((row) => ({ id: row.id, name: row.name, kind: row.kind, zone: row.zone, path: row.path, parent_name: row.parent_name, recent: known.has(row.id) })),
      search: search?.trim() ?? '',
      total: page.total,
      chosen: chosen && { id: chosen.id, name: chosen.name, zone: chosen.zone },
    }
  }),
]
