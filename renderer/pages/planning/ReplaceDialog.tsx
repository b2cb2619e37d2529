import { useMemo, useState } from 'react'
import { listAssignments, reassign } from '../../../shared/domain/planning/operations.ts'
import { useForeseen } from '../../app/conflicts.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { PeoplePicker } from '../../components/PeoplePicker.tsx'
import type { Picked } from '../../components/PeoplePicker.tsx'
import { plainList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictsOf } from './ConflictLine.tsx'

/** Missions whose conflicts are looked at before replacing; beyond, they are shown once it is done. */
const LOOKED_AT = 8

/** The same missions, hours and roles, by another person, whose availability and conflicts are seen first. */
export function ReplaceDialog({ ids, onClose, onDone }: { ids: readonly string[]; onClose: () => void; onDone: (done: unknown) => void }) {
  const t = useT()
  const replace = useCommand(reassign)
  const [person, setPerson] = useState<Picked | null>(null)
  const rows = useList(listAssignments, { filter: { id: [...ids] }, sort: ['start_at'], limit: 200 }, AssignmentRow).items
  const first = rows[0]
  const byMission = new Map(rows.map((row) => [row.mission_id, row]))
  const roles = new Set(rows.map((row) => row.crew_role_id))
  const [role] = roles
  const present = new Set(rows.map((row) => row.collaborator_id))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('assignment.replace_title', { count: ids.length })}
      onSubmit={() => {
        if (person) void replace.run({ ids: [...ids], collaborator_id: person.id }).then(onDone)
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('assignment.replace')} disabled={!person || replace.pending} />
        </>
      }
    >
      <FormErrorSummary failure={replace.failure} />
      <PeoplePicker
        label={t('assignment.replace_by')}
        autoFocus
        mission={first?.mission_id ?? null}
        {...(roles.size === 1 && role ? { role } : {})}
        {...(rows.length === 1 && first ? { window: { start_at: first.start_at, end_at: first.end_at }, assignment: first.id } : {})}
        without={present}
        value={person}
        onPick={setPerson}
      />
      {person && byMission.size > 1 && (
        <ul className={plainList}>
          {[...byMission.values()].slice(0, LOOKED_AT).map((row) => (
            <Foreseen key={row.mission_id} row={row} person={person.id} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

/** What would be in the way on one of several missions. */
function Foreseen({ row, person }: { row: AssignmentRow; person: string }) {
  const format = useFormat()
  const asked = useMemo(() => [person], [person])
  const conflicts = useForeseen(row.mission_id, asked).get(person)
  return (
    <li>
      {format.dayOf(row.start_at, row.mission_zone ?? 'UTC')} · {[row.mission_day_code, row.mission_title].filter(Boolean).join(' · ')} <ConflictsOf conflicts={conflicts} />
    </li>
  )
}
