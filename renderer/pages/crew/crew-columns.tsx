import { collaborators } from '../../../shared/domain/people/operations.ts'
import { changeCrewRole, listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { call } from '../../app/client.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useOrg } from '../../app/routes.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { orNull } from '../../components/draft.ts'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { formatAmount } from '../../i18n/format.ts'
import type { CrewRow } from './crew-row.ts'
import styles from './Crew.module.css'

interface Reading {
  project: string
  /** Crew roles of assignments nobody was asked for yet may be changed. */
  mayPlan: boolean
  hidden: ReadonlySet<string>
  mayUpdate: boolean
  zone: string
}

export function useCrewColumns({ project, hidden, mayUpdate, mayPlan, zone }: Reading): Column<CrewRow>[] {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const language = usePreferences((state) => state.language)
  const saveCell = useCellSave(collaborators.update)
  const saveRole = useCellSave(changeCrewRole)
  const org = useOrg()
  const roleName = (id: string): string => {
    const role = catalogue.crewRoles.find((one) => one.id === id)
    return role ? catalogue.name(role) : '—'
  }
  // The same rule as for many: only work that nobody was asked for changes its role.
  const changeRole = async (row: CrewRow, crew_role_id: string): Promise<string | null> => {
    if (crew_role_id === '') return null
    const { value } = await call(listAssignments, { project_id: project, filter: { collaborator_id: row.id, state: 'planned' }, limit: 1, ids: true }, org ? { org } : {})
    const ids = value.ids ?? []
    return ids.length === 0 ? t('crew.role_none_planned') : saveRole('crew_role_id', { ids: ids.slice(0, 500), crew_role_id })
  }
  const reserved = <span className={mutedText}>{t('person.reserved')}</span>
  const shown = (column: string, value: string | null) => (value === null && hidden.has(`collaborator.${column}`) ? reserved : (value ?? ''))
  const contact = (field: 'phone' | 'email'): Pick<Column<CrewRow>, 'edit'> =>
    mayUpdate && !hidden.has(`collaborator.${field}`) ? { edit: { value: (row) => row[field] ?? '', save: (row, typed) => saveCell(field, { id: row.id, version: row.version, changes: { [field]: orNull(typed) } }) } } : {}
  const conflicts = (row: CrewRow): string => (['severe', 'warning', 'info'] as const).map((severity) => row[severity]).join('/')
  const nextWords = (row: CrewRow): string => (row.next_at ? `${format.dayOf(row.next_at, row.next_zone ?? zone)} ${format.timeOf(row.next_at, row.next_zone ?? zone)}` : '')
  const deadlineWords = ({ deadline_at, deadline_zone }: CrewRow): string => (deadline_at ? `${format.dayOf(deadline_at, deadline_zone ?? zone)} ${format.timeOf(deadline_at, deadline_zone ?? zone)}` : '')
  const contract = (row: CrewRow): string => row.contract.map((mark) => t(`contracts.mark.${mark}`)).join(', ')
  const rate = (row: CrewRow): string =>
    row.rate_minor === null ? '' : `${formatAmount(row.rate_minor, row.rate_currency ?? 'EUR', language)}${row.rate_basis ? ` · ${wordOf(t, 'settings.basis', row.rate_basis)}` : ''}`
  return [
    {
      key: 'conflict', label: t('crew.conflicts'), sort: 'severity', width: 84, text: conflicts,
      render: (row) => (['severe', 'warning', 'info'] as const).filter((severity) => row[severity] > 0).slice(0, 1).map((severity) => <ConflictBadge key={severity} severity={severity} count={row[severity]} text={String(row.severe + row.warning + row.info)} source={t('crew.conflict_words', { severe: row.severe, warning: row.warning, info: row.info })} />),
    },
    { key: 'department', label: t('person.department'), sort: 'department', width: 84, render: (row) => row.department_code && <DepartmentTag code={row.department_code} />, text: (row) => row.department_code ?? '' },
    { key: 'name', label: t('person.name'), sort: 'display_name', render: (row) => <strong>{row.display_name}</strong> },
    {
      key: 'role', label: t('crew.roles'), sort: 'crew_role_name', text: (row) => row.crew_role_ids.map(roleName).join(', '),
      ...(mayPlan
        ? { edit: { value: (row: CrewRow) => row.crew_role_id ?? '', choices: [{ value: '', label: t('crew.no_role') }, ...catalogue.crewRoles.map((row) => ({ value: row.id, label: catalogue.name(row) }))], save: changeRole } }
        : {}),
      render: (row) => {
        const others = row.crew_role_ids.slice(1)
        return (
          <span title={row.crew_role_ids.map(roleName).join(', ')}>
            {row.crew_role_id ? roleName(row.crew_role_id) : '—'}
            {others.length > 0 && <span className={mutedText}> +{others.length}</span>}
          </span>
        )
      },
    },
    { key: 'phone', label: t('person.phone'), width: 132, render: (row) => shown('phone', row.phone), ...contact('phone') },
    { key: 'email', optional: true, label: t('person.email'), render: (row) => shown('email', row.email), ...contact('email') },
    { key: 'first', secondary: true, label: t('crew.first_day'), sort: 'first_day', width: 88, render: (row) => format.shortDay(row.first_day) },
    { key: 'last', secondary: true, label: t('crew.last_day'), sort: 'last_day', width: 88, render: (row) => format.shortDay(row.last_day) },
    { key: 'missions', label: t('crew.missions'), sort: 'missions', numeric: true, width: 84, render: (row) => format.number(row.missions) },
    {
      key: 'state', secondary: true, label: t('crew.state'), width: 150, text: (row) => t('crew.state_words', { filled: row.filled, held: row.held }),
      render: (row) => (
        <span className={styles['states']}>
          {row.filled > 0 && <span>{t('crew.filled', { count: row.filled })}</span>}
          {row.held > 0 && <span className={styles['held']}>{t('crew.held', { count: row.held })}</span>}
        </span>
      ),
    },
    {
      key: 'next', secondary: true, label: t('crew.next'), sort: 'next_at', text: (row) => [nextWords(row), row.next_day_code, row.next_title].filter(Boolean).join(' '),
      render: (row) => row.next_at && (
        <span title={row.next_title ?? undefined}>
          {nextWords(row)} <span className={mutedText}>{row.next_day_code ?? row.next_title}</span>
        </span>
      ),
    },
    {
      key: 'deadline', secondary: true, label: t('engagement.next_deadline'), sort: 'deadline_at', width: 150, text: (row) => deadlineWords(row),
      render: (row) => row.deadline_at && (
        <span className={styles['due']} data-near={row.engagement.includes('due_soon')}>
          {deadlineWords(row)}
        </span>
      ),
    },
    { key: 'engagement', optional: true, label: t('engagement.mark'), text: (row) => row.engagement.map((mark) => t(`engagement.mark.${mark}`)).join(', '), render: (row) => row.engagement.map((mark) => t(`engagement.mark.${mark}`)).join(', ') },
    { key: 'contract', optional: true, label: t('contracts.mark'), width: 120, text: contract, render: (row) => (row.contract.length === 0 ? <span className={mutedText}>—</span> : contract(row)) },
    { key: 'next_state', optional: true, label: t('crew.next_state'), render: (row) => row.next_state && <StateBadge family="engagement" state={row.next_state} /> },
    { key: 'rate', optional: true, label: t('crew.rate'), numeric: true, text: rate, render: (row) => (row.rate_minor === null && hidden.has('assignment.rate_minor') ? reserved : rate(row)) },
  ]
}
