import { grantRole, revokeRole } from '../../../shared/domain/organization/operations.ts'
import { organizationRoles, roles } from '../../../shared/domain/permissions.ts'
import { useCommand } from '../../app/queries.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { KeyGrid } from './KeyGrid.tsx'
import type { GridRow } from './KeyGrid.tsx'
import styles from './Members.module.css'
import type { BindingRow, MemberRow } from './rows.ts'

/** The roles of one member: in the organization, then in each project. Space gives a role or takes it back. */
export function RoleGrid({ member, bindings, projects, mayGrant }: { member: MemberRow; bindings: readonly BindingRow[]; projects: readonly { id: string; name: string }[]; mayGrant: boolean }) {
  const t = useT()
  const grant = useCommand(grantRole)
  const revoke = useCommand(revokeRole)
  const places: { id: string | null; name: string }[] = [{ id: null, name: t('members.whole_organization') }, ...projects.map(({ id, name }) => ({ id, name }))]
  const rows = places.map(({ id: project_id, name }): GridRow => ({
    key: project_id ?? 'organization',
    label: name,
    cells: roles.map((role) => {
      const held = bindings.find((one) => one.member_id === member.id && one.role === role && one.binding_project_id === project_id)
      if (project_id !== null && organizationRoles.includes(role)) return { text: '—', on: false }
      const toggle = (): void => {
        grant.reset()
        revoke.reset()
        if (held) void revoke.run({ id: held.id })
        else void grant.run({ member_id: member.id, role, project_id })
      }
      return { text: held ? t('grid.yes') : t('grid.no'), on: held !== undefined, ...(mayGrant && !grant.pending && !revoke.pending ? { toggle } : {}) }
    }),
  }))
  return (
    <section className={styles['section']}>
      <h2>{t('members.roles_title', { name: member.name })}</h2>
      <p className={styles['about']}>{mayGrant ? t('members.roles_about') : t('members.roles_read_only')}</p>
      <FormErrorSummary failure={grant.failure ?? revoke.failure} />
      <KeyGrid label={t('members.roles_title', { name: member.name })} corner={t('members.where')} columns={roles.map((key) => ({ key, label: wordOf(t, 'role', key) }))} rows={rows} />
    </section>
  )
}
