import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { addSlot, moveSlot, removeSlot, updateSlot } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { listOf, textOf as plain, useAutosave, useDraft } from '../../components/draft.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { ClockInput, SavedRow } from './row-save.tsx'
import type { SheetDay, SlotRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

export function SlotsSection({ revision, rows, day }: { revision: string; rows: readonly SlotRow[]; day: SheetDay }) {
  const t = useT()
  const add = useCommand(addSlot)
  const last = rows.at(-1)
  return (
    <section className={styles['section']}>
      <h2>{t('sheet.slots')}</h2>
      <div className={styles['rows']}>
        {rows.map((row, index) => (
          <Slot key={row.id} row={row} day={day} before={index === 0 ? undefined : (rows[index - 2]?.id ?? null)} after={rows[index + 1]?.id} />
        ))}
      </div>
      <div>
        <Button small icon={Plus} label={t('sheet.add_row')} disabled={add.pending} onClick={() => void add.run({ revision_id: revision, label: t('sheet.what'), start_at: last?.end_at ?? last?.start_at ?? day.from })} />
      </div>
    </section>
  )
}

const EVERYONE = /^(tous|all|everyone)$/i

interface SlotProps {
  row: SlotRow
  day: SheetDay
  /** Where moving up puts it: after that row, first (null); undefined: it is first already. */
  before: string | null | undefined
  after: string | undefined
}

function Slot({ row, day, before, after }: SlotProps) {
  const t = useT()
  const draft = useDraft(row, row.id)
  const save = useCommand(updateSlot)
  const move = useCommand(moveSlot)
  const remove = useCommand(removeSlot)
  const put = useAutosave(draft, async (changes) => {
    const { label, detail, start_at, end_at, place, departments, everyone, important } = changes
    return (await save.run({ id: row.id, version: row.version, changes: given({ label, detail, start_at, end_at, place, departments, everyone, important }) })) !== null
  })
  const who = draft.get('everyone') ? t('sheet.everyone') : draft.get('departments').join(', ')
  const name = draft.get('label')
  const setWho = (text: string): void => {
    draft.set('everyone', EVERYONE.test(text.trim()))
    draft.set('departments', EVERYONE.test(text.trim()) ? [] : listOf(text.toUpperCase()).map((code) => code.slice(0, 3)))
  }
  return (
    <SavedRow label={name} className={styles['slot']} onSave={put} failure={save.failure ?? move.failure ?? remove.failure}>
      <ClockInput label={`${name}, ${t('sheet.time')}`} value={draft.get('start_at')} day={day} onChange={(at) => at && draft.set('start_at', at)} />
      <ClockInput label={`${name}, ${t('sheet.end')}`} optional value={draft.get('end_at')} day={day} onChange={(at) => draft.set('end_at', at)} />
      <input aria-label={t('sheet.what')} value={name} onChange={(event) => draft.set('label', event.target.value)} />
      <input aria-label={`${name}, ${t('sheet.where')}`} placeholder={t('sheet.where')} value={plain(draft.get('place'))} onChange={(event) => draft.set('place', event.target.value === '' ? null : event.target.value)} />
      <input key={who} aria-label={`${name}, ${t('sheet.departments')}`} placeholder="LUM, SON" defaultValue={who} onBlur={(event) => event.target.value !== who && setWho(event.target.value)} />
      <span className={styles['buttons']}>
        <Button kind="quiet" small iconOnly icon={ArrowUp} label={`${t('sheet.move_up')} : ${name}`} disabled={before === undefined} onClick={() => before !== undefined && void move.run({ id: row.id, after_id: before })} />
        <Button kind="quiet" small iconOnly icon={ArrowDown} label={`${t('sheet.move_down')} : ${name}`} disabled={!after} onClick={() => after && void move.run({ id: row.id, after_id: after })} />
        <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${name}`} onClick={() => void remove.run({ id: row.id })} />
      </span>
    </SavedRow>
  )
}
