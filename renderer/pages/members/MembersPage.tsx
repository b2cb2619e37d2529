import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { getOrganization, listMembers, memberStandings } from '../../../shared/domain/organization/operations.ts'
import { roles } from '../../../shared/domain/permissions.ts'
import { useActions } from '../../app/actions.ts'
import { useProjects } from '../../app/projects.ts'
import { useAnswer } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { ViewTabs } from '../../components/ViewTabs.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { useMemberColumns } from './member-columns.tsx'
import { MemberPanel } from './MemberPanel.tsx'
import styles from './Members.module.css'
import { PermissionGrid } from './PermissionGrid.tsx'
import { MemberRow, Policies } from './rows.ts'
import { SeeAsForm } from './SeeAsForm.tsx'

const VIEWS = ['people', 'rights'] as const

/** Who is in the organization or invited, with which roles where; what each role may do. */
export function MembersPage() {
  const url = useUrlState()
  return url.get('tab') === 'rights' ? <RightsView /> : <PeopleView />
}

function Views({ current }: { current: (typeof VIEWS)[number] }) {
  const t = useT()
  const url = useUrlState()
  return <ViewTabs label={t('members.title')} current={current} views={VIEWS.map((key) => ({ key, label: t(`members.${key}`) }))} onChoose={(key) => url.set({ tab: key === 'people' ? null : key, sel: null }, 'push')} />
}

function PeopleView() {
  const t = useT()
  const projects = useProjects()
  const [inviting, setInviting] = useState(false)
  const projectName = (id: string): string => projects.find((one) => one.id === id)?.name ?? id
  const filters: readonly ListFilter[] = [
    { name: 'standing', label: t('members.standing'), column: 'standing', pinned: true, values: memberStandings, text: (value) => wordOf(t, 'members.standing', value) },
    { name: 'role', label: t('members.role'), column: 'role', pinned: true, values: roles, text: (value) => wordOf(t, 'role', value), none: t('members.no_role') },
    { name: 'where', label: t('members.where'), column: 'binding_project_id', text: projectName, none: t('members.whole_organization') },
  ]
  const list = useListPage({ operation: listMembers, row: MemberRow, filters, sort: ['name'] })
  const { can, hidden } = list
  const columns = useMemberColumns(can.has('member.set_role'), hidden)
  const open = list.items.find(({ id }) => id === list.open)
  const mayInvite = can.has('member.add')
  const invite = (): void => setInviting(true)
  useActions(mayInvite ? [{ id: 'members.invite', label: t('members.invite'), keys: 'i', group: 'page', run: invite }] : [])
  return (
    <>
      <ListPage
        list={list}
        title={t('members.title')}
        all={t('members.all')}
        columns={columns}
        nameOf={(row) => row.name}
        views={<Views current="people" />}
        actions={mayInvite && <Button kind="primary" icon={UserPlus} label={t('members.invite')} keys="I" onClick={invite} />}
        panel={open ? <MemberPanel key={open.id} member={open} projects={projects} can={can} hidden={hidden} onClose={() => list.setOpen(null)} /> : null}
        empty={<EmptyState text={t('members.none')} />}
      />
      {inviting && <InviteDialog projects={projects} onClose={() => setInviting(false)} />}
    </>
  )
}

function RightsView() {
  const t = useT()
  const projects = useProjects()
  const organization = useAnswer(getOrganization, {})
  const policies = Policies.safeParse(organization.answer?.value.organization)
  return (
    <Page title={t('members.title')} views={<Views current="rights" />}>
      <div className={styles['page']}>
        <SeeAsForm projects={projects} />
        {organization.failure ? (
          <ErrorState failure={organization.failure} onRetry={organization.retry} />
        ) : policies.success ? (
          <PermissionGrid policies={policies.data} mayChange={organization.answer?.can.has('organization.update') ?? false} />
        ) : (
          <LoadingSkeleton />
        )}
      </div>
    </Page>
  )
}
