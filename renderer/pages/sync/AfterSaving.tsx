import { TriangleAlert } from 'lucide-react'
import { ConflictRow } from '../../app/conflicts.ts'
import { conflictWords } from '../../app/conflict-words.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { usePreferences } from '../../app/preferences.ts'
import { rowsOf } from '../../app/rows.ts'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import type { Language } from '../../app/preferences.ts'
import type { Preview } from './preview.ts'
import styles from './Sync.module.css'
import { refusalWords, refusedFields } from './words.ts'

/** `Repos trop court · 10 h 30, règle 11 h 00 · Tom Lacaze`. */
function conflictLine(t: Translate, language: Language, conflict: ConflictRow, names: Preview['names']): string {
  const words = conflictWords(t, language, conflict)
  const who = conflict.person_id ? names.people[conflict.person_id] : undefined
  return [words.name, words.figures, who].filter(Boolean).join(' · ')
}

/** Kinds of conflicts said in a cell; the others are counted. */
const MOST_KINDS = 2

/** Conflicts that a side brings, where it is chosen. */
export function Brought({ conflicts, names }: { conflicts: Preview['broken']; names: Preview['names'] }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const rows = rowsOf(ConflictRow, conflicts)
  const kinds = new Map<string, ConflictRow[]>()
  for (const row of rows) kinds.set(row.kind, [...(kinds.get(row.kind) ?? []), row])
  return (
    <>
      {[...kinds].slice(0, MOST_KINDS).map(([kind, of]) => {
        const [first] = of
        return first && (
          <span key={kind} className={styles['brought']}>
            <ConflictBadge severity={first.severity} text={of.length === 1 ? conflictLine(t, language, first, names) : t('sync.several_conflicts', { what: conflictWords(t, language, first).name, count: of.length })} />
          </span>
        )
      })}
      {kinds.size > MOST_KINDS && <span className={styles['muted']}>{t('sync.more_conflicts', { count: rows.length - [...kinds.values()].slice(0, MOST_KINDS).flat().length })}</span>}
    </>
  )
}

/** What follows from saving: what would be refused, conflicts that come and go, sheets, people, and what stays. */
export function AfterSaving({ preview, followers, writes }: { preview: Preview | null; followers: number; writes: boolean }) {
  const t = useT()
  const text = useFailureText()
  const language = usePreferences((state) => state.language)
  const [broken, mended] = [rowsOf(ConflictRow, preview?.broken ?? []), rowsOf(ConflictRow, preview?.mended ?? [])]
  const people = (kind: string): string => [...new Set((preview?.effects ?? []).filter((one) => one.kind === kind).map((one) => preview?.names.people[one.collaborator_id] ?? ''))].filter(Boolean).join(', ')
  const [asked, released] = [people('asks_again'), people('releases')]
  return (
    <section className={styles['after']} aria-live="polite">
      <h3>{t('sync.after')}</h3>
      {preview?.refusal && (
        <p className={styles['refusal']} role="alert">
          <TriangleAlert size={16} aria-hidden /> {t('sync.would_refuse', { why: [refusalWords(t, preview.refusal.code), ...refusedFields(t, text, preview.refusal.details)].join(' ') })}
        </p>
      )}
      <ul>
        {broken.map((one) => (
          <li key={one.id}>
            <ConflictBadge severity={one.severity} /> {conflictLine(t, language, one, preview?.names ?? NONE)}
          </li>
        ))}
        {mended.map((one) => (
          <li key={one.id}>{t('sync.mended', { what: conflictLine(t, language, one, preview?.names ?? NONE) })}</li>
        ))}
        {(preview?.sheets ?? []).map((sheet) => (
          <li key={sheet.id}>{t(sheet.in_work ? 'sync.sheet_in_work' : 'sync.sheet', { title: sheet.title, number: sheet.number, next: sheet.number + 1 })}</li>
        ))}
        {asked && <li>{t('sync.asks_again', { names: asked })}</li>}
        {released && <li>{t('sync.releases', { names: released })}</li>}
        {followers > 0 && writes && <li>{t('sync.followers', { count: followers })}</li>}
        {!writes && <li>{t('sync.nothing_written')}</li>}
        <li>{t('sync.stays')}</li>
      </ul>
    </section>
  )
}

const NONE: Preview['names'] = { people: {}, missions: {}, locations: {} }
