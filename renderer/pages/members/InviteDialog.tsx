import { useState } from 'react'
import { organizationRoles, roles } from '../../../shared/domain/permissions.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useSyncStatus } from '../../app/sync/status.ts'
import { invite } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { useT, wordOf } from '../../i18n/index.ts'

export function InviteDialog({ projects, onClose }: { projects: readonly { id: string; name: string }[]; onClose: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const server = useSyncStatus()?.server
  const send = useCommand(invite)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<string>('planner')
  const [project, setProject] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const everywhere = organizationRoles.some((one) => one === role)
  if (code) return <SecretOnce title={t('invitations.code_title', { name })} about={server ? t('server.invitation_about', { url: server.url }) : t('invitations.code_about')} secret={code} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('members.invite')}
      onSubmit={() => void send.run({ name: name.trim(), email: email.trim(), role, project_id: everywhere || !project ? null : project }).then((made) => made && setCode(made.value.code))}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('invitations.create')} disabled={send.pending} />
        </>
      }
    >
      <FormErrorSummary failure={send.failure} />
      <TextField label={t('members.name')} name="name" autoComplete="off" autoFocus value={name} onChange={setName} error={textOf.field(send.failure, 'name')} />
      <TextField label={t('members.email')} name="email" type="email" autoComplete="off" value={email} onChange={setEmail} error={textOf.field(send.failure, 'email')} />
      <Select label={t('members.role')} name="role" value={role} onChange={setRole} choices={roles.map((value) => ({ value, label: wordOf(t, 'role', value) }))} error={textOf.field(send.failure, 'role')} />
      {!everywhere && (
        <Select label={t('members.where')} name="project_id" value={project} onChange={setProject} choices={[{ value: '', label: t('members.whole_organization') }, ...projects.map(({ id, name: title }) => ({ value: id, label: title }))]} />
      )}
    </Dialog>
  )
}
