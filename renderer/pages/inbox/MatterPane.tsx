import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { ConflictRow } from '../../app/conflicts.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictList } from '../planning/ConflictList.tsx'
import { Asides } from './Asides.tsx'
import { FreePart } from './FreePart.tsx'
import styles from './Inbox.module.css'
import { isAskedOfMe } from './items.ts'
import { dueWords, matterWords, missionNames, type MatterNames } from './matter-words.ts'
import type { MatterStanding } from './matter-marks.ts'
import { WorkPart } from './WorkPart.tsx'

interface MatterPaneProps {
  matter: MatterItem
  names: MatterNames
  standing: MatterStanding
  onOpen: () => void
  onAside: () => void
  onLater: () => void
  onAnswered: () => void
}

/** What, why, where, and the way to act. */
export function MatterPane({ matter, names, standing, onOpen, onAside, onLater, onAnswered }: MatterPaneProps) {
  const t = useT()
  const format = useFormat()
  const conflict = matter.conflict === null ? null : ConflictRow.safeParse(matter.conflict)
  const missions = missionNames(matter, names)
  const request = matter.refs.find(({ entity }) => entity === 'availability_request')?.id
  const asked = isAskedOfMe(matter)
  return (
    <section className={styles['pane']} data-region="panel" aria-labelledby="matter-title">
      <header className={styles['paneHead']}>
        <h2 id="matter-title">{matter.title || t(`matter.kind.${matter.kind}`)}</h2>
        <ConflictBadge severity={matter.severity} text={t(`matter.severity.${matter.severity}`)} />
      </header>
      <p className={styles['lead']}>{matterWords(t, format, matter)}</p>
      <p className={styles['why']}>{t(`matter.why.${matter.kind}`)}</p>
      <Facts
        facts={[
          [t('inbox.due'), dueWords(format, matter.due_at)],
          [t('nav.project'), matter.project_id ? names.projects[matter.project_id] : null],
          ...(missions.length > 0 ? ([[t('inbox.missions', { count: missions.length }), missions.join(' · ')]] as const) : []),
        ]}
      />
      {conflict?.success && (
        <section className={styles['conflict']}>
          <h3>{t('inbox.rule')}</h3>
          <ConflictList conflicts={[conflict.data]} zone={hostZone()} />
        </section>
      )}
      {matter.kind === 'answer_mine' && matter.project_id && <WorkPart project={matter.project_id} assignment={matter.act.id} acceptance={null} own onAnswered={onAnswered} />}
      {asked && request && <FreePart person={matter.act.id} request={request} />}
      <Asides standing={standing} open={{ label: t(`matter.act.${matter.act.place}`), run: onOpen, first: !asked }} onAside={onAside} onLater={onLater} />
    </section>
  )
}
