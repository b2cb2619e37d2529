import { useState } from 'react'
import { useCatalogue } from '../app/catalogue.ts'
import { useT } from '../i18n/index.ts'
import { Combobox } from './Combobox.tsx'
import { Select } from './Field.tsx'
import { formTwo } from './FormLayout.ts'

/** A crew role as it is told apart from others: code of its department and name; null when the catalogue does not have it. */
export function useRoleWords(): (id: unknown) => string | null {
  const { crewRoles, departments, name } = useCatalogue()
  return (id) => {
    const role = crewRoles.find((one) => one.id === id)
    return role ? [departments.find((one) => one.id === role.department_id)?.code, name(role)].filter(Boolean).join(' · ') : null
  }
}

/** A crew role to choose; the department beside it only narrows the roles offered. */
export function RoleChoice({ label, value, onChange, placeholder }: { label: string; value: string | null; onChange: (id: string | null) => void; placeholder?: string }) {
  const t = useT()
  const { crewRoles, departments, name } = useCatalogue()
  const [department, setDepartment] = useState('')
  const offered = crewRoles.filter((row) => department === '' || row.department_id === department)
  return (
    <div className={formTwo}>
      <Select
        label={t('person.department')}
        value={department}
        onChange={(id) => {
          setDepartment(id)
          onChange(null)
        }}
        choices={[{ value: '', label: t('people.change_any_department') }, ...departments.map((row) => ({ value: row.id, label: `${row.code} · ${name(row)}` }))]}
      />
      <Combobox
        label={label}
        autoFocus
        {...(placeholder === undefined ? {} : { placeholder })}
        value={value}
        onChange={onChange}
        options={offered.map((row) => {
          const code = departments.find((one) => one.id === row.department_id)?.code
          return { id: row.id, label: name(row), ...(code ? { detail: code } : {}) }
        })}
      />
    </div>
  )
}
