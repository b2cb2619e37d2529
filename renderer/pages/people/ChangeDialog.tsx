import { useState } from 'react'
import { changeMany, mostChanged, previewChange } from '../../../shared/domain/people/directory-operations.ts'
import type { PeopleChange } from '../../../shared/domain/people/directory-operations.ts'
import type { Plain } from '../../app/client.ts'
import { useAnswer } from '../../app/queries.ts'
import { BeforeAfter, ChangePreview } from '../../components/BeforeAfter.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { RoleChoice, useRoleWords } from '../../components/RoleChoice.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { useTogether } from '../planning/MissionBulk.tsx'

/** People the preview asks of at once. */
const MOST_SHOWN = 500

type Field = 'crew_role_id' | 'tags' | 'status'

/** One change of many people: what it makes of each is seen before, one undo takes it back. */
export function ChangeDialog({ ids, onClose, onDone }: { ids: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const roleWords = useRoleWords()
  const together = useTogether()
  const [role, setRole] = useState<string | null>(null)
  const [add, setAdd] = useState<readonly string[]>([])
  const [remove, setRemove] = useState<readonly string[]>([])
  const [status, setStatus] = useState('')
  const change: Plain<PeopleChange> = {
    ...(role ? { crew_role_id: role } : {}), ...(add.length > 0 ? { add_tags: [...add] } : {}), ...(remove.length > 0 ? { remove_tags: [...remove] } : {}),
    ...(status === 'active' || status === 'inactive' ? { status } : {}),
  }
  const said = Object.keys(change).length > 0
  const seen = useAnswer(previewChange, said ? { ids: ids.slice(0, MOST_SHOWN), change } : null)
  const shown = said ? seen.answer?.value : undefined
  const text = (field: Field, value: unknown): string =>
    field === 'crew_role_id' ? (roleWords(value) ?? t('people.no_role')) : field === 'status' ? wordOf(t, 'person.status', String(value)) : Array.isArray(value) && value.length > 0 ? value.join(', ') : t('people.no_tag')
  const submit = async (): Promise<void> => {
    const chunks = Array.from({ length: Math.ceil(ids.length / mostChanged) }, (_, at) => ({ ids: ids.slice(at * mostChanged, (at + 1) * mostChanged), change }))
    if (!said || !(await together.run(changeMany, chunks))) return
    announce(t('people.changed', { count: ids.length }))
    onDone()
  }
  const nothing = shown !== undefined && shown.items.length === 0
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('people.change_title', { count: ids.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('people.change_apply', { count: shown?.items.length ?? 0 })} disabled={!shown || nothing || together.pending} />
        </>
      }
    >
      <FormErrorSummary failure={together.failure ?? (said ? seen.failure : null)} />
      <div className={formStack}>
        <RoleChoice label={t('person.main_role')} placeholder={t('people.change_unchanged')} value={role} onChange={setRole} />
        <div className={formTwo}>
          <TagsField label={t('people.bulk_tags_add')} value={add} onChange={setAdd} error={undefined} />
          <TagsField label={t('people.bulk_tags_remove')} value={remove} onChange={setRemove} error={undefined} />
        </div>
        <Select
          label={t('person.status')}
          value={status}
          onChange={setStatus}
          choices={[{ value: '', label: t('people.change_unchanged') }, ...['active', 'inactive'].map((value) => ({ value, label: wordOf(t, 'person.status', value) }))]}
        />
      </div>
      <ChangePreview stale={seen.loading}>
        {!shown ? (
          <p className={mutedText}>{t('people.change_hint')}</p>
        ) : (
          <>
            <p>
              {t('people.change_counts', { count: shown.items.length, same: shown.same })} {ids.length > MOST_SHOWN && t('people.change_more', { count: ids.length - MOST_SHOWN })}
            </p>
            <BeforeAfter
              lines={shown.items.map(({ id, display_name, fields }) => ({
                key: id, name: display_name,
                before: fields.map(({ field, before }) => <span key={field}>{text(field, before)}</span>),
                after: fields.map(({ field, after }) => <span key={field}>{text(field, after)}</span>),
              }))}
            />
          </>
        )}
      </ChangePreview>
    </Dialog>
  )
}
