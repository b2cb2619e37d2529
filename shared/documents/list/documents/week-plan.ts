/** Everybody's week: for each person, each week, what to do, where and when. Options are there and say so, as on the sheet (decision A14). */
import { duration, longDate, shortDate } from '../../../domain/runsheets/formats.ts'
import { MINUTE, addDays, fromMs, localDateOf } from '../../../kernel/instants.ts'
import type { LocalDate } from '../../../kernel/instants.ts'
import { mondayOf } from '../../../domain/planning/working-time.ts'
import type { ListContent, ListGroup, TableSection } from '../content.ts'
import { column, countNote, stateCell } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'
import { plannedWindow } from './planning-window.ts'
import type { Bar, PlannedWindow } from './planning-window.ts'

export async function weekPlan(desk: Desk): Promise<ListContent> {
  const plan = await plannedWindow({ ...desk, ids: null, filtered: null })
  const named = desk.ids === null ? null : new Set<string>(desk.ids)
  const given = plan.bars.filter((bar) => named === null || named.has(bar.person.id))
  const people = [...Map.groupBy(given, (bar) => bar.person).entries()].sort(([a], [b]) => a.name.localeCompare(b.name, desk.language))
  return {
    ...base(desk, 'week_plan', desk.say('Semaine de chacun', 'Everybody’s week')),
    ...(people.length === 1 ? { title: desk.say('Ma semaine', 'My week'), subtitle: people[0]?.[0].name ?? '' } : {}),
    notes: [countNote(desk, people.length, ['personne', 'personnes'], ['person', 'people'])],
    sections: people.length === 0 ? [{ kind: 'table', title: null, note: null, columns: columnsOf(desk), groups: [], empty: desk.say('Rien de prévu.', 'Nothing planned.') }]
      : people.flatMap(([person, bars]) => weeksOf(desk, plan, person.name, bars)),
  }
}

const columnsOf = ({ say }: Desk): TableSection['columns'] => [
  column('call', say('Convoc.', 'Call'), 'call', 44), column('start', say('Début', 'Start'), 'clock', 42), column('end', say('Fin', 'End'), 'clock', 46), column('mission', 'Mission', 'strong', 110, 1),
  column('role', say('Fonction', 'Role'), 'text', 84, 0.7), column('place', say('Lieu', 'Place'), 'text', 90, 0.8), column('state', say('État', 'State'), 'state', 62),
]

/** A table a week, the first of a person on a page of its own; a group a day. */
function weeksOf(desk: Desk, plan: PlannedWindow, name: string, bars: readonly Bar[]): TableSection[] {
  const dated = bars.map((bar) => ({ bar, date: localDateOf(fromMs(bar.start), bar.mission.zone) })).sort((a, b) => a.bar.start - b.bar.start)
  return [...Map.groupBy(dated, ({ date }) => mondayOf(date)).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([monday, week], index): TableSection => ({
    kind: 'table', title: `${name} — ${desk.say('semaine du', 'week of')} ${shortDate(monday, desk.language)} ${desk.say('au', 'to')} ${shortDate(addDays(monday, 6), desk.language)}`, note: hours(desk, week.map(({ bar }) => bar)),
    ...(index === 0 ? { fresh: true } : {}), keep_groups: true, columns: columnsOf(desk), empty: '',
    groups: [...Map.groupBy(week, ({ date }) => date).entries()].map(([date, day]) => dayOf(desk, plan, date, day.map(({ bar }) => bar))),
  }))
}

const hours = (desk: Desk, bars: readonly Bar[]): string => duration(Math.round(bars.reduce((sum, bar) => sum + (bar.end - bar.start) / MINUTE, 0)), desk.language)

function dayOf(desk: Desk, { window }: PlannedWindow, date: LocalDate, bars: readonly Bar[]): ListGroup {
  const words = longDate(date, desk.language)
  return {
    id: date, code: null, title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`, count: hours(desk, bars),
    rows: bars.map((bar) => {
      const time = (ms: number) => ({ at: fromMs(ms), zone: bar.mission.zone, of: date })
      return {
        id: bar.id,
        cells: {
          call: time(bar.call ?? bar.start), start: time(bar.start), end: time(bar.end), mission: [bar.mission.day_code, bar.mission.title].filter((part) => part !== null).join(' '),
          role: bar.part ?? (bar.role === null ? null : desk.language === 'en' ? (bar.role.name_en ?? bar.role.name) : bar.role.name),
          place: window.locations[bar.mission.location]?.name ?? null, state: stateCell(desk, 'assignment', bar.state),
        },
      }
    }),
  }
}
