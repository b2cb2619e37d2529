import { useState } from 'react'
import { removeMember } from '../../../shared/domain/organization/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { resetSignIn } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useDrawnLines } from '../../components/drawn-lines.ts'
import { SecretOnce } from '../../components/SecretOnce.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Members.module.css'
import type { BindingRow, MemberRow } from './rows.ts'

interface MemberListProps {
  members: readonly MemberRow[]
  bindings: readonly BindingRow[]
  projects: readonly { id: string; name: string }[]
  can: ReadonlySet<string>
  chosen: string | null
  onChoose: (id: string | null) => void
}

export function MemberList({ members, bindings, projects, can, chosen, onChoose }: MemberListProps) {
  const t = useT()
  const [removing, setRemoving] = useState<MemberRow | null>(null)
  const [resetting, setResetting] = useState<MemberRow | null>(null)
  const [given, setGiven] = useState<{ name: string; password: string } | null>(null)
  const { count, end } = useDrawnLines(members.length, members.findIndex(({ id }) => id === chosen))
  const remove = useCommand(removeMember)
  const reset = useCommand(resetSignIn, { org: null })
  const rolesOf = (member: MemberRow): string =>
    bindings
      .filter(({ member_id }) => member_id === member.id)
      .map(({ role, binding_project_id: project }) => (project ? t('members.role_in', { role: wordOf(t, 'role', role), project: projects.find(({ id }) => id === project)?.name ?? '—' }) : wordOf(t, 'role', role)))
      .join(' · ')
  return (
    <section className={styles['section']}>
      <h2>{t('members.people')}</h2>
      <table className={styles['list']}>
        <thead>
          <tr>
            <th scope="col">{t('members.name')}</th>
            <th scope="col">{t('members.email')}</th>
            <th scope="col">{t('members.roles')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('members.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.slice(0, count).map((member) => (
            <tr key={member.id} data-selected={member.id === chosen}>
              <td>{member.name}</td>
              <td>{member.email ?? t('members.reserved')}</td>
              <td>{rolesOf(member) || t('members.no_role')}</td>
              <td>
                <div className={styles['doors']}>
                  <Button small aria-expanded={member.id === chosen} label={t('members.roles_of')} onClick={() => onChoose(member.id === chosen ? null : member.id)} />
                  {can.has('member.remove') && <Button small kind="quiet" label={t('members.reset')} onClick={() => setResetting(member)} />}
                  {can.has('member.remove') && <Button small kind="quiet" label={t('members.remove')} onClick={() => setRemoving(member)} />}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <span ref={end} aria-hidden />
      {removing && (
        <ConfirmDialog
          danger
          title={t('members.remove_title', { name: removing.name })}
          about={t('members.remove_about')}
          action={t('members.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onConfirm={() => void remove.run({ id: removing.id }).then((done) => done && setRemoving(null))}
          onClose={() => {
            remove.reset()
            setRemoving(null)
          }}
        />
      )}
      {resetting && (
        <ConfirmDialog
          title={t('members.reset_title', { name: resetting.name })}
          about={t('members.reset_about')}
          action={t('members.reset')}
          pending={reset.pending}
          failure={reset.failure}
          onConfirm={() =>
            void reset.run({ user_id: resetting.user_id }).then((answer) => {
              if (!answer) return
              setGiven({ name: resetting.name, password: answer.value.password })
              setResetting(null)
            })
          }
          onClose={() => {
            reset.reset()
            setResetting(null)
          }}
        />
      )}
      {given && <SecretOnce title={t('members.password_title', { name: given.name })} about={t('members.password_about')} secret={given.password} onClose={() => setGiven(null)} />}
    </section>
  )
}
