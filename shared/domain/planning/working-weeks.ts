/** Weeks of one person (decision P10): whole ISO weeks, by the local date of each working day, and what they amount to over several. */
import { addDays, DAY } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { workedMs } from './working-time.ts'
import type { Shift, WorkingDay } from './working-time.ts'

export interface MeasuredDay<S extends Shift> {
  readonly day: WorkingDay<S>
  readonly workedMs: number
  /** Of the local date, counted from 1970-01-01. */
  readonly number: number
}

export interface WorkedWeek<S extends Shift> {
  readonly monday: LocalDate
  /** Whole weeks since the one of 1970-01-01. */
  readonly number: number
  readonly days: readonly MeasuredDay<S>[]
  readonly workedMs: number
}

const epoch: LocalDate = '1970-01-01' as LocalDate
/** The first of January 1970 was a Thursday. */
const THURSDAY = 3

export const dayNumberOf = (date: LocalDate): number => Date.parse(date) / DAY
export const weekNumberOf = (date: LocalDate): number => weekOf(dayNumberOf(date))
const weekOf = (dayNumber: number): number => Math.floor((dayNumber + THURSDAY) / 7)
export const mondayOfWeek = (number: number): LocalDate => addDays(epoch, number * 7 - THURSDAY)

export const measured = <S extends Shift>(days: readonly WorkingDay<S>[]): MeasuredDay<S>[] =>
  days.map((day) => ({ day, workedMs: workedMs(day.shifts), number: dayNumberOf(day.date) }))

/** Weeks with work, in order. A working day counts whole in the week of its date. */
export function workedWeeks<S extends Shift>(days: readonly MeasuredDay<S>[]): WorkedWeek<S>[] {
  const weeks = new Map<number, MeasuredDay<S>[]>()
  for (const one of days) {
    const number = weekOf(one.number)
    const list = weeks.get(number)
    if (list) list.push(one)
    else weeks.set(number, [one])
  }
  return [...weeks]
    .map(([number, list]) => ({ number, monday: mondayOfWeek(number), days: list, workedMs: list.reduce((sum, one) => sum + one.workedMs, 0) }))
    .sort((a, b) => a.number - b.number)
}

export interface WeekTotal {
  readonly workedMs: number
  /** Weeks without work known here, of those counted: their hours are unknown, so the total is the least it can be. */
  readonly unknown: number
}

/** What the `count` whole weeks that end with week `number` amount to; `weeks` in order, `at` the place of the last that may count. */
export function totalUpTo(weeks: readonly WorkedWeek<Shift>[], at: number, number: number, count: number): WeekTotal {
  let workedMs = 0
  let known = 0
  for (let index = at; index >= 0; index--) {
    const week = weeks[index]
    if (week === undefined || week.number <= number - count) break
    workedMs += week.workedMs
    known++
  }
  return { workedMs, unknown: Math.max(0, count - known) }
}

/** Runs of dates that follow each other, each with the working days of these dates, in order of the dates. */
export function runsOfDays<S extends Shift>(days: readonly MeasuredDay<S>[]): { readonly dates: number; readonly last: LocalDate; readonly days: readonly WorkingDay<S>[] }[] {
  const byDate = [...days].sort((a, b) => a.number - b.number || a.day.start - b.day.start)
  const runs: { dates: number; last: LocalDate; days: WorkingDay<S>[] }[] = []
  let former = -Infinity
  for (const { day, number } of byDate) {
    const run = runs.at(-1)
    if (run !== undefined && number - former <= 1) {
      run.dates += number - former
      run.last = day.date
      run.days.push(day)
    } else runs.push({ dates: 1, last: day.date, days: [day] })
    former = number
  }
  return runs
}
