import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useContext, useState } from 'react'
import { addRow, moveRow, removeRow, updateRow } from '../../../shared/domain/runsheets/operations.ts'
import type { DepartmentRow } from '../../app/rows.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { LineDraftsContext, useKeptLine } from '../../components/line-drafts.ts'
import { useT } from '../../i18n/index.ts'
import { EditorSection } from './EditorSection.tsx'
import { FieldInput } from './FieldInput.tsx'
import { SavedRow } from './row-save.tsx'
import { editableSections } from './section-fields.ts'
import type { Section, SectionField } from './section-fields.ts'
import type { SectionRow, SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

type Body = Readonly<Record<string, unknown>>
const NOTHING: Body = {}
const isBody = (kept: object): kept is Body => !Array.isArray(kept)
interface About {
  day: SheetDay
  departments: readonly DepartmentRow[]
}

/** One typed section of the sheet as plain lines; the last line adds, Alt+arrows move. */
export function LinesSection({ revision, section, rows, ...about }: About & { revision: string; section: Exclude<Section, 'attachments'>; rows: readonly SectionRow[] }) {
  const t = useT()
  const shape = editableSections[section]
  const mine = rows.filter((row) => row.section === section)
  return (
    <EditorSection name={section} title={t(`sheet.section.${section}`)}>
      {mine.map((row, index) => (
        <Line key={row.id} row={row} fields={shape.fields} before={index === 0 ? undefined : (mine[index - 2]?.id ?? null)} after={mine[index + 1]?.id} {...about} />
      ))}
      <NewLine revision={revision} section={section} fields={shape.fields} empty={shape.empty(about.day, about.departments[0]?.id ?? '')} {...about} />
    </EditorSection>
  )
}

interface LineProps extends About {
  row: SectionRow
  fields: readonly SectionField[]
  /** Where moving up puts it: after that row, first (null); undefined: it is first already. */
  before: string | null | undefined
  after: string | undefined
}

function Line({ row, fields, before, after, ...about }: LineProps) {
  const t = useT()
  const save = useCommand(updateRow)
  const remove = useCommand(removeRow)
  const move = useCommand(moveRow)
  const [typed, setTyped] = useKeptLine(row.id, NOTHING, isBody)
  const resumed = useContext(LineDraftsContext).resumed.has(row.id) && Object.keys(typed).length > 0
  const body = { ...row.body, ...typed }
  const name = String(body['label'] ?? body['name'] ?? body['number'] ?? body['trade'] ?? body['text'] ?? body['code'] ?? '')
  const put = async (): Promise<void> => {
    if (JSON.stringify(body) === JSON.stringify(row.body)) return
    // What is typed while saving stays typed.
    if (await save.run({ id: row.id, version: row.version, body })) setTyped((now) => (now === typed ? NOTHING : now))
  }
  const up = before === undefined ? null : () => void move.run({ id: row.id, after_id: before })
  const down = after === undefined ? null : () => void move.run({ id: row.id, after_id: after })
  return (
    <SavedRow label={name} line={row.id} resumed={resumed} className={styles['line']} onSave={() => void put()} onUp={up} onDown={down} failure={save.failure ?? remove.failure ?? move.failure}>
      <span className={styles['fields']}>
        {fields.map((field) => (
          <FieldInput key={field.name} field={field} body={body} onChange={(change) => setTyped({ ...typed, ...change })} {...about} />
        ))}
      </span>
      <span className={styles['buttons']}>
        <Button kind="quiet" small iconOnly icon={ArrowUp} label={`${t('sheet.move_up')} : ${name}`} disabled={!up} onClick={() => up?.()} />
        <Button kind="quiet" small iconOnly icon={ArrowDown} label={`${t('sheet.move_down')} : ${name}`} disabled={!down} onClick={() => down?.()} />
        <Button kind="quiet" small iconOnly icon={Trash2} label={`${t('sheet.remove_row')} : ${name}`} onClick={() => void remove.run({ id: row.id })} />
      </span>
    </SavedRow>
  )
}

function NewLine({ revision, section, fields, empty, ...about }: About & { revision: string; section: Section; fields: readonly SectionField[]; empty: Body }) {
  const t = useT()
  const add = useCommand(addRow)
  const [typed, setTyped] = useKeptLine(`new:${section}`, NOTHING, isBody)
  const [turn, setTurn] = useState(0)
  const put = async (): Promise<void> => {
    if (Object.keys(typed).length === 0) return
    // Emptied at once: the next line can be typed while this one is written; a refusal brings the words back.
    setTyped(NOTHING)
    setTurn(turn + 1)
    if (!(await add.run({ revision_id: revision, section, body: { ...empty, ...typed } }))) setTyped((now) => (Object.keys(now).length === 0 ? typed : now))
  }
  return (
    <SavedRow key={turn} label={t('sheet.add_row')} className={styles['line']} onSave={() => void put()} failure={add.failure}>
      <span className={styles['fields']}>
        {fields.map((field) => (
          <FieldInput key={field.name} field={field} body={{ ...empty, ...typed }} fresh onChange={(change) => setTyped({ ...typed, ...change })} {...about} />
        ))}
      </span>
    </SavedRow>
  )
}
