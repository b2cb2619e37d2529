import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useList } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { FilterBar } from '../../components/list/FilterBar.tsx'
import { ListStates } from '../../components/list/ListStates.tsx'
import { Page } from '../../components/Page.tsx'
import { PanelNeighbours } from '../../components/panel-neighbours.ts'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { parseSort } from '../../components/table-state.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { EngagementBulk } from '../engagement/EngagementBulk.tsx'
import { openAssign, readOpened } from './opened.ts'
import styles from './Planning.module.css'
import { readGrouping } from './plan.ts'
import { boundsOf } from './plan-filter.ts'
import { printOfPlan } from './plan-print.ts'
import { sorted } from './plan-sort.ts'
import { PlanningEmpty } from './PlanningEmpty.tsx'
import { FilterEnd } from './FilterEnd.tsx'
import { PeriodNav, ViewChoice, views, ZoomChoice } from './PlanningHeader.tsx'
import { PlanningMenu } from './publication/PlanningMenu.tsx'
import { PlanningPanel } from './PlanningPanel.tsx'
import { PlanningViews } from './PlanningViews.tsx'
import { BulkActions } from './proposal/bulk/BulkActions.tsx'
import type { BulkStep } from './proposal/bulk/step.ts'
import { useProposal } from './proposal/use-proposal.ts'
import { SEVERITY, usePlanFilter } from './use-plan-filter.ts'
import { usePlan } from './use-plan.ts'
import { useSelection } from './use-selection.ts'
import { useTimeView } from './use-time-view.ts'

/** Who works when: timeline, board and table of one plan, with one filter and one selection, all in the address. */
export function PlanningPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const project = useProject()
  const [now] = useState(() => Date.now())
  const [step, setStep] = useState<BulkStep | null>(null)
  const asked = usePlan(project.id)
  const { plan } = asked
  const proposal = useProposal(plan)
  // What may be done with assignments here is told by their list.
  const { can } = useList(listAssignments, { project_id: project.id, limit: 1 }, AssignmentRow)
  const filtered = usePlanFilter(plan, project.zone, url.get(SEVERITY))
  const selection = useSelection(plan, filtered.bars)
  const { days } = filtered.choice
  const time = useTimeView(plan, project.zone, boundsOf(days, project.zone).start, now)
  const sort = url.get('sort')
  const rows = useMemo(() => sorted(filtered.bars, parseSort(sort), format.compare), [filtered.bars, sort, format])
  const view = views.find((one) => one === url.get('view')) ?? 'timeline'
  const open = url.get('sel')
  const opened = readOpened(open)
  const setOpen = (text: string | null): void => url.set({ sel: text }, text ? 'push' : 'replace')
  const mayAssign = can.has('assignment.create') && !project.archived
  const start = (): void => setOpen(openAssign(null))
  useActions(mayAssign ? [{ id: 'planning.assign', label: t('planning.assign'), keys: 'a', group: 'page', run: start }, { id: 'assignment.new', label: t('assignment.add_title'), keys: 'n a', group: 'new', run: start }] : [])
  const named = filtered.choice.chosen.get('mission')
  const at = rows.findIndex(({ id }) => id === open)
  const neighbour = (by: 1 | -1): (() => void) | null => {
    const next = at < 0 ? undefined : rows[at + by]
    return next ? () => setOpen(next.id) : null
  }
  const assign = mayAssign && <Button kind="primary" icon={Plus} label={t('planning.assign')} keys="A" onClick={start} />
  return (
    <PanelNeighbours value={{ record: open, at: at < 0 ? null : at + 1, total: rows.length, previous: neighbour(-1), next: neighbour(1) }}>
      <Page
        title={t('planning.title')}
        lead={
          view === 'timeline' && (
            <div className={styles['lead']}>
              <PeriodNav time={time} zone={project.zone} />
              <ZoomChoice time={time} />
            </div>
          )
        }
        beforePrint={<ViewChoice view={view} onView={(next) => url.set({ view: next === 'timeline' ? null : next }, 'push')} />}
        print={printOfPlan({ project: project.id, choice: filtered.choice, rows, sort, selected: selection.selected, open: opened, timeline: view === 'timeline' ? { grouping: readGrouping(url.get('group')) } : null })}
        printLabelled
        actions={
          <>
            <PlanningMenu onOpen={setOpen} />
            {assign}
          </>
        }
        panel={
          plan && opened && (
            <PlanningPanel
              opened={opened}
              plan={plan}
              project={project.id}
              mission={named && !named.not && named.values.length === 1 ? (named.values[0] ?? null) : null}
              onOpen={setOpen}
              onClose={() => setOpen(null)}
              onAssign={(mission) => setOpen(openAssign(mission))}
            />
          )
        }
      >
        <FilterBar list={filtered.list} all={t('planning.all')} end={<FilterEnd filtered={filtered} onSeverity={(next) => url.set({ [SEVERITY]: next, page: null, pick: null }, 'push')} />} />
        <div>{project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}</div>
        <ListStates
          list={{ ...filtered.list, items: shownIn(view, filtered, plan?.missions.length ?? 0), failure: asked.failure, loading: asked.loading, retry: asked.retry }}
          role={t('missions.role')}
          {...(filtered.severity ? { noResult: t('planning.no_conflict') } : {})}
          empty={<PlanningEmpty plan={plan} now={now} assign={assign} />}
        >
          {plan && (
            <PlanningViews
              view={view}
              plan={plan}
              filtered={filtered}
              rows={rows}
              selection={selection}
              time={time}
              open={open}
              onOpen={setOpen}
              mayUpdate={can.has('assignment.update') && !project.archived}
              onStep={mayAssign ? setStep : null}
              proposal={proposal}
              mayChange={can.has('assignment.change') && !project.archived}
              bulk={
                mayAssign && (
                  <>
                    <EngagementBulk ids={[...selection.selected]} can={can} onDone={() => selection.set(new Set())} />
                    <BulkActions plan={plan} selected={selection.selected} can={can} step={step} onStep={setStep} onDone={() => selection.set(new Set())} />
                  </>
                )
              }
            />
          )}
        </ListStates>
      </Page>
    </PanelNeighbours>
  )
}

/** What the view has to draw: posts to fill stand on the timeline, missions on the board, only assignments in the table. */
function shownIn(view: (typeof views)[number], { bars, needs }: { bars: readonly unknown[]; needs: readonly unknown[] }, missions: number): readonly unknown[] {
  if (view === 'table') return bars
  if (view === 'timeline') return bars.length > 0 ? bars : needs
  return missions > 0 ? [missions] : bars
}
