import { useState } from 'react'
import { mergeCollaborators, previewMerge } from '../../../shared/domain/people/merge-operations.ts'
import type { MergedField } from '../../../shared/domain/people/merge-operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText, plainList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Merge.module.css'

interface Named {
  id: string
  name: string
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? '' : Object.values(value).filter((part) => typeof part === 'string' && part !== '').join(' · '))

/** Two people side by side: which value stays of each field, and what moves. Several are merged one after the other. */
export function MergeDialog({ people, onClose, onDone }: { people: readonly Named[]; onClose: () => void; onDone: (kept: string) => void }) {
  const t = useT()
  const format = useFormat()
  const text = (value: unknown): string => (isLocalDate(value) ? format.day(value) : plain(value))
  const merge = useCommand(mergeCollaborators)
  const [keptId, setKeptId] = useState(people[0]?.id ?? '')
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [taken, setTaken] = useState<ReadonlySet<MergedField>>(new Set())
  const others = people.filter((one) => one.id !== keptId && !gone.has(one.id))
  const kept = people.find((one) => one.id === keptId)
  const other = others[0]
  const seen = useAnswer(previewMerge, kept && other ? { kept_id: kept.id, merged_id: other.id } : null, { keep: false })
  if (!kept || !other) return null
  const fields = (seen.answer?.value.fields ?? []).filter((row) => !row.same && (text(row.kept) !== '' || text(row.merged) !== ''))
  const submit = async (): Promise<void> => {
    if (!(await merge.run({ kept_id: kept.id, merged_id: other.id, take: [...taken] }))) return
    announce(t('people.merged', { merged: other.name, kept: kept.name }))
    setTaken(new Set())
    if (others.length === 1) onDone(kept.id)
    else setGone(new Set([...gone, other.id]))
  }
  const swap = (): void => {
    setKeptId(other.id)
    setTaken(new Set())
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('people.merge_title', { merged: other.name, kept: kept.name })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          {gone.size === 0 && <Button label={t('people.merge_swap', { name: other.name })} onClick={swap} />}
          <Button type="submit" kind="primary" label={others.length > 1 ? t('people.merge_next', { left: others.length - 1 }) : t('people.merge')} disabled={!seen.answer || merge.pending} />
        </>
      }
    >
      <FormErrorSummary failure={merge.failure ?? seen.failure} />
      <p className={mutedText}>{t('people.merge_about')}</p>
      {fields.length > 0 && (
        <table className={styles['sides']}>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('people.merge_kept', { name: kept.name })}</th>
              <th scope="col">{t('people.merge_other', { name: other.name })}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((row) => {
              const fromOther = taken.has(row.field) || row.result === 'merged'
              const choose = (on: boolean): void => {
                const next = new Set(taken)
                if (on) next.add(row.field)
                else next.delete(row.field)
                setTaken(next)
              }
              const name = wordOf(t, 'person', row.field)
              const side = (on: boolean, value: unknown) => (
                <td data-kept={fromOther === on}>
                  <label>
                    <input type="radio" name={row.field} checked={fromOther === on} disabled={text(value) === ''} onChange={() => choose(on)} aria-label={`${name} · ${text(value)}`} />
                    {text(value) || '—'}
                  </label>
                </td>
              )
              return (
                <tr key={row.field}>
                  <th scope="row">{name}</th>
                  {side(false, row.kept)}
                  {side(true, row.merged)}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <h3>{t('people.merge_moves')}</h3>
      {seen.answer && seen.answer.value.moves.length === 0 && <p>{t('people.merge_moves_none')}</p>}
      <ul className={plainList}>
        {(seen.answer?.value.moves ?? []).map((move) => (
          <li key={`${move.entity}.${move.column}`}>
            {wordOf(t, 'people.moves', move.entity)} · {move.count}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
