/** What a project costs: rows read whole, amounts given as far as the asker may read them. */
import { breakDown, totalBreakdowns, type Amount, type Breakdown, type CostLine, type CostRow } from '../domain/costs/breakdown.ts'
import { costOf, rateOf, shownMinor, workedDays } from '../domain/costs/cost.ts'
import { givenAway } from '../domain/costs/masking.ts'
import { viewCosts, type CostView } from '../domain/costs/operations.ts'
import { engagementStates } from '../domain/engagement/rules.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Row } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, department, rateCard } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment, costCentre, mission, project } from '../domain/planning/model.ts'
import { takesTime, workedWindow } from '../domain/planning/worked.ts'
import { byId } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'
import { localDateOf } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'
import type { Person } from './session.ts'


interface Material {
  rows: CostRow[]
  missions: ReadonlyMap<string, Row<typeof mission>>
  roles: ReadonlyMap<string, Row<typeof crewRole>>
  departments: ReadonlyMap<string, Row<typeof department>>
  centres: ReadonlyMap<string, Row<typeof costCentre>>
}

/** A department is charged to its cost centre in the project; of several, the first by code. */
const centreOfDepartment = (centres: readonly Row<typeof costCentre>[]): ReadonlyMap<string, string> =>
  new Map(centres.toSorted((a, b) => (a.code < b.code ? 1 : -1)).flatMap((one) => (one.department_id === null ? [] : [[one.department_id, one.id]])))

async function materialOf(all: Reader, project_id: Id): Promise<Material> {
  const assignments = (await all.find(assignment, { project_id })).filter(takesTime)
  const missions = byId(await all.find(mission, { project_id }))
  const roles = byId(await all.find(crewRole, {}, { removed: true }))
  const centres = await all.find(costCentre, { project_id })
  const charged = centreOfDepartment(centres)
  const cards = (await all.find(rateCard, {})).map((card) => ({ ...card, id: card.id }))
  const rows = assignments.flatMap((row): CostRow[] => {
    const of = missions.get(row.mission_id)
    if (!of) return []
    const terms = { ...row, ...workedWindow(row), zone: of.zone }
    const rate = rateOf(row, cards, localDateOf(of.start_at, of.zone))
    const department_id = (row.crew_role_id === null ? undefined : roles.get(row.crew_role_id))?.department_id ?? null
    return [{
      id: row.id, person_id: row.collaborator_id, state: row.state, currency: rate?.currency ?? null,
      keys: {
        mission: row.mission_id, role: row.crew_role_id, person: row.collaborator_id, state: row.state, department: department_id,
        cost_centre: (department_id === null ? undefined : charged.get(department_id)) ?? null,
      },
      days: rate === null ? workedDays(terms).map(({ date }) => ({ date, amount: 0n })) : costOf(terms, rate),
    }]
  })
  return { rows, missions, roles, departments: byId(await all.find(department, {}, { removed: true })), centres: byId(centres) }
}

type Named = Pick<CostView['lines'][number], 'name' | 'name_en' | 'code' | 'start_at'>
const unnamed: Named = { name: null, name_en: null, code: null, start_at: null }

/** How the lines are called, and the order they come in. */
async function naming(all: Reader, by: Breakdown, { missions, roles, departments, centres }: Material, lines: readonly CostLine[]): Promise<{ of: (key: string) => Named; rank: (key: string) => string }> {
  switch (by) {
    case 'day':
      return { of: () => unnamed, rank: (key) => key }
    case 'state':
      return { of: () => unnamed, rank: (key) => String(engagementStates.findIndex((state) => state === key)) }
    case 'mission':
      return {
        of: (key) => {
          const row = missions.get(key)
          return row ? { ...unnamed, name: row.title, code: row.day_code, start_at: row.start_at } : unnamed
        },
        rank: (key) => missions.get(key)?.start_at ?? '',
      }
    case 'role':
      return {
        of: (key) => {
          const row = roles.get(key)
          return row ? { ...unnamed, name: row.name, name_en: row.name_en, code: (row.department_id === null ? undefined : departments.get(row.department_id))?.code ?? null } : unnamed
        },
        rank: (key) => roles.get(key)?.name ?? '',
      }
    case 'department':
      return {
        of: (key) => {
          const row = departments.get(key)
          return row ? { ...unnamed, name: row.name, name_en: row.name_en, code: row.code } : unnamed
        },
        rank: (key) => departments.get(key)?.position ?? '',
      }
    case 'cost_centre':
      return {
        of: (key) => {
          const row = centres.get(key)
          return row ? { ...unnamed, name: row.name, code: row.code } : unnamed
        },
        rank: (key) => centres.get(key)?.code ?? '',
      }
    case 'person': {
      const ids = lines.flatMap(({ key }) => key ?? []) as Id[]
      const people = byId(ids.length === 0 ? [] : await all.find(collaborator, { id: ids }, { removed: true }))
      return { of: (key) => ({ ...unnamed, name: people.get(key)?.display_name ?? null }), rank: (key) => people.get(key)?.display_name ?? '' }
    }
  }
}

