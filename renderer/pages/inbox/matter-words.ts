import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import { paths } from '../../app/routes.ts'
import type { Format } from '../../i18n/format.ts'
import { hostZone } from '../../i18n/format.ts'
import { wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { openPlan } from '../planning/opened.ts'

type Names = Readonly<Record<string, string>>
export interface MatterNames {
  people: Names
  missions: Names
  locations: Names
  projects: Names
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What is the matter, in a few words, without naming what it is about. */
export function matterWords(t: Translate, format: Format, { kind, figures }: MatterItem): string {
  switch (kind) {
    case 'conflict':
    case 'option_expired':
      return wordOf(t, 'conflict', textOf(figures['conflict_kind']))
    case 'need_open':
      return t('matter.need_open', { open: numberOf(figures['open']), needed: numberOf(figures['needed']) })
    case 'sheet_due':
      return t(figures['in_work'] === true ? 'matter.sheet_to_publish' : 'matter.sheet_to_prepare')
    case 'sheet_behind':
      return t('matter.sheet_behind', { number: numberOf(figures['published']) })
    case 'mission_incomplete':
      return t(figures['location'] === true ? (figures['people'] === true ? 'matter.lacks_both' : 'matter.lacks_location') : 'matter.lacks_people')
    case 'answers_awaited':
      return t('matter.answers_awaited', { count: numberOf(figures['count']) })
    case 'certification_expiring': {
      const day = textOf(figures['expires_on'])
      return t(figures['expired'] === true ? 'matter.certification_expired' : 'matter.certification_expiring', { kind: textOf(figures['kind']), day: isLocalDate(day) ? format.day(day) : day })
    }
    case 'job_failed':
      return t('matter.job_failed', { job: wordOf(t, 'data.job', textOf(figures['job'])), count: numberOf(figures['attempts']) })
    case 'import_refused':
      return t('matter.import_refused', { count: numberOf(figures['refused']) })
    case 'availability_request':
      return figures['own'] === true ? t('matter.availability_mine') : t('matter.availability_silent', { count: numberOf(figures['count']) })
    case 'plan_changed':
      return t(figures['own'] === true ? 'matter.plan_mine' : 'matter.plan_untold', { count: numberOf(figures['count']), number: numberOf(figures['number']) })
    case 'kept_command':
      return figures['outcome'] === 'conflict' ? t('matter.kept_conflict', { count: numberOf(figures['fields']) }) : t('matter.kept_refused')
    case 'double_booked':
    case 'answer_mine':
      return t(`matter.${kind}`)
  }
}

/** Names of the missions concerned, but the one that is the title already. */
export const missionNames = (matter: MatterItem, names: MatterNames): string[] =>
  [...new Set([...matter.refs.flatMap(({ entity, id }) => (entity === 'mission' ? [id] : [])), ...conflictMissions(matter)].flatMap((id) => names.missions[id] ?? []))].filter((name) => name !== matter.title)

function conflictMissions({ conflict }: MatterItem): string[] {
  const ids = conflict?.['mission_ids']
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

/** `sam. 24 oct. 14:30` on this computer's clocks. */
export const dueWords = (format: Format, due: string | null): string => (isInstant(due) ? `${format.dayOf(due, hostZone())} ${format.timeOf(due, hostZone())}` : '')

/** The page on which one acts, opened at the record. */
export function pathOfMatter(org: string, { act: { place, id }, project_id }: MatterItem): string {
  const selected = `?sel=${id}`
  if (place === 'person') return paths.people(org) + selected
  if (place === 'availability') return paths.availability(org, id)
  if (place === 'data') return paths.data(org)
  if (place === 'kept') return paths.syncConflict(org, id)
  if (place === 'location' || project_id === null) return paths.locations(org) + selected
  if (place === 'import') return paths.import(org, project_id)
  if (place === 'sheet') return paths.sheet(org, project_id, id)
  if (place === 'plan') return `${paths.planning(org, project_id)}?sel=${openPlan(id)}`
  if (place === 'assignment') return paths.planning(org, project_id) + selected
  return paths.missions(org, project_id) + selected
}
