import { useState } from 'react'
import { confirmAssignments, proposeAssignments } from '../../../shared/domain/engagement/operations.ts'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { AskDialog } from './AskDialog.tsx'
import type { EngagedRow } from './rows.ts'
import { SignOffDialog } from './SignOffDialog.tsx'
import { SlipsDialog } from './SlipsDialog.tsx'
import { askingOf } from './standing.ts'
import { TellDialog } from './TellDialog.tsx'
import { useAcceptances } from './use-acceptances.ts'
import { useChosenRows } from './use-chosen-rows.ts'

const steps = ['propose', 'tell', 'slips', 'confirm'] as const
type Step = (typeof steps)[number]

interface EngagementBulkProps {
  /** Chosen assignments. */
  ids: readonly string[]
  /** Of their list. */
  can: ReadonlySet<string>
  onDone: () => void
}

/** The steps of engagement for the chosen assignments; who is left out, and why, is said before anything is sent. */
export function EngagementBulk({ ids, can, onDone }: EngagementBulkProps) {
  const t = useT()
  const [step, setStep] = useState<Step | null>(null)
  const may: Readonly<Record<Step, boolean>> = { propose: can.has(proposeAssignments.name), tell: can.has(proposeAssignments.name), slips: can.has(proposeAssignments.name), confirm: can.has(confirmAssignments.name) }
  const labels: Readonly<Record<Step, string>> = { propose: t('engagement.propose'), tell: t('engagement.told_many'), slips: t('engagement.slips'), confirm: t('engagement.confirm') }
  const offered = ids.length === 0 ? [] : steps.filter((one) => may[one])
  useActions(offered.map((one) => ({ id: `engagement.${one}`, label: labels[one], group: 'page', run: () => setStep(one) })))
  const close = (): void => setStep(null)
  const done = (): void => {
    close()
    onDone()
  }
  return (
    <>
      {offered.map((one) => <Button key={one} small label={labels[one]} onClick={() => setStep(one)} />)}
      {step && offered.includes(step) && <StepDialog step={step} ids={ids} onClose={close} onDone={done} />}
    </>
  )
}

function StepDialog({ step, ids, onClose, onDone }: { step: Step; ids: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const project = useProject()
  const chosen = useChosenRows(project.id, ids)
  if (chosen.rows === null)
    return (
      <Dialog open wide onClose={onClose} title={t('engagement.title')} actions={<Button label={t('action.back')} onClick={onClose} />}>
        {chosen.failure ? <ErrorState failure={chosen.failure} onRetry={chosen.retry} /> : <LoadingSkeleton rows={4} />}
      </Dialog>
    )
  if (step === 'slips') return <SlipsStep rows={chosen.rows} project={project.id} onClose={onClose} />
  if (step === 'tell') return <TellStep rows={chosen.rows} project={project.id} onClose={onClose} onDone={onDone} />
  const Shown = step === 'propose' ? AskDialog : SignOffDialog
  return <Shown rows={chosen.rows} zone={project.zone} onClose={onClose} onDone={onDone} />
}

function SlipsStep({ rows, project, onClose }: { rows: readonly EngagedRow[]; project: string; onClose: () => void }) {
  const t = useT()
  const acceptances = useAcceptances(project, rows.map(({ id }) => id))
  if (acceptances.rows === null) return null
  const asked = rows.map((row) => {
    const { draft, pending } = askingOf((acceptances.rows ?? []).filter(({ assignment_id }) => assignment_id === row.id))
    return { row, question: draft ?? pending, name: row.collaborator_name ?? '—' }
  })
  return (
    <SlipsDialog
      questions={asked.flatMap(({ question, name }) => (question ? [{ question, name }] : []))}
      out={asked.flatMap(({ row, question, name }) => (question ? [] : [{ id: row.id, name, about: t('engagement.slips_none') }]))}
      onClose={onClose}
    />
  )
}

function TellStep({ rows, project, onClose, onDone }: { rows: readonly EngagedRow[]; project: string; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const acceptances = useAcceptances(project, rows.map(({ id }) => id))
  if (acceptances.rows === null) return null
  const drafts = rows.map((row) => ({ row, draft: askingOf((acceptances.rows ?? []).filter(({ assignment_id }) => assignment_id === row.id)).draft }))
  const nameOf = (row: EngagedRow): string => row.collaborator_name ?? '—'
  return (
    <TellDialog
      drafts={drafts.flatMap(({ row, draft }) => (draft ? [{ draft, name: nameOf(row) }] : []))}
      out={drafts.flatMap(({ row, draft }) => (draft ? [] : [{ id: row.id, name: nameOf(row), about: t('engagement.left_out_no_draft') }]))}
      onClose={onClose}
      onDone={onDone}
    />
  )
}

/** The same for chosen people: their assignments in the project that are not over. */
export function PeopleEngagementBulk({ people, onDone }: { people: readonly string[]; onDone: () => void }) {
  const project = useProject()
  const asked = useAnswer(listAssignments, people.length === 0 ? null : { project_id: project.id, filter: { collaborator_id: people.slice(0, MOST_PEOPLE), state: { not: ['canceled', 'closed', 'executed'] } }, limit: 1, ids: true })
  return asked.answer ? <EngagementBulk ids={asked.answer.value.ids ?? []} can={asked.answer.can} onDone={onDone} /> : null
}

/** Values of one filter. */
const MOST_PEOPLE = 500
