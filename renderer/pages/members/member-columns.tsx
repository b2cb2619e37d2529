import { setMemberRole } from '../../../shared/domain/organization/operations.ts'
import { roles } from '../../../shared/domain/permissions.ts'
import { isInstant, localDateOf } from '../../../shared/kernel/instants.ts'
import type { Column } from '../../components/DataTable.tsx'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { hostZone, useFormat } from '../../i18n/format.ts'
import type { Format } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import type { MemberRow } from './rows.ts'

export const dayWords = (format: Format, instant: string): string => (isInstant(instant) ? format.day(localDateOf(instant, hostZone())) : instant)

/** Whether one is in, and for those invited until when their code opens. */
export const standingWords = (t: Translate, format: Format, { standing, expires_at }: MemberRow): string =>
  expires_at === null || !isInstant(expires_at) || standing === 'active' ? wordOf(t, 'members.standing', standing) : t(`members.standing_until.${standing}`, { day: format.shortDay(localDateOf(expires_at, hostZone())) })

/** What may not be read is said so; what is not there is a dash. */
export const emailWords = (t: Translate, { email }: MemberRow, hidden: ReadonlySet<string>): string => email ?? (hidden.has('member.email') ? t('members.reserved') : '—')

const own = (row: MemberRow): MemberRow['bindings'] => row.bindings.filter(({ project_id }) => project_id === null)

/** The role in the organization is changed in its cell, where one holds one there or none; all others are in the panel. */
export function useMemberColumns(mayBind: boolean, hidden: ReadonlySet<string>): Column<MemberRow>[] {
  const t = useT()
  const format = useFormat()
  const save = useCellSave(setMemberRole)
  // What is edited comes before what a panel takes the place of: it does not move under a double click.
  return [
    { key: 'name', label: t('members.name'), sort: 'name', render: (row) => <strong>{row.name}</strong> },
    {
      key: 'role', label: t('members.role_org'), sort: 'role', render: (row) => own(row).map(({ role }) => wordOf(t, 'role', role)).join(' · ') || '—',
      edit: {
        value: (row) => own(row)[0]?.role ?? '',
        may: (row) => mayBind && own(row).length < 2,
        choices: [{ value: '', label: t('members.no_role') }, ...roles.map((value) => ({ value, label: wordOf(t, 'role', value) }))],
        save: (row, typed) => save('role', { id: row.id, project_id: null, role: roles.find((role) => role === typed) ?? null }),
      },
    },
    { key: 'email', secondary: true, label: t('members.email'), ...(hidden.has('member.email') ? {} : { sort: 'email' }), render: (row) => emailWords(t, row, hidden) },
    {
      key: 'projects', secondary: true, label: t('members.role_projects'),
      render: (row) => row.bindings.flatMap(({ role, project_id, project_name }) => (project_id === null ? [] : [t('members.role_in', { role: wordOf(t, 'role', role), project: project_name ?? '—' })])).join(' · '),
    },
    { key: 'standing', label: t('members.standing'), sort: 'standing', render: (row) => standingWords(t, format, row) },
    { key: 'since', optional: true, label: t('members.since'), sort: 'created_at', render: (row) => dayWords(format, row.created_at) },
  ]
}
