import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { getOrganization, listMembers, listRoles } from '../../../shared/domain/organization/operations.ts'
import { useProjects } from '../../app/projects.ts'
import { useAnswer, useList } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { Tabs } from '../../components/Tabs.tsx'
import { useT } from '../../i18n/index.ts'
import { InvitationList } from './InvitationList.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberList } from './MemberList.tsx'
import styles from './Members.module.css'
import { PermissionGrid } from './PermissionGrid.tsx'
import { RoleGrid } from './RoleGrid.tsx'
import { BindingRow, MemberRow, Policies } from './rows.ts'
import { SeeAsForm } from './SeeAsForm.tsx'

/** Who is in the organization, with which roles where; who is invited; what each role may do. */
export function MembersPage() {
  const t = useT()
  const url = useUrlState()
  const [inviting, setInviting] = useState(false)
  const members = useList(listMembers, { filter: { status: 'active' }, sort: ['name'], limit: 200 }, MemberRow)
  const bindings = useList(listRoles, { limit: 200 }, BindingRow)
  const organization = useAnswer(getOrganization, {})
  const projects = useProjects()
  const policies = Policies.safeParse(organization.answer?.value.organization)
  const can = members.can
  const chosen = members.items.find(({ id }) => id === url.get('sel'))
  const people =
    members.loading ? (
      <LoadingSkeleton />
    ) : members.failure ? (
      <ErrorState failure={members.failure} onRetry={members.retry} />
    ) : members.items.length === 0 ? (
      <EmptyState text={t('members.none')} />
    ) : (
      <div className={styles['page']}>
        {can.has('member.add') && <InvitationList />}
        <MemberList members={members.items} bindings={bindings.items} projects={projects} can={can} chosen={chosen?.id ?? null} onChoose={(id) => url.set({ sel: id })} />
        {chosen && <RoleGrid key={chosen.id} member={chosen} bindings={bindings.items} projects={projects} mayGrant={bindings.can.has('role.grant')} />}
      </div>
    )
  return (
    <Page
      title={t('members.title')}
      scope={t('members.count', { count: members.total })}
      actions={can.has('member.add') ? <Button kind="primary" icon={UserPlus} label={t('members.invite')} onClick={() => setInviting(true)} /> : undefined}
    >
      <Tabs
        label={t('members.title')}
        value={url.get('tab') || 'people'}
        onChange={(tab) => url.set({ tab: tab === 'people' ? null : tab, sel: null })}
        tabs={[
          { key: 'people', label: t('members.people'), content: people },
          {
            key: 'rights',
            label: t('members.rights'),
            content: (
              <div className={styles['page']}>
                <SeeAsForm projects={projects} />
                {policies.success ? <PermissionGrid policies={policies.data} mayChange={organization.answer?.can.has('organization.update') ?? false} /> : <LoadingSkeleton />}
              </div>
            ),
          },
        ]}
      />
      {inviting && <InviteDialog projects={projects} onClose={() => setInviting(false)} />}
    </Page>
  )
}
