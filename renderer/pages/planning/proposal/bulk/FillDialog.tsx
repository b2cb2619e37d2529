import { useMemo, useState } from 'react'
import { fromMs } from '../../../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../../../app/catalogue.ts'
import { useProject } from '../../../../app/context.tsx'
import { useFormat } from '../../../../i18n/format.ts'
import { useT } from '../../../../i18n/index.ts'
import type { PlanNeed } from '../../plan.ts'
import { inChunks } from '../proposal.ts'
import styles from './Bulk.module.css'
import { Candidates } from './Candidates.tsx'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

/** Posts shown at once: each asks who fits it. */
const SHOWN = 12
const NOBODY: readonly string[] = []

/** Open posts of the missions of what is chosen, or of one need: those who fit each, ranked with why, planned as one. */
export function FillDialog({ plan, ids, need = null, onClose, onDone }: StepProps & { readonly need?: string | null }) {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const project = useProject()
  const [chosen, setChosen] = useState<ReadonlyMap<string, readonly string[]>>(new Map())
  const open = useMemo(() => {
    const missions = new Set(ids.flatMap((id) => plan.barOf.get(id)?.mission.id ?? []))
    return plan.needs
      .filter((one) => lacking(one) > 0 && (need === null ? missions.size === 0 || missions.has(one.mission.id) : one.id === need))
      .sort((one, other) => one.start - other.start || (one.id < other.id ? -1 : 1))
  }, [plan, ids, need])
  const commands = useMemo(() => {
    const planned = open.flatMap((one) =>
      (chosen.get(one.id) ?? NOBODY).map((collaborator_id) => ({
        mission_id: one.mission.id, collaborator_id, need_id: one.id, ...(one.role ? { crew_role_id: one.role.id } : {}), start_at: fromMs(one.start), end_at: fromMs(one.end),
      })))
    return inChunks(planned).map((chunk) => ({ operation: 'assignment.create_many', input: { project_id: project.id, assignments: chunk } }))
  }, [open, chosen, project.id])
  const count = [...chosen.values()].reduce((sum, people) => sum + people.length, 0)
  const nameOf = (one: PlanNeed): string =>
    [[one.mission.day_code, one.mission.title].filter(Boolean).join(' · '), one.role ? catalogue.name(one.role) : null, `${format.dayOf(fromMs(one.start), one.mission.zone)} ${format.timeOf(fromMs(one.start), one.mission.zone)}–${format.timeOf(fromMs(one.end), one.mission.zone)}`, t('proposal.lacking', { count: lacking(one) })]
      .filter(Boolean)
      .join(' · ')
  return (
    <GestureDialog
      title={t('proposal.fill_title', { count: open.length })}
      action={t('proposal.fill_do', { count })}
      done={t('proposal.filled', { count })}
      plan={plan}
      commands={commands}
      onClose={onClose}
      onDone={onDone}
    >
      {open.length === 0 && <p>{t('proposal.fill_none')}</p>}
      {open.slice(0, SHOWN).map((one) => (
        <Candidates
          key={one.id}
          question={{ mission_id: one.mission.id, need_id: one.id }}
          name={nameOf(one)}
          chosen={chosen.get(one.id) ?? NOBODY}
          most={lacking(one)}
          onChoose={(people) => setChosen((now) => new Map(now).set(one.id, people))}
        />
      ))}
      {open.length > SHOWN && <p className={styles['muted']}>{t('proposal.fill_more', { count: open.length - SHOWN })}</p>}
    </GestureDialog>
  )
}

const lacking = ({ headCount, filled, held }: PlanNeed): number => headCount - filled - held
