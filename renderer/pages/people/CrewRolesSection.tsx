import { setCrewRoles } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useCommand } from '../../app/queries.ts'
import type { CrewRoleRow } from '../../app/rows.ts'
import { Combobox } from '../../components/Combobox.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { RowList } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

export function CrewRolesSection({ person, held }: { person: string; held: readonly CrewRoleRow[] }) {
  const t = useT()
  const catalogue = useCatalogue()
  const save = useCommand(setCrewRoles)
  const ids = held.map((role) => role.id)
  const put = (crew_role_ids: string[]): void => void save.run({ id: person, crew_role_ids })
  return (
    <>
      <FormErrorSummary failure={save.failure} />
      <RowList
        none="—"
        removeLabel={t('action.remove')}
        rows={held.map((role) => ({ id: role.id, name: catalogue.name(role), content: catalogue.name(role) }))}
        onRemove={(id) => put(ids.filter((held) => held !== id))}
      />
      <Combobox
        label={t('person.role_add')}
        hint={t('person.roles_hint')}
        value={null}
        options={catalogue.crewRoles.filter((role) => !ids.includes(role.id)).map((role) => ({ id: role.id, label: catalogue.name(role), ...departmentOf(role, catalogue.departments) }))}
        onChange={(id) => {
          if (id) put([...ids, id])
        }}
      />
    </>
  )
}

const departmentOf = (role: CrewRoleRow, departments: readonly { id: string; code: string }[]): { detail?: string } => {
  const department = departments.find((row) => row.id === role.department_id)
  return department ? { detail: department.code } : {}
}
