import { ArrowRightLeft, ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useKeyWords } from '../../../app/key-words.ts'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { LeavesLater } from '../../../app/sync/LeavesLater.tsx'
import { Button } from '../../../components/Button.tsx'
import { useT } from '../../../i18n/index.ts'
import { Findings, Refused } from './Findings.tsx'
import { LeavingQuestion } from './LeavingQuestion.tsx'
import { MoveWords } from './MoveWords.tsx'
import styles from './ProposalBar.module.css'
import type { ProposedMove } from './proposal-words.ts'
import { ReasonField } from './ReasonField.tsx'
import type { Proposal } from './use-proposal.ts'
import { WhoMay } from './WhoMay.tsx'

/** What one presses with Enter is theirs; everywhere else it applies what stands. */
const TAKES_ENTER = 'button, a[href], input, textarea, select, summary, [contenteditable], [role=menuitem], [role=option], [role=dialog], [role=dialog] *, [role=alertdialog] *, [aria-haspopup]'

/** Says what stands, what it breaks and what follows; Enter and Escape hold from the plan too. Takes no place while nothing stands. */
export function ProposalBar({ proposal }: { proposal: Proposal }) {
  return (
    <>
      {proposal.standing && <Standing proposal={proposal} />}
      <LeavingQuestion text="proposal.leave_about" />
    </>
  )
}

function Standing({ proposal }: { proposal: Proposal }) {
  const t = useT()
  const keyWords = useKeyWords()
  const list = useId()
  const bar = useRef<HTMLElement>(null)
  const [listed, setListed] = useState(false)
  const { gesture, moves, meanwhile, pending } = proposal
  const { rehearsed, current, failure } = gesture
  const refused = gesture.asksReason ? null : (rehearsed?.refusal ?? null)
  const severe = gesture.asksReason || rehearsed?.reason === 'forbidden'
  const [first] = moves
  const one = moves.length === 1
  useShortcuts({ escape: proposal.cancel })
  const apply = useRef(proposal.apply)
  useLayoutEffect(() => {
    apply.current = proposal.apply
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (event.target instanceof Element && event.target.matches(TAKES_ENTER)) return
      event.preventDefault()
      apply.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const stays = refused !== null || rehearsed?.reason === 'forbidden' || moves.length === 0
  return (
    <section ref={bar} className={styles['bar']} aria-label={t('proposal.title')} aria-busy={!current} data-region="proposal">
      <div className={styles['line']}>
        <ArrowRightLeft className={styles['icon']} size={16} strokeWidth={2} aria-hidden />
        <strong className={styles['title']}>{t('proposal.title')}</strong>
        <div className={styles['said']}>
          {one && first ? <MoveWords move={first} /> : <span>{t('proposal.many', { count: moves.length })}</span>}
          {!one && moves.length > 0 && <Button small kind="quiet" icon={listed ? ChevronDown : ChevronUp} label={t(listed ? 'proposal.hide' : 'proposal.show')} aria-expanded={listed} aria-controls={list} onClick={() => setListed(!listed)} />}
          <LeavesLater />
          {rehearsed && <Findings rehearsed={rehearsed} stale={!current} />}
        </div>
        <div className={styles['actions']}>
          <Button small label={t('action.cancel')} keys={keyWords('escape')} disabled={pending} onClick={proposal.cancel} />
          <Button small kind="accent" label={t(severe && gesture.reason === null ? 'proposal.apply_anyway' : 'proposal.apply')} keys={keyWords('enter')} disabled={stays || pending} aria-describedby={stays ? `${list}-why` : undefined} onClick={proposal.apply} />
        </div>
      </div>
      {(meanwhile.changed.length > 0 || meanwhile.gone > 0) && (
        <p className={styles['note']}>
          {[meanwhile.changed.length > 0 ? t('proposal.changed', { names: meanwhile.changed.slice(0, 3).map(({ person, mission }) => `${person.name} · ${mission.title}`).join(', '), count: meanwhile.changed.length }) : '', meanwhile.gone > 0 ? t('proposal.gone', { count: meanwhile.gone }) : ''].filter(Boolean).join(' ')}
        </p>
      )}
      <div id={`${list}-why`}>
        {refused && <Refused refusal={refused} nameOf={nameIn(moves)} />}
        {!refused && rehearsed?.reason === 'forbidden' && <WhoMay />}
      </div>
      {failure && !refused && <Refused refusal={failure} nameOf={nameIn(moves)} />}
      {gesture.reason !== null && <ReasonField value={gesture.reason} onChange={gesture.onReason} onApply={proposal.apply} onCancel={proposal.cancel} pending={pending} />}
      {listed && !one && (
        <ul id={list} className={styles['list']} tabIndex={0} aria-label={t('proposal.many', { count: moves.length })}>
          {moves.slice(0, LISTED).map((move) => (
            <li key={move.bar.id}>
              <MoveWords move={move} />
            </li>
          ))}
          {moves.length > LISTED && <li>{t('proposal.more', { count: moves.length - LISTED })}</li>}
        </ul>
      )}
    </section>
  )
}

/** A refused row as one knows it. */
export const nameIn = (moves: readonly ProposedMove[]) => (id: string): string | undefined => {
  const bar = moves.find((move) => move.bar.id === id)?.bar
  return bar && `${bar.person.name} · ${bar.mission.title}`
}

/** Lines drawn; the others are counted. */
const LISTED = 60
