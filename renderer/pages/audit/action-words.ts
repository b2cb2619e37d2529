import { wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'

/** `mission.create` in the person's language; an action that has no words yet keeps its name. */
export function actionWords(t: Translate, action: string): string {
  const key = action.replaceAll('.', '_')
  const words = wordOf(t, 'operation', key)
  return words === key ? action : words
}
