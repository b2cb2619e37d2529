import { Eye } from 'lucide-react'
import { useState } from 'react'
import { organizationRoles, roles } from '../../../shared/domain/permissions.ts'
import { useCommand } from '../../app/queries.ts'
import { seeAs } from '../../app/session-operations.ts'
import { Button } from '../../components/Button.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Members.module.css'

/** Reads the pages with what one role gives; it is written in the log, and nothing can be changed meanwhile. */
export function SeeAsForm({ projects }: { projects: readonly { id: string; name: string }[] }) {
  const t = useT()
  const start = useCommand(seeAs, { org: null })
  const [role, setRole] = useState<string>('member')
  const [project, setProject] = useState('')
  const everywhere = organizationRoles.some((one) => one === role)
  return (
    <section className={styles['section']}>
      <h2>{t('see_as.title')}</h2>
      <p className={styles['about']}>{t('see_as.about')}</p>
      <FormErrorSummary failure={start.failure} />
      <div className={styles['row']}>
        <Select label={t('members.role')} name="see_as_role" value={role} onChange={setRole} choices={roles.map((value) => ({ value, label: wordOf(t, 'role', value) }))} />
        {!everywhere && <Select label={t('members.where')} name="see_as_project" value={project} onChange={setProject} choices={[{ value: '', label: t('members.whole_organization') }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} />}
        <Button icon={Eye} label={t('see_as.start')} disabled={start.pending} onClick={() => void start.run({ role, project_id: everywhere || !project ? null : project })} />
      </div>
    </section>
  )
}
