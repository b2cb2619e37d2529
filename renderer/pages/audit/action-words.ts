import { wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'

/** `mission.create` in the person's language; an action that has no words yet keeps its name. */
export function actionWords(t: Translate, action: string): string {
  const key = action.replaceAll('.', '_')
  const words = wordOf(t, 'operation', key)
  return words === key ? action : words
}

/** Actions that people look for; the others are found by record, person or day. */
export const ACTIONS = [
  'assignment.cancel', 'assignment.create', 'assignment.shift', 'assignment.update', 'backup.created', 'backup.restored', 'collaborator.create', 'collaborator.merge', 'collaborator.remove', 'collaborator.update',
  'collaborator.update_contact', 'export.full', 'history.undo', 'import.apply', 'location.update', 'member.add', 'member.remove', 'mission.change_status', 'mission.create', 'mission.remove', 'mission.update',
  'organization.update', 'project.archive', 'project.create', 'role.grant', 'role.revoke', 'security.permission.denied', 'security.sign_in', 'security.sign_in.failed', 'security.sign_out', 'sheet.publish', 'sheet.validate',
] as const
