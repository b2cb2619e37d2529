import { useState } from 'react'
import { delaySheet, previewDelay } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { previewSheet, publishSheet } from '../../../shared/domain/runsheets/operations.ts'
import { sheetSnapshotSchema } from '../../../shared/domain/runsheets/snapshot.ts'
import { addDays, isInstant, toLocal } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { LeavesLater } from '../../app/sync/LeavesLater.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ChangeList } from './ChangeList.tsx'
import type { RevisionRow } from './sheet-rows.ts'
import styles from './Distribution.module.css'

interface DelayDialogProps {
  published: RevisionRow
  /** Number that the next version is likely to bear. */
  next: number
  onPrepared: () => void
  onPublished: () => void
  /** Something stands in the way of publishing: it is listed on the page. */
  onChecks: () => void
  onClose: () => void
}

/** Running late: what moves and for whom is said, a first key makes the draft, a second one publishes it. */
export function DelayDialog({ published, next, onPrepared, onPublished, onChecks, onClose }: DelayDialogProps) {
  const t = useT()
  const format = useFormat()
  const asked = useAnswer(previewSheet, { revision_id: published.id, variant: 'field' })
  const snapshot = asked.answer ? sheetSnapshotSchema.safeParse(asked.answer.value.snapshot) : null
  const slots = snapshot?.success ? snapshot.data.slots : []
  const zone = snapshot?.success ? snapshot.data.zone : 'UTC'
  const [now] = useState(() => new Date().toISOString())
  const [line, setLine] = useState<string | null>(null)
  const [typed, setTyped] = useState('15')
  const [draft, setDraft] = useState<string | null>(null)
  const from = line ?? (slots.find((slot) => (slot.end_at ?? slot.start_at) > now) ?? slots[0])?.id ?? null
  const minutes = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0
  const valid = minutes >= 1 && minutes <= 720
  const input = from !== null && valid ? { revision_id: published.id, from_line_id: from, minutes } : null
  const preview = useAnswer(previewDelay, draft === null ? input : null)
  const delay = useCommand(delaySheet)
  const publish = useCommand(publishSheet)
  const said = preview.answer?.value
  const stands = publish.failure?.code === 'sheet.checks_failed'
  const day = snapshot?.success ? snapshot.data.date : null
  /** A time of another day than the sheet's says which. */
  const clock = (at: string): string => {
    if (!isInstant(at)) return ''
    const { date, time } = toLocal(at, zone)
    return day === null || date === day ? time : `${time} (${date === addDays(day, 1) ? '+1' : format.shortDay(date)})`
  }
  const prepare = async (): Promise<void> => {
    const made = input && (await delay.run(input))
    if (!made) return
    setDraft(made.value.revision_id)
    announce(t('sheet.late.prepared', { version: next, minutes }))
    onPrepared()
  }
  const send = async (): Promise<void> => {
    const done = draft === null ? null : await publish.run({ revision_id: draft })
    if (!done) return
    announce(t('sheet.published', { version: done.value.number }))
    onPublished()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('sheet.late.title')}
      onSubmit={() => void (draft === null ? prepare() : send())}
      actions={
        <>
          <Button label={draft === null ? t('action.cancel') : t('sheet.late.leave')} onClick={onClose} />
          {draft === null ? (
            <Button type="submit" kind="primary" label={t('sheet.late.prepare', { version: next })} disabled={!said || preview.stale || delay.pending} />
          ) : stands ? (
            <Button kind="primary" label={t('sheet.checks')} onClick={onChecks} />
          ) : (
            <Button key="publish" type="submit" kind="primary" label={t('sheet.late.publish', { version: next })} disabled={publish.pending} />
          )}
        </>
      }
    >
      <FormErrorSummary failure={delay.failure ?? (stands ? null : publish.failure) ?? asked.failure ?? preview.failure} />
      {draft === null && <p>{t('sheet.late.about')}</p>}
      {asked.loading && <LoadingSkeleton rows={3} />}
      {snapshot?.success && slots.length === 0 && <p role="alert">{t('sheet.late.no_slots')}</p>}
      {draft === null && slots.length > 0 && (
        <div className={formTwo}>
          <Select label={t('sheet.late.from')} value={from ?? ''} onChange={setLine} choices={slots.map((slot) => ({ value: slot.id, label: `${clock(slot.start_at)} ${slot.label}` }))} />
          <TextField label={t('sheet.late.minutes')} name="minutes" inputMode="numeric" autoFocus value={typed} onChange={setTyped} error={valid ? undefined : t('sheet.late.minutes_wrong')} />
        </div>
      )}
      {draft !== null && (
        <p role="status">
          <strong>{t('sheet.late.prepared', { version: next, minutes })}</strong>
        </p>
      )}
      {stands && <p role="alert">{t('sheet.late.checks')}</p>}
      {draft !== null && <LeavesLater />}
      {said && draft === null && (
        <div className={styles['moves']} tabIndex={0} role="group" aria-label={t('sheet.late.moves')}>
          {said.overrun.map((one) => (
            <p key={one.label} role="alert">
              {t('sheet.late.overrun', { label: one.label, at: clock(one.at), until: clock(one.until) })}
            </p>
          ))}
          <div className={styles['sides']}>
            <div>
              <h3>{t('sheet.late.moves')}</h3>
              <ul>
                {[...said.slots, ...said.key_times].map((one, index) => (
                  <li key={index}>
                    <s>{clock(one.before)}</s> → <strong>{clock(one.after)}</strong> {one.label}
                  </li>
                ))}
              </ul>
            </div>
            <div>
              <h3 role="status">{t('sheet.late.people', { count: said.people.length })}</h3>
              <ul>
                {said.people.map((one) => (
                  <li key={one.collaborator_id}>
                    <strong>{one.name}</strong>
                    {one.call_after !== null && one.call_before !== null && one.call_after !== one.call_before && (
                      <>
                        , {t('sheet.late.call')} <s>{clock(one.call_before)}</s> → <strong>{clock(one.call_after)}</strong>
                      </>
                    )}
                    {one.changes.length > 0 && (
                      <details className={styles['changes']}>
                        <summary>{t('sheet.give.changed', { count: one.changes.length, version: published.number })}</summary>
                        <ChangeList lines={one.changes} />
                      </details>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        </div>
      )}
    </Dialog>
  )
}
