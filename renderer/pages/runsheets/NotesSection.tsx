import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { addNote, removeNote, updateNote } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { useAutosave, useDraft } from '../../components/draft.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { EditorSection } from './EditorSection.tsx'
import { SavedRow } from './row-save.tsx'
import type { NoteRow } from './sheet-rows.ts'
import styles from './Sheet.module.css'

const VISIBILITIES = ['field', 'internal'] as const

export function NotesSection({ revision, rows }: { revision: string; rows: readonly NoteRow[] }) {
  const t = useT()
  const add = useCommand(addNote)
  const [text, setText] = useState('')
  const submit = async (): Promise<void> => {
    if (!text.trim()) return
    // Emptied at once: the next note can be typed while this one is written; a refusal brings the words back.
    setText('')
    if (!(await add.run({ revision_id: revision, visibility: 'field', text: text.trim() }))) setText((now) => now || text)
  }
  return (
    <EditorSection name="notes" title={t('sheet.notes')}>
        {rows.map((row) => (
          <Note key={row.id} row={row} />
        ))}
        <SavedRow label={t('sheet.added')} className={styles['note']} onSave={() => void submit()} failure={add.failure}>
          <input aria-label={`${t('sheet.notes')}, ${t('sheet.add_row')}`} placeholder={t('sheet.add_row')} value={text} onChange={(event) => setText(event.target.value)} />
        </SavedRow>
    </EditorSection>
  )
}

function Note({ row }: { row: NoteRow }) {
  const t = useT()
  const draft = useDraft(row, row.id)
  const save = useCommand(updateNote)
  const remove = useCommand(removeNote)
  const put = useAutosave(draft, async ({ text, visibility }) => (await save.run({ id: row.id, version: row.version, changes: given({ text, visibility }) })) !== null)
  return (
    <SavedRow label={row.text} className={styles['note']} onSave={put} failure={save.failure ?? remove.failure}>
      <input aria-label={t('sheet.text')} value={draft.get('text')} onChange={(event) => draft.set('text', event.target.value)} />
      <select aria-label={t('sheet.visibility')} value={draft.get('visibility')} onChange={(event) => draft.set('visibility', event.target.value === 'internal' ? 'internal' : 'field')}>
        {VISIBILITIES.map((value) => (
          <option key={value} value={value}>
            {t(`sheet.visibility.${value}`)}
          </option>
        ))}
      </select>
      <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${row.text}`} onClick={() => void remove.run({ id: row.id })} />
    </SavedRow>
  )
}
