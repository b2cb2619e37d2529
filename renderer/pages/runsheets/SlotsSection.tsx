import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { addSlot, moveSlot, removeSlot, updateSlot } from '../../../shared/domain/runsheets/operations.ts'
import { SLOT_KINDS } from '../../../shared/domain/runsheets/snapshot.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { listOf, textOf as plain, useAutosave, useDraft } from '../../components/draft.ts'
import { useKeptLine, useLinePlace } from '../../components/line-drafts.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { EditorSection } from './EditorSection.tsx'
import { ClockInput, SavedRow } from './row-save.tsx'
import type { SheetDay, SlotRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

export function SlotsSection({ revision, rows, day }: { revision: string; rows: readonly SlotRow[]; day: SheetDay }) {
  const t = useT()
  return (
    <EditorSection name="slots" title={t('sheet.slots')}>
      {rows.map((row, index) => (
        <Slot key={row.id} row={row} day={day} before={index === 0 ? undefined : (rows[index - 2]?.id ?? null)} after={rows[index + 1]?.id} />
      ))}
      <NewSlot revision={revision} rows={rows} day={day} />
    </EditorSection>
  )
}

interface NewSlotText {
  start: Instant | null
  end: Instant | null
  label: string
  place: string
  who: string
}
const EMPTY: NewSlotText = { start: null, end: null, label: '', place: '', who: '' }
const isTime = (value: unknown): boolean => value === null || isInstant(value)
const isSlotText = (kept: object): kept is NewSlotText =>
  'start' in kept && isTime(kept.start) && 'end' in kept && isTime(kept.end) && (['label', 'place', 'who'] as const).every((name) => name in kept && typeof kept[name as keyof typeof kept] === 'string')

/** The empty last line: written once it has a time and words, at its place in the order of the day. Enter starts the next one. */
function NewSlot({ revision, rows, day }: { revision: string; rows: readonly SlotRow[]; day: SheetDay }) {
  const t = useT()
  const add = useCommand(addSlot)
  const [typed, setTyped] = useKeptLine('new:slots', EMPTY, isSlotText)
  const [turn, setTurn] = useState({ number: 0, again: false })
  const latest = useRef({ rows, add })
  useLayoutEffect(() => {
    latest.current = { rows, add }
  })
  const queue = useRef(Promise.resolve())
  const put = (how: 'enter' | 'leave'): void => {
    const { start, end, label, place, who } = typed
    if (!start || label.trim() === '') return
    // Emptied at once, so that the next line can be typed while this one is written; a refusal brings the words back.
    setTyped(EMPTY)
    setTurn({ number: turn.number + 1, again: how === 'enter' })
    const write = async (): Promise<void> => {
      const after_id = latest.current.rows.findLast((row) => row.start_at <= start)?.id ?? null
      const made = await latest.current.add.run({ revision_id: revision, label: label.trim(), start_at: start, end_at: end, place: place === '' ? null : place, ...crewOf(who), after_id })
      if (!made) setTyped((now) => (now === EMPTY ? typed : now))
      // The next line finds its place among the rows drawn with this one.
      await new Promise((drawn) => setTimeout(drawn))
    }
    queue.current = queue.current.then(write)
  }
  const set = (change: Partial<NewSlotText>): void => setTyped({ ...typed, ...change })
  const name = t('sheet.add_row')
  return (
    <SavedRow key={turn.number} label={name} className={styles['slot']} onSave={put} failure={add.failure}>
      <ClockInput label={`${name}, ${t('sheet.time')}`} placeholder={t('sheet.time')} optional value={typed.start} day={day} onChange={(start) => set({ start })} autoFocus={turn.again} />
      <ClockInput label={`${name}, ${t('sheet.end')}`} placeholder={t('sheet.end')} optional value={typed.end} day={day} onChange={(end) => set({ end })} />
      <input aria-label={`${name}, ${t('sheet.what')}`} placeholder={name} value={typed.label} onChange={(event) => set({ label: event.target.value })} />
      <input aria-label={`${name}, ${t('sheet.where')}`} placeholder={t('sheet.where')} value={typed.place} onChange={(event) => set({ place: event.target.value })} />
      <input aria-label={`${name}, ${t('sheet.departments')}`} placeholder="LUM, SON" value={typed.who} onChange={(event) => set({ who: event.target.value })} />
      {typed.start === null && typed.label.trim() !== '' && <div className={styles['hint']}>{t('sheet.missing_time')}</div>}
    </SavedRow>
  )
}

const EVERYONE = /^(tous|all|everyone)$/i

/** `TOUS`, or department codes. */
function crewOf(text: string): { everyone: boolean; departments: string[] } {
  const everyone = EVERYONE.test(text.trim())
  return { everyone, departments: everyone ? [] : listOf(text.toUpperCase()).map((code) => code.slice(0, 3)) }
}

interface SlotProps {
  row: SlotRow
  day: SheetDay
  /** Where moving up puts it: after that row, first (null); undefined: it is first already. */
  before: string | null | undefined
  after: string | undefined
}

function Slot({ row, day, before, after }: SlotProps) {
  const t = useT()
  const draft = useDraft(row, row.id, useLinePlace(row.id))
  const save = useCommand(updateSlot)
  const move = useCommand(moveSlot)
  const remove = useCommand(removeSlot)
  const put = useAutosave(draft, async (changes) => {
    const { kind, label, detail, start_at, end_at, place, departments, everyone, important, person } = changes
    return (await save.run({ id: row.id, version: row.version, changes: given({ kind, label, detail, start_at, end_at, place, departments, everyone, important, person }) })) !== null
  })
  // As it is typed, while it means these departments.
  const [typedWho, setTypedWho] = useState<string | null>(null)
  const who = draft.get('everyone') ? t('sheet.everyone') : draft.get('departments').join(', ')
  const name = draft.get('label')
  const setWho = (text: string): void => {
    const { everyone, departments } = crewOf(text)
    draft.set('everyone', everyone)
    draft.set('departments', departments)
  }
  const up = before === undefined ? null : () => void move.run({ id: row.id, after_id: before })
  const down = after === undefined ? null : () => void move.run({ id: row.id, after_id: after })
  const text = (field: 'detail' | 'person') => ({
    'aria-label': `${name}, ${t(`sheet.slot_${field}`)}`,
    placeholder: t(`sheet.slot_${field}`),
    value: plain(draft.get(field)),
    onChange: (event: { target: { value: string } }) => draft.set(field, event.target.value === '' ? null : event.target.value),
  })
  return (
    <SavedRow label={name} line={row.id} resumed={draft.resumed} className={styles['slot']} onSave={put} onUp={up} onDown={down} failure={save.failure ?? move.failure ?? remove.failure}>
      <ClockInput label={`${name}, ${t('sheet.time')}`} value={draft.get('start_at')} day={day} onChange={(at) => at && draft.set('start_at', at)} />
      <ClockInput label={`${name}, ${t('sheet.end')}`} optional value={draft.get('end_at')} day={day} onChange={(at) => draft.set('end_at', at)} />
      <input aria-label={t('sheet.what')} value={name} onChange={(event) => draft.set('label', event.target.value)} />
      <input aria-label={`${name}, ${t('sheet.where')}`} placeholder={t('sheet.where')} value={plain(draft.get('place'))} onChange={(event) => draft.set('place', event.target.value === '' ? null : event.target.value)} />
      <input
        aria-label={`${name}, ${t('sheet.departments')}`}
        placeholder="LUM, SON"
        value={typedWho ?? who}
        onChange={(event) => {
          setTypedWho(event.target.value)
          setWho(event.target.value)
        }}
        onBlur={() => setTypedWho(null)}
      />
      <span className={styles['buttons']}>
        <Button kind="quiet" small iconOnly icon={ArrowUp} label={`${t('sheet.move_up')} : ${name}`} disabled={!up} onClick={() => up?.()} />
        <Button kind="quiet" small iconOnly icon={ArrowDown} label={`${t('sheet.move_down')} : ${name}`} disabled={!down} onClick={() => down?.()} />
        <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${name}`} onClick={() => void remove.run({ id: row.id })} />
      </span>
      <span className={styles['slotMore']}>
        <select aria-label={`${name}, ${t('sheet.slot_kind')}`} value={draft.get('kind')} onChange={(event) => draft.set('kind', SLOT_KINDS.find((kind) => kind === event.target.value) ?? 'work')}>
          {SLOT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`sheet.slot_kind.${kind}`)}
            </option>
          ))}
        </select>
        <input {...text('detail')} />
        <input {...text('person')} />
        <label>
          <input type="checkbox" checked={draft.get('important')} onChange={(event) => draft.set('important', event.target.checked)} /> {t('sheet.slot_important')}
        </label>
      </span>
    </SavedRow>
  )
}
