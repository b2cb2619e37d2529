import { Ellipsis } from 'lucide-react'
import { useMemo } from 'react'
import type { ComponentType } from 'react'
import { getCollaborator } from '../../../../../shared/domain/people/operations.ts'
import { useActions } from '../../../../app/actions.ts'
import { useProject } from '../../../../app/context.tsx'
import { useAnswer } from '../../../../app/queries.ts'
import { Button } from '../../../../components/Button.tsx'
import { Menu } from '../../../../components/Menu.tsx'
import { useT } from '../../../../i18n/index.ts'
import type { Key } from '../../../../i18n/index.ts'
import type { Plan } from '../../plan.ts'
import { AskFree } from './AskFree.tsx'
import { DuplicateDialog } from './DuplicateDialog.tsx'
import { CancelDialog, RemoveDialog } from './EndDialogs.tsx'
import { FillDialog } from './FillDialog.tsx'
import { RateDialog } from './RateDialog.tsx'
import { ReplaceDialog } from './ReplaceDialog.tsx'
import { RoleDialog } from './RoleDialog.tsx'
import { ShiftDialog } from './ShiftDialog.tsx'
import { bulkSteps } from './step.ts'
import type { BulkStep, StepProps } from './step.ts'

interface StepShown {
  readonly dialog: ComponentType<StepProps>
  readonly label: Key
  /** Operation that the person must be able to do: on the assignments, in the project, or about the people. */
  readonly needs: string
  readonly keys?: string
}
const steps: Readonly<Record<BulkStep, StepShown>> = {
  shift: { dialog: ShiftDialog, label: 'assignment.shift', needs: 'assignment.shift', keys: 'D' },
  replace: { dialog: ReplaceDialog, label: 'assignment.replace', needs: 'assignment.reassign', keys: 'R' },
  cancel: { dialog: CancelDialog, label: 'assignment.cancel_many', needs: 'assignment.cancel', keys: 'S' },
  role: { dialog: RoleDialog, label: 'proposal.role_do', needs: 'assignment.change_role' },
  rate: { dialog: RateDialog, label: 'proposal.rate_do', needs: 'assignment.change_rate' },
  duplicate: { dialog: DuplicateDialog, label: 'proposal.copy', needs: 'mission.create' },
  fill: { dialog: FillDialog, label: 'proposal.fill', needs: 'assignment.create_many' },
  ask: { dialog: AskFree, label: 'proposal.ask_free', needs: 'availability.request' },
  remove: { dialog: RemoveDialog, label: 'action.remove', needs: 'assignment.remove' },
}
const AT_HAND: readonly BulkStep[] = ['shift', 'replace', 'cancel']

export interface BulkActionsProps {
  readonly plan: Plan
  readonly selected: ReadonlySet<string>
  readonly can: ReadonlySet<string>
  readonly step: BulkStep | null
  readonly onStep: (step: BulkStep | null) => void
  readonly onDone: () => void
}

/** What can be done to the chosen assignments: the usual ones at hand with their keys, the others in a menu. Each is one gesture and one undo. */
export function BulkActions({ plan, selected, can, step, onStep, onDone }: BulkActionsProps) {
  const t = useT()
  const ids = useMemo(() => [...selected].filter((id) => plan.barOf.has(id)).sort(), [selected, plan])
  const project = useProject()
  const [first] = ids
  const person = first === undefined ? undefined : plan.barOf.get(first)?.person.id
  const asked = useAnswer(getCollaborator, person === undefined || project.archived ? null : { id: person }).answer
  // A member says when they are free themselves: they do not ask others.
  const ofPeople = (needed: string): boolean => asked !== undefined && asked.can.has(needed) && asked.can.has('collaborator.update')
  const offered = bulkSteps.filter((one) => can.has(steps[one].needs) || project.can.has(steps[one].needs) || ofPeople(steps[one].needs))
  const others = offered.filter((one) => !AT_HAND.includes(one))
  // From the timeline and the board too: the table hears its own first.
  useActions(ids.length === 0 ? [] : offered.map((one) => {
    const { label, keys } = steps[one]
    return { id: `assignments.${one}`, label: t(label), ...(keys ? { keys: keys.toLowerCase() } : {}), group: 'page', run: () => onStep(one) }
  }))
  const Shown = step !== null && offered.includes(step) ? steps[step].dialog : null
  return (
    <>
      {offered.filter((one) => AT_HAND.includes(one)).map((one) => {
        const { label, keys } = steps[one]
        return <Button key={one} small label={t(label)} {...(keys ? { keys } : {})} onClick={() => onStep(one)} />
      })}
      {others.length > 0 && (
        <Menu
          trigger={<Button small iconOnly kind="quiet" icon={Ellipsis} label={t('proposal.bulk_more')} />}
          groups={[{ key: 'bulk', choices: others.map((one) => ({ key: one, label: t(steps[one].label), onChoose: () => onStep(one) })) }]}
        />
      )}
      {Shown && ids.length > 0 && (
        <Shown
          plan={plan}
          ids={ids}
          onClose={() => onStep(null)}
          onDone={() => {
            onStep(null)
            onDone()
          }}
        />
      )}
    </>
  )
}
