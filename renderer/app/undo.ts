import { useQueryClient } from '@tanstack/react-query'
import { listHistory, undo as undoOperation, undoGroup } from '../../shared/domain/audit/operations.ts'
import { announce } from '../components/LiveRegion.tsx'
import { useT, wordOf } from '../i18n/index.ts'
import { call, CallFailure } from './client.ts'
import { useFailureText } from './failure-text.ts'
import { useNotice } from './notice.ts'
import { useOrg } from './routes.ts'

/** Ctrl+Z and Ctrl+Shift+Z: the core says which command comes next, and undoes it as a command of its own. It holds after a restart. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const t = useT()
  const org = useOrg()
  const client = useQueryClient()
  const textOf = useFailureText()
  const say = useNotice((state) => state.say)
  const take = async (which: 'undo' | 'redo'): Promise<void> => {
    if (!org) return
    let what = ''
    try {
      const { items, ...next } = (await call(listHistory, { limit: 100 }, { org })).value
      const command_id = next[which]
      if (command_id === null) return announce(t('action.nothing_to_undo'))
      const taken = items.find((item) => item.command_id === command_id)
      // A redo undoes an undo: what is said is what had been undone.
      const named = which === 'redo' ? (items.find((item) => item.command_id === taken?.undoes) ?? taken) : taken
      what = named ? wordOf(t, 'operation', named.name.replaceAll('.', '_')) : ''
      // One gesture of several commands (an import) is undone whole.
      const group_id = taken?.group_id ?? null
      const kept = group_id === null ? [] : (await call(undoGroup, { group_id }, { org })).value.kept
      if (group_id === null) await call(undoOperation, { command_id }, { org })
      await client.invalidateQueries({ queryKey: [org] })
      say(kept.length > 0 ? t('action.undo_kept', { count: kept.length, names: kept.slice(0, 5).map((row) => row.title ?? row.entity).join(', ') }) : null)
      announce(t(which === 'undo' ? 'undo.of' : 'redo.of', { what }))
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error
      const why = textOf.failure(error)
      say(what === '' ? why : t('undo.refused', { what, why }))
    }
  }
  return { undo: () => void take('undo'), redo: () => void take('redo') }
}
