import { useCatalogue } from '../../app/catalogue.ts'
import { Facts } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { PeopleLines } from './PeopleLines.tsx'
import type { EngagedRow } from './rows.ts'
import { momentWords, useSaying } from './words.ts'

/** Whom a gesture on assignments is about: one with all the terms, several with a line each. */
export function ConcernedLines({ single, rows }: { single: EngagedRow | undefined; rows: readonly EngagedRow[] }) {
  const t = useT()
  const terms = useTermsWords()
  if (single) return <Facts facts={terms.facts(single)} />
  const label = t('engagement.included', { count: rows.length })
  return (
    <>
      <p>{label}</p>
      <PeopleLines label={label} lines={rows.map((row) => ({ id: row.id, name: row.collaborator_name ?? '—', about: terms.line(row) }))} />
    </>
  )
}

interface TermsWords {
  facts: (row: EngagedRow) => readonly (readonly [string, string | null])[]
  line: (row: EngagedRow) => string
}

/** What an assignment offers: all of it, or in one line. */
function useTermsWords(): TermsWords {
  const t = useT()
  const catalogue = useCatalogue()
  const saying = useSaying('UTC')
  const role = (row: EngagedRow): string | null => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : null)
  const of = (row: EngagedRow) => ({ ...saying, zone: row.mission_zone ?? 'UTC' })
  const mission = (row: EngagedRow): string => [row.mission_day_code, row.mission_title].filter(Boolean).join(' · ')
  return {
    facts: (row) => [
      [t('engagement.term.mission'), mission(row)],
      [t('engagement.term.role'), [role(row), row.part].filter(Boolean).join(' · ') || null],
      [t('engagement.term.start_at'), momentWords(of(row), row.start_at)],
      [t('engagement.term.end_at'), momentWords(of(row), row.end_at)],
      ...(row.call_at ? [[t('engagement.term.call_at'), momentWords(of(row), row.call_at)] as const] : []),
      ...(row.quantity > 1 ? [[t('engagement.term.quantity'), saying.format.number(row.quantity)] as const] : []),
      [t('engagement.term.engagement_kind'), wordOf(t, 'assignment.engagement', row.engagement_kind)],
      ...(row.rate_minor === null ? [] : [[t('engagement.term.rate'), `${saying.format.amount(row.rate_minor, row.rate_currency)}${row.rate_basis ? ` · ${wordOf(t, 'settings.basis', row.rate_basis)}` : ''}`] as const]),
    ],
    line: (row) => [mission(row), role(row), `${momentWords(of(row), row.start_at)} – ${saying.format.timeOf(row.end_at, of(row).zone)}`].filter(Boolean).join(' · '),
  }
}
