import { Link2, Printer } from 'lucide-react'
import { useState } from 'react'
import { acceptOwn, askAgain, closeAssignments, executeAssignments, revokeLink } from '../../../shared/domain/engagement/operations.ts'
import { HOUR, toMs } from '../../../shared/kernel/instants.ts'
import { CallFailure } from '../../app/client.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Facts, PanelSection } from '../../components/SidePanel.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { ContractLink } from '../contracts/editor/ContractLink.tsx'
import { useNow } from '../planning/timeline/use-now.ts'
import { AnswerDialog, answersOf } from './AnswerDialog.tsx'
import type { Answer } from './AnswerDialog.tsx'
import { AskDialog } from './AskDialog.tsx'
import { ChangedTerms } from './ChangedTerms.tsx'
import styles from './Engagement.module.css'
import { DocumentsBlock } from './DocumentsBlock.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { PresenceForm } from './PresenceForm.tsx'
import type { AcceptanceRow, EngagedRow } from './rows.ts'
import { SignOffDialog } from './SignOffDialog.tsx'
import { SlipsDialog } from './SlipsDialog.tsx'
import { askingOf, changedTerms } from './standing.ts'
import type { Asking } from './standing.ts'
import { TellDialog } from './TellDialog.tsx'
import { useAcceptances } from './use-acceptances.ts'
import { useRefusedWords } from './use-rows-gesture.ts'
import { acceptanceWords, leftWords, momentWords, standingWords, useSaying } from './words.ts'

/** Sooner than that, a deadline is near. */
const NEAR_HOURS = 24

interface SectionProps {
  row: EngagedRow
  can: ReadonlySet<string>
  zone: string
}

/** Where the engagement of an assignment stands, what may be done next, and what came before. */
export function EngagementSection({ row, can, zone }: SectionProps) {
  const t = useT()
  const asked = useAcceptances(row.project_id, [row.id])
  const mayRecord = can.has('assignment.record_presence')
  return (
    <>
      <PanelSection title={t('engagement.title')}>
        {asked.failure ? <ErrorState failure={asked.failure} onRetry={asked.retry} /> : asked.rows === null ? <LoadingSkeleton rows={2} /> : <Engagement row={row} can={can} zone={zone} asking={askingOf(asked.rows)} />}
      </PanelSection>
      {row.state !== 'planned' && row.state !== 'proposed' && (
        <PanelSection key="documents" title={t('paperwork.title')}>
          <DocumentsBlock key={row.id} assignment={row.id} />
        </PanelSection>
      )}
      {(mayRecord || row.presence !== null) && (
        <PanelSection key={row.state === 'accepted' ? 'to come' : 'due'} title={t('engagement.presence')} lazy={row.state === 'accepted'}>
          {mayRecord ? (
            <PresenceForm key={row.id} row={row} zone={zone} />
          ) : (
            row.presence !== null && <Facts facts={[[t('engagement.presence'), t(`engagement.presence.${row.presence}`)], [t('engagement.presence_note'), row.presence_note]]} />
          )}
        </PanelSection>
      )}
    </>
  )
}

