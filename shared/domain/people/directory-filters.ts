/** Filters of the directory that no column holds: what people master, what they are certified for, their tags, whether they can be reached. */
import type { Id } from '../../kernel/ids.ts'
import { addDays, localDateOf } from '../../kernel/instants.ts'
import type { Condition, FacetValue, Page, Reader } from '../operation.ts'
import { mostFacets } from '../operation.ts'
import { pageRequestOf, type ListInput } from '../records.ts'
import { certification, collaborator, collaboratorRole, collaboratorSkill } from './model.ts'

export const derivedFilters = ['skill_id', 'held_role_id', 'certification', 'tag', 'reachable'] as const
type Derived = (typeof derivedFilters)[number]

/** Days before it ends that a certification is said to end soon. */
const SOON_DAYS = 30

const isDerived = (name: string): name is Derived => (derivedFilters as readonly string[]).includes(name)

/** Values of a derived filter by person. A person of none stands under null. */
async function valuesOf(reader: Reader, name: Derived, people: readonly Id[] | null): Promise<Map<string, (string | boolean)[]>> {
  const found = new Map<string, (string | boolean)[]>()
  const add = (id: string, value: string | boolean): void => void found.set(id, [...(found.get(id) ?? []), value])
  const of = people === null ? {} : { collaborator_id: people }
  if (name === 'skill_id') for (const row of await reader.find(collaboratorSkill, of)) add(row.collaborator_id, row.skill_id)
  else if (name === 'held_role_id') for (const row of await reader.find(collaboratorRole, of)) add(row.collaborator_id, row.crew_role_id)
  else if (name === 'certification') {
    const today = localDateOf(reader.call.now, 'UTC')
    const soon = addDays(today, SOON_DAYS)
    const states = new Map<string, Set<string>>()
    for (const row of await reader.find(certification, of)) {
      const state = row.expires_on === null || row.expires_on > soon ? 'valid' : row.expires_on >= today ? 'soon' : 'expired'
      const known = states.get(row.collaborator_id)
      if (known) known.add(state)
      else states.set(row.collaborator_id, new Set([state]))
    }
    for (const [id, held] of states) for (const state of held) add(id, state)
  } else
    for (const row of await reader.find(collaborator, people === null ? {} : { id: people })) {
      // Read through the lens: who may not read telephones counts nobody as reachable.
      if (name === 'reachable') add(row.id, row.phone !== null)
      else for (const tag of row.tags) add(row.id, tag)
    }
  return found
}

const plain = (name: Derived): string | boolean | null => (name === 'certification' ? 'none' : name === 'reachable' ? false : null)

function wants(values: readonly (string | boolean | null)[], wanted: Condition): boolean {
  if (wanted !== null && typeof wanted === 'object' && !Array.isArray(wanted)) {
    if (!('not' in wanted)) return false
    const refused: readonly unknown[] = Array.isArray(wanted.not) ? wanted.not : [wanted.not]
    return !values.some((value) => refused.includes(value))
  }
  const asked: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  return values.some((value) => asked.includes(value))
}

/** A page of the directory: the derived filters become the people they leave, the others are the store's own. */
export async function directoryPage(reader: Reader, input: ListInput, view: string, sort: readonly string[]): Promise<Page<Record<string, unknown>>> {
  const request = pageRequestOf(input, sort)
  const filter = Object.entries(request.filter ?? {})
  const derived = filter.filter((entry): entry is [Derived, Condition] => isDerived(entry[0]))
  const facets = (request.facets ?? []).filter((name) => !isDerived(name))
  const counted = (request.facets ?? []).filter(isDerived)
  if (derived.length === 0 && counted.length === 0) return reader.view(view, request)
  const stored = Object.fromEntries(filter.filter(([name]) => !isDerived(name)))
  const everyone = { filter: stored, search: request.search, sort: ['display_name'], limit: 1, ids: true }
  const idsUnder = async (conditions: readonly [Derived, Condition][]): Promise<Id[] | null> => {
    if (conditions.length === 0) return null
    let left = ((await reader.view(view, everyone)).ids ?? []) as Id[]
    for (const [name, wanted] of conditions) {
      const values = await valuesOf(reader, name, left.length > MANY ? null : left)
      left = left.filter((id) => wants(values.get(id) ?? [plain(name)], wanted))
    }
    return left
  }
  const ids = await idsUnder(derived)
  const page = await reader.view(view, { ...request, filter: stored, facets, ...(ids === null ? {} : { where: { id: ids } }) })
  const more: Record<string, FacetValue[]> = {}
  for (const name of counted) {
    const among = (await idsUnder(derived.filter(([other]) => other !== name))) ?? ((await reader.view(view, everyone)).ids ?? []) as Id[]
    const values = await valuesOf(reader, name, among.length > MANY ? null : among)
    const counts = new Map<string | boolean | null, number>()
    for (const id of among) for (const value of values.get(id) ?? [plain(name)]) counts.set(value, (counts.get(value) ?? 0) + 1)
    more[name] = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value))).slice(0, mostFacets)
  }
  return { ...page, ...(request.facets ? { facets: { ...page.facets, ...more } } : {}) }
}

/** Beyond so many people all rows are read at once. */
const MANY = 400
