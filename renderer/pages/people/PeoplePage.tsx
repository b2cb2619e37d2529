import { Plus, Upload } from 'lucide-react'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useList } from '../../app/queries.ts'
import { useProjects } from '../../app/projects.ts'
import { paths, useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { PersonRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { NewPersonPanel, PersonPanel } from './PersonPanel.tsx'

const FILTERS = ['department', 'status']

export function PeoplePage() {
  const t = useT()
  const url = useUrlState()
  const go = useGo()
  const org = useOrg() ?? ''
  const catalogue = useCatalogue()
  const project = useProjects()[0]
  const [department, status, search, sort, open] = [url.get('department'), url.get('status'), url.get('q'), url.get('sort'), url.get('sel')]
  const list = useList(
    collaborators.list,
    {
      ...(department || status ? { filter: { ...(department ? { department_code: department } : {}), ...(status ? { status } : {}) } } : {}),
      ...(search ? { search } : {}),
      sort: sort ? sort.split(',') : ['display_name'],
      limit: 200,
    },
    PersonRow,
  )
  const mayCreate = list.can.has('collaborator.create')
  const close = (): void => url.set({ sel: null })
  useShortcuts({ 'n p': () => mayCreate && url.set({ sel: 'new' }) })
  const reserved = (column: string, value: string | null): string => (value === null && list.hidden.has(`collaborator.${column}`) ? t('person.reserved') : (value ?? ''))
  const columns: Column<PersonRow>[] = [
    { key: 'name', label: t('person.name'), sort: 'display_name', render: (row) => <strong>{row.display_name}</strong> },
    { key: 'role', label: t('person.main_role'), sort: 'crew_role_name', render: (row) => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : '') },
    { key: 'department', label: t('person.department'), sort: 'department_code', render: (row) => row.department_code && <DepartmentTag code={row.department_code} /> },
    { key: 'phone', label: t('person.phone'), render: (row) => reserved('phone', row.phone) },
    { key: 'email', secondary: true, label: t('person.email'), render: (row) => reserved('email', row.email) },
    { key: 'kind', secondary: true, label: t('person.kind'), render: (row) => wordOf(t, 'person.kind', row.kind) },
    { key: 'status', secondary: true, label: t('person.status'), render: (row) => wordOf(t, 'person.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('people.new')} keys="N P" onClick={() => url.set({ sel: 'new' }, 'push')} />
  const bring = mayCreate && project && <Button icon={Upload} label={t('people.import')} onClick={() => go(`${paths.import(org, project.id)}?kind=people`)} />
  return (
    <Page
      title={t('people.title')}
      actions={
        <>
          {bring}
          {add}
        </>
      }
      panel={open === 'new' ? <NewPersonPanel onClose={close} onMade={(id) => url.set({ sel: id })} /> : open ? <PersonPanel id={open} onClose={close} /> : null}
    >
      <FilterBar names={FILTERS}>
        <FilterChip name="department" label={t('person.department')} choices={catalogue.departments.map((row) => ({ value: row.code, label: `${row.code} · ${catalogue.name(row)}` }))} />
        <FilterChip name="status" label={t('person.status')} choices={['active', 'inactive'].map((value) => ({ value, label: wordOf(t, 'person.status', value) }))} />
      </FilterBar>
      <span />
      <ListBody
        list={list}
        filtered={department !== '' || status !== '' || search !== ''}
        empty={
          <EmptyState text={t('people.empty')}>
            {add}
            {bring}
          </EmptyState>
        }
      >
        <DataTable
          label={t('people.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.display_name}
          sort={sort}
          onSort={(next) => url.set({ sort: next })}
          current={open}
          onOpen={(id) => url.set({ sel: id }, 'push')}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
    </Page>
  )
}
