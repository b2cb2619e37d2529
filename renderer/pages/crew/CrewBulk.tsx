import { useState } from 'react'
import { changeCrewRole, listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

/** At most so many rows in one command. */
const MOST = 500

/** The crew role of the chosen people in this project, where nobody was asked yet: the others answered for a role. */
export function CrewRoleDialog({ project, people, onClose, onDone }: { project: string; people: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const catalogue = useCatalogue()
  const change = useCommand(changeCrewRole)
  const [role, setRole] = useState<string | null>(null)
  const ofPeople = { collaborator_id: [...people].slice(0, MOST) }
  const planned = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: 'planned' }, limit: 1, ids: true }).answer?.value
  const all = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: { not: 'canceled' } }, limit: 1 }).answer?.value
  const ids = (planned?.ids ?? []).slice(0, MOST)
  const staying = all && planned ? all.total - ids.length : 0
  const ready = role !== null && ids.length > 0 && !change.pending
  const submit = async (): Promise<void> => {
    if (!role || !ready || !(await change.run({ ids, crew_role_id: role }))) return
    announce(t('crew.role_changed', { count: ids.length }))
    onDone()
  }
  return (
    <Dialog
      open
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
      <FormErrorSummary failure={change.failure} />
      <Combobox label={t('assignment.role')} autoFocus value={role} onChange={setRole} options={catalogue.crewRoles.map((row) => ({ id: row.id, label: catalogue.name(row) }))} />
      {planned && all && <p className={mutedText}>{t('crew.role_about', { count: ids.length, staying })}</p>}
    </Dialog>
  )
}
