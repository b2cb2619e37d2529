import { isInstant } from '../../../shared/kernel/instants.ts'
import { paths } from '../../app/routes.ts'
import type { Format } from '../../i18n/format.ts'
import { hostZone } from '../../i18n/format.ts'
import type { Key } from '../../i18n/index.ts'
import { openPlan } from '../planning/opened.ts'
import { refOf, type NoticeItem } from './items.ts'

/** `sam. 24 oct. 14:30` on this computer’s clocks. */
export const momentOf = (format: Format, at: string | null): string => (isInstant(at) ? `${format.dayOf(at, hostZone())} ${format.timeOf(at, hostZone())}` : '')

export interface NoticeWay {
  path: string
  label: Key
}

/** The page on which one reads more or acts, opened at the record; null: it names none that has a page. */
export function wayOf(org: string, notice: Pick<NoticeItem, 'refs'>): NoticeWay | null {
  const of = (entity: string): string | null => refOf(notice, entity)
  const [project, sheet, plan, assignment, mission] = [of('project'), of('run_sheet'), of('plan_publication'), of('assignment'), of('mission')]
  if (project === null) return null
  const contract = of('contract')
  if (contract !== null) return { path: paths.contract(org, project, contract), label: 'matter.act.contract' }
  if (sheet !== null) return { path: paths.sheet(org, project, sheet), label: 'matter.act.sheet' }
  if (plan !== null) return { path: `${paths.planning(org, project)}?sel=${openPlan(plan)}`, label: 'matter.act.plan' }
  if (assignment !== null) return { path: `${paths.planning(org, project)}?sel=${assignment}`, label: 'matter.act.assignment' }
  return mission === null ? null : { path: `${paths.missions(org, project)}?sel=${mission}`, label: 'matter.act.mission' }
}