function Engagement({ row, can, zone, asking }: SectionProps & { asking: Asking }) {
  const t = useT()
  const saying = useSaying(zone)
  const { draft, pending, current, former, late } = asking
  const name = row.collaborator_name ?? ''
  const own = can.has('assignment.accept') || can.has('assignment.decline') || can.has('assignment.withdraw')
  const shown = pending ?? current
  return (
    <div className={styles['section']}>
      {row.reconfirm_since !== null && (
        <div className={styles['mark']}>
          <strong>{t('engagement.reconfirm')}</strong>
          <span>{t('engagement.reconfirm_since', { when: momentWords(saying, row.reconfirm_since) })}</span>
        </div>
      )}
      <p className={styles['stands']}>
        {standingWords(saying, row, asking, name)} {pending && <TimeLeft until={pending} zone={zone} />}
      </p>
      {draft && current !== draft && <p className={styles['stands']}>{t(pending ? 'engagement.terms_changed' : 'engagement.untold_again', { name })}</p>}
      <Changed row={row} asking={asking} zone={zone} />
      {shown?.conditions && <Quote title={t('engagement.conditions')} text={shown.conditions} />}
      {shown?.words && <Quote title={t('engagement.words')} text={shown.words} />}
      {late?.late && (
        <p className={styles['mark']}>
          <span>{t(late.late.answer === 'accepted' ? 'engagement.late_yes' : 'engagement.late_no', { when: momentWords(saying, late.late.at) })}</span>
        </p>
      )}
      {own && <OwnAnswer row={row} can={can} asking={asking} zone={zone} name={name} />}
      <Steps row={row} can={can} zone={zone} asking={asking} own={own} name={name} />
      {row.budget_signed_off && <p className={mutedText}>{t('engagement.signed_off')}</p>}
      {row.override_reason !== null && row.expected_resolution_at !== null && (
        <Quote title={t('engagement.override')} text={t('engagement.override_until', { reason: row.override_reason, when: momentWords(saying, row.expected_resolution_at) })} />
      )}
      {former.length > 0 && (
        <details className={styles['former']}>
          <summary>{t('engagement.former', { count: former.length })}</summary>
          <ol>
            {former.map((one) => (
              <li key={one.id}>
                {acceptanceWords(saying, one)}
                {one.conditions && <Quote title={t('engagement.conditions')} text={one.conditions} />}
                {one.words && <Quote title={t('engagement.words')} text={one.words} />}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

function Quote({ title, text }: { title: string; text: string }) {
  return (
    <figure className={styles['stands']}>
      <figcaption className={mutedText}>{title}</figcaption>
      <blockquote className={styles['quote']}>{text}</blockquote>
    </figure>
  )
}

function TimeLeft({ until, zone }: { until: AcceptanceRow; zone: string }) {
  const saying = useSaying(zone)
  const now = useNow()
  const away = toMs(until.deadline_at) - now
  return (
    <span className={styles['left']} data-near={away > 0 && away < NEAR_HOURS * HOUR} data-over={away <= 0}>
      {leftWords(saying, until.deadline_at, now)}
    </span>
  )
}

/** What was agreed, or asked, beside what is asked now. */
function Changed({ row, asking: { draft, pending, agreed }, zone }: { row: EngagedRow; asking: Asking; zone: string }) {
  const asked = draft ?? pending
  const before = row.state === 'proposed' ? (draft ? pending : null) : agreed
  if (!asked || !before || asked === before) return null
  return <ChangedTerms changes={changedTerms(before, asked)} zone={zone} />
}

type Asked = 'propose' | 'tell' | 'answer' | 'confirm' | 'link' | 'slip'

/** What production may do next, by what the core says is possible. */
function Steps({ row, can, zone, asking, own, name }: SectionProps & { asking: Asking; own: boolean; name: string }) {
  const t = useT()
  const [open, setOpen] = useState<Asked | null>(null)
  const again = useCommand(askAgain)
  const execute = useCommand(executeAssignments)
  const close = useCommand(closeAssignments)
  const why = useRefusedWords()
  // What is missing before it is closed, each by its name.
  const notClosable = close.failure !== null && close.failure.details.length > 0 && close.failure.code === 'assignment.not_closable' ? close.failure : null
  const { draft, pending, late, current } = asking
  const shut = (): void => setOpen(null)
  const waiting = pending ?? draft
  const mayTell = can.has('assignment.ask_again')
  // A draft of the first question gets another deadline by being asked once more; what was told is not asked over.
  const mayPropose = can.has('assignment.propose') && pending === null && (draft === null || row.state === 'proposed')
  const offered = own ? [] : answersOf(can, waiting, false)
  const [first] = offered
  const done = (words: string) => (answer: unknown) => {
    if (answer !== null) announce(words)
  }
  const wasAsked = current !== null && draft === null
  return (
    <>
      <FormErrorSummary failure={again.failure ?? execute.failure ?? (notClosable ? new CallFailure(notClosable.code, notClosable.message) : close.failure)} />
      {notClosable && (
        <ul className={styles['people']}>
          {notClosable.details.map((detail, at) => (
            <li key={at}>{why(notClosable.code, [detail])}</li>
          ))}
        </ul>
      )}
      <div className={styles['actions']}>
        {mayTell && draft && <Button small kind="primary" label={t('engagement.told')} onClick={() => setOpen('tell')} />}
        {mayPropose && <Button small kind={draft ? 'secondary' : 'primary'} label={t(draft ? 'engagement.new_deadline' : wasAsked || late ? 'engagement.propose_again' : 'engagement.propose')} onClick={() => setOpen('propose')} />}
        {mayTell && row.reconfirm_since !== null && !pending && (
          <Button small label={t('engagement.ask_again')} disabled={again.pending} onClick={() => void again.run({ changes: [{ id: row.id }] }).then(done(t('engagement.asked_again', { name })))} />
        )}
        {mayTell && waiting && <Button small icon={Link2} label={t('link.action')} onClick={() => setOpen('link')} />}
        {mayTell && waiting && <Button small icon={Printer} label={t('engagement.slip')} onClick={() => setOpen('slip')} />}
        {first && <Button small label={t('engagement.answer_for')} onClick={() => setOpen('answer')} />}
        {can.has('assignment.confirm') && <Button small kind={row.reconfirm_since === null ? 'primary' : 'secondary'} label={t('engagement.confirm')} onClick={() => setOpen('confirm')} />}
        {can.has('assignment.execute') && <Button small label={t('engagement.execute')} disabled={execute.pending} onClick={() => void execute.run({ ids: [row.id] }).then(done(t('engagement.executed')))} />}
        {can.has('assignment.close') && <Button small label={t('engagement.close')} disabled={close.pending} onClick={() => void close.run({ ids: [row.id] }).then(done(t('engagement.closed')))} />}
        <ContractLink row={row} can={can} />
      </div>
      {open === 'propose' && <AskDialog rows={[row]} zone={zone} again={wasAsked} onClose={shut} onDone={shut} />}
      {open === 'tell' && draft && <TellDialog drafts={[{ draft, name }]} out={[]} onClose={shut} onDone={shut} />}
      {open === 'link' && waiting && <QuestionLink question={waiting} name={name} zone={zone} onSlip={() => setOpen('slip')} onClose={shut} />}
      {open === 'slip' && waiting && <SlipsDialog questions={[{ question: waiting, name }]} out={[]} onClose={shut} />}
      {open === 'answer' && first && <AnswerDialog row={row} open={waiting} offered={offered} first={first} own={false} name={name} onClose={shut} onDone={shut} />}
      {open === 'confirm' && <SignOffDialog rows={[row]} zone={zone} onClose={shut} onDone={shut} />}
    </>
  )
}

/** The link of a question, for who sends it themselves; where none can be made, the slip. */
function QuestionLink({ question, name, zone, onSlip, onClose }: { question: AcceptanceRow; name: string; zone: string; onSlip: () => void; onClose: () => void }) {
  const t = useT()
  const { run, pending, failure } = useCommand(revokeLink)
  const instead = { noServer: t('link.no_server'), noNetwork: t('link.no_network'), label: t('link.slip'), run: onSlip }
  const revoking = { pending, failure, run: async () => (await run({ id: question.id, version: question.version })) !== null }
  return (
    <LinkDialog
      name={name}
      about={t('link.about', { name })}
      {...(question.state === 'draft' ? { after: t('link.after') } : {})}
      asked={{ kind: 'answer', acceptance_id: question.id }}
      zone={zone}
      instead={instead}
      revoking={revoking}
      onClose={onClose}
    />
  )
}

/** One's own answer, at hand: a plain yes is one gesture. */
function OwnAnswer({ row, can, asking: { draft, pending }, zone, name }: SectionProps & { asking: Asking; name: string }) {
  const t = useT()
  const saying = useSaying(zone)
  const accept = useCommand(acceptOwn)
  const [open, setOpen] = useState<Answer | null>(null)
  const waiting = pending ?? draft
  const offered = answersOf(can, waiting, true)
  if (offered.length === 0) return null
  const yes = async (): Promise<void> => {
    if (!waiting) return
    const { start_at, end_at, role } = waiting.terms
    // A team says how many come.
    if (row.quantity > 1) setOpen('yes')
    else if (await accept.run({ id: row.id, acceptance_id: waiting.id, told: { start_at, end_at, role } })) announce(t('engagement.answered'))
  }
  return (
    <section className={styles['own']} aria-label={t('engagement.own')}>
      <h4>{t('engagement.own')}</h4>
      {waiting && <p>{t('engagement.own_about', { when: momentWords(saying, waiting.deadline_at) })}</p>}
      <FormErrorSummary failure={accept.failure} />
      <div className={styles['actions']}>
        {offered.includes('yes') && <Button kind="primary" label={t('engagement.own.accept')} disabled={accept.pending} onClick={() => void yes()} />}
        {offered.includes('conditions') && <Button label={t('engagement.own.conditions')} onClick={() => setOpen('conditions')} />}
        {offered.includes('no') && <Button label={t('engagement.own.decline')} onClick={() => setOpen('no')} />}
        {offered.includes('withdraw') && <Button kind="quiet" label={t('engagement.own.withdraw')} onClick={() => setOpen('withdraw')} />}
      </div>
      {open && <AnswerDialog row={row} open={waiting} offered={[open]} first={open} own name={name} onClose={() => setOpen(null)} onDone={() => setOpen(null)} />}
    </section>
  )
}
