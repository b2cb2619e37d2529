import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { setPerson } from '../../../shared/domain/runsheets/operations.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { AssignmentRow } from '../../app/rows.ts'
import { textOf as plain, useAutosave, useDraft } from '../../components/draft.ts'
import { useLinePlace } from '../../components/line-drafts.ts'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { EditorSection } from './EditorSection.tsx'
import { ClockInput, SavedRow } from './row-save.tsx'
import type { SaidRow, SheetDay } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** What the sheet says of each person beside their assignment: meal, radio channel, remarks. */
export function PeopleSection({ revision, missions, said, day }: { revision: string; missions: readonly string[]; said: readonly SaidRow[]; day: SheetDay }) {
  const t = useT()
  const list = useList(listAssignments, { filter: { mission_id: [...missions], state: ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed'] }, sort: ['department_code', 'collaborator_name'], limit: 200 }, AssignmentRow)
  return (
    <EditorSection name="people" title={t('sheet.people')}>
      {list.items.length === 0 && !list.loading && <p className={mutedText}>{t('sheet.no_people')}</p>}
        {list.items.map((row) => (
          <Person key={row.id} revision={revision} row={row} said={said.find((one) => one.assignment_id === row.id) ?? { assignment_id: row.id, meal_at: null, channel: null, remarks: null }} day={day} />
        ))}
    </EditorSection>
  )
}

function Person({ revision, row, said, day }: { revision: string; row: AssignmentRow; said: SaidRow; day: SheetDay }) {
  const t = useT()
  const draft = useDraft(said, row.id, useLinePlace(`person:${row.id}`))
  const save = useCommand(setPerson)
  const name = row.collaborator_name ?? ''
  const put = useAutosave(draft, async (changes) => {
    const { meal_at, channel, remarks } = { ...said, ...changes }
    return (await save.run({ revision_id: revision, assignment_id: row.id, meal_at, channel, remarks })) !== null
  })
  const text = (field: 'channel' | 'remarks') => ({
    'aria-label': `${name}, ${t(field === 'channel' ? 'sheet.radio' : 'sheet.remarks')}`,
    placeholder: t(field === 'channel' ? 'sheet.radio' : 'sheet.remarks'),
    value: plain(draft.get(field)),
    onChange: (event: { target: { value: string } }) => draft.set(field, event.target.value === '' ? null : event.target.value),
  })
  return (
    <SavedRow label={name} line={row.id} resumed={draft.resumed} className={styles['person']} onSave={put} failure={save.failure}>
      <span>
        {name} <span className={mutedText}>{row.crew_role_name}</span>
      </span>
      <ClockInput label={`${name}, ${t('sheet.meal')}`} placeholder={t('sheet.meal')} optional value={draft.get('meal_at')} day={day} onChange={(at) => draft.set('meal_at', at)} />
      <input {...text('channel')} />
      <input {...text('remarks')} />
    </SavedRow>
  )
}
