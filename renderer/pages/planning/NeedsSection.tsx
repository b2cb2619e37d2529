import { useState } from 'react'
import { needs as needOperations } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useCommand } from '../../app/queries.ts'
import type { NeedRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { inlineEnd, inlineForm, RowList } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

export function NeedsSection({ mission, needs, mayWrite }: { mission: string; needs: readonly NeedRow[]; mayWrite: boolean }) {
  const t = useT()
  const catalogue = useCatalogue()
  const create = useCommand(needOperations.create)
  const remove = useCommand(needOperations.remove)
  const [role, setRole] = useState<string | null>(null)
  const [count, setCount] = useState('1')
  const nameOf = (id: string): string => {
    const found = catalogue.crewRoles.find((row) => row.id === id)
    return found ? catalogue.name(found) : '—'
  }
  const add = async (): Promise<void> => {
    if (!role) return
    if (await create.run({ mission_id: mission, crew_role_id: role, head_count: Math.max(1, Number.parseInt(count, 10) || 1) })) {
      setRole(null)
      setCount('1')
    }
  }
  return (
    <>
      <FormErrorSummary failure={create.failure ?? remove.failure} />
      <RowList
        none={t('mission.needs_none')}
        removeLabel={t('action.remove')}
        rows={needs.map((need) => ({ id: need.id, name: nameOf(need.crew_role_id), content: `${nameOf(need.crew_role_id)} · ${(need.filled ?? 0) + (need.held ?? 0)} / ${need.head_count}` }))}
        onRemove={mayWrite ? (id) => void remove.run({ id }) : undefined}
      />
      {mayWrite && (
        <form
          className={inlineForm}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <Combobox label={t('mission.need_role')} value={role} onChange={setRole} options={catalogue.crewRoles.map((row) => ({ id: row.id, label: catalogue.name(row) }))} />
          <TextField label={t('mission.need_count')} inputMode="numeric" value={count} onChange={setCount} />
          <div className={inlineEnd}>
            <Button type="submit" small label={t('mission.need_add')} disabled={!role || create.pending} />
          </div>
        </form>
      )}
    </>
  )
}
