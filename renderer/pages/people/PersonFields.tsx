import { z } from 'zod'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { PersonRow } from '../../app/rows.ts'
import { DayField } from '../../components/DateTimeField.tsx'
import { orNull, textOf as plain } from '../../components/draft.ts'
import type { Draft } from '../../components/draft.ts'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { Facts } from '../../components/SidePanel.tsx'
import { TagsField } from '../../components/TagsField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'

const KINDS = ['person', 'team', 'vendor']
const STATUSES = ['active', 'inactive']

const Contact = z.object({ name: z.string(), relation: z.string(), phone: z.string() })
type Contact = z.infer<typeof Contact>
const maybeContact = Contact.nullish().transform((value) => value ?? null)
const maybe = z.string().nullish().transform((value) => value ?? null)

/** A person with everything the panel shows of them; columns kept from the asker are null. */
export const PersonCard = PersonRow.extend({
  address: maybe, birth_date: maybe, emergency_contact: maybeContact, backup_contact: maybeContact, retain_until: maybe, languages: z.array(z.string()).nullish().transform((value) => value ?? []),
})
export type PersonCard = z.infer<typeof PersonCard>

export const emptyPerson: PersonCard = {
  id: '', version: 0, kind: 'person', display_name: '', first_name: null, last_name: null, email: null, phone: null, status: 'active', tags: [], notes: null,
  crew_role_id: null, crew_role_name: null, crew_role_name_en: null, department_code: null,
  address: null, birth_date: null, emergency_contact: null, backup_contact: null, retain_until: null, languages: [],
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set()

/** Fields of a person, with what the asker may not read said reserved in its place. */
export function PersonFields({ draft, failure, autoFocus, hidden = NOTHING_HIDDEN }: { draft: Draft<PersonCard>; failure: CallFailure | null; autoFocus?: boolean; hidden?: ReadonlySet<string> }) {
  const t = useT()
  const textOf = useFailureText()
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const text = (name: 'first_name' | 'last_name' | 'email' | 'phone') => ({
    name,
    value: plain(draft.get(name)),
    onChange: (typed: string) => draft.set(name, typed === '' ? null : typed),
    error: error(name),
  })
  const reserved = (column: 'phone' | 'email' | 'address' | 'birth_date' | 'emergency_contact' | 'backup_contact' | 'notes') =>
    hidden.has(`collaborator.${column}`) ? <Facts facts={[[t(`person.${column}`), t('person.reserved')]]} /> : null
  return (
    <div className={formStack}>
      <div className={formTwo}>
        <TextField label={t('person.first_name')} {...text('first_name')} autoFocus={autoFocus} />
        <TextField label={t('person.last_name')} {...text('last_name')} />
      </div>
      <TextField label={t('person.display_name')} name="display_name" value={draft.get('display_name')} onChange={(typed) => draft.set('display_name', typed)} error={error('display_name')} />
      {reserved('phone') ?? <TextField label={t('person.phone')} type="tel" {...text('phone')} />}
      {reserved('email') ?? <TextField label={t('person.email')} type="email" {...text('email')} />}
      <div className={formTwo}>
        <Select label={t('person.kind')} value={draft.get('kind')} onChange={(kind) => draft.set('kind', kind)} choices={KINDS.map((value) => ({ value, label: wordOf(t, 'person.kind', value) }))} />
        <Select label={t('person.status')} value={draft.get('status')} onChange={(status) => draft.set('status', status)} choices={STATUSES.map((value) => ({ value, label: wordOf(t, 'person.status', value) }))} />
      </div>
      <TagsField label={t('person.tags')} value={draft.get('tags')} onChange={(tags) => draft.set('tags', tags)} error={error('tags')} />
      <TagsField label={t('person.languages')} value={draft.get('languages')} onChange={(languages) => draft.set('languages', languages)} error={error('languages')} />
      {reserved('address') ?? <TextArea label={t('person.address')} name="address" rows={2} value={plain(draft.get('address'))} onChange={(typed) => draft.set('address', typed === '' ? null : typed)} error={error('address')} />}
      {reserved('birth_date') ?? <DayField label={t('person.birth_date')} optional value={draft.get('birth_date')} onChange={(day) => draft.set('birth_date', day)} error={error('birth_date')} />}
      {reserved('emergency_contact') ?? <ContactFields label={t('person.emergency_contact')} value={draft.get('emergency_contact')} onChange={(value) => draft.set('emergency_contact', value)} error={error('emergency_contact')} />}
      {reserved('backup_contact') ?? <ContactFields label={t('person.backup_contact')} value={draft.get('backup_contact')} onChange={(value) => draft.set('backup_contact', value)} error={error('backup_contact')} />}
      <DayField label={t('person.retain_until')} hint={t('person.retain_hint')} optional value={draft.get('retain_until')} onChange={(day) => draft.set('retain_until', day)} error={error('retain_until')} />
      {reserved('notes') ?? <TextArea label={t('person.notes')} name="notes" value={plain(draft.get('notes'))} onChange={(typed) => draft.set('notes', orNull(typed) === null ? null : typed)} error={error('notes')} />}
    </div>
  )
}

function ContactFields({ label, value, onChange, error }: { label: string; value: Contact | null; onChange: (value: Contact | null) => void; error: string | undefined }) {
  const t = useT()
  const now = value ?? { name: '', relation: '', phone: '' }
  const put = (part: Partial<Contact>): void => {
    const next = { ...now, ...part }
    onChange(next.name === '' && next.relation === '' && next.phone === '' ? null : next)
  }
  return (
    <fieldset className={formStack}>
      <legend>{label}</legend>
      <TextField label={t('person.name')} value={now.name} onChange={(name) => put({ name })} error={error} />
      <div className={formTwo}>
        <TextField label={t('person.relation')} value={now.relation} onChange={(relation) => put({ relation })} />
        <TextField label={t('person.phone')} type="tel" value={now.phone} onChange={(phone) => put({ phone })} />
      </div>
    </fieldset>
  )
}
