import { Archive, ArchiveRestore, Copy, MoreHorizontal, Pin, PinOff, Settings } from 'lucide-react'
import { useState } from 'react'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { archiveProject, unarchiveProject } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useCommand } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import type { ProjectRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { Menu } from '../../components/Menu.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { lastInstant } from '../planning/project-input.ts'
import styles from './Home.module.css'
import type { Pins } from './pins.ts'

interface ProjectListProps {
  title: string
  rows: readonly ProjectRow[]
  /** null: archived ones are not pinned. */
  pins: Pins | null
  /** Matters to handle, by project. */
  counts: Readonly<Record<string, number>>
  mayArchive: boolean
  onOpen: (id: string) => void
  onCopy: ((from: ProjectRow) => void) | null
  more: (() => void) | undefined
}

/** A large house has hundreds: what is looked for is among the first, or searched. */
const DRAWN = 20

export function ProjectList({ title, rows: all, pins, counts, mayArchive, onOpen, onCopy, more }: ProjectListProps) {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const org = useOrg() ?? ''
  const archive = useCommand(archiveProject)
  const unarchive = useCommand(unarchiveProject)
  const [chosen, setChosen] = useState<string | null>(null)
  const [drawn, setDrawn] = useState(DRAWN)
  const rows = all.slice(0, drawn)
  const at = rows.findIndex((row) => row.id === chosen)
  const select = (index: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (next) document.getElementById(`project-${next.id}`)?.focus()
  }
  const nothing = rows.length > 0 ? {} : { off: t('projects.empty') }
  useActions(pins ? [
    { id: 'project.next', label: t('home.next'), keys: 'j', run: () => select(at + 1), ...nothing },
    { id: 'project.previous', label: t('home.previous'), keys: 'k', run: () => select(at - 1), ...nothing },
    { id: 'project.pin', label: t('home.pin_action'), keys: 'p', run: () => chosen !== null && pins.toggle(chosen), ...(chosen === null ? { off: t('home.choose') } : {}) },
  ] : [])
  return (
    <section className={styles['card']} aria-label={title}>
      {pins && <h2>{title}</h2>}
      <FormErrorSummary failure={archive.failure ?? unarchive.failure} />
      <ul className={styles['projects']}>
        {rows.map((row) => {
          const pinned = pins?.has(row.id) ?? false
          const menu = [
            ...(onCopy ? [{ key: 'copy', label: t('home.copy'), icon: Copy, onChoose: () => onCopy(row) }] : []),
            { key: 'settings', label: t('project.settings'), icon: Settings, onChoose: () => go(paths.project(org, row.id)) },
            ...(!mayArchive ? []
              : row.status === 'archived' ? [{ key: 'unarchive', label: t('project.unarchive'), icon: ArchiveRestore, onChoose: () => void unarchive.run({ id: row.id }) }]
              : [{ key: 'archive', label: t('project.archive'), icon: Archive, onChoose: () => void archive.run({ id: row.id }) }]),
          ]
          return (
            <li key={row.id} className={styles['project']}>
              <button type="button" id={`project-${row.id}`} className={styles['open']} onClick={() => onOpen(row.id)} onFocus={() => setChosen(row.id)}>
                <span className={styles['name']}>
                  <strong>{row.name}</strong> <span className={styles['muted']}>{row.code}</span>
                </span>
                <span className={styles['muted']}>
                  {format.day(localDateOf(row.start_at, row.zone))} – {format.day(localDateOf(lastInstant(row.end_at), row.zone))}
                  {row.client_name ? ` · ${row.client_name}` : ''}
                </span>
              </button>
              <span className={styles['figures']}>{row.mission_count === null ? '' : t('home.missions', { count: row.mission_count })}</span>
              <span className={styles['figures']}>{(counts[row.id] ?? 0) > 0 ? <span className={styles['due']}>{t('home.matters', { count: counts[row.id] ?? 0 })}</span> : ''}</span>
              {pins && (
                <Button
                  kind="quiet" small iconOnly icon={pinned ? PinOff : Pin} label={`${t(pinned ? 'home.unpin' : 'home.pin')} ${row.name}`} aria-pressed={pinned} className={pinned ? styles['pinned'] : undefined}
                  onClick={() => pins.toggle(row.id)}
                />
              )}
              <Menu align="end" trigger={<Button kind="quiet" small iconOnly icon={MoreHorizontal} label={`${t('home.more')} ${row.name}`} />} groups={[{ key: 'project', choices: menu }]} />
            </li>
          )
        })}
      </ul>
      {(more || all.length > drawn) && (
        <Button
          label={t('home.show_more')}
          onClick={() => {
            setDrawn(drawn + DRAWN)
            if (all.length <= drawn + DRAWN) more?.()
          }}
        />
      )}
    </section>
  )
}
