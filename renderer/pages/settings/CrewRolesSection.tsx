import { z } from 'zod'
import { crewRoles, moveCrewRole } from '../../../shared/domain/organization/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { orNull, textOf } from '../../components/draft.ts'
import { CheckField, Select, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { useT } from '../../i18n/index.ts'
import { CatalogueSection, catalogueOperations } from './CatalogueSection.tsx'

const Row = z.object({ id: z.string(), version: z.number(), name: z.string(), name_en: z.string().nullish(), department_id: z.string().nullish(), is_head: z.boolean().nullish() })
const operations = catalogueOperations(crewRoles)

export function CrewRolesSection() {
  const t = useT()
  const errors = useFailureText()
  const catalogue = useCatalogue()
  const department = (id: string | null | undefined) => catalogue.departments.find((row) => row.id === id)
  return (
    <CatalogueSection
      title={t('settings.section.crew_roles')}
      about={t('settings.crew_roles_about')}
      empty={t('settings.crew_roles_empty')}
      operations={operations}
      schema={Row}
      move={moveCrewRole.name}
      sort={['position', 'name']}
      columns={[
        { label: t('departments.name'), render: (row) => row.name },
        { label: t('departments.name_en'), render: (row) => row.name_en },
        {
          label: t('settings.department'),
          render: (row) => {
            const found = department(row.department_id)
            return found && <DepartmentTag code={found.code} name={catalogue.name(found)} colour={found.colour} />
          },
        },
        { label: t('settings.head'), render: (row) => (row.is_head ? t('settings.head_yes') : '') },
      ]}
      formOf={(row) => ({ name: row?.name ?? '', name_en: textOf(row?.name_en), department_id: textOf(row?.department_id), is_head: row?.is_head ?? false })}
      values={({ name_en, department_id, ...changes }) => ({ ...changes, ...(name_en === undefined ? {} : { name_en: orNull(name_en) }), ...(department_id === undefined ? {} : { department_id: orNull(department_id) }) })}
      fields={(draft, failure) => (
        <>
          <div className={formTwo}>
            <TextField label={t('departments.name')} name="name" required autoFocus value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />
            <TextField label={t('departments.name_en')} name="name_en" optional value={draft.get('name_en')} onChange={(name) => draft.set('name_en', name)} />
          </div>
          <Select
            label={t('settings.department')}
            hint={t('settings.department_hint')}
            value={draft.get('department_id')}
            choices={[{ value: '', label: t('settings.no_department') }, ...catalogue.departments.map((row) => ({ value: row.id, label: `${row.code} · ${catalogue.name(row)}` }))]}
            onChange={(id) => draft.set('department_id', id)}
          />
          <CheckField label={t('settings.head_label')} checked={draft.get('is_head')} onChange={(on) => draft.set('is_head', on)} />
        </>
      )}
    />
  )
}
