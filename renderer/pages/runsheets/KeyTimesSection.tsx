import { Plus, Trash2 } from 'lucide-react'
import { KEY_TIME_CODES } from '../../../shared/domain/runsheets/snapshot.ts'
import { removeKeyTime, setKeyTime } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { useLinePlace } from '../../components/line-drafts.ts'
import { orNull, textOf as plain, useAutosave, useDraft } from '../../components/draft.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { EditorSection } from './EditorSection.tsx'
import { ClockInput, SavedRow } from './row-save.tsx'
import type { KeyTimeRow, SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

export function KeyTimesSection({ revision, rows, day }: { revision: string; rows: readonly KeyTimeRow[]; day: SheetDay }) {
  const t = useT()
  const add = useCommand(setKeyTime)
  const unused = KEY_TIME_CODES.find((code) => !rows.some((row) => row.code === code)) ?? 'other'
  return (
    <EditorSection name="key_times" title={t('sheet.key_times')}>
      {rows.map((row, index) => (
        <KeyTime key={row.id} revision={revision} row={row} day={day} before={index === 0 ? undefined : (rows[index - 2]?.id ?? null)} after={rows[index + 1]?.id} />
      ))}
      <div>
        <Button small icon={Plus} label={t('sheet.add_row')} disabled={add.pending} onClick={() => void add.run({ revision_id: revision, code: unused, at: rows.at(-1)?.at ?? day.from })} />
      </div>
    </EditorSection>
  )
}

interface KeyTimeProps {
  revision: string
  row: KeyTimeRow
  day: SheetDay
  /** Where moving up puts it: after that row, first (null); undefined: it is first already. */
  before: string | null | undefined
  after: string | undefined
}

function KeyTime({ revision, row, day, before, after }: KeyTimeProps) {
  const t = useT()
  const draft = useDraft(row, row.id, useLinePlace(row.id))
  const save = useCommand(setKeyTime)
  const remove = useCommand(removeKeyTime)
  const put = useAutosave(draft, async (changes) => {
    const { code, at, label, place } = { ...row, ...changes }
    return (await save.run({ revision_id: revision, key_time_id: row.id, version: row.version, code, at, label, place })) !== null
  })
  const name = wordOf(t, 'key_time', draft.get('code'))
  const move = (after_id: string | null) => {
    const { code, at, label, place } = row
    void save.run({ revision_id: revision, key_time_id: row.id, version: row.version, code, at, label, place, after_id })
  }
  return (
    <SavedRow label={name} line={row.id} resumed={draft.resumed} className={styles['keyTime']} onSave={put} onUp={before === undefined ? null : () => move(before)} onDown={after === undefined ? null : () => move(after)} failure={save.failure ?? remove.failure}>
      <select aria-label={t('sheet.code')} value={draft.get('code')} onChange={(event) => draft.set('code', KEY_TIME_CODES.find((code) => code === event.target.value) ?? 'other')}>
        {KEY_TIME_CODES.map((code) => (
          <option key={code} value={code}>
            {wordOf(t, 'key_time', code)}
          </option>
        ))}
      </select>
      <input aria-label={`${name}, ${t('sheet.label')}`} placeholder={t('sheet.label')} value={plain(draft.get('label'))} onChange={(event) => draft.set('label', orNull(event.target.value) === null ? null : event.target.value)} />
      <ClockInput label={`${name}, ${t('sheet.time')}`} value={draft.get('at')} day={day} onChange={(at) => at && draft.set('at', at)} />
      <input aria-label={`${name}, ${t('sheet.place')}`} placeholder={t('sheet.place')} value={plain(draft.get('place'))} onChange={(event) => draft.set('place', orNull(event.target.value) === null ? null : event.target.value)} />
      <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${name}`} onClick={() => void remove.run({ id: row.id })} />
    </SavedRow>
  )
}
