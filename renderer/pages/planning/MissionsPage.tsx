import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { listMissions, restoreMission } from '../../../shared/domain/planning/operations.ts'
import { missionKinds, missionStatuses } from '../../../shared/domain/planning/model.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { FromTemplate } from '../missions/series/FromTemplate.tsx'
import { AssignPanel } from './AssignPanel.tsx'
import { MissionBulk } from './MissionBulk.tsx'
import { useMissionColumns } from './mission-columns.tsx'
import { MissionDuplicate } from './MissionDuplicate.tsx'
import { MissionPanel } from './MissionPanel.tsx'
import { MissionShift } from './MissionShift.tsx'
import { QuickMission } from './QuickMission.tsx'

/** The row that has the focus, else the one that is open. */
const rowAt = (open: string): string => (document.activeElement instanceof HTMLElement ? (document.activeElement.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? open) : open)

export function MissionsPage() {
  const t = useT()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const quick = useRef<HTMLInputElement>(null)
  const [duplicating, setDuplicating] = useState<string | null>(null)
  const [shifting, setShifting] = useState<readonly string[] | null>(null)
  const [templating, setTemplating] = useState(false)
  const [removed, setRemoved] = useState<{ id: string; title: string } | null>(null)
  const restore = useCommand(restoreMission)
  const filters: readonly ListFilter[] = [
    { name: 'date', label: t('mission.date'), column: 'start_at', kind: 'days', zone: project.zone },
    { name: 'status', label: t('mission.state'), column: 'status', pinned: true, values: missionStatuses, text: (value) => wordOf(t, 'state.mission', value) },
    { name: 'kind', label: t('mission.kind'), column: 'kind', pinned: true, values: missionKinds, text: (value) => wordOf(t, 'mission.kind', value) },
    { name: 'day', label: t('mission.day_code'), column: 'day_code' },
    { name: 'locked', label: t('mission.locked'), column: 'locked', kind: 'boolean' },
  ]
  const list = useListPage({ operation: listMissions, row: MissionRow, projectId: project.id, filters, sort: ['start_at'] })
  const { open, can, selected } = list
  const mayCreate = can.has('mission.create') && !project.archived
  const columns = useMissionColumns(can.has('mission.update') && !project.archived)
  const assigning = url.get('assign') !== '' && open !== ''
  /** With the mission that has the focus or is open; said when there is none. */
  const withMission = (work: (id: string) => void) => (): void => {
    const id = rowAt(open)
    if (id) work(id)
    else announce(t('overview.choose'))
  }
  const assign = withMission((id) => url.set({ sel: id, assign: '1' }, 'push'))
  const openPage = (id: string): void => go(paths.mission(project.org, project.id, id))
  useActions([
    ...(mayCreate ? [{ id: 'missions.new', label: t('missions.new'), keys: 'n m', group: 'new' as const, run: () => quick.current?.focus() }] : []),
    ...(mayCreate ? [{ id: 'missions.duplicate', label: t('missions.duplicate'), keys: 'mod+d', group: 'page' as const, run: withMission(setDuplicating) }] : []),
    { id: 'missions.assign', label: t('planning.assign'), keys: 'a', group: 'page', run: assign },
    { id: 'missions.open', label: t('mission.open'), keys: 'o', group: 'page', run: withMission(openPage) },
  ])
  // `N M` on another page comes here with this in the address.
  const wanted = url.get('new') === 'mission' && mayCreate
  useEffect(() => {
    if (!wanted) return
    quick.current?.focus()
    url.set({ new: null })
  }, [wanted, url])
  const close = (): void => list.setOpen(null)
  const row = (id: string | null): MissionRow | undefined => list.items.find((one) => one.id === id)
  const copied = row(duplicating)
  const assigned = row(open)
  return (
    <>
      <ListPage
        list={list}
        title={t('missions.title')}
        scope={project.name}
        all={t('list.all_missions')}
        columns={columns}
        nameOf={(one) => one.title}
        role={t('missions.role')}
        actions={mayCreate && <><Button label={t('series.from_template')} onClick={() => setTemplating(true)} /><Button kind="primary" icon={Plus} label={t('missions.new')} keys="N M" onClick={() => quick.current?.focus()} /></>}
        panel={
          assigning && assigned ? (
            <AssignPanel missions={[assigned]} mission={open} onClose={() => url.set({ assign: null })} />
          ) : open ? (
            <MissionPanel
              id={open}
              onClose={close}
              onAssign={assign}
              onDuplicate={mayCreate ? () => setDuplicating(open) : null}
              onRemoved={(gone) => {
                setRemoved(gone)
                close()
              }}
            />
          ) : null
        }
        strip={
          <>
            {project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
            {removed && (
              <ReadOnlyStrip note text={t('missions.removed', { title: removed.title })}>
                <Button small label={t('missions.restore')} disabled={restore.pending} onClick={() => void restore.run({ id: removed.id }).then((done) => done && setRemoved(null))} />
                <Button small kind="quiet" label={t('action.close')} onClick={() => setRemoved(null)} />
              </ReadOnlyStrip>
            )}
            {mayCreate && <QuickMission input={quick} onMade={list.setOpen} />}
          </>
        }
        {...(project.archived ? {} : { bulk: () => <MissionBulk selected={selected} can={can} onDone={() => list.setSelected(new Set())} />, bulkKeys: { d: () => setShifting([...selected].slice(0, 100)) } })}
        empty={
          <EmptyState text={t('missions.empty')} help="missions">
            {mayCreate && <Button kind="primary" label={t('missions.new')} keys="N M" onClick={() => quick.current?.focus()} />}
            {mayCreate && <Button label={t('nav.import')} onClick={() => go(paths.import(project.org, project.id))} />}
          </EmptyState>
        }
      />
      {templating && <FromTemplate onClose={() => setTemplating(false)} onMade={list.setOpen} />}
      {copied && <MissionDuplicate mission={copied} onClose={() => setDuplicating(null)} onMade={list.setOpen} />}
      {shifting && (
        <MissionShift
          ids={shifting}
          onClose={() => setShifting(null)}
          onDone={() => {
            setShifting(null)
            list.setSelected(new Set())
          }}
        />
      )}
    </>
  )
}
