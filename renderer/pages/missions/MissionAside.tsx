import { useMemo } from 'react'
import { AuditLine, listAudit } from '../../../shared/domain/audit/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useConflicts } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { usePages } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { Facts, PanelSection } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { actionWords } from '../audit/action-words.ts'
import { EngagementTimeline } from '../engagement/EngagementTimeline.tsx'
import { MissingAnswers } from '../engagement/MissingAnswers.tsx'
import { ConflictList } from '../planning/ConflictList.tsx'
import { Coverage } from '../planning/Coverage.tsx'
import { Checklist } from './Checklist.tsx'
import { Dependencies } from './Dependencies.tsx'
import { Readiness } from './Readiness.tsx'
import { Milestones } from './Milestones.tsx'
import type { MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'

/** What holds all day: place, sun, weather, coverage, conflicts, milestones, what it waits for, the list to tick, history. */
export function MissionAside({ mission, can }: { mission: MissionRecord; can: ReadonlySet<string> }) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const catalogue = useCatalogue()
  const mayUpdate = can.has('mission.update')
  const conflicts = useConflicts(project.id)
  const its = useMemo(() => conflicts.filter((conflict) => conflict.mission_id === mission.id || conflict.records.some((record) => record.entity === 'mission' && record.id === mission.id)), [conflicts, mission.id])
  const at = (instant: MissionRecord['start_at'] | null): string => (instant ? format.timeOf(instant, mission.zone) : '—')
  const { location, sun, weather } = mission
  return (
    <aside className={styles['aside']} aria-label={t('mission.aside')} data-region="panel" tabIndex={0}>
      <Facts
        facts={[
          [t('mission.location'), location && <button type="button" className={styles['link']} onClick={() => go(`${paths.locations(project.org)}?sel=${location.id}`)}>{location.name}</button>],
          [t('mission.call'), at(mission.first_call_at)],
          [t('mission.wrap'), at(mission.end_at)],
          [t('mission.sun'), sun ? `${at(sun.rise_at)} – ${at(sun.set_at)}` : null],
          ...(weather ? [[t('mission.weather'), weather.periods.map((period) => `${period.label} ${period.figure}`).join(', ')] as const] : []),
          [t('mission.objective'), mission.objective],
        ]}
      />
      {!location && <p className={mutedText}>{t('mission.no_location_hint')}</p>}
      <PanelSection title={t('mission.coverage')}>
        {mission.coverage.length === 0 ? (
          <p className={mutedText}>{t('mission.needs_none')}</p>
        ) : (
          <ul className={styles['covered']}>
            {mission.coverage.map((row) => (
              <li key={row.code ?? ''}>
                {row.code ? <DepartmentTag code={row.code} /> : <span />}
                <span>{row.name === null ? t('mission.no_department') : catalogue.name({ name: row.name, name_en: row.name_en })}</span>
                <Coverage filled={row.filled} held={row.held} needed={row.needed} />
              </li>
            ))}
          </ul>
        )}
      </PanelSection>
      <PanelSection title={t('engagement.missing')}>
        <MissingAnswers mission={mission.id} zone={mission.zone} />
      </PanelSection>
      <PanelSection title={t('messages.ready')}>
        <Readiness mission={mission.id} mayAsk={can.has('mission.request_readiness')} />
      </PanelSection>
      <PanelSection title={t('assignment.conflicts')}>
        <ConflictList conflicts={its} zone={mission.zone} />
      </PanelSection>
      <PanelSection title={t('mission.milestones')}>
        <Milestones mission={mission} mayEdit={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('mission.dependencies')}>
        <Dependencies mission={mission} mayEdit={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('mission.checklist')}>
        <Checklist mission={mission} mayEdit={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('engagement.timeline')} lazy>
        <EngagementTimeline about={{ mission_id: mission.id }} zone={mission.zone} title={mission.title} />
      </PanelSection>
      <History id={mission.id} />
    </aside>
  )
}

function History({ id }: { id: string }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const list = usePages(listAudit, { project_id: project.id, filter: { entity: 'mission', entity_id: id }, limit: 8 }, AuditLine)
  // Who may not read the log is not told that there is one.
  if (list.failure || list.items.length === 0) return null
  return (
    <PanelSection title={t('mission.history')}>
      <ul className={plainList}>
        {list.items.map((line) => (
          <li key={line.id}>
            {actionWords(t, line.action)} <span className={mutedText}>{line.actor_name ?? wordOf(t, 'audit.actor', line.actor_kind)} · {isInstant(line.occurred_at) ? format.moment(line.occurred_at) : ''}</span>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
