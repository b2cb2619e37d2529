import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { useContext } from 'react'
import { locationKinds } from '../../../shared/domain/locations/model.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer } from '../../app/queries.ts'
import { usePlace, useUrlState } from '../../app/routes.ts'
import { LocationRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { ProjectAround } from '../../app/context.tsx'
import { LocationPanel, NewLocationPanel } from './LocationPanel.tsx'
import styles from './Tree.module.css'
import { foldedAway, hasInside } from './tree.ts'

/** Places as a tree, venue over site over room: of the organization, or those where a project has missions. */
export function LocationsPage() {
  const t = useT()
  const url = useUrlState()
  const { project } = usePlace()
  const around = useContext(ProjectAround)
  const used = useAnswer(listMissions, project ? { project_id: project, limit: 1, facets: ['location_id'] } : null)
  const ids = (used.answer?.value.facets?.['location_id'] ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const filters: readonly ListFilter[] = [
    { name: 'kind', label: t('location.kind'), column: 'kind', pinned: true, values: locationKinds, text: (value) => wordOf(t, 'location.kind', value) },
    { name: 'status', label: t('location.status'), column: 'status', pinned: true, values: ['active', 'deprecated', 'offline'], text: (value) => wordOf(t, 'location.status', value) },
  ]
  const asked = useListPage({ operation: locations.list, row: LocationRow, filters, sort: ['path'], ...(project ? { where: { id: ids.slice(0, MOST) }, off: !used.answer } : {}) })
  const tree = asked.sort === '' || asked.sort === 'path'
  const folded = new Set(url.get('fold').split(',').filter(Boolean))
  const list = tree && folded.size > 0 ? { ...asked, items: foldedAway(asked.items, folded) } : asked
  const mayCreate = list.can.has('location.create')
  const { open } = list
  const close = (): void => list.setOpen(null)
  const fold = (id: string, away: boolean): void => {
    const next = new Set(folded)
    if (away) next.add(id)
    else next.delete(id)
    url.set({ fold: [...next].sort().join(',') || null })
  }
  const current = asked.items.find((row) => row.id === open)
  useActions([
    { id: 'location.new', label: t('locations.new'), keys: 'n l', group: 'new', run: () => list.setOpen('new'), ...(mayCreate ? {} : { off: t('locations.new') }) },
    ...(tree && current && hasInside(asked.items, current.id)
      ? [folded.has(current.id)
          ? { id: 'location.unfold', label: t('locations.expand', { name: current.name }), keys: 'ArrowRight', run: () => fold(current.id, false) }
          : { id: 'location.fold', label: t('locations.collapse', { name: current.name }), keys: 'ArrowLeft', run: () => fold(current.id, true) }]
      : []),
  ])
  const columns: Column<LocationRow>[] = [
    {
      key: 'name', label: t('location.name'), sort: 'name', text: (row) => row.name,
      render: (row) => (
        <span className={styles['name']} style={tree ? { paddingInlineStart: `${(row.depth ?? 0) * INDENT}px` } : {}}>
          {tree && hasInside(asked.items, row.id) ? (
            <button
              type="button" tabIndex={-1} className={styles['fold']} aria-expanded={!folded.has(row.id)} aria-label={t(folded.has(row.id) ? 'locations.expand' : 'locations.collapse', { name: row.name })}
              onClick={(event) => {
                event.stopPropagation()
                fold(row.id, !folded.has(row.id))
              }}
            >
              {folded.has(row.id) ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
            </button>
          ) : (
            tree && <span className={styles['leaf']} />
          )}
          <strong>{row.name}</strong>
        </span>
      ),
    },
    { key: 'kind', label: t('location.kind'), sort: 'kind', render: (row) => wordOf(t, 'location.kind', row.kind) },
    { key: 'parent', secondary: true, optional: true, label: t('location.parent'), render: (row) => row.parent_name },
    { key: 'address', label: t('location.address'), render: (row) => row.address?.replaceAll('\n', ', ') },
    { key: 'capacity', secondary: true, numeric: true, label: t('location.capacity'), render: (row) => row.capacity },
    { key: 'hospital', secondary: true, label: t('location.hospital'), render: (row) => row.hospital_name },
    { key: 'zone', secondary: true, label: t('location.zone'), render: (row) => row.zone },
    { key: 'status', label: t('location.status'), sort: 'status', render: (row) => wordOf(t, 'location.status', row.status) },
  ]
  const add = mayCreate && <Button kind="primary" icon={Plus} label={t('locations.new')} onClick={() => list.setOpen('new')} />
  return (
    <ListPage
      list={list}
      title={t('locations.title')}
      {...(around ? { scope: around.name } : {})}
      all={t('list.all_locations')}
      columns={columns}
      nameOf={(row) => row.name}
      actions={add}
      strip={around?.archived ? <ReadOnlyStrip text={t('project.archived_strip')} /> : null}
      panel={open === 'new' ? <NewLocationPanel onClose={close} onMade={list.setOpen} /> : open ? <LocationPanel id={open} onClose={close} /> : null}
      empty={<EmptyState text={t(project ? 'locations.project_empty' : 'locations.empty')} help="locations">{add}</EmptyState>}
    />
  )
}

/** Places of one project that one question can name. */
const MOST = 200
const INDENT = 20
