import { z } from 'zod'
import { useState } from 'react'
import { listMembers } from '../../../shared/domain/organization/operations.ts'
import { linkUser } from '../../../shared/domain/people/directory-operations.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Change.module.css'

const Member = z.object({ id: z.string(), name: z.string(), email: z.string().nullish(), collaborator_id: z.string().nullish(), status: z.string() })
/** The member of the organization a person of the directory is. */
export const LinkedUser = z.object({ member_id: z.string(), name: z.string(), status: z.string() })
export type LinkedUser = z.infer<typeof LinkedUser>

/** Who signs in as this person: what they then see as their own is theirs. */
export function UserSection({ person, user, mayLink }: { person: string; user: LinkedUser | null; mayLink: boolean }) {
  const t = useT()
  const link = useCommand(linkUser)
  const [choosing, setChoosing] = useState(false)
  const members = useList(listMembers, choosing ? { filter: { status: 'active' }, sort: ['name'], limit: 200 } : null, Member).items
  const set = async (member_id: string | null): Promise<void> => {
    if (!(await link.run({ id: person, member_id }))) return
    setChoosing(false)
    announce(t(member_id ? 'person.user_linked' : 'person.user_unlinked'))
  }
  return (
    <div className={styles['user']}>
      <FormErrorSummary failure={link.failure} />
      {user ? <strong>{user.name}</strong> : <span className={mutedText}>{t('person.user_none')}</span>}
      {mayLink && choosing && (
        <Combobox
          label={t('person.user_choose')}
          hint={t('person.user_hint')}
          autoFocus
          value={user?.member_id ?? null}
          options={members.map((row) => ({ id: row.id, label: row.name, ...(row.collaborator_id && row.collaborator_id !== person ? { detail: t('person.user_taken') } : row.email ? { detail: row.email } : {}) }))}
          onChange={(id) => id !== null && void set(id)}
        />
      )}
      {mayLink && (
        <div>
          {!choosing && <Button small label={t(user ? 'person.user_change' : 'person.user_link')} onClick={() => setChoosing(true)} />}
          {choosing && <Button small kind="quiet" label={t('action.cancel')} onClick={() => setChoosing(false)} />}
          {user && !choosing && <Button small kind="quiet" label={t('person.user_unlink')} disabled={link.pending} onClick={() => void set(null)} />}
        </div>
      )}
    </div>
  )
}
