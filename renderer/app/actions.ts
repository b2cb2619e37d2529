/**
 * The one registry of what can be done: pages and the shell say their actions here, and keys, palette and list of shortcuts all come
 * from it. What is not here cannot be found by keyboard.
 */
import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import { create } from 'zustand'
import { useShortcuts } from './shortcuts.ts'

export interface Action {
  id: string
  label: string
  /** `n m`, `mod+enter`, `?`: as in shortcuts.ts. */
  keys?: string
  /** Other keys that do the same: arrows beside letters. */
  also?: readonly string[]
  run: () => void
  /** Where the list of shortcuts puts it. */
  group?: 'page' | 'go' | 'new' | 'app'
  /** Why it cannot be done now; the key does nothing. */
  off?: string
}

/** An action as shown, without what it does. */
export type ShownAction = Omit<Action, 'run' | 'also'>

interface Layer {
  key: string
  actions: readonly ShownAction[]
  run: (id: string) => void
}

const useLayers = create<{ layers: readonly Layer[]; put: (layer: Layer) => void; drop: (key: string) => void }>()((set) => ({
  layers: [],
  put: (layer) =>
    set(({ layers }) => ({ layers: layers.some(({ key }) => key === layer.key) ? layers.map((known) => (known.key === layer.key ? layer : known)) : [...layers, layer] })),
  drop: (key) => set(({ layers }) => ({ layers: layers.filter((layer) => layer.key !== key) })),
}))

/** Offers actions while the component is shown. Of two with the same id or keys, the last offered wins. */
export function useActions(actions: readonly Action[]): void {
  const key = useId()
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  const run = useRef((id: string) => {
    const action = latest.current.find((one) => one.id === id)
    if (action && !action.off) action.run()
  })
  const shown = JSON.stringify(actions.map(({ id, label, keys, group, off }) => ({ id, label, keys, group, off })))
  const put = useLayers((state) => state.put)
  const drop = useLayers((state) => state.drop)
  useEffect(() => {
    const list: ShownAction[] = JSON.parse(shown)
    put({ key, actions: list, run: run.current })
  }, [key, shown, put])
  useEffect(() => () => drop(key), [key, drop])
  const bound = actions.flatMap(({ id, keys, also = [] }) => [...(keys ? [keys] : []), ...also].map((key) => ({ key, id })))
  useShortcuts(Object.fromEntries(bound.flatMap(({ key, id }) => [[key, () => run.current(id)]])))
}

/** Everything offered now, the innermost last; an id offered twice is there once. */
export function useOfferedActions(): readonly (ShownAction & { run: () => void })[] {
  const layers = useLayers((state) => state.layers)
  const offered = new Map<string, ShownAction & { run: () => void }>()
  for (const layer of layers) for (const action of layer.actions) offered.set(action.id, { ...action, run: () => layer.run(action.id) })
  // A page's own action takes the keys of the same one offered everywhere.
  const holder = new Map([...offered.values()].flatMap(({ id, keys }) => (keys ? [[keys.toLowerCase(), id] as const] : [])))
  return [...offered.values()].filter(({ id, keys }) => !keys || holder.get(keys.toLowerCase()) === id)
}
