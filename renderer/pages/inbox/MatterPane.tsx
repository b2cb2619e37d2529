import { ArrowRight, Check, Clock, RotateCcw } from 'lucide-react'
import type { MatterItem } from '../../../shared/domain/matters/operations.ts'
import { ConflictRow } from '../../app/conflicts.ts'
import { Button } from '../../components/Button.tsx'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictList } from '../planning/ConflictList.tsx'
import styles from './Inbox.module.css'
import { dueWords, matterWords, missionNames, type MatterNames } from './matter-words.ts'
import type { MatterStanding } from './matter-marks.ts'

interface MatterPaneProps {
  matter: MatterItem
  names: MatterNames
  standing: MatterStanding
  onOpen: () => void
  onAside: () => void
  onLater: () => void
}

/** What, why, where, and the way to act. */
export function MatterPane({ matter, names, standing, onOpen, onAside, onLater }: MatterPaneProps) {
  const t = useT()
  const format = useFormat()
  const conflict = matter.conflict === null ? null : ConflictRow.safeParse(matter.conflict)
  const missions = missionNames(matter, names)
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
      <footer className={styles['actions']}>
        <Button kind="primary" icon={ArrowRight} label={t(`matter.act.${matter.act.place}`)} keys="⏎" onClick={onOpen} />
        <Button icon={standing === 'open' ? Check : RotateCcw} label={t(standing === 'open' ? 'inbox.done' : 'inbox.reopen')} keys="E" onClick={onAside} />
        {standing === 'open' && <Button icon={Clock} label={t('inbox.later')} keys="H" onClick={onLater} />}
      </footer>
    </section>
  )
}
