import { useMemo, useState } from 'react'
import { addDays, fromMs, localDateOf } from '../../../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../../../shared/kernel/instants.ts'
import { DayField } from '../../../../components/DateTimeField.tsx'
import { CheckField, Select, TextField } from '../../../../components/Field.tsx'
import { useFormat } from '../../../../i18n/format.ts'
import { useT } from '../../../../i18n/index.ts'
import type { PlanMission } from '../../plan.ts'
import styles from './Bulk.module.css'
import { daysBetween, missionsWithin, mondayOf, mostCopied } from './copied-days.ts'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

/** What one command copies at most. */
const MOST_COPIES = 31

/** The missions of the day or the week of what is chosen, copied onto another with their needs and, when asked, their people as planned. */
export function DuplicateDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const format = useFormat()
  const first = useMemo(() => ids.flatMap((id) => plan.barOf.get(id) ?? []).sort((one, other) => one.start - other.start)[0], [plan, ids])
  const day = first ? dayOf(first.mission) : localDateOf(fromMs(plan.from), plan.zone)
  const [span, setSpan] = useState<'day' | 'week'>('day')
  const [to, setTo] = useState<string | null>(null)
  const [people, setPeople] = useState(true)
  const [times, setTimes] = useState('1')
  const copies = /^\d{1,2}$/.test(times.trim()) && Number(times) >= 1 && Number(times) <= MOST_COPIES ? Number(times) : null
  const from = span === 'day' ? day : mondayOf(day)
  const until = addDays(from, span === 'day' ? 1 : 7)
  const wanted = to ?? addDays(from, span === 'day' ? 1 : 7)
  const days = daysBetween(from, span === 'day' ? wanted : mondayOf(wanted))
  const missions = useMemo(() => missionsWithin(plan.missions, from, until), [plan, from, until])
  const many = missions.length > mostCopied
  const commands = useMemo(
    () => (days === 0 || many || missions.length === 0 || copies === null ? [] : [{ operation: 'mission.duplicate_many', input: { ids: missions.map(({ id }) => id), days, repeat: copies, with_assignments: people, with_run_of_show: true } }]),
    [missions, days, people, many, copies],
  )
  return (
    <GestureDialog
      title={t('proposal.copy_title')}
      action={t('proposal.copy_do', { count: missions.length * (copies ?? 1) })}
      done={t('proposal.copied', { count: missions.length * (copies ?? 1) })}
      plan={plan}
      commands={commands}
      onClose={onClose}
      onDone={onDone}
      preview={
        <ul className={styles['rows']} tabIndex={0} aria-label={t('proposal.copy_missions', { count: missions.length })}>
          {missions.map((mission) => (
            <li key={mission.id}>
              {[mission.day_code, mission.title].filter(Boolean).join(' · ')} · {format.dayOf(fromMs(mission.start), mission.zone)} → <strong>{format.day(addDays(dayOf(mission), days))}</strong>
            </li>
          ))}
        </ul>
      }
    >
      <div className={styles['two']}>
        <Select
          label={t('proposal.copy_what')}
          name="bulk.span"
          value={span}
          autoFocus
          onChange={(value) => {
            setSpan(value === 'week' ? 'week' : 'day')
            setTo(null)
          }}
          choices={[{ value: 'day', label: t('proposal.copy_day', { day: format.day(day) }) }, { value: 'week', label: t('proposal.copy_week', { day: format.day(mondayOf(day)) }) }]}
        />
        <DayField label={span === 'day' ? t('proposal.copy_to_day') : t('proposal.copy_to_week')} name="bulk.to" value={wanted} onChange={setTo} reference={from} />
      </div>
      <TextField label={t('proposal.copy_times')} hint={t('proposal.copy_times_hint', { days })} name="bulk.repeat" inputMode="numeric" value={times} onChange={setTimes} error={copies === null ? t('issue.number') : undefined} />
      <CheckField label={t('missions.with_people')} checked={people} onChange={setPeople} />
      {many && <p className={styles['muted']}>{t('proposal.copy_many', { count: missions.length, most: mostCopied })}</p>}
    </GestureDialog>
  )
}

const dayOf = ({ start, zone }: PlanMission): LocalDate => localDateOf(fromMs(start), zone)