/** Whether `cost.view` answers this person at all, who may plan in the project. */
export const mayViewCosts = (person: Person, project_id: Id): boolean => person.may('rates:read', project_id) || person.amounts === 'hidden' || !person.policy.planners_read_rates

/** Rates read: everything. Not read, where the organization lets planners see totals: those. Amounts hidden in the session: none. */
function accessOf(person: Person, project_id: Id): CostView['access'] {
  if (person.may('rates:read', project_id)) return 'all'
  if (person.amounts === 'hidden') return 'hidden'
  if (person.policy.planners_read_rates) throw refuse('auth.forbidden', detail(null, 'permission', 'rates:read'))
  return 'totals'
}

/** Amounts as they are shown, the project's currency first. `masked`: which currencies of this line would tell somebody's rate. */
function amountsOf(amounts: ReadonlyMap<string, Amount>, access: CostView['access'], home: string, masked: (currency: string) => boolean): CostView['whole']['amounts'] {
  if (access === 'hidden') return []
  const whole = access === 'all'
  return [...amounts]
    .toSorted(([a], [b]) => (a === home ? -1 : b === home ? 1 : a < b ? -1 : 1))
    .map(([currency, { committed, expected }]) => {
      const left = !whole && masked(currency)
      return { currency, committed: whole ? shownMinor(committed) : null, expected: whole ? shownMinor(expected) : null, total: left ? null : shownMinor(committed + expected), masked: left }
    })
}

export const costHandlers: readonly CoreHandler[] = [
  coreHandler(viewCosts, async (_tx, { project_id, by, from, to }, { all, person }): Promise<CostView> => {
    const access = accessOf(person, project_id)
    // Periods that differ by a day would tell what that day's one person costs.
    if (access === 'totals' && (!totalBreakdowns.includes(by) || from !== undefined || to !== undefined)) throw refuse('auth.forbidden', detail('by', 'permission', 'rates:read'))
    const home = await all.need(project, project_id)
    const material = await materialOf(all, project_id)
    const { lines, whole } = breakDown(material.rows, by, { from: from ?? null, to: to ?? null })
    const away = givenAway(material.rows, person.collaborator_id)
    const told = by === 'day' ? 'day' : 'mission'
    const { of, rank } = await naming(all, by, material, lines)
    const shown = (line: CostLine, masked: (currency: string) => boolean) => ({ count: line.count, unpriced: line.unpriced, amounts: amountsOf(line.amounts, access, home.currency, masked) })
    const inOrder = lines.toSorted((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1
      const [one, other] = [`${rank(a.key)} ${a.key}`, `${rank(b.key)} ${b.key}`]
      return one < other ? -1 : 1
    })
    const days = material.rows.flatMap((row) => row.days.map(({ date }) => date)).filter((date) => (from === undefined || date >= from) && (to === undefined || date <= to)).toSorted()
    return {
      access, currency: home.currency, zone: home.zone, first: days[0] ?? null, last: days.at(-1) ?? null,
      whole: shown(whole, (currency) => away.get(currency)?.whole ?? false),
      lines: inOrder.map((line) => ({ key: line.key, ...(line.key === null ? unnamed : of(line.key)), ...shown(line, (currency) => away.get(currency)?.[told].has(line.key) ?? false) })),
    }
  }),
]
