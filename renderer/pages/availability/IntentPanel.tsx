import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import { previewMany, setMany } from '../../../shared/domain/availability/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { wholeDays } from '../people/month-grid.ts'
import styles from './Availability.module.css'
import type { DayRange, Intent } from './PersonCalendar.tsx'

type Said = Exclude<Intent, 'details'>
type Shown = z.infer<typeof previewMany.output>['people'][number]['blocks'][number]
const TITLES = { available: 'availability.say_available', unavailable: 'availability.say_unavailable', none: 'availability.say_none' } as const

/** What the chosen days would become and what that replaces: Enter saves, Escape gives up (decision A30). */
export function IntentPanel({ person, range, zone, intent, onDone, onCancel }: { person: string; range: DayRange; zone: string; intent: Said; onDone: () => void; onCancel: () => void }) {
  const t = useT()
  const format = useFormat()
  const save = useCommand(setMany)
  const apply = useRef<HTMLButtonElement>(null)
  const input = { collaborator_ids: [person], when: { windows: [wholeDays(range.first, range.last, zone)] }, kind: intent, zone, project_id: null }
  const seen = useAnswer(previewMany, input, { keep: false }).answer?.value.people[0]
  const ready = seen !== undefined
  useEffect(() => {
    if (ready) apply.current?.focus()
  }, [ready, intent, range.first, range.last])
  const nothing = intent === 'none' && seen?.blocks.length === 0
  const submit = async (): Promise<void> => {
    if (!seen || nothing || save.pending || !(await save.run(input))) return
    announce(t('person.saved'))
    onDone()
  }
  const days = range.first === range.last ? format.day(range.first) : `${format.day(range.first)} → ${format.day(range.last)}`
  return (
    <form
      className={styles['box']}
      aria-label={t(TITLES[intent])}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onCancel()
      }}
    >
      <h2>{t(TITLES[intent])}</h2>
      <p>{days}</p>
      <FormErrorSummary failure={save.failure} />
      <div role="status">
        {nothing && <p className={mutedText}>{t('availability.nothing_there')}</p>}
        {seen && seen.blocks.length > 0 && <Replaced blocks={seen.blocks} />}
        {seen && seen.work > 0 && <p className={styles['warn']}>{t('person.preview_work', { count: seen.work })}</p>}
      </div>
      <div className={styles['buttons']}>
        <Button ref={apply} type="submit" kind="primary" label={t(seen && seen.blocks.length > 0 && intent !== 'none' ? 'person.block_replace' : 'action.save')} keys="⏎" disabled={!seen || nothing || save.pending} />
        <Button label={t('action.cancel')} keys={t('availability.key_escape')} onClick={onCancel} />
      </div>
    </form>
  )
}

/** Blocks that a new one lies over, and what stays of each. */
export function Replaced({ blocks }: { blocks: readonly Shown[] }) {
  const t = useT()
  const format = useFormat()
  const moment = (at: string, zone: string): string => (isInstant(at) ? `${format.dayOf(at, zone)} ${format.timeOf(at, zone)}` : '')
  return (
    <>
      <strong>{t('person.preview_blocks')}</strong>
      <ul className={plainList}>
        {blocks.slice(0, 6).map((block) => (
          <li key={block.id}>
            {t(block.kind === 'available' ? 'person.available' : 'person.unavailable')} {moment(block.start_at, block.zone)} → {moment(block.end_at, block.zone)} · {t(`person.becomes.${block.becomes}`)}{' '}
            {block.parts.map((part) => `${moment(part.start_at, block.zone)} → ${moment(part.end_at, block.zone)}`).join(', ')}
          </li>
        ))}
        {blocks.length > 6 && <li>{t('availability.more_blocks', { count: blocks.length - 6 })}</li>}
      </ul>
    </>
  )
}
