import { useMemo, useState } from 'react'
import { RoleChoice } from '../../../../components/RoleChoice.tsx'
import { useT } from '../../../../i18n/index.ts'
import { inChunks } from '../proposal.ts'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

export function RoleDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const [role, setRole] = useState<string | null>(null)
  const commands = useMemo(() => {
    if (role === null) return []
    const changes = ids.flatMap((id) => {
      const bar = plan.barOf.get(id)
      return bar && bar.role?.id !== role ? [{ id, version: bar.version, crew_role_id: role }] : []
    })
    return inChunks(changes).map((chunk) => ({ operation: 'assignment.change', input: { changes: chunk } }))
  }, [plan, ids, role])
  return (
    <GestureDialog title={t('proposal.role_title', { count: ids.length })} action={t('proposal.role_do')} done={t('proposal.applied', { count: ids.length })} plan={plan} commands={commands} onClose={onClose} onDone={onDone}>
      <RoleChoice label={t('assignment.role')} value={role} onChange={setRole} />
    </GestureDialog>
  )
}
