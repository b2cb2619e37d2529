import { useState } from 'react'
import type { z } from 'zod'
import { findPeople } from '../../../../../shared/domain/planning/picker-operations.ts'
import { usePreferences } from '../../../../app/preferences.ts'
import { useAnswer } from '../../../../app/queries.ts'
import { Button } from '../../../../components/Button.tsx'
import { LoadingSkeleton } from '../../../../components/States.tsx'
import { useT } from '../../../../i18n/index.ts'
import type { Translate } from '../../../../i18n/index.ts'
import { formatAmount } from '../../../../i18n/format.ts'
import { minutesText } from '../proposal-words.ts'
import styles from './Bulk.module.css'

export type Candidate = z.infer<typeof findPeople.output>['items'][number]

interface CandidatesProps {
  readonly question: { readonly mission_id: string; readonly need_id?: string; readonly assignment_id?: string }
  readonly name: string
  readonly chosen: readonly string[]
  /** So many may be chosen; one: a choice of one. */
  readonly most: number
  /** In the order chosen, and everybody who was offered. */
  readonly onChoose: (ids: readonly string[], offered: readonly Candidate[]) => void
}

const FEW = 5
const MANY = 40

/** Who fits a post, the best first, each with why they stand there. */
export function Candidates({ question, name, chosen, most, onChoose }: CandidatesProps) {
  const t = useT()
  const [many, setMany] = useState(false)
  const { answer, loading } = useAnswer(findPeople, { ...question, fitting: true, limit: MANY })
  const items = answer?.value.items ?? []
  const shown = items.slice(0, many ? MANY : FEW)
  const toggle = (id: string): void => {
    if (chosen.includes(id)) onChoose(chosen.filter((one) => one !== id), items)
    else onChoose([...(most === 1 ? [] : chosen.slice(0, most - 1)), id], items)
  }
  return (
    <fieldset className={styles['post']}>
      <legend>{name}</legend>
      {loading && <LoadingSkeleton rows={3} />}
      {!loading && items.length === 0 && <p className={styles['muted']}>{t('proposal.no_candidate')}</p>}
      <ol className={styles['candidates']}>
        {shown.map((candidate, index) => (
          <li key={candidate.id}>
            <label className={styles['candidate']}>
              <input type="checkbox" checked={chosen.includes(candidate.id)} onChange={() => toggle(candidate.id)} />
              <span className={styles['rank']}>{index + 1}.</span>
              <span>{candidate.display_name}</span>
              <Reasons candidate={candidate} />
            </label>
          </li>
        ))}
      </ol>
      {items.length > FEW && <Button small kind="quiet" label={many ? t('proposal.fewer') : t('proposal.all_candidates', { count: items.length })} aria-expanded={many} onClick={() => setMany(!many)} />}
    </fieldset>
  )
}

const AGAINST: ReadonlySet<string> = new Set(['severe', 'assigned', 'unavailable', 'on_mission'])

function Reasons({ candidate: { reasons, currency } }: { candidate: Candidate }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return (
    <span className={styles['reasons']}>
      {reasons.map(({ code, figure }) => {
        const words = reasonText(t, code, figure, figure === null || currency === null ? null : formatAmount(figure, currency, language))
        return words !== '' && <span key={code} className={AGAINST.has(code) ? styles['against'] : undefined}>{words}</span>
      })}
    </span>
  )
}

function reasonText(t: Translate, code: Candidate['reasons'][number]['code'], figure: number | null, cost: string | null): string {
  switch (code) {
    case 'rest':
      return t('proposal.reason_rest', { minutes: minutesText(figure ?? 0) })
    case 'cost':
      return cost === null ? '' : t('proposal.reason_cost', { cost })
    case 'worked':
      return figure === 0 ? '' : t('proposal.reason_worked', { count: figure ?? 0 })
    case 'severe':
      return t('proposal.reason_severe', { count: figure ?? 0 })
    default:
      return t(`proposal.reason_${code}`)
  }
}
