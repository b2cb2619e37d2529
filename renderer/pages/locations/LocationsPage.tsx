import { Plus } from 'lucide-react'
import { locationKinds } from '../../../shared/domain/locations/model.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { useList } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { LocationRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { LocationPanel, NewLocationPanel } from './LocationPanel.tsx'

const STATUSES = ['active', 'deprecated', 'offline']

export function LocationsPage() {
  const t = useT()
  const url = useUrlState()
  const [kind, status, search, sort, open] = [url.get('kind'), url.get('status'), url.get('q'), url.get('sort'), url.get('sel')]
  const list = useList(
    locations.list,
    {
      ...(kind || status ? { filter: { ...(kind ? { kind } : {}), ...(status ? { status } : {}) } } : {}),
      ...(search ? { search } : {}),
      sort: sort ? sort.split(',') : ['name'],
      limit: 200,
    },
    LocationRow,
  )
  const mayCreate = list.can.has('location.create')
  const close = (): void => url.set({ sel: null })
  useShortcuts({ 'n l': () => mayCreate && url.set({ sel: 'new' }) })
  const columns: Column<LocationRow>[] = [
    { key: 'name', label: t('location.name'), sort: 'name', render: (row) => <strong>{row.name}</strong> },
    { key: 'kind', label: t('location.kind'), sort: 'kind', render: (row) => wordOf(t, 'location.kind', row.kind) },
    { key: 'parent', secondary: true, label: t('location.parent'), render: (row) => row.parent_name },
    { key: 'address', label: t('location.address'), render: (row) => row.address?.replaceAll('\n', ', ') },
    { key: 'hospital', secondary: true, label: t('location.hospital'), render: (row) => row.hospital_name },
    { key: 'zone', secondary: true, label: t('location.zone'), render: (row) => row.zone },
    { key: 'status', label: t('location.status'), sort: 'status', render: (row) => wordOf(t, 'location.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('locations.new')} onClick={() => url.set({ sel: 'new' }, 'push')} />
  return (
    <Page
      title={t('locations.title')}
      actions={add}
      panel={open === 'new' ? <NewLocationPanel onClose={close} onMade={(id) => url.set({ sel: id })} /> : open ? <LocationPanel id={open} onClose={close} /> : null}
    >
      <FilterBar names={['kind', 'status']}>
        <FilterChip name="kind" label={t('location.kind')} choices={locationKinds.map((value) => ({ value, label: wordOf(t, 'location.kind', value) }))} />
        <FilterChip name="status" label={t('location.status')} choices={STATUSES.map((value) => ({ value, label: wordOf(t, 'location.status', value) }))} />
      </FilterBar>
      <span />
      <ListBody list={list} filtered={kind !== '' || status !== '' || search !== ''} empty={<EmptyState text={t('locations.empty')}>{add}</EmptyState>}>
        <DataTable
          label={t('locations.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.name}
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
