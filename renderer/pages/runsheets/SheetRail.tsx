import { Check, ClipboardCheck, History, OctagonAlert, Users } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { goToSection } from './EditorSection.tsx'
import type { Section } from './section-fields.ts'
import type { WorkRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

interface RailEntry {
  name: string
  label: string
  /** How many rows; true: filled; false: nothing yet. */
  filled: number | boolean
}

export function useRailEntries(work: WorkRow | null, sections: readonly Section[]): readonly RailEntry[] {
  const t = useT()
  if (work?.state !== 'draft') return []
  const typed = sections.map((section): RailEntry => ({ name: section, label: t(`sheet.section.${section}`), filled: work.rows.filter((row) => row.section === section).length }))
  return [
    { name: 'key_times', label: t('sheet.key_times'), filled: work.key_times.length },
    { name: 'slots', label: t('sheet.slots'), filled: work.slots.length },
    { name: 'notes', label: t('sheet.notes'), filled: work.notes.length },
    { name: 'header', label: t('sheet.header'), filled: work.headline !== null },
    { name: 'alerts', label: t('sheet.alerts'), filled: work.alerts.length },
    { name: 'emergency', label: t('sheet.emergency'), filled: work.emergency_numbers.length > 0 },
    { name: 'weather', label: t('sheet.weather'), filled: work.weather !== null },
    { name: 'practical', label: t('sheet.sections'), filled: work.safety.length + work.catering.length + work.channels.length },
    { name: 'plan', label: t('sheet.plan'), filled: work.plan_sha256 !== null },
    { name: 'people', label: t('sheet.people'), filled: work.people.length },
    ...typed,
  ]
}

interface SheetRailProps {
  entries: readonly RailEntry[]
  /** `edit`, `checks`, `people`, `versions`. */
  tab: string
  onTab: (tab: string) => void
  checks: { count: number; blocking: number } | null
  versions: number
}

/** Sections of the draft with what each holds, then what comes after writing: checks and versions. */
export function SheetRail({ entries, tab, onTab, checks, versions }: SheetRailProps) {
  const t = useT()
  const open = (name: string): void => {
    onTab('edit')
    // The editor may have to be drawn first.
    setTimeout(() => goToSection(name))
  }
  return (
    <nav className={styles['rail']} aria-label={t('sheet.rail')}>
      {entries.map((entry) => (
        <button key={entry.name} type="button" className={styles['railEntry']} onClick={() => open(entry.name)}>
          <span>{entry.label}</span>
          <span className={styles['fill']}>{entry.filled === true ? <Check size={13} role="img" aria-label={t('sheet.filled')} /> : entry.filled === false || entry.filled === 0 ? <span aria-label={t('sheet.unfilled')}>–</span> : entry.filled}</span>
        </button>
      ))}
      {entries.length > 0 && <hr />}
      {checks && (
        <button type="button" className={styles['railEntry']} aria-current={tab === 'checks' ? 'true' : undefined} onClick={() => onTab('checks')}>
          <span>
            {checks.blocking > 0 ? <OctagonAlert size={14} aria-hidden /> : <ClipboardCheck size={14} aria-hidden />} {t('sheet.checks')}
          </span>
          <span className={styles['fill']}>{checks.count}</span>
        </button>
      )}
      <button type="button" className={styles['railEntry']} aria-current={tab === 'people' ? 'true' : undefined} onClick={() => onTab('people')}>
        <span>
          <Users size={14} aria-hidden /> {t('sheet.give')}
        </span>
      </button>
      <button type="button" className={styles['railEntry']} aria-current={tab === 'versions' ? 'true' : undefined} onClick={() => onTab('versions')}>
        <span>
          <History size={14} aria-hidden /> {t('sheet.versions')}
        </span>
        <span className={styles['fill']}>{versions}</span>
      </button>
    </nav>
  )
}
