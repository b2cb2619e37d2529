import { Copy, FileText, LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { useState } from 'react'
import { getMission, lockMission, unlockMission } from '../../../shared/domain/planning/operations.ts'
import { prepareSheet } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { useActions } from '../../app/actions.ts'
import type { Action } from '../../app/actions.ts'
import { Attachments } from '../../components/attachments/Attachments.tsx'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { Page } from '../../components/Page.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { AttendanceTab } from '../engagement/AttendanceTab.tsx'
import { AssignPanel } from '../planning/AssignPanel.tsx'
import { MissionDuplicate } from '../planning/MissionDuplicate.tsx'
import { MissionSteps } from '../planning/MissionSteps.tsx'
import { CrewTab } from './CrewTab.tsx'
import { MissionAside } from './MissionAside.tsx'
import { MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'
import { RunOfShowTab } from './RunOfShowTab.tsx'

const tabs = ['run', 'crew', 'attendance', 'documents'] as const
type TabKey = (typeof tabs)[number]

/** One day in full: run of show, crew, documents; beside them what holds all day. */
export function MissionPage({ id }: { id: string }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const asked = useAnswer(getMission, { id }, { keep: false })
  const list = paths.missions(project.org, project.id)
  if (asked.failure)
    return (
      <Page title={t('mission.page')}>
        <div />
        <div />
        {asked.failure.code === 'auth.forbidden' ? <ForbiddenState role={t('missions.role')} failure={asked.failure} /> : asked.failure.code === 'mission.not_found' ? (
          <EmptyState text={t('mission.gone')}>
            <Button kind="primary" label={t('mission.back')} onClick={() => go(list)} />
          </EmptyState>
        ) : <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      </Page>
    )
  const mission = asked.answer ? MissionRecord.safeParse(asked.answer.value) : null
  if (!asked.answer || !mission) return <LoadingSkeleton />
  if (!mission.success) throw new Error(`mission.get: ${mission.error.message}`)
  return <Detail mission={mission.data} can={asked.answer.can} />
}

function Detail({ mission, can }: { mission: MissionRecord; can: ReadonlySet<string> }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const [duplicating, setDuplicating] = useState(false)
  const [locking, setLocking] = useState(false)
  const lock = useCommand(lockMission)
  const unlock = useCommand(unlockMission)
  const prepare = useCommand(prepareSheet)
  const open = tabs.find((tab) => tab === url.get('tab')) ?? 'run'
  const assigning = url.get('assign') !== ''
  const mayEdit = can.has('cue.create')
  const mayAssign = can.has('assignment.create') && mission.status !== 'canceled'
  const show = (tab: TabKey): void => url.set({ tab: tab === 'run' ? null : tab }, 'push')
  const toSheet = async (): Promise<void> => {
    if (mission.sheet_id) return go(paths.sheet(project.org, project.id, mission.sheet_id))
    const made = await prepare.run({ mission_id: mission.id })
    if (made) go(paths.sheet(project.org, project.id, made.value.id))
  }
  const actions: Action[] = [
    ...(mayAssign ? [{ id: 'mission.assign', label: t('mission.add_people'), keys: 'a', group: 'page' as const, run: () => url.set({ assign: '1', tab: 'crew' }, 'push') }] : []),
    ...(can.has('mission.duplicate') ? [{ id: 'mission.duplicate', label: t('missions.duplicate'), keys: 'mod+d', group: 'page' as const, run: () => setDuplicating(true) }] : []),
    ...(mission.sheet_id !== null || can.has('sheet.prepare') ? [{ id: 'mission.sheet', label: t(mission.sheet_id ? 'mission.open_sheet' : 'mission.sheet'), group: 'page' as const, run: () => void toSheet() }] : []),
    ...(can.has('mission.lock') ? [{ id: 'mission.lock', label: t('mission.lock'), group: 'page' as const, run: () => setLocking(true) }] : []),
    ...(can.has('mission.unlock') ? [{ id: 'mission.unlock', label: t('mission.unlock'), group: 'page' as const, run: () => void unlock.run({ id: mission.id }) }] : []),
    { id: 'mission.tab.run', label: t('run_of_show.title'), group: 'page', run: () => show('run') },
    { id: 'mission.tab.crew', label: t('mission.crew'), group: 'page', run: () => show('crew') },
    { id: 'mission.tab.attendance', label: t('engagement.attendance'), group: 'page', run: () => show('attendance') },
    { id: 'mission.tab.documents', label: t('mission.documents'), group: 'page', run: () => show('documents') },
  ]
  useActions(actions)
  const [startsIn, endsIn] = [format.offset(mission.start_at, mission.zone), format.offset(mission.end_at, mission.zone)]
  // Over a clock change both offsets are said; the length is the time that really passes.
  const from = `${format.dayOf(mission.start_at, mission.zone)} ${format.timeOf(mission.start_at, mission.zone)}${startsIn === endsIn ? '' : ` ${startsIn}`}`
  const day = `${from} – ${format.timeOf(mission.end_at, mission.zone)} ${endsIn} · ${format.duration(mission.start_at, mission.end_at)}`
  return (
    <Page
      title={[mission.day_code, mission.title].filter(Boolean).join(' · ')}
      scope={day}
      print={{ document: open === 'crew' || open === 'attendance' ? 'sign_in_sheet' : 'run_of_show', project_id: project.id, ids: [mission.id] }}
      actions={
        <>
          <StateBadge family="mission" state={mission.status} />
          <MissionSteps mission={mission} steps={mission.next_states} />
          {can.has('mission.duplicate') && <Button small kind="quiet" iconOnly icon={Copy} label={t('missions.duplicate')} onClick={() => setDuplicating(true)} />}
          {can.has('mission.lock') && <Button small kind="quiet" iconOnly icon={LockKeyhole} label={t('mission.lock')} onClick={() => setLocking(true)} />}
          {(mission.sheet_id !== null || can.has('sheet.prepare')) && <Button kind="primary" icon={FileText} label={t(mission.sheet_id ? 'mission.open_sheet' : 'mission.sheet')} disabled={prepare.pending} onClick={() => void toSheet()} />}
        </>
      }
      panel={assigning && mayAssign ? <AssignPanel missions={[mission]} mission={mission.id} onClose={() => url.set({ assign: null })} /> : null}
    >
      <div>
        {project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
        {mission.status === 'canceled' && <ReadOnlyStrip text={t('mission.canceled_strip')} />}
        {mission.locked && (
          <ReadOnlyStrip text={t('mission.locked_strip', { reason: mission.lock_reason ?? '' })}>
            {can.has('mission.unlock') && <Button small icon={LockKeyholeOpen} label={t('mission.unlock')} disabled={unlock.pending} onClick={() => void unlock.run({ id: mission.id })} />}
          </ReadOnlyStrip>
        )}
      </div>
      <div>
        <FormErrorSummary failure={unlock.failure ?? prepare.failure} />
      </div>
      <div className={`${styles['split']} ${assigning ? styles['narrow'] : ''}`}>
        <div className={styles['tabs']}>
          <Tabs
            label={t('mission.page')}
            value={open}
            onChange={(key) => show(tabs.find((tab) => tab === key) ?? 'run')}
            tabs={[
              { key: 'run', label: t('run_of_show.title'), content: <RunOfShowTab mission={mission.id} project={project.id} mayEdit={mayEdit} /> },
              { key: 'crew', label: t('mission.crew_tab', { count: mission.assigned_count ?? 0 }), content: <CrewTab mission={mission} can={can} onAssign={mayAssign ? () => url.set({ assign: '1' }, 'push') : null} /> },
              { key: 'attendance', label: t('engagement.attendance'), content: <AttendanceTab mission={mission.id} project={project.id} zone={mission.zone} /> },
              { key: 'documents', label: t('mission.documents'), content: <div className={styles['documents']}><Attachments entity="mission" id={mission.id} project={project.id} mayAdd={!project.archived} /></div> },
            ]}
          />
        </div>
        {!assigning && <MissionAside mission={mission} can={can} />}
      </div>
      {duplicating && <MissionDuplicate mission={mission} onClose={() => setDuplicating(false)} onMade={(made) => go(paths.mission(project.org, project.id, made))} />}
      {locking && (
        <ConfirmDialog
          title={t('mission.lock_title', { title: mission.title })}
          about={t('mission.lock_about')}
          action={t('mission.lock')}
          reason="optional"
          pending={lock.pending}
          failure={lock.failure}
          onClose={() => setLocking(false)}
          onConfirm={(reason) => void lock.run({ id: mission.id, ...(reason ? { reason } : {}) }).then((done) => done && setLocking(false))}
        />
      )}
    </Page>
  )
}
