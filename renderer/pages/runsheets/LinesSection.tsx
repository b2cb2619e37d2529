import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { addRow, removeRow, updateRow } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { ClockInput, SavedRow } from './row-save.tsx'
import { editableSections } from './section-fields.ts'
import type { Section, SectionField } from './section-fields.ts'
import type { SectionRow, SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** One typed section of the sheet as plain lines; the last line adds. */
export function LinesSection({ revision, section, rows, day }: { revision: string; section: Section; rows: readonly SectionRow[]; day: SheetDay }) {
  const t = useT()
  const shape = editableSections[section]
  if (!shape) return null
  return (
    <section className={styles['section']}>
      <h2>{t(`sheet.section.${section}`)}</h2>
      <div className={styles['rows']}>
        {rows.filter((row) => row.section === section).map((row) => (
          <Line key={row.id} row={row} fields={shape.fields} day={day} />
        ))}
        <NewLine revision={revision} section={section} fields={shape.fields} empty={shape.empty} day={day} />
      </div>
    </section>
  )
}

type Body = Readonly<Record<string, unknown>>

function Line({ row, fields, day }: { row: SectionRow; fields: readonly SectionField[]; day: SheetDay }) {
  const t = useT()
  const save = useCommand(updateRow)
  const remove = useCommand(removeRow)
  const [typed, setTyped] = useState<Body>({})
  const body = { ...row.body, ...typed }
  const name = String(body['label'] ?? body['name'] ?? body['number'] ?? '')
  const put = async (): Promise<void> => {
    if (JSON.stringify(body) === JSON.stringify(row.body)) return
    // What is typed while saving stays typed.
    if (await save.run({ id: row.id, version: row.version, body })) setTyped((now) => (now === typed ? {} : now))
  }
  return (
    <SavedRow label={name} className={styles['contact']} onSave={() => void put()} failure={save.failure ?? remove.failure}>
      <Inputs body={body} fields={fields} day={day} onChange={(change) => setTyped({ ...typed, ...change })} />
      <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${name}`} onClick={() => void remove.run({ id: row.id })} />
    </SavedRow>
  )
}

function NewLine({ revision, section, fields, empty, day }: { revision: string; section: Section; fields: readonly SectionField[]; empty: Body; day: SheetDay }) {
  const t = useT()
  const add = useCommand(addRow)
  const [typed, setTyped] = useState<Body>({})
  const [turn, setTurn] = useState(0)
  const put = async (): Promise<void> => {
    if (Object.keys(typed).length === 0) return
    // Emptied at once: the next line can be typed while this one is written; a refusal brings the words back.
    setTyped({})
    setTurn(turn + 1)
    if (!(await add.run({ revision_id: revision, section, body: { ...empty, ...typed } }))) setTyped((now) => (Object.keys(now).length === 0 ? typed : now))
  }
  return (
    <SavedRow key={turn} label={t('sheet.add_row')} className={styles['contact']} onSave={() => void put()} failure={add.failure}>
      <Inputs body={{ ...empty, ...typed }} fields={fields} day={day} fresh onChange={(change) => setTyped({ ...typed, ...change })} />
    </SavedRow>
  )
}

function Inputs({ body, fields, day, fresh, onChange }: { body: Body; fields: readonly SectionField[]; day: SheetDay; fresh?: boolean; onChange: (change: Body) => void }) {
  const t = useT()
  return fields.map((field) => {
    const value = body[field.name]
    const label = fresh ? `${t(field.label)} (${t('sheet.add_row')})` : t(field.label)
    if (field.kind === 'clock') return <ClockInput key={field.name} label={label} optional value={isInstant(value) ? value : null} day={day} onChange={(at) => onChange({ [field.name]: at })} />
    return (
      <input
        key={field.name}
        aria-label={label}
        placeholder={t(field.label)}
        inputMode={field.kind === 'number' ? 'numeric' : undefined}
        value={value === null || value === undefined ? '' : String(value)}
        onChange={(event) => onChange({ [field.name]: read(field, event.target.value) })}
      />
    )
  })
}

function read(field: SectionField, text: string): unknown {
  if (field.kind === 'number') return Number.parseInt(text, 10) || 0
  return text === '' && field.nullable ? null : text
}
