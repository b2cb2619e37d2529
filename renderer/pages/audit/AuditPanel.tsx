import { Link } from 'wouter'
import type { AuditLine } from '../../../shared/domain/audit/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { recordPath } from '../../app/record-path.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { actionWords } from './action-words.ts'
import styles from './AuditPanel.module.css'
import { Changes } from './Changes.tsx'

interface AuditPanelProps {
  line: AuditLine
  onClose: () => void
  onRecord: (id: string) => void
  onGesture: (correlation: string) => void
}

/** One event: who, when, from which device, what changed from what to what, and the ways to all that goes with it. */
export function AuditPanel({ line, onClose, onRecord, onGesture }: AuditPanelProps) {
  const t = useT()
  const format = useFormat()
  const org = useOrg()
  const { entity_id } = line
  const path = org && recordPath(org, line)
  return (
    <SidePanel
      title={line.title ?? actionWords(t, line.action)}
      record={line.id}
      onClose={onClose}
      footer={
        <>
          {path && line.op !== 'remove' && <Link href={path}>{t('audit.open_record')}</Link>}
          <Button small label={t('audit.same_gesture')} onClick={() => onGesture(line.correlation_id)} />
          {entity_id && <Button small label={t('audit.same_record')} onClick={() => onRecord(entity_id)} />}
        </>
      }
    >
      <Facts
        facts={[
          [t('audit.action'), actionWords(t, line.action)],
          [t('audit.when'), isInstant(line.occurred_at) ? format.moment(line.occurred_at) : line.occurred_at],
          [t('audit.who'), line.actor_name ?? wordOf(t, 'audit.actor', line.actor_kind)],
          [t('audit.device'), line.device],
          [t('audit.entity'), line.entity && wordOf(t, 'entity', line.entity)],
          [t('audit.reason'), line.reason],
          [t('audit.position'), line.position === null ? null : format.number(line.position)],
        ]}
      />
      <PanelSection title={t('audit.changes')}>
        <Changes line={line} />
      </PanelSection>
      <PanelSection title={t('audit.hash')}>
        <p className={styles['mono']}>{line.hash}</p>
        <p className={styles['mono']}>
          {t('audit.correlation')} {line.correlation_id}
        </p>
      </PanelSection>
    </SidePanel>
  )
}
