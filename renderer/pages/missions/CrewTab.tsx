import { useQueryClient } from '@tanstack/react-query'
import { Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { fromLocal, localDateOf } from '../../../shared/kernel/instants.ts'
import { listAssignments, needs as needOperations, updateAssignment } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { call } from '../../app/client.ts'
import { byRecord, useConflicts } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf, useCommand, useList } from '../../app/queries.ts'
import { useOrg, useUrlState } from '../../app/routes.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { EngagementBulk } from '../engagement/EngagementBulk.tsx'
import { ProjectBulk } from '../planning/proposal/bulk/ProjectBulk.tsx'
import type { BulkStep } from '../planning/proposal/bulk/step.ts'
import { ConflictsOf } from '../planning/ConflictLine.tsx'
import { Coverage } from '../planning/Coverage.tsx'
import { CrewBulk } from './CrewBulk.tsx'
import type { MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'

/** Who is needed and who comes, by department; call times are edited in place. */
export function CrewTab({ mission, can, onAssign }: { mission: MissionRecord; can: ReadonlySet<string>; onAssign: (() => void) | null }) {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const textOf = useFailureText()
  const org = useOrg()
  const url = useUrlState()
  const client = useQueryClient()
  const project = useProject()
  const conflicts = byRecord(useConflicts(project.id), 'assignment')
  const sort = url.get('sort') || 'department_code'
  const list = useList(listAssignments, { project_id: project.id, filter: { mission_id: mission.id }, sort: sort.split(','), limit: 200 }, AssignmentRow)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [step, setStep] = useState<BulkStep | null>(null)
  const mayPlan = can.has('assignment.create')
  const saveCall = async (row: AssignmentRow, typed: string): Promise<string | null> => {
    const clock = typed === '' ? null : parseTime(typed)
    if (typed !== '' && !clock) return t('issue.moment')
    try {
      await call(updateAssignment, { id: row.id, version: row.version, changes: { call_at: clock ? fromLocal(localDateOf(row.call_at ?? row.start_at, mission.zone), clock, mission.zone) : null } }, org ? { org } : {})
      await client.invalidateQueries({ queryKey: [org] })
      return null
    } catch (error) {
      const failure = failureOf(error)
      return failure ? textOf.failure(failure) : null
    }
  }
  const may = (row: AssignmentRow): boolean => mayPlan && row.state !== 'canceled' && row.state !== 'closed'
  const columns: Column<AssignmentRow>[] = [
    { key: 'conflict', label: t('assignment.conflict'), width: 70, render: (row) => <ConflictsOf conflicts={conflicts.get(row.id)} /> },
    { key: 'department', label: t('assignment.department'), sort: 'department_code', width: 70, render: (row) => row.department_code && <DepartmentTag code={row.department_code} />, text: (row) => row.department_code ?? '' },
    { key: 'person', label: t('assignment.person'), sort: 'collaborator_name', render: (row) => <strong>{row.collaborator_name}</strong> },
    { key: 'role', label: t('assignment.role'), sort: 'crew_role_name', render: (row) => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : '—') },
    { key: 'call', label: t('assignment.call'), numeric: true, width: 110, render: (row) => format.timeOf(row.call_at ?? row.start_at, mission.zone), edit: { value: (row) => (row.call_at ? format.timeOf(row.call_at, mission.zone) : ''), save: saveCall, may } },
    { key: 'end', label: t('assignment.end'), numeric: true, width: 80, render: (row) => format.timeOf(row.end_at, mission.zone) },
    { key: 'state', label: t('assignment.state'), sort: 'state', width: 130, render: (row) => <StateBadge family="engagement" state={row.state} reason={row.cancel_reason} /> },
  ]
  const add = onAssign && <Button small icon={UserPlus} label={t('mission.add_people')} keys="A" onClick={onAssign} />
  return (
    <div className={styles['crew']}>
      <Needs mission={mission} mayWrite={can.has('need.create')} />
      {list.failure ? (
        <ErrorState failure={list.failure} onRetry={list.retry} />
      ) : list.loading ? (
        <LoadingSkeleton />
      ) : list.items.length === 0 ? (
        <EmptyState text={t('mission.crew_empty')} help="assigning">{add}</EmptyState>
      ) : (
        <DataTable
          label={t('mission.crew')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.collaborator_name ?? ''}
          sort={sort}
          onSort={(next) => url.set({ sort: next })}
          total={list.total}
          onMore={list.more}
          end={add}
          {...(mayPlan
            ? {
                selected,
                onSelect: setSelected,
                bulkKeys: { s: () => setStep('cancel'), r: () => setStep('replace'), d: () => setStep('shift') },
                bulk: (
                  <>
                    <CrewBulk rows={list.items.filter((row) => selected.has(row.id))} zone={mission.zone} can={list.can} onDone={() => setSelected(new Set())} />
                    <EngagementBulk ids={[...selected]} can={list.can} onDone={() => setSelected(new Set())} />
                    <ProjectBulk selected={selected} step={step} onStep={setStep} can={list.can} onDone={() => setSelected(new Set())} />
                  </>
                ),
              }
            : {})}
        />
      )}
    </div>
  )
}

function Needs({ mission, mayWrite }: { mission: MissionRecord; mayWrite: boolean }) {
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
  const codeOf = (id: string): string | undefined => catalogue.departments.find((row) => row.id === catalogue.crewRoles.find((one) => one.id === id)?.department_id)?.code
  const head = Number.parseInt(count, 10)
  return (
    <section className={styles['needs']} aria-label={t('mission.needs')}>
      <FormErrorSummary failure={create.failure ?? remove.failure} />
      {mission.needs.length === 0 && <span className={styles['muted']}>{t('mission.needs_none')}</span>}
      <ul className={styles['needList']}>
        {mission.needs.map((need) => (
          <li key={need.id}>
            {codeOf(need.crew_role_id) && <DepartmentTag code={codeOf(need.crew_role_id) ?? ''} />}
            {nameOf(need.crew_role_id)}
            <Coverage filled={need.filled ?? 0} held={need.held ?? 0} needed={need.head_count} />
            {mayWrite && <Button small kind="quiet" iconOnly icon={Trash2} label={t('mission.need_remove', { name: nameOf(need.crew_role_id) })} onClick={() => void remove.run({ id: need.id })} />}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className={styles['needForm']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!role || !(head >= 1)) return
            void create.run({ mission_id: mission.id, crew_role_id: role, head_count: head }).then((done) => {
              if (!done) return
              setRole(null)
              setCount('1')
            })
          }}
        >
          <Combobox label={t('mission.need_role')} value={role} onChange={setRole} options={catalogue.crewRoles.map((row) => ({ id: row.id, label: catalogue.name(row) }))} />
          <TextField label={t('mission.need_count')} inputMode="numeric" value={count} onChange={setCount} />
          <Button type="submit" label={t('mission.need_add')} disabled={!role || !(head >= 1) || create.pending} />
        </form>
      )}
    </section>
  )
}
