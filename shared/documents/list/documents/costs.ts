/** What a project costs, as its page says it: an estimate, with the amounts that its reader may know and no other. */
import { breakdowns } from '../../../domain/costs/breakdown.ts'
import type { Breakdown } from '../../../domain/costs/breakdown.ts'
import { viewCosts } from '../../../domain/costs/operations.ts'
import type { CostView } from '../../../domain/costs/operations.ts'
import { detail, refuseFor } from '../../../domain/errors.ts'
import { shortDate } from '../../../domain/runsheets/formats.ts'
import { isLocalDate } from '../../../kernel/instants.ts'
import type { LocalDate } from '../../../kernel/instants.ts'
import type { Cell, ListColumn, ListContent, ListRow } from '../content.ts'
import { column, countNote, stateCell } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'

type Line = CostView['lines'][number]
type Sums = Pick<Line, 'count' | 'unpriced' | 'amounts'>
type Said = readonly [fr: string, en: string]

const heads: Readonly<Record<Breakdown, Said>> = {
  day: ['Jour', 'Day'], mission: ['Mission', 'Mission'], cost_centre: ['Centre de coût', 'Cost centre'], department: ['Département', 'Department'], role: ['Fonction', 'Role'], person: ['Personne', 'Person'], state: ['État', 'State'],
}
const nothings: Readonly<Record<Breakdown, Said>> = {
  day: ['Sans jour', 'No day'], mission: ['Sans mission', 'No mission'], cost_centre: ['Sans centre de coût', 'No cost centre'], department: ['Sans département', 'No department'], role: ['Sans fonction', 'No role'],
  person: ['Sans personne', 'No person'], state: ['Sans état', 'No state'],
}
const coded: readonly Breakdown[] = ['mission', 'cost_centre', 'department', 'role']

export async function costList(desk: Desk): Promise<ListContent> {
  const { project, say } = desk
  if (!project) throw refuseFor('project', 'not_found', detail('project_id', 'required', 'a project'))
  const { by = breakdowns[0], from, to } = desk.costs ?? {}
  const view = viewCosts.output.parse(await desk.ask('cost.view', { project_id: project.id, by, ...(from ? { from } : {}), ...(to ? { to } : {}) }))
  const unpriced = view.access === 'hidden' || view.whole.unpriced === 0 ? [] : [countNote(desk, view.whole.unpriced, ['affectation sans tarif, hors des montants', 'affectations sans tarif, hors des montants'], ['assignment without a rate, in no amount', 'assignments without a rate, in no amount'])]
  return {
    ...base(desk, 'cost_list', say('Coûts — Estimation', 'Costs — Estimate')),
    subtitle: period(desk, from ?? view.first, to ?? view.last),
    notes: [countNote(desk, view.whole.count, ['affectation', 'affectations'], ['assignment', 'assignments']), ...unpriced],
    filters: readingOf(desk, view),
    sections: [{
      kind: 'table', title: say(...heads[by]), note: say('tarifs et horaires prévus, sans charges', 'rates and planned hours, without charges'), columns: columnsOf(desk, by, view), empty: say('Aucune affectation sur cette période.', 'No assignment in this period.'),
      groups: view.lines.length === 0 ? [] : [{ id: by, code: null, title: '', count: null, rows: [...view.lines.flatMap((line) => rowsOf(desk, line.key ?? 'none', nameOf(desk, by, line), line)), ...rowsOf(desk, 'whole', { name: say('Total', 'Total'), code: null }, view.whole).map((row) => ({ ...row, form: 'strong' as const }))] }],
    }],
  }
}

function period({ language, say }: Desk, from: string | null, to: string | null): string {
  const word = (day: string | null): string | null => (isLocalDate(day) ? shortDate(day, language) : null)
  const [first, last] = [word(from), word(to)]
  if (first === null && last === null) return ''
  if (first !== null && last !== null) return first === last ? first : `${say('Du', 'From')} ${first} ${say('au', 'to')} ${last}`
  return first === null ? `${say('Jusqu’au', 'Until')} ${last ?? ''}` : `${say('À partir du', 'From')} ${first}`
}

/** Why amounts are missing, where they are. */
function readingOf({ say }: Desk, { access }: CostView): string | null {
  if (access === 'all') return null
  return access === 'hidden' ? say('Montants masqués dans cette session', 'Amounts hidden in this session') : say('Totaux seuls : un montant qui dirait le tarif d’une seule personne est masqué', 'Totals only: an amount that would tell one person’s rate is masked')
}

/** The columns of the page: committed and expected where rates are read, totals where these are, no amount where amounts are hidden. */
function columnsOf({ say }: Desk, by: Breakdown, { access }: CostView): ListColumn[] {
  return [
    ...(coded.includes(by) ? [column('code', 'Code', 'code', 44)] : []),
    column('name', say(...heads[by]), by === 'day' ? 'date' : by === 'state' ? 'state' : 'strong', 120, 1),
    column('count', say('Affectations', 'Assignments'), 'count', 66), column('unpriced', say('Sans tarif', 'No rate'), 'count', 58),
    ...(access === 'all' ? [column('committed', say('Engagé', 'Committed'), 'money', 84), column('expected', say('Attendu', 'Expected'), 'money', 84)] : []),
    ...(access === 'hidden' ? [] : [column('total', 'Total', 'money', 88)]),
  ]
}

interface Named {
  name: Cell
  code: string | null
}
function nameOf(desk: Desk, by: Breakdown, line: Line): Named {
  const { language, say } = desk
  if (line.key === null) return { name: say(...nothings[by]), code: null }
  if (by === 'state') return { name: stateCell(desk, 'assignment', line.key), code: null }
  if (by === 'day') return { name: isLocalDate(line.key) ? dateCell(line.key) : line.key, code: null }
  return { name: (language === 'en' ? (line.name_en ?? line.name) : line.name) ?? line.key, code: line.code }
}
const dateCell = (date: LocalDate): Cell => ({ date })

/** A row a currency: they are never added to each other. What is counted is counted on the first. */
function rowsOf({ say }: Desk, id: string, { name, code }: Named, { count, unpriced, amounts }: Sums): ListRow[] {
  const counted = { code, name, count, unpriced: unpriced > 0 ? unpriced : null }
  if (amounts.length === 0) return [{ id, cells: { ...counted, committed: null, expected: null, total: null } }]
  return amounts.map(({ currency, committed, expected, total, masked }, index): ListRow => {
    const money = (minor: number | null): Cell => (minor === null ? null : { minor, currency })
    return {
      id: `${id} ${currency}`,
      cells: { ...(index === 0 ? counted : { code, name, count: null, unpriced: null }), committed: money(committed), expected: money(expected), total: masked ? say('masqué', 'masked') : money(total) },
    }
  })
}
