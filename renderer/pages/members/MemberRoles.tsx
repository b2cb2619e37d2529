import { useState } from 'react'
import { grantRole, revokeRole } from '../../../shared/domain/organization/operations.ts'
import { organizationRoles, roles } from '../../../shared/domain/permissions.ts'
import type { Role } from '../../../shared/domain/permissions.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import type { MemberRow } from './rows.ts'

/** Every role one holds and where; one more is given below, none beyond what the giver holds. */
export function MemberRoles({ member, projects, mayBind }: { member: MemberRow; projects: readonly { id: string; name: string }[]; mayBind: boolean }) {
  const t = useT()
  const grant = useCommand(grantRole)
  const revoke = useCommand(revokeRole)
  const [role, setRole] = useState<Role>('planner')
  const [project, setProject] = useState('')
  const everywhere = organizationRoles.includes(role)
  return (
    <>
      <FormErrorSummary failure={grant.failure ?? revoke.failure} />
      <RowList
        rows={member.bindings.map((held) => {
          const where = held.project_id === null ? t('members.whole_organization') : (held.project_name ?? '—')
          return { id: held.id, name: `${wordOf(t, 'role', held.role)}, ${where}`, content: <>{wordOf(t, 'role', held.role)} <span className={mutedText}>{where}</span></> }
        })}
        none={t('members.no_role')}
        removeLabel={t('members.take')}
        {...(mayBind
          ? {
              onRemove: (id) => {
                grant.reset()
                void revoke.run({ id })
              },
            }
          : {})}
      />
      {mayBind ? (
        <>
          <Select label={t('members.role')} name="role" value={role} onChange={(value) => setRole(roles.find((one) => one === value) ?? role)} choices={roles.map((value) => ({ value, label: wordOf(t, 'role', value) }))} />
          {!everywhere && <Select label={t('members.where')} name="project_id" value={project} onChange={setProject} choices={[{ value: '', label: t('members.whole_organization') }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} />}
          <div>
            <Button
              label={t('members.give')}
              disabled={grant.pending}
              onClick={() => {
                revoke.reset()
                void grant.run({ member_id: member.id, role, project_id: everywhere || !project ? null : project })
              }}
            />
          </div>
        </>
      ) : (
        <p className={mutedText}>{t('members.roles_read_only')}</p>
      )}
    </>
  )
}
