import { useState } from 'react'
import { changeCrewRole, listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useAnswer, useCommand, useList } from '../../app/queries.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import change from '../people/Change.module.css'

/** At most so many rows in one command, and lines of the preview. */
const MOST = 500
const LINES = 60

/** The crew role of the chosen people in this project, where nobody was asked yet: the others answered for a role. The department follows the role. */
export function CrewRoleDialog({ project, people, onClose, onDone }: { project: string; people: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const catalogue = useCatalogue()
  const save = useCommand(changeCrewRole)
  const [department, setDepartment] = useState('')
  const [role, setRole] = useState<string | null>(null)
  const ofPeople = { collaborator_id: [...people].slice(0, MOST) }
  const planned = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: 'planned' }, limit: 1, ids: true }).answer?.value
  const all = useAnswer(listAssignments, { project_id: project, filter: { ...ofPeople, state: { not: 'canceled' } }, limit: 1 }).answer?.value
  const rows = useList(listAssignments, { project_id: project, filter: { ...ofPeople, state: 'planned' }, sort: ['collaborator_name', 'crew_role_name'], limit: 200 }, AssignmentRow).items
  const ids = (planned?.ids ?? []).slice(0, MOST)
  const staying = all && planned ? all.total - ids.length : 0
  const ready = role !== null && ids.length > 0 && !save.pending
  const codeOf = (id: string | null): string | null => catalogue.departments.find((row) => row.id === id)?.code ?? null
  const chosen = catalogue.crewRoles.find((row) => row.id === role)
  const after = chosen ? [codeOf(chosen.department_id), catalogue.name(chosen)].filter(Boolean).join(' · ') : '…'
  const roles = catalogue.crewRoles.filter((row) => department === '' || row.department_id === department)
  // One line for a person and a role they hold here.
  const lines = [...Map.groupBy(rows.filter((row) => row.crew_role_id !== role), (row) => `${row.collaborator_id} ${row.crew_role_id ?? ''}`).values()]
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
        <div className={formTwo}>
          <Select
            label={t('person.department')}
            value={department}
            onChange={(id) => {
              setDepartment(id)
              setRole(null)
            }}
            choices={[{ value: '', label: t('people.change_any_department') }, ...catalogue.departments.map((row) => ({ value: row.id, label: `${row.code} · ${catalogue.name(row)}` }))]}
          />
          <Combobox
            label={t('assignment.role')}
            autoFocus
            value={role}
            onChange={setRole}
            options={roles.map((row) => {
              const code = codeOf(row.department_id)
              return { id: row.id, label: catalogue.name(row), ...(code ? { detail: code } : {}) }
            })}
          />
        </div>
      </div>
      <div className={change['preview']} aria-live="polite">
        {planned && all && <p className={mutedText}>{t('crew.role_about', { count: ids.length, staying })}</p>}
        {lines.length > 0 && (
          <table className={change['table']}>
            <thead>
              <tr>
                <th scope="col">{t('person.name')}</th>
                <th scope="col">{t('people.change_before')}</th>
                <th scope="col">{t('people.change_after')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(0, LINES).map(([row, ...others]) =>
                row && (
                  <tr key={row.id}>
                    <th scope="row">{row.collaborator_name}</th>
                    <td>
                      {[row.department_code, row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : t('crew.no_role')].filter(Boolean).join(' · ')}
                      {others.length > 0 && ` × ${others.length + 1}`}
                    </td>
                    <td>{after}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        )}
        {lines.length > LINES && <p className={mutedText}>{t('people.change_rest', { count: lines.length - LINES })}</p>}
      </div>
    </Dialog>
  )
}
