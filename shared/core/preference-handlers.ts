/** By which ways people are told, beside their inbox: their own choice, or of who keeps the directory for people who have no account. */
import { detail, refuse } from '../domain/errors.ts'
import { notificationPreference } from '../domain/notifications/model.ts'
import * as operations from '../domain/notifications/preference-operations.ts'
import { preferenceLines, preferenceOf, type Whose } from '../domain/notifications/preferences.ts'
import type { Changes } from '../domain/entity.ts'
import type { Reader, Transaction, Written } from '../domain/operation.ts'
import { member } from '../domain/organization/model.ts'
import { collaborator, consent } from '../domain/people/model.ts'
import type { Id } from '../kernel/ids.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'

const hasAccount = async (reader: Reader, collaborator_id: Id): Promise<boolean> => (await reader.count(member, { collaborator_id, status: 'active' })) > 0
const oneself = ({ person }: Inner): Whose => ({ collaborator_id: person.collaborator_id, member_id: person.member_id })

async function save(tx: Transaction, whose: Whose, changes: Changes<typeof notificationPreference>): Promise<Written> {
  const known = await preferenceOf(tx, whose)
  const row = known
    ? await tx.update(notificationPreference, known.id, changes)
    // Of a member who is linked it is the person's: it holds whatever account they use.
    : await tx.insert(notificationPreference, 'preference', { ...(whose.collaborator_id === null ? whose : { collaborator_id: whose.collaborator_id, member_id: null }), ...changes })
  return { id: row.id, version: row.version }
}
/** In the order of their declaration, each once. */
const distinct = <T extends string>(types: readonly T[] | undefined): T[] | undefined => (types === undefined ? undefined : [...new Set(types)].sort())

async function ownOf(reader: Reader, inner: Inner, asked: Id | undefined) {
  const { person } = inner
  const isOther = asked !== undefined && asked !== person.collaborator_id
  if (isOther) {
    await reader.need(collaborator, asked)
    if (!person.may('collaborator:write', null)) throw refuse('auth.forbidden', detail(null, 'permission', 'collaborator:write'))
  }
  const whose: Whose = isOther ? { collaborator_id: asked, member_id: null } : oneself(inner)
  const has_account = isOther ? await hasAccount(inner.all, asked) : true
  const [answer] = whose.collaborator_id === null ? [] : await reader.find(consent, { collaborator_id: whose.collaborator_id, purpose: 'email' })
  const row = await preferenceOf(reader, whose)
  return { id: row?.id ?? null, types: preferenceLines(row), has_account, mail_consent: answer?.answer ?? null, may_change: !isOther || !has_account }
}

export const preferenceHandlers: readonly CoreHandler[] = [
  coreHandler(operations.ownPreferences, (reader, { collaborator_id }, inner) => ownOf(reader, inner, collaborator_id)),
  coreHandler(operations.savePreferences, (tx, { no_mail, no_desktop }, inner) => {
    const [mail, desktop] = [distinct(no_mail), distinct(no_desktop)]
    return save(tx, oneself(inner), { ...(mail ? { no_mail: mail } : {}), ...(desktop ? { no_desktop: desktop } : {}) })
  }),
  coreHandler(operations.savePreferencesFor, async (tx, { collaborator_id, no_mail }, inner) => {
    if (await hasAccount(inner.all, collaborator_id)) throw refuse('notification_preference.theirs', detail('collaborator_id', 'theirs'))
    return save(tx, { collaborator_id, member_id: null }, { no_mail: distinct(no_mail) ?? [] })
  }),
]
