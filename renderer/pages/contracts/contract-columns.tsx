import { useProject } from '../../app/context.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { ContractLine } from './contract-line.ts'
import { ContractState, stateWords } from './ContractState.tsx'
import styles from './Contracts.module.css'

export function useContractColumns(): Column<ContractLine>[] {
  const t = useT()
  const format = useFormat()
  const { zone } = useProject()
  const day = (date: string | null): string => (date === null ? '' : format.shortDay(date))
  const at = (row: ContractLine, key: 'sent_at' | 'signed_at'): string => (row[key] === null ? '' : format.dayOf(row[key], zone))
  const signed = (row: ContractLine): string => {
    if (row.signed_at !== null) return t('contracts.signed_both', { day: at(row, 'signed_at') })
    const names = [row.other_signed, row.house_signed].flatMap((name) => name ?? [])
    return names.length > 0 ? names.join(', ') : row.phase === 'sent' ? t('contracts.signed_nobody') : ''
  }
  const requests = (row: ContractLine): string => row.requests.map((kind) => t(`contracts.request.${kind}`)).join(', ')
  const missing = (row: ContractLine): string => (row.missing === null ? '' : row.missing === 0 ? t('contracts.complete') : t('contracts.missing_count', { count: row.missing }))
  return [
    {
      key: 'state', label: t('contracts.state'), sort: 'phase', width: 168, text: (row) => [stateWords(t, row.state), requests(row)].filter(Boolean).join(', '),
      render: (row) => (
        <span className={styles['state']}>
          <ContractState state={row.state} />
          {row.requests.length > 0 && <span className={styles['asked']}>{requests(row)}</span>}
        </span>
      ),
    },
    { key: 'name', label: t('contracts.person'), sort: 'name', render: (row) => <strong>{row.name ?? '—'}</strong> },
    { key: 'kind', label: t('contracts.kind'), sort: 'kind', width: 124, render: (row) => t(`contracts.kind_short.${row.kind}`) },
    {
      key: 'reference', label: t('contracts.reference'), sort: 'reference', width: 156, text: (row) => [row.reference, row.number !== null && row.number > 1 ? t('contracts.amendment', { number: row.number - 1 }) : ''].filter(Boolean).join(' '),
      render: (row) => row.reference && (
        <>
          {row.reference}
          {row.number !== null && row.number > 1 && <span className={mutedText}> {t('contracts.amendment', { number: row.number - 1 })}</span>}
        </>
      ),
    },
    { key: 'first', label: t('contracts.first_day'), sort: 'first_day', width: 84, render: (row) => day(row.first_day) },
    { key: 'last', secondary: true, label: t('contracts.last_day'), sort: 'last_day', width: 84, render: (row) => day(row.last_day) },
    { key: 'missions', secondary: true, label: t('contracts.missions'), render: (row) => <span className={mutedText}>{row.missions.join(', ')}</span> },
    {
      key: 'missing', label: t('contracts.missing'), width: 116, text: missing,
      render: (row) => (row.missing === null ? '' : row.missing === 0 ? <span className={mutedText}>{missing(row)}</span> : <span className={styles['missing']}>{missing(row)}</span>),
    },
    { key: 'signed', secondary: true, label: t('contracts.signed'), sort: 'signed_at', width: 140, text: signed, render: (row) => <span className={mutedText}>{signed(row)}</span> },
    { key: 'sent', optional: true, label: t('contracts.sent'), sort: 'sent_at', width: 110, render: (row) => at(row, 'sent_at') },
    { key: 'title', optional: true, label: t('contracts.named'), render: (row) => row.title },
    { key: 'gross', optional: true, label: t('contracts.gross'), numeric: true, width: 110, render: (row) => (row.gross_minor === null ? '' : format.amount(row.gross_minor, row.currency)) },
  ]
}
