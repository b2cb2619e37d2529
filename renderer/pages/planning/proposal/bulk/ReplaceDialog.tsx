import { useMemo, useState } from 'react'
import { PeoplePicker } from '../../../../components/PeoplePicker.tsx'
import type { Picked } from '../../../../components/PeoplePicker.tsx'
import { fromMs } from '../../../../../shared/kernel/instants.ts'
import { useT } from '../../../../i18n/index.ts'
import { commandsOf, ghostsOf, NOTHING_STANDS, withIntent } from '../proposal.ts'
import { movesOf } from '../proposal-words.ts'
import { Candidates } from './Candidates.tsx'
import { ChosenMoves } from './ChosenMoves.tsx'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

/** The same missions, hours and roles by another person: for one row those who fit best first, each with the reasons; anybody by name. */
export function ReplaceDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const [person, setPerson] = useState<Pick<Picked, 'id' | 'display_name'> | null>(null)
  const bars = useMemo(() => ids.flatMap((id) => plan.barOf.get(id) ?? []), [plan, ids])
  const [first] = bars
  const one = bars.length === 1 ? first : undefined
  const roles = new Set(bars.map((bar) => bar.role?.id))
  const [role] = roles
  const present = useMemo(() => new Set(bars.map((bar) => bar.person.id)), [bars])
  const ghosts = useMemo(() => (person === null ? [] : ghostsOf(plan, withIntent(plan, NOTHING_STANDS, { kind: 'move', ids, days: 0, minutes: 0, person: person.id }))), [plan, ids, person])
  const commands = useMemo(() => commandsOf(plan, ghosts), [plan, ghosts])
  const moves = movesOf(plan, ghosts).map((move) => (move.person && person ? { ...move, person: { id: person.id, name: person.display_name } } : move))
  return (
    <GestureDialog
      title={t('assignment.replace_title', { count: ids.length })}
      action={t('assignment.replace')}
      done={t('proposal.applied', { count: ghosts.length })}
      plan={plan}
      commands={commands}
      onClose={onClose}
      onDone={onDone}
      preview={<ChosenMoves moves={moves} />}
    >
      <PeoplePicker
        label={t('assignment.replace_by')}
        autoFocus
        mission={first?.mission.id ?? null}
        {...(roles.size === 1 && role ? { role } : {})}
        {...(one ? { window: { start_at: fromMs(one.start), end_at: fromMs(one.end) }, assignment: one.id } : {})}
        without={present}
        value={person}
        onPick={setPerson}
      />
      {one && <Candidates question={{ mission_id: one.mission.id, assignment_id: one.id }} chosen={person ? [person.id] : []} most={1} onChoose={([id], found) => setPerson(id === undefined ? null : (found.find((candidate) => candidate.id === id) ?? null))} name={t('proposal.candidates')} />}
    </GestureDialog>
  )
}
