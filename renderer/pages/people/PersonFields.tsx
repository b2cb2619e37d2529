import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import type { PersonRow } from '../../app/rows.ts'
import { orNull, textOf as plain } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'

const KINDS = ['person', 'team', 'vendor']
const STATUSES = ['active', 'inactive']

export const emptyPerson: PersonRow = {
  id: '', version: 0, kind: 'person', display_name: '', first_name: null, last_name: null, email: null, phone: null, status: 'active', tags: [], notes: null,
  crew_role_id: null, crew_role_name: null, crew_role_name_en: null, department_code: null,
}

export function PersonFields({ draft, failure, autoFocus }: { draft: Draft<PersonRow>; failure: CallFailure | null; autoFocus?: boolean }) {
  const t = useT()
  const textOf = useFailureText()
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const text = (name: 'first_name' | 'last_name' | 'email' | 'phone') => ({
    name,
    value: plain(draft.get(name)),
    onChange: (typed: string) => draft.set(name, typed === '' ? null : typed),
    error: error(name),
  })
  return (
    <div className={formStack}>
      <div className={formTwo}>
        <TextField label={t('person.first_name')} {...text('first_name')} autoFocus={autoFocus} />
        <TextField label={t('person.last_name')} {...text('last_name')} />
      </div>
      <TextField label={t('person.display_name')} name="display_name" value={draft.get('display_name')} onChange={(typed) => draft.set('display_name', typed)} error={error('display_name')} />
      <TextField label={t('person.phone')} type="tel" {...text('phone')} />
      <TextField label={t('person.email')} type="email" {...text('email')} />
      <div className={formTwo}>
        <Select label={t('person.kind')} value={draft.get('kind')} onChange={(kind) => draft.set('kind', kind)} choices={KINDS.map((value) => ({ value, label: wordOf(t, 'person.kind', value) }))} />
        <Select label={t('person.status')} value={draft.get('status')} onChange={(status) => draft.set('status', status)} choices={STATUSES.map((value) => ({ value, label: wordOf(t, 'person.status', value) }))} />
      </div>
      <TagsField label={t('person.tags')} value={draft.get('tags')} onChange={(tags) => draft.set('tags', tags)} error={error('tags')} />
      <TextArea label={t('person.notes')} name="notes" value={plain(draft.get('notes'))} onChange={(typed) => draft.set('notes', orNull(typed) === null ? null : typed)} error={error('notes')} />
    </div>
  )
}
