import { useMemo } from 'react'
import { getOrganization } from '../../shared/domain/organization/operations.ts'
import { usePreferences } from './preferences.ts'
import { useAnswer } from './queries.ts'
import { CrewRoleRow, DepartmentRow, NamedRow, OrganizationRow, rowsOf } from './rows.ts'

export interface Catalogue {
  organization: OrganizationRow | null
  departments: readonly DepartmentRow[]
  crewRoles: readonly CrewRoleRow[]
  certificationKinds: readonly NamedRow[]
  can: ReadonlySet<string>
  /** Name of a crew role or department in the language of the screens. */
  name: (row: { name: string; name_en: string | null }) => string
}

/** The organization's departments, roles and kinds, read once and kept while nothing changes. */
export function useCatalogue(): Catalogue {
  const language = usePreferences((state) => state.language)
  const { answer } = useAnswer(getOrganization, {})
  return useMemo(() => {
    const value = answer?.value
    return {
      organization: value ? OrganizationRow.parse(value.organization) : null,
      departments: rowsOf(DepartmentRow, value?.departments ?? []),
      crewRoles: rowsOf(CrewRoleRow, value?.crew_roles ?? []),
      certificationKinds: rowsOf(NamedRow, value?.certification_kinds ?? []),
      can: answer?.can ?? new Set<string>(),
      name: (row) => (language === 'en' ? (row.name_en ?? row.name) : row.name),
    }
  }, [answer, language])
}
