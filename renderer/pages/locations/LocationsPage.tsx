import { Plus } from 'lucide-react'
import { locationKinds } from '../../../shared/domain/locations/model.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { LocationRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { EmptyState } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { LocationPanel, NewLocationPanel } from './LocationPanel.tsx'

export function LocationsPage() {
  const t = useT()
  const filters: readonly ListFilter[] = [
    { name: 'kind', label: t('location.kind'), column: 'kind', pinned: true, values: locationKinds, text: (value) => wordOf(t, 'location.kind', value) },
    { name: 'status', label: t('location.status'), column: 'status', pinned: true, values: ['active', 'deprecated', 'offline'], text: (value) => wordOf(t, 'location.status', value) },
  ]
  const list = useListPage({ operation: locations.list, row: LocationRow, filters, sort: ['name'] })
  const mayCreate = list.can.has('location.create')
  const { open } = list
  const close = (): void => list.setOpen(null)
  useShortcuts({ 'n l': () => mayCreate && list.setOpen('new') })
  const columns: Column<LocationRow>[] = [
    { key: 'name', label: t('location.name'), sort: 'name', render: (row) => <strong>{row.name}</strong> },
    { key: 'kind', label: t('location.kind'), sort: 'kind', render: (row) => wordOf(t, 'location.kind', row.kind) },
    { key: 'parent', secondary: true, label: t('location.parent'), render: (row) => row.parent_name },
    { key: 'address', label: t('location.address'), render: (row) => row.address?.replaceAll('\n', ', ') },
    { key: 'hospital', secondary: true, label: t('location.hospital'), render: (row) => row.hospital_name },
    { key: 'zone', secondary: true, label: t('location.zone'), render: (row) => row.zone },
    { key: 'status', label: t('location.status'), sort: 'status', render: (row) => wordOf(t, 'location.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('locations.new')} onClick={() => list.setOpen('new')} />
  return (
    <ListPage
      list={list}
      title={t('locations.title')}
      all={t('list.all_locations')}
      columns={columns}
      nameOf={(row) => row.name}
      actions={add}
      panel={open === 'new' ? <NewLocationPanel onClose={close} onMade={list.setOpen} /> : open ? <LocationPanel id={open} onClose={close} /> : null}
      empty={<EmptyState text={t('locations.empty')}>{add}</EmptyState>}
    />
  )
}
