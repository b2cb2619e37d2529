import type { ReactNode } from 'react'
import { useProject } from '../../app/context.tsx'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Plan } from './plan.ts'
import { lastInstant } from './project-input.ts'

/** Nobody is planned yet: assign, or go to the missions that come. */
export function PlanningEmpty({ plan, now, assign }: { plan: Plan | null; now: number; assign: ReactNode }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const missions = [...(plan?.missions ?? [])].sort((one, other) => one.start - other.start)
  // By when they begin: the first that is not over, else the last.
  const next = missions.find(({ end }) => end > now) ?? missions.at(-1)
  return (
    <EmptyState text={t('planning.empty', { a: format.dayOf(project.start_at, project.zone), b: format.dayOf(lastInstant(project.end_at), project.zone) })} help="planning">
      {next && assign}
      {next ? (
        <Button label={t('planning.empty_next')} onClick={() => go(paths.mission(project.org, project.id, next.id))} />
      ) : (
        <Button label={t('planning.empty_missions')} onClick={() => go(paths.missions(project.org, project.id))} />
      )}
    </EmptyState>
  )
}
