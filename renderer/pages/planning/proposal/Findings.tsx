import { groupBy } from '../../../../shared/kernel/grouping.ts'
import { CircleCheck } from 'lucide-react'
import { useFailureText } from '../../../app/failure-text.ts'
import type { ConflictRow } from '../../../app/conflicts.ts'
import { ConflictBadge } from '../../../components/ConflictBadge.tsx'
import { effectKinds } from '../../../../shared/domain/planning/proposal-operations.ts'
import { useT, wordOf } from '../../../i18n/index.ts'
import { conflictText } from './proposal-words.ts'
import styles from './ProposalBar.module.css'
import type { Rehearsed } from './use-gesture.ts'

/** Badges and names written out; the others are counted. */
const NAMED = 3

/** What a gesture breaks, mends, and whom it concerns beyond those it moves. */
export function Findings({ rehearsed: { broken, mended, effects, names }, stale = false }: { rehearsed: Rehearsed; stale?: boolean }) {
  const t = useT()
  return (
    <span className={styles['findings']} data-stale={stale}>
      {groupsOf(broken).slice(0, NAMED).map(({ key, first, count }) => (
        <ConflictBadge key={key} severity={first.severity} text={`${first.who && broken.length > 1 ? `${first.who} · ` : ''}${conflictText(t, first)}${count > 1 ? ` (+${count - 1})` : ''}`} source={first.who ?? ''} />
      ))}
      {groupsOf(broken).length > NAMED && <span className={styles['muted']}>{t('proposal.more', { count: groupsOf(broken).slice(NAMED).reduce((sum, { count }) => sum + count, 0) })}</span>}
      {mended.length > 0 && (
        <span className={styles['mended']} title={mended.map((one) => [one.who, conflictText(t, one)].filter(Boolean).join(' · ')).join('\n')}>
          <CircleCheck size={14} aria-hidden /> {mended.length === 1 && mended[0] ? t('proposal.mends_one', { what: conflictText(t, mended[0]) }) : t('proposal.mends', { count: mended.length })}
        </span>
      )}
      {effectKinds.map((kind) => {
        const people = [...new Set(effects.filter((effect) => effect.kind === kind).map(({ collaborator_id }) => names.people[collaborator_id] ?? '—'))]
        return people.length > 0 && <span key={kind} className={styles['effect']}>{t(`proposal.effect.${kind}`, { names: people.slice(0, NAMED).join(', '), more: Math.max(0, people.length - NAMED) })}</span>
      })}
    </span>
  )
}

/** The same rule broken by several people is one badge with their number; the gravest first, as they come. */
function groupsOf(conflicts: readonly ConflictRow[]): readonly { key: string; first: ConflictRow; count: number }[] {
  return [...groupBy(conflicts, ({ kind, severity }) => `${severity} ${kind}`)].flatMap(([key, [first, ...others]]) => (first ? [{ key, first, count: 1 + others.length }] : []))
}

interface Refusal {
  readonly code: string
  readonly details: readonly { field: string | null; issue: string; expected?: string | null | undefined; found?: string | null | undefined }[]
}

/** Why it cannot be done, each refused row by its name. */
export function Refused({ refusal, nameOf }: { refusal: Refusal; nameOf: (id: string) => string | undefined }) {
  const t = useT()
  const textOf = useFailureText()
  const lineOf = ({ field, issue, expected = null, found = null }: Refusal['details'][number]): string => {
    const what = found === null ? undefined : nameOf(found)
    const how = issue === 'state' && expected !== null ? t('proposal.refused_state', { state: wordOf(t, 'state.engagement', expected) }) : textOf.detail({ field, issue, expected, found })
    return textOf.named(what, how)
  }
  const lines = [...new Set(refusal.details.map(lineOf))]
  return (
    <div className={styles['refused']} role="alert">
      <p>{textOf.failure({ code: refusal.code, message: refusal.code })}</p>
      {lines.length > 0 && (
        <ul>
          {lines.slice(0, LISTED).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {lines.length > LISTED && <li>{t('proposal.more', { count: lines.length - LISTED })}</li>}
        </ul>
      )}
    </div>
  )
}

const LISTED = 12
