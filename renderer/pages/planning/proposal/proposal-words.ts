/** A proposal in words. Pure: what is shown and what is spoken come from the same moves. */
import { fromMs, MINUTE, offsetMinutes, offsetLabel, toLocal } from '../../../../shared/kernel/instants.ts'
import type { ConflictRow } from '../../../app/conflicts.ts'
import type { Format } from '../../../i18n/format.ts'
import { wordOf } from '../../../i18n/index.ts'
import type { Translate } from '../../../i18n/index.ts'
import type { Plan, PlanBar } from '../plan.ts'
import type { Ghost } from './intent.ts'
import type { Rehearsed } from './use-gesture.ts'

/** A bar and where it would be; times in ms UTC. */
export interface ProposedMove {
  readonly bar: PlanBar
  readonly start: number
  readonly end: number
  /** Whose it would be; null: stays theirs. */
  readonly person: { readonly id: string; readonly name: string } | null
}

/** In the order of the plan: by start, then by name. */
export function movesOf(plan: Plan, ghosts: readonly Ghost[]): readonly ProposedMove[] {
  const names = new Map(plan.people.map(({ id, name }) => [id, name]))
  return ghosts
    .flatMap(({ id, start, end, person }): ProposedMove[] => {
      const bar = plan.barOf.get(id)
      return bar === undefined ? [] : [{ bar, start, end, person: person === bar.person.id ? null : { id: person, name: names.get(person) ?? '' } }]
    })
    .sort((one, other) => one.bar.start - other.bar.start || one.bar.person.name.localeCompare(other.bar.person.name) || (one.bar.id < other.bar.id ? -1 : 1))
}

/** A moment before and after, as the clock of the mission shows it. */
export interface ClockChange {
  readonly from: string
  readonly to: string
  /** With its day where the day changes. */
  readonly fromDay: string | null
  readonly toDay: string | null
  readonly fromOffset: string
  readonly toOffset: string
}

export function clockChange(format: Format, zone: string, from: number, to: number): ClockChange {
  const [before, after] = [fromMs(from), fromMs(to)]
  const otherDay = toLocal(before, zone).date !== toLocal(after, zone).date
  return {
    from: format.timeOf(before, zone), to: format.timeOf(after, zone),
    fromDay: otherDay ? format.dayOf(before, zone) : null, toDay: otherDay ? format.dayOf(after, zone) : null,
    fromOffset: format.offset(before, zone), toOffset: format.offset(after, zone),
  }
}

const DAY_MINUTES = 1440
const wall = (ms: number, zone: string): number => Math.floor(ms / MINUTE) + offsetMinutes(ms, zone)

/** `+45 min`, `+1 j`, `-2 j 1 h 30`: days by the clock, what is under a day by what passes. */
export function deltaText(t: Translate, from: number, to: number, zone: string): string {
  const byClock = wall(to, zone) - wall(from, zone)
  const minutes = Math.abs(byClock) < DAY_MINUTES ? Math.round((to - from) / MINUTE) : byClock
  const size = Math.abs(minutes)
  const [days, rest] = [Math.floor(size / DAY_MINUTES), size % DAY_MINUTES]
  const parts = [days > 0 ? t('proposal.days', { count: days }) : '', rest > 0 || days === 0 ? minutesText(rest) : ''].filter(Boolean)
  return `${minutes < 0 ? '−' : '+'}${parts.join(' ')}`
}

/** `10 h 30`, `45 min`. */
export function minutesText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** `Repos trop court : 10 h 30 < 11 h (L3131-1)`, the figures that the rule compares and its article; without them, the kind alone. */
export function conflictText(t: Translate, { kind, severity, figures }: Pick<ConflictRow, 'kind' | 'severity' | 'figures'>): string {
  const found = figures['found_minutes']
  const asked = (severity === 'severe' ? figures['severe_minutes'] : null) ?? figures['warning_minutes']
  const name = wordOf(t, 'conflict', kind)
  const article = typeof figures['article'] === 'string' ? ` (${figures['article']})` : ''
  if (typeof found === 'number' && typeof asked === 'number') return `${t('proposal.rule', { name, found: minutesText(found), sign: found < asked ? '<' : found > asked ? '>' : '=', asked: minutesText(asked) })}${article}`
  const overlap = figures['overlap_minutes']
  return typeof overlap === 'number' ? t('proposal.rule_figure', { name, found: minutesText(overlap) }) : name
}

const titleOf = ({ mission }: PlanBar): string => mission.title

/** `Démontage, 00:30 à 03:00 UTC+1, +45 min, avertissement : Repos trop court : 10 h 30 < 11 h`. */
export function spokenOf(t: Translate, format: Format, moves: readonly ProposedMove[], { broken, mended, refusal }: Pick<Rehearsed, 'broken' | 'mended' | 'refusal'>): string {
  const [first] = moves
  if (first === undefined) return ''
  const { zone } = first.bar.mission
  const said = moves.length === 1
    ? t('proposal.spoken', {
        mission: titleOf(first.bar), start: format.timeOf(fromMs(first.start), zone), end: format.timeOf(fromMs(first.end), zone), offset: offsetLabel(offsetMinutes(first.end, zone)),
        delta: first.start === first.bar.start ? deltaText(t, first.bar.end, first.end, zone) : deltaText(t, first.bar.start, first.start, zone),
      })
    : t('proposal.spoken_many', { count: moves.length })
  const [worst] = broken
  return [
    said,
    first.person && moves.length === 1 ? t('proposal.instead', { name: first.person.name, former: first.bar.person.name }) : '',
    refusal ? t('proposal.spoken_refused') : '',
    worst ? `${t(`severity.${worst.severity}`, { count: broken.filter(({ severity }) => severity === worst.severity).length })}, ${conflictText(t, worst)}` : '',
    mended.length > 0 ? t('proposal.mends', { count: mended.length }) : '',
  ].filter(Boolean).join(', ')
}
