import { updateOrganization } from '../../../shared/domain/organization/operations.ts'
import { permissionsOfPeople, reachOf, roles } from '../../../shared/domain/permissions.ts'
import type { Permission, Role } from '../../../shared/domain/permissions.ts'
import { useCommand } from '../../app/queries.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { CheckField } from '../../components/Field.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { KeyGrid } from './KeyGrid.tsx'
import type { GridRow } from './KeyGrid.tsx'
import styles from './Members.module.css'
import type { Policies } from './rows.ts'

type Policy = 'planners_read_rates' | 'managers_read_audit' | 'publish_needs_two_people'

/** The cells that a setting of the organization opens and closes; all others are the rule of Callboard. */
const settingOf = (permission: Permission, role: Role): Policy | null =>
  permission === 'rates:read' && role === 'planner' ? 'planners_read_rates' : permission === 'audit:read' && role === 'project_manager' ? 'managers_read_audit' : null

/** What each role may do, with the settings that narrow it. Space changes what a setting decides. */
export function PermissionGrid({ policies, mayChange }: { policies: Policies; mayChange: boolean }) {
  const t = useT()
  const change = useCommand(updateOrganization)
  const set = (policy: Policy): void => void change.run({ id: policies.id, version: policies.version, changes: { [policy]: !policies[policy] } })
  const rows = permissionsOfPeople.map((permission, index): GridRow => {
    const area = permission.split(':')[0] ?? ''
    const first = permissionsOfPeople[index - 1]?.split(':')[0] !== area
    return {
      key: permission,
      label: wordOf(t, 'permission', permission.replace(':', '_')),
      note: permission,
      ...(first ? { group: wordOf(t, 'permission_area', area) } : {}),
      cells: roles.map((role) => {
        const reach = reachOf(role, permission, policies)
        const policy = settingOf(permission, role)
        return { text: reach ? t(`grid.${reach}`) : t('grid.no'), on: reach !== null, ...(policy && mayChange && !change.pending ? { toggle: () => set(policy) } : {}) }
      }),
    }
  })
  return (
    <section className={styles['section']}>
      <h2>{t('rights.title')}</h2>
      <p className={styles['about']}>{mayChange ? t('rights.about') : t('rights.read_only')}</p>
      <FormErrorSummary failure={change.failure} />
      {mayChange && <CheckField label={t('rights.two_people')} checked={policies.publish_needs_two_people} onChange={() => set('publish_needs_two_people')} />}
      <KeyGrid label={t('rights.title')} corner={t('rights.permission')} columns={roles.map((key) => ({ key, label: wordOf(t, 'role', key) }))} rows={rows} />
    </section>
  )
}
