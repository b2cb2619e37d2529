/** The people of a sheet: everyone assigned and not canceled, and the posts still open (decision A14). Pure. */
import type { Row } from '../entity.ts'
import type { need as needEntity } from '../planning/model.ts'
import type { SheetMaterial } from './material.ts'
import type { Language, SheetPerson, SheetSnapshot } from './snapshot.ts'

type NeedRow = Row<typeof needEntity>
type Assignment = SheetMaterial['assignments'][number]

/** Stands for the people whose crew role belongs to no department. */
export const NO_DEPARTMENT = 'none'

const named = (row: { name: string; name_en: string | null }, language: Language): string => (language === 'en' ? (row.name_en ?? row.name) : row.name)

/** `planned`: an option; `proposed`: asked, no answer; from accepted on, no mark. */
const markerOf = (state: Assignment['state']): SheetPerson['marker'] => (state === 'planned' ? 'option' : state === 'proposed' ? 'to_confirm' : null)

/** How many people of each need nobody stands for. Assignments that name no need fill needs of their crew role, oldest first. */
export function openPosts(needs: readonly NeedRow[], assignments: readonly Assignment[]): { need: NeedRow; open: number }[] {
  const free = new Map<string, number>()
  const filled = new Map<string, number>()
  const add = (sums: Map<string, number>, key: string, count: number): void => void sums.set(key, (sums.get(key) ?? 0) + count)
  for (const row of assignments) {
    if (row.need_id !== null) add(filled, row.need_id, row.quantity)
    else if (row.crew_role_id !== null) add(free, `${row.mission_id}/${row.crew_role_id}`, row.quantity)
  }
  return needs.map((need) => {
    const key = `${need.mission_id}/${need.crew_role_id}`
    const missing = Math.max(0, need.head_count - (filled.get(need.id) ?? 0))
    const taken = Math.min(missing, free.get(key) ?? 0)
    add(free, key, -taken)
    return { need, open: missing - taken }
  })
}

export function crewLines(material: SheetMaterial, language: Language): Pick<SheetSnapshot, 'departments' | 'people'> {
  const said = new Map(material.people.map((row) => [row.assignment_id, row]))
  const windows = new Map(material.missions.map((row) => [row.id, row]))
  const roleOf = (id: string | null) => (id === null ? undefined : material.crew_roles.get(id))
  const phoneOf = (row: Assignment): string | null => {
    const answer = material.phone_consents.get(row.collaborator_id)
    const policy = material.layout_setting?.phones ?? 'heads'
    if (policy === 'none') return null
    const shown = answer === 'given' || (policy === 'heads' && answer !== 'refused' && (row.is_lead || roleOf(row.crew_role_id)?.is_head === true))
    return shown ? (material.collaborators.get(row.collaborator_id)?.phone ?? null) : null
  }
  const assigned = material.assignments.map((row): SheetPerson => {
    const role = roleOf(row.crew_role_id)
    const own = said.get(row.id)
    const call = row.call_at ?? row.start_at
    return {
      id: row.id, department_id: role?.department_id ?? NO_DEPARTMENT, crew_role: row.part ?? (role ? named(role, language) : ''),
      name: material.collaborators.get(row.collaborator_id)?.display_name ?? null, phone: phoneOf(row),
      call_at: (own?.call_base === call ? own.call_at : null) ?? call, start_at: row.start_at, end_at: row.end_at,
      meal_at: own?.meal_at ?? null, channel: own?.channel ?? null, remarks: own?.remarks ?? null,
      quantity: row.quantity, marker: markerOf(row.state),
    }
  })
  const open = openPosts(material.needs, material.assignments).filter((one) => one.open > 0).map(({ need, open: quantity }): SheetPerson => {
    const role = roleOf(need.crew_role_id)
    const start_at = need.start_at ?? windows.get(need.mission_id)?.start_at ?? material.missions[0].start_at
    return {
      id: need.id, department_id: role?.department_id ?? NO_DEPARTMENT, crew_role: role ? named(role, language) : '', name: null, phone: null,
      call_at: start_at, start_at, end_at: need.end_at ?? windows.get(need.mission_id)?.end_at ?? null, meal_at: null, channel: null, remarks: null, quantity, marker: 'to_fill',
    }
  })
  const heads = new Set(material.assignments.filter((row) => row.is_lead || roleOf(row.crew_role_id)?.is_head === true).map((row) => row.id as string))
  const order = new Map(material.departments.map((row, index) => [row.id as string, index]))
  const rank = (person: SheetPerson): (string | number)[] =>
    [order.get(person.department_id) ?? material.departments.length, heads.has(person.id) ? 0 : 1, person.marker === 'to_fill' ? 1 : 0, person.call_at, person.crew_role, person.name ?? '', person.id]
  const people = [...assigned, ...open].map((person) => ({ person, rank: rank(person) })).sort((a, b) => compareRanks(a.rank, b.rank)).map(({ person }) => person)
  const used = new Set([...people.map((person) => person.department_id), ...material.rows.flatMap((row) => (row.section === 'department_notes' ? [String(row.body['department_id'])] : []))])
  const departments: SheetSnapshot['departments'] = material.departments.filter((row) => used.has(row.id)).map((row) => ({ id: row.id, code: row.code, name: named(row, language) }))
  if (used.has(NO_DEPARTMENT)) departments.push({ id: NO_DEPARTMENT, code: '—', name: language === 'fr' ? 'Équipe' : 'Crew' })
  return { departments, people }
}

function compareRanks(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index]
    if (other !== undefined && value !== other) return value < other ? -1 : 1
  }
  return 0
}
