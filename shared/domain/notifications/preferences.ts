/** Who took back to be told of what, as rows and as the answer to one question. */
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import type { Id } from '../../kernel/ids.ts'
import { mailTypes, notificationPreference, notificationTypes, type NotificationType } from './model.ts'

type PreferenceRow = Row<typeof notificationPreference>
export interface Whose {
  collaborator_id: Id | null
  member_id: Id | null
}

/** What they said as a person of the directory; before they were linked, as a member. */
export async function preferenceOf(reader: Reader, { collaborator_id, member_id }: Whose): Promise<PreferenceRow | null> {
  const [person] = collaborator_id === null ? [] : await reader.find(notificationPreference, { collaborator_id })
  if (person) return person
  const [member] = member_id === null ? [] : await reader.find(notificationPreference, { member_id })
  return member ?? null
}

export const wantsMail = (row: Pick<PreferenceRow, 'no_mail'> | null, type: NotificationType): boolean => !(row?.no_mail as readonly string[] | undefined)?.includes(type)
export const wantsDesktop = (row: Pick<PreferenceRow, 'no_desktop'> | null, type: NotificationType): boolean => !row?.no_desktop.includes(type)

export const preferenceLines = (row: PreferenceRow | null) => notificationTypes.map((type) => ({
  type, mail: (mailTypes as readonly NotificationType[]).includes(type) ? wantsMail(row, type) : null, desktop: wantsDesktop(row, type),
}))
