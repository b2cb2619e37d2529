import { groupBy } from '../../../shared/kernel/grouping.ts'
import { useState } from 'react'
import { changeCrewRole, listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer, useCommand, useList } from '../../app/queries.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { BeforeAfter, ChangePreview } from '../../components/BeforeAfter.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { RoleChoice, useRoleWords } from '../../components/RoleChoice.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

/** At most so many rows in one command. */
const MOST = 500

/** The crew role of the chosen people in this project, where nobody was asked yet: the others answered for a role. The department follows the role. */
export function CrewRoleDialog({ project, people, onClose, onDone }: { project: string; people: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const catalogue = useCatalogue()
  const roleWords = useRoleWords()
  const save = useCommand(changeCrewRole)
  const [role, setRole] = useState<string | null>(null)
  const ofPeople = { collaborator_id: [...people].slice(0, MOST) }
  const planned = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: 'planned' }, limit: 1, ids: true }).answer?.value
  const all = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: { not: 'canceled' } }, limit: 1 }).answer?.value
  const rows = useList(listAssignments, { project_id: project, filter: { ...ofPeople, state: 'planned' }, sort: ['collaborator_name', 'crew_role_name'], limit: 200 }, AssignmentRow).items
  const ids = (planned?.ids ?? []).slice(0, MOST)
  const staying = all && planned ? all.total - ids.length : 0
  const ready = role !== null && ids.length > 0 && !save.pending
  const after = roleWords(role) ?? '…'
  // One line for a person and a role they hold here.
  const held = groupBy(rows.filter((row) => row.crew_role_id !== role), (row) => `${row.collaborator_id} ${row.crew_role_id ?? ''}`)
  const lines = [...held.values()].flatMap(([row, ...others]) => {
    if (!row) return []
    const before = [row.department_code, row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : t('crew.no_role')].filter(Boolean).join(' · ')
    return [{ key: row.id, name: row.collaborator_name, before: others.length > 0 ? `${before} × ${others.length + 1}` : before, after }]
  })
  const submit = async (): Promise<void> => {
    if (!role || !ready || !(await save.run({ ids, crew_role_id: role }))) return
    announce(t('crew.role_changed', { count: ids.length }))
    onDone()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('crew.role_title', { count: people.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('crew.role_change')} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={save.failure} />
      <div className={formStack}>
        <RoleChoice label={t('assignment.role')} value={role} onChange={setRole} />
      </div>
      <ChangePreview>
        {planned && all && <p className={mutedText}>{t('crew.role_about', { count: ids.length, staying })}</p>}
        <BeforeAfter lines={lines} />
      </ChangePreview>
    </Dialog>
  )
}
