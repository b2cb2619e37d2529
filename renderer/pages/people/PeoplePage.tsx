import { Merge, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { skills } from '../../../shared/domain/organization/operations.ts'
import { changeMany } from '../../../shared/domain/people/directory-operations.ts'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useProjects } from '../../app/projects.ts'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { NamedRow, PersonRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { listOf, orNull } from '../../components/draft.ts'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { DuplicatesPanel } from './DuplicatesPanel.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { PeopleBulk } from './PeopleBulk.tsx'
import { NewPersonPanel, PersonPanel } from './PersonPanel.tsx'

const DirectoryRow = PersonRow.extend({ retain_until: z.string().nullish().transform((value) => value ?? null) })
type DirectoryRow = z.infer<typeof DirectoryRow>

export function PeoplePage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const catalogue = useCatalogue()
  const project = useProjects()[0]
  const department = (code: string): string => {
    const row = catalogue.departments.find((one) => one.code === code)
    return row ? `${code} · ${catalogue.name(row)}` : code
  }
  const roleName = (id: string): string => {
    const row = catalogue.crewRoles.find((one) => one.id === id)
    return row ? catalogue.name(row) : '—'
  }
  const skillRows = useList(skills.list, { sort: ['name'], limit: 200 }, NamedRow).items
  const filters: readonly ListFilter[] = [
    { name: 'department', label: t('person.department'), column: 'department_code', pinned: true, text: department, short: (code) => code, none: t('list.no_department') },
    { name: 'status', label: t('person.status'), column: 'status', pinned: true, values: ['active', 'inactive'], text: (value) => wordOf(t, 'person.status', value) },
    { name: 'role', label: t('person.roles'), column: 'held_role_id', pinned: true, text: roleName, none: t('people.no_role') },
    { name: 'skill', label: t('person.skills'), column: 'skill_id', text: (id) => skillRows.find((row) => row.id === id)?.name ?? '—', none: t('people.no_skill') },
    { name: 'certification', label: t('person.certifications'), column: 'certification', values: ['valid', 'soon', 'expired', 'none'], text: (value) => wordOf(t, 'people.certification', value) },
    { name: 'tag', label: t('person.tags'), column: 'tag', none: t('people.no_tag') },
    { name: 'phone', label: t('person.phone'), column: 'reachable', kind: 'boolean', text: (value) => t(value === 'true' ? 'crew.with_phone' : 'crew.without_phone') },
    { name: 'keep', label: t('person.retain_until'), column: 'retain_until', kind: 'days' },
    { name: 'kind', label: t('person.kind'), column: 'kind', values: ['person', 'team', 'vendor'], text: (value) => wordOf(t, 'person.kind', value) },
  ]
  const list = useListPage({ operation: collaborators.list, row: DirectoryRow, filters, sort: ['display_name'] })
  const [merging, setMerging] = useState<readonly { id: string; name: string }[] | null>(null)
  const mayCreate = list.can.has('collaborator.create')
  const { open } = list
  const close = (): void => list.setOpen(null)
  const mayMerge = list.can.has('collaborator.merge')
  const mayUpdate = list.can.has('collaborator.update')
  const startMerge = (): void => void list.readSelected().then((rows) => rows.length > 1 && setMerging(rows.map((row) => ({ id: row.id, name: row.display_name }))))
  useActions([
    ...(mayCreate ? [{ id: 'people.new', label: t('people.new'), keys: 'n p', group: 'new' as const, run: () => list.setOpen('new') }] : []),
    ...(mayMerge ? [{ id: 'people.merge', label: t('people.merge'), group: 'page' as const, run: startMerge, ...(list.selected.size < 2 ? { off: t('people.merge_choose') } : {}) }] : []),
    ...(mayMerge ? [{ id: 'people.duplicates', label: t('people.duplicates'), group: 'page' as const, run: () => list.setOpen('duplicates') }] : []),
    { id: 'people.retention', label: t('people.past_retention'), group: 'page', run: () => go(paths.retention(org)), ...(mayUpdate ? {} : { off: t('retention.role_needed') }) },
  ])
  const reserved = (column: string, value: string | null): string => (value === null && list.hidden.has(`collaborator.${column}`) ? t('person.reserved') : (value ?? ''))
  const saveCell = useCellSave(collaborators.update)
  const saveRole = useCellSave(changeMany)
  const roleChoices = [{ value: '', label: t('people.no_role') }, ...catalogue.crewRoles.map((row) => ({ value: row.id, label: catalogue.name(row) }))]
  const edited = (field: 'display_name' | 'phone' | 'email'): Pick<Column<DirectoryRow>, 'edit'> =>
    mayUpdate && !list.hidden.has(`collaborator.${field}`)
      ? { edit: { value: (row) => row[field] ?? '', save: (row, typed) => saveCell(field, { id: row.id, version: row.version, changes: { [field]: field === 'display_name' ? typed : orNull(typed) } }) } }
      : {}
  const columns: Column<DirectoryRow>[] = [
    { key: 'name', label: t('person.name'), sort: 'display_name', render: (row) => <strong>{row.display_name}</strong>, ...edited('display_name') },
    {
      key: 'role', label: t('person.main_role'), sort: 'crew_role_name', render: (row) => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : ''),
      ...(mayUpdate ? { edit: { value: (row) => row.crew_role_id ?? '', choices: roleChoices, save: (row, id) => (id === '' ? Promise.resolve(null) : saveRole('crew_role_id', { ids: [row.id], change: { crew_role_id: id } })) } } : {}),
    },
    { key: 'department', label: t('person.department'), sort: 'department_code', render: (row) => row.department_code && <DepartmentTag code={row.department_code} />, text: (row) => row.department_code ?? '' },
    { key: 'phone', label: t('person.phone'), render: (row) => reserved('phone', row.phone), ...edited('phone') },
    { key: 'email', secondary: true, label: t('person.email'), render: (row) => reserved('email', row.email), ...edited('email') },
    { key: 'tags', optional: true, label: t('person.tags'), render: (row) => row.tags.join(', '), ...(mayUpdate ? { edit: { value: (row) => row.tags.join(', '), save: (row, typed) => saveCell('tags', { id: row.id, version: row.version, changes: { tags: listOf(typed) } }) } } : {}) },
    { key: 'keep', optional: true, label: t('person.retain_until'), sort: 'retain_until', render: (row) => (row.retain_until ? format.day(row.retain_until) : '') },
    { key: 'kind', secondary: true, label: t('person.kind'), render: (row) => wordOf(t, 'person.kind', row.kind) },
    { key: 'status', secondary: true, label: t('person.status'), render: (row) => wordOf(t, 'person.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('people.new')} keys="N P" onClick={() => list.setOpen('new')} />
  const bring = mayCreate && project && <Button icon={Upload} label={t('people.import')} onClick={() => go(`${paths.import(org, project.id)}?kind=people`)} />
  return (
    <>
      <ListPage
        list={list}
        title={t('people.title')}
        all={t('list.all_people')}
        columns={columns}
        nameOf={(row) => row.display_name}
        actions={
          <>
            {mayUpdate && <Button label={t('retention.short')} onClick={() => go(paths.retention(org))} />}
            {mayMerge && <Button icon={Merge} label={t('people.duplicates')} onClick={() => list.setOpen('duplicates')} />}
            {bring}
            {add}
          </>
        }
        {...(mayUpdate
          ? {
              bulk: (selected: ReadonlySet<string>) => (
                <>
                  <PeopleBulk selected={selected} onDone={() => list.setSelected(new Set())} />
                  {mayMerge && <Button small label={t('people.merge')} keys="M" disabled={selected.size < 2} onClick={startMerge} />}
                </>
              ),
              bulkKeys: mayMerge ? { m: startMerge } : {},
            }
          : {})}
        panel={open === 'duplicates' ? <DuplicatesPanel onMerge={setMerging} onClose={close} /> : open === 'new' ? <NewPersonPanel onClose={close} onMade={list.setOpen} /> : open ? <PersonPanel id={open} onClose={close} /> : null}
        empty={
          <EmptyState text={t('people.empty')} help="crew">
            {add}
            {bring}
          </EmptyState>
        }
      />
      {merging && (
        <MergeDialog
          people={merging}
          onClose={() => setMerging(null)}
          onDone={(kept) => {
            setMerging(null)
            list.setSelected(new Set())
            list.setOpen(kept)
          }}
        />
      )}
    </>
  )
}
