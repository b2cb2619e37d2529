import { useMemo } from 'react'
import { useFormat } from '../../../i18n/format.ts'
import { useT, wordOf } from '../../../i18n/index.ts'
import type { Grouping, PlanBar, PlanNeed, PlanRole } from '../plan.ts'
import { dayOf, offsetAt, timeOf, timesOf } from './drawing.ts'
import { lacking } from './rows.ts'
import type { ZoomLevel } from './timeline-props.ts'
import { usePreferences } from '../../../app/preferences.ts'

export interface BarText {
  readonly label: string
  readonly sub: string
  /** Read out and shown on hover: all of it. */
  readonly about: string
  readonly description: string
}

/** What bars say, in the language of the screens and the zone of the axis. */
export function useBarWords(zone: string, level: ZoomLevel, grouping: Grouping) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  return useMemo(() => {
    const roleName = (role: PlanRole | null): string => (role === null ? '' : language === 'en' ? (role.name_en ?? role.name) : role.name)
    const times = (start: number, end: number, own: string): string =>
      own === zone ? timesOf(format, start, end, zone) : `${timesOf(format, start, end, own)} ${offsetAt(start, own)}`
    const textOf = (one: PlanBar): BarText => {
      const role = one.part ?? roleName(one.role)
      const title = grouping === 'mission' ? role || one.mission.title : one.mission.title
      const when = times(one.start, one.end, one.mission.zone)
      const state = wordOf(t, 'state.engagement', one.state)
      const team = one.quantity > 1 ? t('timeline.team', { accepted: one.accepted, refused: one.refused }) : ''
      const option = one.optionRank === null ? '' : t('timeline.option', { rank: one.optionRank })
      const expires = one.optionExpires === null || one.state !== 'planned' ? '' : t('timeline.expires', { day: dayOf(format, one.optionExpires, zone), time: timeOf(format, one.optionExpires, zone) })
      const waiting = one.state === 'proposed' && one.quantity === 1 ? t('timeline.waiting') : ''
      const place = level === 'hour' ? (one.mission.location?.name ?? '') : ''
      const marks = [one.reconfirm ? t('timeline.reconfirm') : '', one.untold ? t('timeline.untold') : '']
      const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ')
      const sub = level === 'week' || level === 'month' ? '' : joined(team === '' ? when : team, option, expires, waiting, place)
      return {
        label: title,
        sub,
        // What is seen comes first, as it is seen: who speaks to the screen says what they read.
        about: joined([title, sub].filter((part) => part !== '').join(' '), `${dayOf(format, one.start, one.mission.zone)} ${when}`, grouping === 'mission' ? one.mission.title : '', role === title ? '' : role, one.person.name),
        description: joined(state, one.role?.department_code ?? '', team, option, expires, ...marks, ...new Set(one.conflicts.map(({ kind, severity }) => `${t(`severity.${severity}`, { count: 1 })} : ${wordOf(t, 'conflict', kind)}`))),
      }
    }
    // The same text for the same bar, so that a bar whose place did not change is not drawn again.
    const known = new WeakMap<PlanBar, BarText>()
    const bar = (one: PlanBar): BarText => {
      const text = known.get(one) ?? textOf(one)
      known.set(one, text)
      return text
    }
    const need = (one: PlanNeed): BarText => {
      const when = times(one.start, one.end, one.mission.zone)
      const label = t('timeline.to_fill', { count: lacking(one) })
      const sub = `${one.mission.title} · ${when}`
      return { label, sub: level === 'week' || level === 'month' ? '' : sub, about: [`${label} ${sub}`, roleName(one.role)].filter((part) => part !== '').join(' · '), description: one.notes ?? '' }
    }
    return { bar, need, roleName }
  }, [t, format, language, zone, level, grouping])
}
export type BarWords = ReturnType<typeof useBarWords>
