import { useState } from 'react'
import { removeMember } from '../../../shared/domain/organization/operations.ts'
import { withdrawInvitation } from '../../../shared/domain/organization/invitation-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { useSyncStatus } from '../../app/sync/status.ts'
import { renewInvitation, resetSignIn } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { dayWords, emailWords, standingWords } from './member-columns.tsx'
import { MemberGrants } from './MemberGrants.tsx'
import { MemberRoles } from './MemberRoles.tsx'
import type { MemberRow } from './rows.ts'

interface MemberPanelProps {
  member: MemberRow
  projects: readonly { id: string; name: string }[]
  can: ReadonlySet<string>
  hidden: ReadonlySet<string>
  onClose: () => void
}

/** One member or invited person: how they come in, what they hold and where, and the way out. */
export function MemberPanel({ member, projects, can, hidden, onClose }: MemberPanelProps) {
  const t = useT()
  const format = useFormat()
  return (
    <SidePanel title={member.name} record={member.id} onClose={onClose} footer={can.has('member.remove') && (member.invitation_id === null ? <MemberDoors member={member} onClose={onClose} /> : <InvitationDoors name={member.name} id={member.invitation_id} onClose={onClose} />)}>
      <Facts
        facts={[
          [t('members.email'), emailWords(t, member, hidden)],
          [t('members.standing'), standingWords(t, format, member)],
          [t('members.since'), dayWords(format, member.created_at)],
        ]}
      />
      <PanelSection title={t('members.roles')}>
        <MemberRoles member={member} projects={projects} mayBind={can.has('member.set_role')} />
      </PanelSection>
      {member.invitation_id === null && <MemberGrants member={member.id} />}
    </SidePanel>
  )
}

/** Of one who came: a new password when theirs is lost, and leaving. */
function MemberDoors({ member, onClose }: { member: MemberRow; onClose: () => void }) {
  const t = useT()
  const [asking, setAsking] = useState<'reset' | 'remove' | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  const remove = useCommand(removeMember)
  const reset = useCommand(resetSignIn, { org: null })
  const close = (): void => {
    remove.reset()
    reset.reset()
    setAsking(null)
  }
  return (
    <>
      <Button label={t('members.reset')} onClick={() => setAsking('reset')} />
      <Button kind="quiet" label={t('members.remove')} onClick={() => setAsking('remove')} />
      {asking === 'remove' && (
        <ConfirmDialog
          danger
          title={t('members.remove_title', { name: member.name })}
          about={t('members.remove_about')}
          action={t('members.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onConfirm={() => void remove.run({ id: member.id }).then((done) => done && onClose())}
          onClose={close}
        />
      )}
      {asking === 'reset' && (
        <ConfirmDialog
          title={t('members.reset_title', { name: member.name })}
          about={t('members.reset_about')}
          action={t('members.reset')}
          pending={reset.pending}
          failure={reset.failure}
          onConfirm={() =>
            void reset.run({ user_id: member.user_id }).then((answer) => {
              if (!answer) return
              setPassword(answer.value.password)
              setAsking(null)
            })
          }
          onClose={close}
        />
      )}
      {password !== null && <SecretOnce title={t('members.password_title', { name: member.name })} about={t('members.password_about')} secret={password} onClose={() => setPassword(null)} />}
    </>
  )
}

/** Of one who did not come yet: a new code, or the invitation taken back. */
function InvitationDoors({ name, id, onClose }: { name: string; id: string; onClose: () => void }) {
  const t = useT()
  const server = useSyncStatus()?.server
  const renew = useCommand(renewInvitation)
  const withdraw = useCommand(withdrawInvitation)
  const [code, setCode] = useState<string | null>(null)
  return (
    <>
      <FormErrorSummary failure={renew.failure ?? withdraw.failure} />
      <Button label={t('invitations.renew')} disabled={renew.pending} onClick={() => void renew.run({ id }).then((made) => made && setCode(made.value.code))} />
      <Button kind="quiet" label={t('invitations.withdraw')} disabled={withdraw.pending} onClick={() => void withdraw.run({ id }).then((done) => done && onClose())} />
      {code !== null && <SecretOnce title={t('invitations.code_title', { name })} about={server ? t('server.invitation_about', { url: server.url }) : t('invitations.code_about')} secret={code} onClose={() => setCode(null)} />}
    </>
  )
}
