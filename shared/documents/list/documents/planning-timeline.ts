/** The planning drawn to scale: a page a day or a week, who works when, open posts, conflicts numbered and listed (ui 5.4). */
import { duration, longDate, offsetOf, shortDate } from '../../../domain/runsheets/formats.ts'
import { HOUR, MINUTE, addDays, fromMs, localDateOf, toLocal } from '../../../kernel/instants.ts'
import { weekNumber } from '../../../domain/planning/working-time.ts'
import type { BarForm, ListContent, ListRow, Section, TableSection, TimelineBar, TimelineGroup, TimelineRow, TimelineSection } from '../content.ts'
import { catalogueOf, column, countNote } from '../desk.ts'
import type { Catalogue, Desk } from '../desk.ts'
import { filterSentence } from '../filters.ts'
import { base } from './base.ts'
import { conflictWords } from './conflict-words.ts'
import { datesOf, midnight, mondaysOf, plannedWindow } from './planning-window.ts'
import type { Bar, PlannedWindow } from './planning-window.ts'

/** A page of one day goes on into the night of who began that day. */
const INTO_THE_NIGHT = 12 * HOUR

interface Page {
  start: number
  end: number
  title: string
  grain: TimelineSection['grain']
}
interface Sheet {
  desk: Desk
  plan: PlannedWindow
  catalogue: Catalogue
  /** Number of each conflict, by its place in the window. */
  numbers: ReadonlyMap<number, number>
}

export async function planningTimeline(desk: Desk): Promise<ListContent> {
  const plan = await plannedWindow(desk)
  const catalogue = await catalogueOf(desk)
  const sheet: Sheet = { desk, plan, catalogue, numbers: numbered(plan) }
  const pages = desk.timeline?.span === 'day' ? daysOf(sheet) : weeksOf(sheet)
  const sections = pages.map((page): Section => ({
    kind: 'timeline', title: page.title, from: fromMs(page.start), to: fromMs(page.end), zone: plan.zone, grain: page.grain, groups: groupsOf(sheet, page), fresh: true,
    empty: desk.say('Rien de prévu.', 'Nothing planned.'),
  }))
  const shown = sections.filter((section) => section.kind !== 'timeline' || section.groups.length > 0)
  const people = new Set(plan.bars.map((bar) => bar.person.id)).size
  return {
    ...base(desk, 'planning_timeline', desk.say('Planning', 'Planning')),
    subtitle: `${range(plan, desk)} · ${plan.zone}`,
    notes: [`${countNote(desk, plan.bars.length, ['affectation', 'affectations'], ['assignment', 'assignments'])}, ${countNote(desk, people, ['personne', 'personnes'], ['person', 'people'])}`],
    filters: desk.filtered === null && desk.ids === null ? null : await filterSentence(desk, 'assignment.list'),
    sections: [...(shown.length > 0 ? shown : sections.slice(0, 1)), ...(sheet.numbers.size > 0 ? [conflictTable(sheet)] : [])],
  }
}

const range = ({ from, to, zone }: PlannedWindow, { language }: Desk): string => {
  const [first, last] = [localDateOf(from, zone), localDateOf(fromMs(Date.parse(to) - 1), zone)]
  return first === last ? longDate(first, language) : `${shortDate(first, language)} – ${shortDate(last, language)}`
}

/** Conflicts that are nobody's decision yet, of the rows that are printed, in the order of their beginnings. */
function numbered({ window, bars, indexOf }: PlannedWindow): Map<number, number> {
  const printed = new Set(bars.map((bar) => indexOf.get(bar.id)))
  const order = window.conflicts.map((conflict, index) => ({ conflict, index }))
    .filter(({ conflict }) => !conflict.acknowledged && conflict.severity !== 'info' && conflict.assignments.some((row) => printed.has(row)))
    .sort((a, b) => (a.conflict.start ?? 0) - (b.conflict.start ?? 0) || (a.conflict.id < b.conflict.id ? -1 : 1))
  return new Map(order.map(({ index }, place) => [index, place + 1]))
}

