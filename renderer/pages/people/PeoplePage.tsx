import { Plus, Upload } from 'lucide-react'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useProjects } from '../../app/projects.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { PersonRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { orNull } from '../../components/draft.ts'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { NewPersonPanel, PersonPanel } from './PersonPanel.tsx'

export function PeoplePage() {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const catalogue = useCatalogue()
  const project = useProjects()[0]
  const department = (code: string): string => {
    const row = catalogue.departments.find((one) => one.code === code)
    return row ? `${code} · ${catalogue.name(row)}` : code
  }
  const filters: readonly ListFilter[] = [
    { name: 'department', label: t('person.department'), column: 'department_code', pinned: true, text: department, short: (code) => code, none: t('list.no_department') },
    { name: 'status', label: t('person.status'), column: 'status', pinned: true, values: ['active', 'inactive'], text: (value) => wordOf(t, 'person.status', value) },
    { name: 'kind', label: t('person.kind'), column: 'kind', values: ['person', 'team', 'vendor'], text: (value) => wordOf(t, 'person.kind', value) },
  ]
  const list = useListPage({ operation: collaborators.list, row: PersonRow, filters, sort: ['display_name'] })
  const mayCreate = list.can.has('collaborator.create')
  const { open } = list
  const close = (): void => list.setOpen(null)
  useShortcuts({ 'n p': () => mayCreate && list.setOpen('new') })
  const reserved = (column: string, value: string | null): string => (value === null && list.hidden.has(`collaborator.${column}`) ? t('person.reserved') : (value ?? ''))
  const saveCell = useCellSave(collaborators.update)
  const edited = (field: 'display_name' | 'phone' | 'email'): Pick<Column<PersonRow>, 'edit'> =>
    list.can.has('collaborator.update') && !list.hidden.has(`collaborator.${field}`)
      ? { edit: { value: (row) => row[field] ?? '', save: (row, typed) => saveCell(field, { id: row.id, version: row.version, changes: { [field]: field === 'display_name' ? typed : orNull(typed) } }) } }
      : {}
  const columns: Column<PersonRow>[] = [
    { key: 'name', label: t('person.name'), sort: 'display_name', render: (row) => <strong>{row.display_name}</strong>, ...edited('display_name') },
    { key: 'role', label: t('person.main_role'), sort: 'crew_role_name', render: (row) => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : '') },
    { key: 'department', label: t('person.department'), sort: 'department_code', render: (row) => row.department_code && <DepartmentTag code={row.department_code} />, text: (row) => row.department_code ?? '' },
    { key: 'phone', label: t('person.phone'), render: (row) => reserved('phone', row.phone), ...edited('phone') },
    { key: 'email', secondary: true, label: t('person.email'), render: (row) => reserved('email', row.email), ...edited('email') },
    { key: 'kind', secondary: true, label: t('person.kind'), render: (row) => wordOf(t, 'person.kind', row.kind) },
    { key: 'status', secondary: true, label: t('person.status'), render: (row) => wordOf(t, 'person.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('people.new')} keys="N P" onClick={() => list.setOpen('new')} />
  const bring = mayCreate && project && <Button icon={Upload} label={t('people.import')} onClick={() => go(`${paths.import(org, project.id)}?kind=people`)} />
  return (
    <ListPage
      list={list}
      title={t('people.title')}
      all={t('list.all_people')}
      columns={columns}
      nameOf={(row) => row.display_name}
      actions={
        <>
          {bring}
          {add}
        </>
      }
      panel={open === 'new' ? <NewPersonPanel onClose={close} onMade={list.setOpen} /> : open ? <PersonPanel id={open} onClose={close} /> : null}
      empty={
        <EmptyState text={t('people.empty')}>
          {add}
          {bring}
        </EmptyState>
      }
    />
  )
}
