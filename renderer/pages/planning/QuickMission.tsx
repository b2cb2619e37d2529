import { useState } from 'react'
import type { RefObject } from 'react'
import { addDays, fromLocal } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { missionKinds } from '../../../shared/domain/planning/model.ts'
import { createMission } from '../../../shared/domain/planning/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { useNamed } from '../../app/routes.ts'
import { useStirred } from '../../app/stirred.ts'
import { Button } from '../../components/Button.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { PlacePicker } from '../../components/PlacePicker.tsx'
import type { PickedPlace } from '../../components/PlacePicker.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { useTrade } from '../../i18n/work-kind.ts'
import { parseEntry } from './quick-entry.ts'
import styles from './Quick.module.css'

/** What is added most often: film shoots, the others play. */
const usual = ({ kind }: { kind: string | null }) => (kind === 'film' ? 'shoot' : 'show')

/** One line makes a mission: `24/10 14-23:30 Montage`, Enter; or the title in its own field. What was understood is written out before. */
export function QuickMission({ input, onMade }: { input: RefObject<HTMLInputElement | null>; onMade: (id: string) => void }) {
  const t = useT()
  const format = useFormat()
  const textOf = useFailureText()
  const project = useProject()
  const stirred = useStirred()
  const create = useCommand(createMission)
  const [when, setWhen] = useState('')
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<(typeof missionKinds)[number]>(useTrade(usual))
  const [place, setPlace] = useState<PickedPlace | null>(null)
  const [tried, setTried] = useState(false)
  useNamed(setTitle)
  const { window, title: typedTitle } = parseEntry(when, project.start_at.slice(0, 10))
  const named = title.trim() || typedTitle
  const zone = place?.zone ?? project.zone

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
      ...(place ? { location_id: place.id } : {}),
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
      <PlacePicker label={t('mission.location')} quiet project={project.id} placeholder={t('mission.no_location')} value={place?.id ?? null} onPick={setPlace} off={!stirred} />
      <Button type="submit" label={t('action.add')} disabled={create.pending} />
      <div id="quick-said" className={`${styles['said']} ${bad ? styles['bad'] : ''}`} role={bad ? 'alert' : undefined}>
        {said}
      </div>
    </form>
  )
}

const isDay = (text: string): text is LocalDate => /^\d{4}-\d{2}-\d{2}$/.test(text)
const nextDay = (day: string): string => (isDay(day) ? addDays(day, 1) : day)
