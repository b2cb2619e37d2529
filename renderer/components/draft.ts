import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useOrg } from '../app/routes.ts'
import { dropKept, keepSoon, readKept } from './draft-keeping.ts'

export interface Draft<T> {
  /** What is typed, else what is saved. */
  get<K extends keyof T>(name: K): T[K]
  set<K extends keyof T>(name: K, value: T[K]): void
  /** Only what differs from what is saved. */
  changes: Partial<T>
  dirty: boolean
  /** Forgets what was typed, or only what is still as it was when `sent`: typing goes on while a save is under way. */
  clear: (sent?: Partial<T>) => void
  /** What is shown was typed earlier and never saved. */
  resumed: boolean
}

/** Where a line of a page keeps its part of the page's draft. */
export interface DraftPlace {
  read: () => object | null
  keep: (value: object) => void
  drop: () => void
}

/**
 * Edits over a saved row. Live changes of the row are followed in the fields that were not touched; what was typed stays, also when
 * saving fails. Another `record` starts afresh. With `kept` (the name of the form), the host keeps what is typed until it is saved or
 * given up, and it is there again when the form opens. A line of a page is given its place instead.
 */
export function useDraft<T extends object>(saved: T, record: string, kept?: string | DraftPlace): Draft<T> {
  const org = useOrg()
  const place = typeof kept === 'object' ? kept : null
  const key = typeof kept === 'string' && org ? `${kept}:${record}` : null
  const [state, setState] = useState<Typed<T>>(() => {
    const known = place?.read()
    const values = fits(saved, known) ? differing(saved, known) : {}
    return { record, values, resumed: Object.keys(values).length > 0 }
  })
  const { values: typed, resumed } = state.record === record ? state : { values: {}, resumed: false }
  const setTyped = (change: (now: Partial<T>) => Partial<T>): void =>
    setState((now) => (now.record === record ? { ...now, values: change(now.values) } : { record, values: change({}), resumed: false }))
  const changes = differing(saved, typed)
  const text = JSON.stringify(changes)
  const latest = useRef({ saved, typed, changes })
  useLayoutEffect(() => {
    latest.current = { saved, typed, changes }
  })
  useEffect(() => {
    if (!key || !org) return undefined
    let gone = false
    void readKept(org, key).then((value) => {
      const now = latest.current
      if (gone || !fits(now.saved, value) || Object.keys(now.typed).length > 0) return
      const values = differing(now.saved, value)
      if (Object.keys(values).length > 0) setState({ record, values, resumed: true })
    })
    return () => {
      gone = true
    }
  }, [record, key, org])
  const before = useRef({ key, text: NOTHING_TYPED })
  useEffect(() => {
    if (before.current.key !== key) before.current = { key, text: NOTHING_TYPED }
    if (!key || !org || before.current.text === text) return
    before.current = { key, text }
    if (text === NOTHING_TYPED) dropKept(org, key)
    else keepSoon(org, key, latest.current.changes)
  }, [text, key, org])
  useEffect(() => {
    if (!place) return
    if (text === NOTHING_TYPED) place.drop()
    else place.keep(latest.current.changes)
  }, [text, place])
  const dirty = text !== NOTHING_TYPED
  return {
    get: (name) => ({ ...saved, ...typed })[name],
    set: (name, value) => setTyped((now) => ({ ...now, [name]: value })),
    changes,
    dirty,
    resumed: resumed && dirty,
    clear: (sent) => {
      const left = sent ? differing(sent, latest.current.typed) : {}
      // At once: the form may be gone before the next effect.
      if (key && org && Object.keys(left).length === 0) {
        before.current = { key, text: NOTHING_TYPED }
        dropKept(org, key)
      }
      if (Object.keys(left).length === 0) place?.drop()
      setTyped((now) => (sent ? differing(sent, now) : {}))
    },
  }
}

const NOTHING_TYPED = '{}'
interface Typed<T> {
  record: string
  values: Partial<T>
  resumed: boolean
}

/** A kept draft of an older form may hold fields that are no more. */
function fits<T extends object>(saved: T, value: unknown): value is Partial<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).every((name) => Object.hasOwn(saved, name))
}

/** The typed fields whose value is not the saved one; texts left empty are null where the saved value may be null. */
export function differing<T extends object>(saved: Partial<T>, typed: Partial<T>): Partial<T> {
  const changed: Partial<T> = { ...typed }
  for (const name in typed) {
    if (JSON.stringify(typed[name] ?? null) === JSON.stringify(saved[name] ?? null)) delete changed[name]
  }
  return changed
}

/**
 * Saves a draft when asked, one save at a time; what is typed meanwhile is saved after. `send` answers whether it was accepted.
 */
export function useAutosave<T extends object>(draft: Draft<T>, send: (changes: Partial<T>) => Promise<boolean>): () => void {
  const latest = useRef({ draft, send })
  useLayoutEffect(() => {
    latest.current = { draft, send }
  })
  const busy = useRef(false)
  const again = useRef(false)
  const save = async (): Promise<void> => {
    if (busy.current) {
      again.current = true
      return
    }
    const { changes, dirty } = latest.current.draft
    if (!dirty) return
    busy.current = true
    again.current = false
    const accepted = await latest.current.send(changes)
    busy.current = false
    if (!accepted) return
    latest.current.draft.clear(changes)
    // The next save reads the draft as it is once the screen has drawn it.
    if (again.current) setTimeout(() => void save())
  }
  return () => void save()
}

/** Text of a field that may be null. */
export const textOf = (value: string | null | undefined): string => value ?? ''
/** An emptied field holds nothing. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text)
/** `a, b` -> list; tags and short lists are typed on one line. */
export const listOf = (text: string): string[] => text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean)
