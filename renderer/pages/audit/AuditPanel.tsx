import type { AuditLine } from '../../../shared/domain/audit/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { Button } from '../../components/Button.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { actionWords } from './action-words.ts'
import styles from './AuditPanel.module.css'

export function AuditPanel({ line, onClose, onRecord }: { line: AuditLine; onClose: () => void; onRecord: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const { entity_id } = line
  return (
    <SidePanel title={line.title ?? actionWords(t, line.action)} record={line.id} onClose={onClose} footer={entity_id && <Button small label={t('audit.same_record')} onClick={() => onRecord(entity_id)} />}>
      <Facts
        facts={[
          [t('audit.action'), `${actionWords(t, line.action)} (${line.action})`],
          [t('audit.when'), isInstant(line.occurred_at) ? format.moment(line.occurred_at) : line.occurred_at],
          [t('audit.who'), line.actor_name ?? wordOf(t, 'audit.actor', line.actor_kind)],
          [t('audit.entity'), line.entity && wordOf(t, 'entity', line.entity)],
          [t('audit.reason'), line.reason],
          [t('audit.device'), line.device],
          [t('audit.position'), line.position === null ? null : format.number(line.position)],
        ]}
      />
      <PanelSection title={t('audit.changes')}>
        <Changes changes={line.changes} />
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

function Changes({ changes }: { changes: unknown }) {
  const t = useT()
  const rows = typeof changes === 'object' && changes !== null ? Object.entries(changes) : []
  if (rows.length === 0) return <p>{t('audit.no_changes')}</p>
  return (
    <table className={styles['changes']}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([field, change]) => {
          const [before, after] = pairOf(change)
          return (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td className={styles['before']}>
                <Value value={before} />
              </td>
              <td>
                <Value value={after} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Rows give `[before, after]`; security events give plain facts. */
const pairOf = (change: unknown): readonly [unknown, unknown] => (Array.isArray(change) && change.length === 2 ? [change[0], change[1]] : [null, change])

function Value({ value }: { value: unknown }) {
  const t = useT()
  const format = useFormat()
  if (value === null || value === undefined || value === '') return '—'
  if (isInstant(value)) return format.moment(value)
  if (typeof value === 'string') return /^([0-9a-f]{16}|erased)$/.test(value) ? t('audit.personal') : value
  return JSON.stringify(value)
}
