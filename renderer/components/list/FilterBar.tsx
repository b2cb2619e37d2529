import { ListFilter as Funnel, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useActions } from '../../app/actions.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { Menu } from '../Menu.tsx'
import styles from './FilterBar.module.css'
import { FilterChip } from './FilterChip.tsx'
import { SavedViews } from './SavedViews.tsx'
import { SearchChip } from './SearchChip.tsx'
import type { CountedFilters } from './use-filters.ts'

interface FilterBarProps {
  list: CountedFilters
  /** Said while nothing is left out: "Toutes les personnes". */
  all: string
  end?: ReactNode
}

/** Always there, also with no filter. Chips hold together (and), the values inside one are alternatives (or). */
export function FilterBar({ list, all, end }: FilterBarProps) {
  const t = useT()
  const { filters } = list
  const [added, setAdded] = useState<readonly string[]>([])
  const [opened, setOpened] = useState<string | null>(null)
  const more = useRef<HTMLButtonElement>(null)
  const shown = filters.filter((one) => one.pinned || list.filterText(one.name) !== '' || added.includes(one.name))
  const left = filters.filter((one) => !one.linked && !shown.includes(one))
  const { filtered } = list
  useActions([
    ...(filters.length === 0
      ? []
      : [
          {
            id: 'list.filter',
            label: t('filter.add_action'),
            keys: 'f',
            group: 'page',
            run: () => {
              if (left.length > 0) more.current?.click()
              else setOpened(shown[0]?.name ?? null)
            },
          } as const,
        ]),
    ...(filtered ? [{ id: 'list.clear', label: t('filter.clear'), group: 'page', run: () => list.clear() } as const] : []),
  ])
  return (
    <div className={styles['bar']} role="search" data-region="filters" aria-label={t('nav.filters')}>
      <div className={styles['chips']}>
        <Funnel size={16} aria-hidden />
        {list.searched && <SearchChip />}
        {!list.filtered && <span className={styles['all']}>{all}</span>}
        {shown.map((filter) => (
          <FilterChip
            key={filter.name}
            list={list}
            filter={filter}
            open={opened === filter.name}
            onOpen={(open) => {
              setOpened(open ? filter.name : null)
              if (!open) setAdded([])
            }}
          />
        ))}
        {left.length > 0 && (
          <Menu
            trigger={<Button ref={more} small kind="quiet" className={styles['add']} icon={Plus} label={t('filter.add')} keys="F" />}
            groups={[
              {
                key: 'filters',
                choices: left.map((filter) => ({
                  key: filter.name,
                  label: filter.label,
                  onChoose: () => {
                    setAdded([filter.name])
                    // The menu gives the focus back as it closes; the chip opens once it has.
                    setTimeout(() => setOpened(filter.name), 0)
                  },
                })),
              },
            ]}
          />
        )}
        {list.narrowed && <Button small kind="quiet" label={t('filter.clear')} onClick={() => list.clear()} />}
      </div>
      {end}
      <SavedViews />
    </div>
  )
}
