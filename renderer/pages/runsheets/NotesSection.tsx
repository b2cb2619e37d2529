import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { addNote, moveNote, removeNote, updateNote } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { useAutosave, useDraft } from '../../components/draft.ts'
import { useKeptLine, useLinePlace } from '../../components/line-drafts.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { EditorSection } from './EditorSection.tsx'
import { SavedRow } from './row-save.tsx'
import type { NoteRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

interface NoteText {
  text: string
}
const EMPTY: NoteText = { text: '' }
const isNoteText = (kept: object): kept is NoteText => 'text' in kept && typeof kept.text === 'string'

const VISIBILITIES = ['field', 'internal'] as const

export function NotesSection({ revision, rows }: { revision: string; rows: readonly NoteRow[] }) {
  const t = useT()
  const add = useCommand(addNote)
  const [{ text }, setTyped] = useKeptLine('new:notes', EMPTY, isNoteText)
  const submit = async (): Promise<void> => {
    if (!text.trim()) return
    // Emptied at once: the next note can be typed while this one is written; a refusal brings the words back.
    setTyped(EMPTY)
    if (!(await add.run({ revision_id: revision, visibility: 'field', text: text.trim() }))) setTyped((now) => (now.text === '' ? { text } : now))
  }
  return (
    <EditorSection name="notes" title={t('sheet.notes')}>
        {rows.map((row, index) => (
          <Note key={row.id} row={row} before={index === 0 ? undefined : (rows[index - 2]?.id ?? null)} after={rows[index + 1]?.id} />
        ))}
        <SavedRow label={t('sheet.added')} className={styles['note']} onSave={() => void submit()} failure={add.failure}>
          <input aria-label={`${t('sheet.notes')}, ${t('sheet.add_row')}`} placeholder={t('sheet.add_row')} value={text} onChange={(event) => setTyped({ text: event.target.value })} />
        </SavedRow>
    </EditorSection>
  )
}

interface NoteProps {
  row: NoteRow
  /** Where moving up puts it: after that row, first (null); undefined: it is first already. */
  before: string | null | undefined
  after: string | undefined
}

function Note({ row, before, after }: NoteProps) {
  const t = useT()
  const draft = useDraft(row, row.id, useLinePlace(row.id))
  const save = useCommand(updateNote)
  const remove = useCommand(removeNote)
  const move = useCommand(moveNote)
  const up = before === undefined ? null : () => void move.run({ id: row.id, after_id: before })
  const down = after === undefined ? null : () => void move.run({ id: row.id, after_id: after })
  const put = useAutosave(draft, async ({ text, visibility }) => (await save.run({ id: row.id, version: row.version, changes: given({ text, visibility }) })) !== null)
  return (
    <SavedRow label={row.text} line={row.id} resumed={draft.resumed} className={styles['note']} onSave={put} onUp={up} onDown={down} failure={save.failure ?? move.failure ?? remove.failure}>
      <input aria-label={t('sheet.text')} value={draft.get('text')} onChange={(event) => draft.set('text', event.target.value)} />
      <select aria-label={t('sheet.visibility')} value={draft.get('visibility')} onChange={(event) => draft.set('visibility', event.target.value === 'internal' ? 'internal' : 'field')}>
        {VISIBILITIES.map((value) => (
          <option key={value} value={value}>
            {t(`sheet.visibility.${value}`)}
          </option>
        ))}
      </select>
      <span className={styles['buttons']}>
        <Button kind="quiet" small iconOnly icon={ArrowUp} label={`${t('sheet.move_up')} : ${row.text}`} disabled={!up} onClick={() => up?.()} />
        <Button kind="quiet" small iconOnly icon={ArrowDown} label={`${t('sheet.move_down')} : ${row.text}`} disabled={!down} onClick={() => down?.()} />
        <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${row.text}`} onClick={() => void remove.run({ id: row.id })} />
      </span>
    </SavedRow>
  )
}
