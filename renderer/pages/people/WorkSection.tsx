import { z } from 'zod'
import { DAY, fromMs, isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { personTimeline } from '../../../shared/domain/people/calendar-operations.ts'
import { useState } from 'react'
import { useAnswer } from '../../app/queries.ts'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'

const instant = z.custom<Instant>(isInstant)
const Line = z.object({ id: z.string(), project_name: z.string().nullable(), title: z.string().nullable(), day_code: z.string().nullable(), start_at: instant, end_at: instant, zone: z.string(), state: z.string() })
type Line = z.infer<typeof Line>
const Busy = z.object({ start_at: instant, end_at: instant })

const PAST_DAYS = 365
const AHEAD_DAYS = 365
const SHOWN = 8

/** Coming work first, then what was; work in projects that are not the asker's to read is a busy time without name. */
export function WorkSection({ person }: { person: string }) {
  const t = useT()
  const format = useFormat()
  const [now] = useState(() => Date.now())
  const answer = useAnswer(personTimeline, { id: person, from: fromMs(now - PAST_DAYS * DAY), to: fromMs(now + AHEAD_DAYS * DAY) }).answer
  if (!answer) return null
  const rows = z.array(Line).parse(answer.value.assignments)
  const busy = z.array(Busy).parse(answer.value.busy)
  const at = fromMs(now)
  const coming = rows.filter((row) => row.end_at > at)
  const past = rows.filter((row) => row.end_at <= at).reverse()
  const hours = (row: { start_at: Instant; end_at: Instant }, zone: string): string => `${format.dayOf(row.start_at, zone)} ${format.timeOf(row.start_at, zone)}–${format.timeOf(row.end_at, zone)}`
  const list = (lines: readonly Line[]) => (
    <ul className={plainList}>
      {lines.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          {hours(row, row.zone)} · <strong>{[row.day_code, row.title].filter(Boolean).join(' · ')}</strong> <span className={mutedText}>{row.project_name}</span> <StateBadge family="engagement" state={row.state} />
        </li>
      ))}
      {lines.length > SHOWN && <li className={mutedText}>{t('person.work_more', { count: lines.length - SHOWN })}</li>}
    </ul>
  )
  const elsewhere = busy.filter((row) => row.end_at > at)
  return (
    <>
      <h4>{t('person.work_coming', { count: coming.length })}</h4>
      {coming.length === 0 ? <p className={mutedText}>{t('person.work_none')}</p> : list(coming)}
      {elsewhere.length > 0 && (
        <>
          <h4>{t('person.busy')}</h4>
          <ul className={plainList}>
            {elsewhere.slice(0, SHOWN).map((row) => (
              <li key={row.start_at}>{hours(row, hostZone())}</li>
            ))}
          </ul>
        </>
      )}
      {past.length > 0 && (
        <>
          <h4>{t('person.work_past', { count: past.length })}</h4>
          {list(past)}
        </>
      )}
    </>
  )
}
