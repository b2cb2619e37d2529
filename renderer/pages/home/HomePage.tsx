import { FolderKanban, Plus } from 'lucide-react'
import { useState } from 'react'
import { countMatters } from '../../../shared/domain/matters/operations.ts'
import { listProjects } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useActions, useOfferedActions } from '../../app/actions.ts'
import { useAnswer, useList } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { ProjectRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { nothingCounted } from '../../components/list/facet-counts.ts'
import { FilterBar } from '../../components/list/FilterBar.tsx'
import { ListStates } from '../../components/list/ListStates.tsx'
import { useFilters } from '../../components/list/use-filters.ts'
import { Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { ProjectDialog } from '../planning/ProjectDialog.tsx'
import { DoubleBooked, useDoubleBooked } from './DoubleBooked.tsx'
import styles from './Home.module.css'
import { usePins } from './pins.ts'
import { ProjectList } from './ProjectList.tsx'
import { useWeek, WeekAcross } from './WeekAcross.tsx'

const NO_FILTERS: readonly ListFilter[] = []

/** Choose a project, see what is near in all of them. */
export function HomePage() {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const { organization } = useCatalogue()
  const chosen = useFilters(NO_FILTERS)
  const { search } = chosen
  // Unsearched it is the question of the switcher of projects: asked once for both.
  const input = { ...(search ? { search } : {}), sort: ['-start_at'], limit: 100 }
  const [archivedOpen, setArchivedOpen] = useState(false)
  const active = useList(listProjects, { ...input, filter: { status: 'active' } }, ProjectRow)
  const archived = useList(listProjects, { ...input, limit: archivedOpen ? 100 : 1, filter: { status: 'archived' } }, ProjectRow)
  const counts = useAnswer(countMatters, {}).answer?.value.by_project ?? {}
  // Asked together with what the cards below ask: one answer after the other would add up.
  useWeek()
  useDoubleBooked()
  const pins = usePins()
  const [making, setMaking] = useState<{ from: ProjectRow | null } | null>(null)
  const mayCreate = active.can.has('project.create')
  useActions(mayCreate ? [{ id: 'project.new', label: t('projects.new'), keys: 'n o', group: 'new', run: () => setMaking({ from: null }) }] : [])
  const open = (id: string): void => {
    pins.opened(id)
    go(paths.overview(org, id))
  }
  // Offered everywhere but inside it.
  const demo = useOfferedActions().find(({ id }) => id === 'demo')
  const create = mayCreate && <Button kind="primary" icon={Plus} label={t('projects.new')} onClick={() => setMaking({ from: null })} />
  const loading = active.loading || archived.loading
  const items = [...active.items, ...archived.items]
  return (
    <Page title={organization?.name ?? t('projects.title')} actions={create}>
      <FilterBar
        list={{ ...chosen, useCounts: nothingCounted }}
        all={t('home.all')}
        end={active.total > 0 && <span className={styles['muted']}>{t('home.count', { count: active.total })}</span>}
      />
      <ListStates
        list={{ ...chosen, items, failure: active.failure ?? archived.failure, loading, retry: active.retry }}
        empty={<EmptyState text={t('projects.empty')} help="start">
            {mayCreate && <Button kind="primary" icon={FolderKanban} label={t('projects.create')} onClick={() => setMaking({ from: null })} />}
            {demo && <Button label={t('app.demo_open')} onClick={demo.run} />}
          </EmptyState>}
      >
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('projects.title')}>
          <div className={styles['grid']}>
            <div className={styles['column']}>
              {active.items.length > 0 && (
                <ProjectList title={t('home.mine')} rows={pins.sorted(active.items)} pins={pins} counts={counts} mayArchive={active.can.has('project.archive')} onOpen={open} onCopy={mayCreate ? (from) => setMaking({ from }) : null} more={active.more} />
              )}
              {archived.items.length > 0 && (
                <details className={styles['archived']} onToggle={(event) => setArchivedOpen(event.currentTarget.open)}>
                  <summary>{t('home.archived', { count: archived.total })}</summary>
                  {archivedOpen && <ProjectList title={t('home.archived', { count: archived.total })} rows={archived.items} pins={null} counts={{}} mayArchive={active.can.has('project.archive')} onOpen={open} onCopy={null} more={archived.more} />}
                </details>
              )}
            </div>
            <div className={styles['column']}>
              <WeekAcross />
              <DoubleBooked />
            </div>
          </div>
        </div>
      </ListStates>
      {making && <ProjectDialog from={making.from} onClose={() => setMaking(null)} onDone={open} />}
    </Page>
  )
}
