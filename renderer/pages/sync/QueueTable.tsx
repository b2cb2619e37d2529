import { ArrowUp, Clock, TriangleAlert } from 'lucide-react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useCommand } from '../../app/queries.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { isKey, useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { syncNoWait } from './host-operations.ts'
import type { Queued, QueuedRecord } from './queue.ts'
import styles from './Sync.module.css'
import { entityWords, operationWords } from './words.ts'

const icons = { ready: ArrowUp, waiting: Clock, failing: TriangleAlert } as const

function stateWords(t: Translate, { state, why }: Queued): string {
  const key = `sync.why.${why ?? ''}`
  return state === 'failing' && isKey(key) ? t('sync.named', { what: t('sync.queued.failing'), how: t(key) }) : t(`sync.queued.${state}`)
}

/** What is not sent, by record, with its author: every unsent value has its mark. */
export function QueueTable({ records }: { records: readonly QueuedRecord[] }) {
  const t = useT()
  const since = useSince()
  const noWait = useCommand(syncNoWait)
  return (
    <table className={styles['plain']} aria-label={t('sync.queue_title')}>
      <thead>
        <tr>
          <th scope="col">{t('sync.record')}</th>
          <th scope="col">{t('sync.what')}</th>
          <th scope="col">{t('sync.entered')}</th>
          <th scope="col">{t('sync.state')}</th>
        </tr>
      </thead>
      {records.map(({ key, about, issuer_name: issuer, lines }) => (
        <tbody key={key}>
          {lines.map((one, index) => {
            const Icon = icons[one.state]
            return (
              <tr key={one.id}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={lines.length}>
                    {about ? (about.title ?? entityWords(t, about.entity)) : t('sync.others_record', { name: issuer, count: lines.length })}
                    <small>{about ? entityWords(t, about.entity) : ''}</small>
                  </th>
                )}
                <td>{about ? operationWords(t, one.name) : '—'}</td>
                <td>
                  {one.issuer_name}
                  <small>{isInstant(one.issued_at) ? since(one.issued_at) : ''}</small>
                </td>
                <td>
                  <span className={styles['queued']} data-state={one.state}>
                    <Icon size={14} aria-hidden /> {stateWords(t, one)}
                  </span>
                  {one.state === 'waiting' && one.mine && <Button small label={t('sync.no_wait')} disabled={noWait.pending} onClick={() => void noWait.run({ id: one.id })} />}
                </td>
              </tr>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}
