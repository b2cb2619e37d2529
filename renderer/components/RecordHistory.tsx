import { AuditLine, listAudit } from '../../shared/domain/audit/operations.ts'
import { isInstant } from '../../shared/kernel/instants.ts'
import { usePages } from '../app/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useT, wordOf } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import { mutedText, plainList } from './RowList.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from './States.tsx'

interface RecordHistoryProps {
  entity: 'assignment' | 'collaborator' | 'location' | 'mission' | 'project' | 'run_sheet'
  id: string
}

/** Who did what to one record, the newest first, as far as the reader may see the log. For the `history` of a panel. */
export function RecordHistory({ entity, id }: RecordHistoryProps) {
  const t = useT()
  const format = useFormat()
  const list = usePages(listAudit, { filter: { entity, entity_id: id }, limit: 30 }, AuditLine)
  // Who may not read the log has nothing to see in it.
  if (list.failure?.code === 'auth.forbidden') return <EmptyState text={t('panel.history_none')} />
  if (list.failure) return <ErrorState failure={list.failure} onRetry={list.retry} />
  if (list.loading) return <LoadingSkeleton rows={4} />
  if (list.items.length === 0) return <EmptyState text={t('panel.history_none')} />
  return (
    <>
      <ol className={plainList}>
        {list.items.map((line) => {
          const fields = typeof line.changes === 'object' && line.changes !== null && line.op === 'update' ? Object.keys(line.changes) : []
          return (
            <li key={line.id}>
              <strong>{wordOf(t, 'operation', line.action.replaceAll('.', '_'))}</strong>
              {fields.length > 0 && ` · ${fields.map((field) => wordOf(t, 'audit.field', field)).join(', ')}`}{' '}
              <span className={mutedText}>
                {line.actor_name ?? wordOf(t, 'audit.actor', line.actor_kind)} · {isInstant(line.occurred_at) ? format.moment(line.occurred_at) : line.occurred_at}
                {line.reason && ` · ${line.reason}`}
              </span>
            </li>
          )
        })}
      </ol>
      {list.more && <Button small label={t('panel.history_more')} onClick={list.more} />}
    </>
  )
}
