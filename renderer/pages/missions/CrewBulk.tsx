import { useState } from 'react'
import { fromLocal, localDateOf } from '../../../shared/kernel/instants.ts'
import { changeCrewRole, updateAssignment } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useCommand } from '../../app/queries.ts'
import type { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { parseTime } from '../../components/time-entry.ts'
import { useT } from '../../i18n/index.ts'
import { useTogether } from '../planning/MissionBulk.tsx'

type Asking = 'call' | 'role'

/** Call time or crew role of several lines at once; each one gesture, each one undo. */
export function CrewBulk({ rows, zone, can, onDone }: { rows: readonly AssignmentRow[]; zone: string; can: ReadonlySet<string>; onDone: () => void }) {
  const t = useT()
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = (): void => setAsking(null)
  const done = (): void => {
    close()
    onDone()
  }
  return (
    <>
      {can.has('assignment.update') && <Button small label={t('mission.bulk_call')} onClick={() => setAsking('call')} />}
      {can.has('assignment.change_role') && <Button small label={t('mission.bulk_role')} onClick={() => setAsking('role')} />}
      {asking === 'call' && <CallDialog rows={rows} zone={zone} onClose={close} onDone={done} />}
      {asking === 'role' && <RoleDialog ids={rows.map((row) => row.id)} onClose={close} onDone={done} />}
    </>
  )
}

interface DialogProps {
  onClose: () => void
  onDone: () => void
}

function CallDialog({ rows, zone, onClose, onDone }: DialogProps & { rows: readonly AssignmentRow[]; zone: string }) {
  const t = useT()
  const together = useTogether()
  const [typed, setTyped] = useState('')
  const clock = parseTime(typed)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('mission.bulk_call_title', { count: rows.length })}
      onSubmit={() => {
        if (clock) void together.run(updateAssignment, rows.map((row) => ({ id: row.id, version: row.version, changes: { call_at: fromLocal(localDateOf(row.call_at ?? row.start_at, zone), clock, zone) } }))).then((done) => done && onDone())
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('mission.bulk_call')} disabled={!clock || together.pending} />
        </>
      }
    >
      <FormErrorSummary failure={together.failure} />
      <TextField label={t('assignment.call')} hint={t('mission.bulk_call_hint')} value={typed} onChange={setTyped} autoFocus error={typed.trim() !== '' && !clock ? t('issue.moment') : undefined} />
    </Dialog>
  )
}

function RoleDialog({ ids, onClose, onDone }: DialogProps & { ids: readonly string[] }) {
  const t = useT()
  const catalogue = useCatalogue()
  const change = useCommand(changeCrewRole)
  const [role, setRole] = useState<string | null>(null)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('mission.bulk_role_title', { count: ids.length })}
      onSubmit={() => {
        if (role) void change.run({ ids: [...ids], crew_role_id: role }).then((done) => done && onDone())
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('mission.bulk_role')} disabled={!role || change.pending} />
        </>
      }
    >
      <FormErrorSummary failure={change.failure} />
      <Combobox label={t('assignment.role')} autoFocus value={role} onChange={setRole} options={catalogue.crewRoles.map((row) => ({ id: row.id, label: catalogue.name(row) }))} />
    </Dialog>
  )
}
