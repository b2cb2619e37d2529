import { useQueryClient } from '@tanstack/react-query'
import { listHistory, undo as undoOperation, undoGroup } from '../../shared/domain/audit/operations.ts'
import { announce } from '../components/LiveRegion.tsx'
import { useT } from '../i18n/index.ts'
import { call, CallFailure } from './client.ts'
import { useFailureText } from './failure-text.ts'
import { useNotice } from './notice.ts'
import { useOrg } from './routes.ts'

/** Ctrl+Z and Ctrl+Shift+Z: the core says which command comes next, and undoes it as a command of its own. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const t = useT()
  const org = useOrg()
  const client = useQueryClient()
  const textOf = useFailureText()
  const say = useNotice((state) => state.say)
  const take = async (which: 'undo' | 'redo'): Promise<void> => {
    if (!org) return
    try {
      const history = await call(listHistory, { limit: 100 }, { org })
      const command_id = history.value[which]
      if (command_id === null) return announce(t('action.nothing_to_undo'))
      // One gesture of several commands (an import) is undone whole.
      const group_id = history.value.items.find((item) => item.command_id === command_id)?.group_id ?? null
      const kept = group_id === null ? [] : (await call(undoGroup, { group_id }, { org })).value.kept
      if (group_id === null) await call(undoOperation, { command_id }, { org })
      await client.invalidateQueries({ queryKey: [org] })
      say(kept.length > 0 ? t('action.undo_kept', { count: kept.length, names: kept.slice(0, 5).map((row) => row.title ?? row.entity).join(', ') }) : null)
      announce(t(which === 'undo' ? 'action.undone' : 'action.redone'))
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      say(textOf.failure(error))
    }
  }
  return { undo: () => void take('undo'), redo: () => void take('redo') }
}