/** `samedi 24 octobre 2026 (UTC+2 → UTC+1)`. */
const titled = (words: string, start: number, end: number, zone: string): string => {
  const [before, after] = [offsetOf(fromMs(start), zone), offsetOf(fromMs(end - 1), zone)]
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${before === after ? before : `${before} → ${after}`})`
}

/** From the first hour somebody works to the last, at least twelve, with the night of who began that day. */
function daysOf({ plan, desk }: Sheet): Page[] {
  const { zone } = plan
  return datesOf(plan.from, plan.to, zone).flatMap((date): Page[] => {
    const [from, to] = [midnight(date, zone), midnight(addDays(date, 1), zone)]
    const over = plan.bars.filter((bar) => bar.start < to && bar.end > from)
    if (over.length === 0) return []
    const begun = over.filter((bar) => bar.start >= from)
    const start = Math.max(from, Math.floor(Math.min(...over.map((bar) => bar.start)) / HOUR) * HOUR - HOUR)
    const last = Math.max(...over.map((bar) => Math.min(bar.end, begun.includes(bar) ? to + INTO_THE_NIGHT : to)))
    const end = Math.max(Math.ceil(last / HOUR) * HOUR + (last < to ? HOUR : 0), start + 12 * HOUR)
    return [{ start, end, title: titled(longDate(date, desk.language), start, end, zone), grain: 'hour' }]
  })
}
function weeksOf({ plan, desk }: Sheet): Page[] {
  const { zone } = plan
  return mondaysOf(datesOf(plan.from, plan.to, zone)).map((monday) => {
    const [start, end] = [midnight(monday, zone), midnight(addDays(monday, 7), zone)]
    return { start, end, title: titled(desk.say(`semaine ${weekNumber(monday)}, du ${shortDate(monday, 'fr')} au ${shortDate(addDays(monday, 6), 'fr')}`, `week ${weekNumber(monday)}, ${shortDate(monday, 'en')} to ${shortDate(addDays(monday, 6), 'en')}`), start, end, zone), grain: 'day' }
  })
}
const formOf = (state: string): BarForm => (state === 'planned' || state === 'proposed' || state === 'accepted' || state === 'confirmed' ? state : 'done')
const during = (page: Page) => (one: { start: number; end: number }): boolean => one.start < page.end && one.end > page.start
const dayTitle = (mission: Bar['mission']): string => [mission.day_code, mission.title].filter((part) => part !== null).join(' ')

function timesOf({ start, end, mission }: Pick<Bar, 'start' | 'end' | 'mission'>, zone: string): string {
  const [from, to] = [toLocal(fromMs(start), mission.zone), toLocal(fromMs(end), mission.zone)]
  const offset = mission.zone === zone ? '' : ` ${offsetOf(fromMs(start), mission.zone)}`
  return `${from.time}–${to.time}${offset}`
}

function barOf(bar: Bar, { plan, numbers }: Sheet, label: string): TimelineBar {
  const index = plan.indexOf.get(bar.id)
  return {
    id: bar.id, from: fromMs(bar.start), to: fromMs(bar.end), form: formOf(bar.state), code: bar.role?.department_code ?? null, label: bar.quantity > 1 ? `×${bar.quantity} ${label}` : label, times: timesOf(bar, plan.zone),
    numbers: index === undefined ? [] : [...numbers].filter(([place]) => plan.window.conflicts[place]?.assignments.includes(index)).map(([, number]) => number),
  }
}

function groupsOf(sheet: Sheet, page: Page): TimelineGroup[] {
  const group = sheet.desk.timeline?.group ?? 'person'
  const groups = group === 'mission' ? missionGroups(sheet, page) : group === 'location' ? locationGroups(sheet, page) : departmentGroups(sheet, page)
  return groups.filter(({ rows }) => rows.length > 0)
}

const roleName = ({ desk }: Sheet, role: Bar['role']): string => (role === null ? '' : desk.language === 'en' ? (role.name_en ?? role.name) : role.name)

/** Rows of the people of some bars, heads first, then by name. */
function personRows(sheet: Sheet, page: Page, bars: readonly Bar[], labelOf: (bar: Bar) => string, away: boolean): TimelineRow[] {
  const { desk, plan } = sheet
  const people = [...Map.groupBy(bars.filter(during(page)), (bar) => bar.person.id).values()]
  const head = (own: readonly Bar[]): number => (own.some((bar) => bar.role?.is_head) ? 0 : 1)
  return people.sort((a, b) => head(a) - head(b) || (a[0]?.person.name ?? '').localeCompare(b[0]?.person.name ?? '', desk.language)).flatMap((own): TimelineRow[] => {
    const [first] = own
    if (!first) return []
    const index = plan.window.people.indexOf(first.person)
    const minutes = own.filter((bar) => bar.start >= page.start).reduce((sum, bar) => sum + (bar.end - bar.start) / MINUTE, 0)
    return [{
      id: first.person.id, name: first.person.name, detail: [...new Set(own.map((bar) => bar.part ?? roleName(sheet, bar.role)))].filter((text) => text !== '').join(', '),
      total: minutes === 0 ? '' : duration(Math.round(minutes), desk.language), bars: own.map((bar) => barOf(bar, sheet, labelOf(bar))),
      away: away ? awayOf(sheet, index, page) : [],
    }]
  })
}

const awayOf = ({ desk, plan }: Sheet, person: number, page: Page): TimelineRow['away'] => [
  ...plan.window.availability.filter((block) => block.person === person && block.kind === 'unavailable' && during(page)(block)).map((block) => ({ from: fromMs(block.start), to: fromMs(block.end), label: block.reason ?? desk.say('indisponible', 'unavailable') })),
  ...plan.window.busy.filter((one) => one.person === person && during(page)(one)).map((one) => ({ from: fromMs(one.start), to: fromMs(one.end), label: desk.say('autre projet', 'other project') })),
]

function departmentGroups(sheet: Sheet, page: Page): TimelineGroup[] {
  const { desk, plan, catalogue } = sheet
  const all = [...catalogue.departments.map(({ code, name }) => ({ code, name })), { code: null, name: desk.say('Sans département', 'No department') }]
  const known = new Set<string | null>(catalogue.departments.map(({ code }) => code))
  const codeOf = (role: Bar['role']): string | null => (role !== null && known.has(role.department_code) ? role.department_code : null)
  return all.map(({ code, name }): TimelineGroup => {
    const needs = plan.window.needs.filter((need) => codeOf(plan.window.roles[need.role] ?? null) === code && during(page)(need) && plan.window.missions[need.mission]?.status !== 'canceled')
    return {
      id: code ?? 'none', code, title: name, ...coverageOf(sheet, needs, page),
      rows: [...personRows(sheet, page, plan.bars.filter((bar) => codeOf(bar.role) === code), (bar) => dayTitle(bar.mission), true), ...openRows(sheet, needs)],
    }
  })
}

type Need = PlannedWindow['window']['needs'][number]

/** Posts that nobody stands for yet. */
const openRows = (sheet: Sheet, needs: readonly Need[]): TimelineRow[] => needs.flatMap((need): TimelineRow[] => {
  const { desk, plan } = sheet
  const open = need.head_count - need.filled - need.held
  const mission = plan.window.missions[need.mission]
  if (open <= 0 || !mission || (desk.ids !== null)) return []
  return [{
    id: need.id, name: `${desk.say('À pourvoir', 'To fill')}${open > 1 ? ` ×${open}` : ''}`, detail: roleName(sheet, plan.window.roles[need.role] ?? null), total: '', away: [],
    bars: [{ id: need.id, from: fromMs(need.start), to: fromMs(need.end), form: 'need', code: plan.window.roles[need.role]?.department_code ?? null, label: dayTitle(mission), times: timesOf({ start: need.start, end: need.end, mission }, plan.zone), numbers: [] }],
  }]
})

/** Heads filled (accepted or later) of those wanted: for the page, and over each time they are wanted. */
function coverageOf({ desk }: Sheet, needs: readonly Need[], page: Page): Pick<TimelineGroup, 'note' | 'strips'> {
  const edges = [...new Set(needs.flatMap((need) => [Math.max(page.start, need.start), Math.min(page.end, need.end)]))].sort((a, b) => a - b)
  const strips: TimelineGroup['strips'] = []
  for (const [index, from] of edges.entries()) {
    const to = edges[index + 1]
    if (to === undefined) continue
    const over = needs.filter((need) => need.start < to && need.end > from)
    if (over.length === 0) continue
    const wanted = over.reduce((sum, need) => sum + need.head_count, 0)
    const filled = over.reduce((sum, need) => sum + Math.min(need.filled, need.head_count), 0)
    const last = strips.at(-1)
    const label = `${filled}/${wanted}`
    if (last && last.label === label && Date.parse(last.to) === from) last.to = fromMs(to)
    else strips.push({ from: fromMs(from), to: fromMs(to), label, short: filled < wanted })
  }
  const wanted = needs.reduce((sum, need) => sum + need.head_count, 0)
  const filled = needs.reduce((sum, need) => sum + Math.min(need.filled, need.head_count), 0)
  return { note: wanted === 0 ? '' : `${filled} / ${wanted} ${desk.say(filled > 1 ? 'pourvus' : 'pourvu', 'filled')}`, strips }
}

function missionGroups(sheet: Sheet, page: Page): TimelineGroup[] {
  const { plan } = sheet
  return plan.window.missions.filter((mission) => mission.status !== 'canceled' && during(page)(mission)).sort((a, b) => a.start - b.start || a.title.localeCompare(b.title)).map((mission) => {
    const index = plan.window.missions.indexOf(mission)
    const needs = plan.window.needs.filter((need) => need.mission === index)
    return {
      id: mission.id, code: mission.day_code, title: mission.title, ...coverageOf(sheet, needs, page),
      rows: [...personRows(sheet, page, plan.bars.filter((bar) => bar.mission === mission), (bar) => bar.part ?? roleName(sheet, bar.role), false), ...openRows(sheet, needs)],
    }
  })
}

function locationGroups(sheet: Sheet, page: Page): TimelineGroup[] {
  const { desk, plan } = sheet
  const places = [...plan.window.locations.keys(), -1]
  return places.map((place) => {
    const missions = plan.window.missions.filter((mission) => mission.location === place && mission.status !== 'canceled' && during(page)(mission)).sort((a, b) => a.start - b.start)
    const here = plan.window.locations[place]
    return {
      id: here?.id ?? 'none', code: null, title: here?.name ?? desk.say('Sans lieu', 'No location'), note: '', strips: [],
      rows: missions.map((mission): TimelineRow => {
        const heads = plan.bars.filter((bar) => bar.mission === mission).reduce((sum, bar) => sum + bar.quantity, 0)
        return {
          id: mission.id, name: dayTitle(mission), detail: countNote(desk, heads, ['personne', 'personnes'], ['person', 'people']), total: '', away: [],
          bars: [{ id: mission.id, from: fromMs(mission.start), to: fromMs(mission.end), form: 'mission', code: null, label: dayTitle(mission), times: timesOf({ ...mission, mission }, plan.zone), numbers: [] }],
        }
      }),
    }
  })
}

const textOf = (figure: unknown): string | null => (typeof figure === 'string' && figure !== '' ? figure : null)

function conflictTable({ desk, plan, numbers }: Sheet): TableSection {
  const { window, zone } = plan
  const rows = [...numbers].sort(([, a], [, b]) => a - b).flatMap(([place, number]): ListRow[] => {
    const conflict = window.conflicts[place]
    if (!conflict) return []
    const found = conflict.figures['found_minutes']
    const limit = conflict.figures['warning_minutes']
    const words = conflictWords(conflict.kind)
    const measured = typeof found === 'number' && typeof limit === 'number' ? `${duration(found, desk.language)} (${desk.say('seuil', 'limit')} ${duration(limit, desk.language)})` : null
    const article = textOf(conflict.figures['article'])
    const rule = textOf(conflict.figures[`rule_${desk.language}`])
    const start = conflict.start === null ? null : fromMs(conflict.start)
    return [{
      id: conflict.id,
      cells: {
        number: String(number), severity: { state: conflict.severity === 'severe' ? desk.say('bloquant', 'blocking') : desk.say('avertissement', 'warning'), mark: conflict.severity === 'severe' ? 'blocking' : 'warning' },
        what: [words ? desk.say(...words) : conflict.kind, measured, rule, article].filter((part) => part !== null).join(' · '),
        who: window.people[conflict.person]?.name ?? conflict.missions.flatMap((index) => (window.missions[index] ? [dayTitle(window.missions[index])] : [])).join(', '),
        from: start === null ? null : { at: start, zone, of: null }, to: conflict.end === null ? null : { at: fromMs(conflict.end), zone, of: null },
      },
    }]
  })
  return {
    kind: 'table', title: desk.say('Conflits', 'Conflicts'), note: null, fresh: true, empty: '',
    columns: [
      column('number', 'N°', 'strong', 22), column('severity', desk.say('Gravité', 'Severity'), 'state', 76), column('what', desk.say('Quoi', 'What'), 'text', 180, 1), column('who', desk.say('Qui, quoi', 'Who, what'), 'text', 110, 0.7),
      column('from', desk.say('De', 'From'), 'moment', 96), column('to', desk.say('À', 'To'), 'moment', 96),
    ],
    groups: [{ id: 'all', code: null, title: '', count: null, rows }],
  }
}
