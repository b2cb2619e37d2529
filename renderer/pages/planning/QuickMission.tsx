import { useState } from 'react'
import type { RefObject } from 'react'
import { addDays, fromLocal } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { locations } from '../../../shared/domain/locations/operations.ts'
import { missionKinds } from '../../../shared/domain/planning/model.ts'
import { createMission } from '../../../shared/domain/planning/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { LocationRow } from '../../app/rows.ts'
import { useStirred } from '../../app/stirred.ts'
import { Button } from '../../components/Button.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { parseEntry } from './quick-entry.ts'
import styles from './Quick.module.css'

/** One line makes a mission: `24/10 14-23:30 Montage`, Enter; or the title in its own field. What was understood is written out before. */
export function QuickMission({ input, onMade }: { input: RefObject<HTMLInputElement | null>; onMade: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const textOf = useFailureText()
  const project = useProject()
  const places = useList(locations.list, useStirred() ? { sort: ['name'], limit: 200 } : null, LocationRow)
  const create = useCommand(createMission)
  const [when, setWhen] = useState('')
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<(typeof missionKinds)[number]>('show')
  const [place, setPlace] = useState('')
  const [tried, setTried] = useState(false)
  const { window, title: typedTitle } = parseEntry(when, project.start_at.slice(0, 10))
  const named = title.trim() || typedTitle
  const zone = places.items.find((row) => row.id === place)?.zone ?? project.zone

  const submit = async (): Promise<void> => {
    setTried(true)
    if (!window || !named) return
    const end = window.overnight ? nextDay(window.day) : window.day
    const made = await create.run({
      project_id: project.id,
      title: named,
      kind,
      zone,
      start_at: fromLocal(window.day, window.start, zone),
      end_at: fromLocal(end, window.end, zone),
      ...(place ? { location_id: place } : {}),
    })
    if (!made) return
    announce(`${named}, ${format.day(window.day)}`)
    setWhen('')
    setTitle('')
    setTried(false)
    onMade(made.value.id)
  }
  const said = create.failure
    ? textOf.failure(create.failure)
    : window
      ? `${t('missions.quick_understood', { day: format.day(window.day), start: window.start, end: window.end })} ${window.overnight ? t('missions.quick_next_day') : ''} · ${zone}${typedTitle && !title.trim() ? ` · ${typedTitle}` : ''}`
      : tried
        ? t('missions.quick_bad')
        : ''
  const bad = create.failure !== null || (tried && !window)
  return (
    <form
      className={styles['quick']}
      aria-label={t('missions.quick')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <input ref={input} aria-label={t('missions.quick_when')} aria-describedby="quick-said" {...(bad ? { 'aria-invalid': true } : {})} placeholder={t('missions.quick_when_hint')} value={when} onChange={(event) => setWhen(event.target.value)} autoComplete="off" />
      <input aria-label={t('mission.title')} placeholder={t('mission.title')} value={title} {...(tried && !named ? { 'aria-invalid': true } : {})} onChange={(event) => setTitle(event.target.value)} autoComplete="off" />
      <select aria-label={t('mission.kind')} value={kind} onChange={(event) => setKind(missionKinds.find((known) => known === event.target.value) ?? 'show')}>
        {missionKinds.map((value) => (
          <option key={value} value={value}>
            {wordOf(t, 'mission.kind', value)}
          </option>
        ))}
      </select>
      <select aria-label={t('mission.location')} value={place} onChange={(event) => setPlace(event.target.value)}>
        <option value="">{t('mission.no_location')}</option>
        {places.items.map((row) => (
          <option key={row.id} value={row.id}>
            {row.name}
          </option>
        ))}
      </select>
      <Button type="submit" label={t('action.add')} disabled={create.pending} />
      <div id="quick-said" className={`${styles['said']} ${bad ? styles['bad'] : ''}`} role={bad ? 'alert' : undefined}>
        {said}
      </div>
    </form>
  )
}

const isDay = (text: string): text is LocalDate => /^\d{4}-\d{2}-\d{2}$/.test(text)
const nextDay = (day: string): string => (isDay(day) ? addDays(day, 1) : day)
