import { useCallback, useMemo } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { ALL, pickedOf, readPicked, writePicked } from '../../components/list/address.ts'
import type { Plan, PlanBar } from './plan.ts'

export interface Selection {
  readonly selected: ReadonlySet<string>
  /** All that the filter leaves is chosen. */
  readonly everything: boolean
  readonly set: (ids: ReadonlySet<string>) => void
  readonly all: () => void
}

const PICK = 'pick'
/** Beyond these the address would be too long for mail: the choice stays in this window, and the address says so. */
const MOST_IN_ADDRESS = 200
const KEPT = 'kept-'
const kept = new Map<string, ReadonlySet<string>>()

/** Ids that the address names. `shown`: rows of the filter, for `*`. */
export function readSelection(text: string, shown: readonly { readonly id: string }[]): ReadonlySet<string> {
  if (text.startsWith(KEPT)) return kept.get(text) ?? new Set()
  const { all, ids } = readPicked(text)
  if (!all) return new Set(ids)
  const out = new Set(ids)
  return new Set(shown.flatMap(({ id }) => (out.has(id) ? [] : [id])))
}

export function writeSelection(chosen: ReadonlySet<string>, shown: readonly { readonly id: string }[]): string {
  const picked = pickedOf(chosen, shown.map(({ id }) => id), chosen.size > MOST_IN_ADDRESS)
  if (picked.ids.length <= MOST_IN_ADDRESS) return writePicked(picked)
  const name = `${KEPT}${crypto.randomUUID().slice(0, 8)}`
  kept.set(name, chosen)
  return name
}

/** The one selection of the page, in its address: every view reads and writes it. */
export function useSelection(plan: Plan | null, shown: readonly PlanBar[]): Selection {
  const url = useUrlState()
  const text = url.get(PICK)
  const { set: setUrl } = url
  const selected = useMemo(() => {
    const named = readSelection(text, shown)
    // A row removed since is nobody's to act on.
    return plan ? new Set([...named].filter((id) => plan.barOf.has(id))) : named
  }, [text, shown, plan])
  const set = useCallback((ids: ReadonlySet<string>) => setUrl({ [PICK]: writeSelection(ids, shown) || null }), [setUrl, shown])
  const all = useCallback(() => setUrl({ [PICK]: ALL }), [setUrl])
  return { selected, everything: text === ALL && selected.size > 0, set, all }
}
