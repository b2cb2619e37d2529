import { useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface Draft<T> {
  /** What is typed, else what is saved. */
  get<K extends keyof T>(name: K): T[K]
  set<K extends keyof T>(name: K, value: T[K]): void
  /** Only what differs from what is saved. */
  changes: Partial<T>
  dirty: boolean
  /** Forgets what was typed, or only what is still as it was when `sent`: typing goes on while a save is under way. */
  clear: (sent?: Partial<T>) => void
}

/**
 * Edits over a saved row. Live changes of the row are followed in the fields that were not touched; what was typed stays, also when
 * saving fails. Another `record` starts afresh.
 */
export function useDraft<T extends object>(saved: T, record: string): Draft<T> {
  const [typed, setTyped] = useState<Partial<T>>({})
  useEffect(() => setTyped({}), [record])
  const changes = differing(saved, typed)
  return {
    get: (name) => ({ ...saved, ...typed })[name],
    set: (name, value) => setTyped((now) => ({ ...now, [name]: value })),
    changes,
    dirty: Object.keys(changes).length > 0,
    clear: (sent) => setTyped((now) => (sent ? differing(sent, now) : {})),
  }
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
