/**
 * What is typed in the lines of one page, kept by the host as one draft of the person: a page of a hundred lines reads and keeps one
 * value. Each line knows its own part by a name.
 */
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useOrg } from '../app/routes.ts'
import type { DraftPlace } from './draft.ts'
import { dropKept, keepSoon, readKept } from './draft-keeping.ts'

export interface LineDrafts {
  place: (line: string) => DraftPlace
  /** Lines that were there when the page opened: typed earlier and never saved. */
  resumed: ReadonlySet<string>
  /** Forgets every line; those who show them are drawn anew with `turn`. */
  drop: () => void
  turn: number
}

const isRecord = (value: unknown): value is Record<string, object> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null until what was kept is read, so that lines begin with their words. What `known` does not know, because its line is gone since, is let go. */
export function useLineDrafts(key: string, known: (line: string) => boolean): LineDrafts | null {
  const org = useOrg()
  const isKnown = useRef(known)
  useLayoutEffect(() => {
    isKnown.current = known
  })
  const lines = useRef(new Map<string, object>())
  const [read, setRead] = useState<{ key: string; resumed: ReadonlySet<string>; turn: number } | null>(null)
  useEffect(() => {
    let gone = false
    void (org ? readKept(org, key) : Promise.resolve(null)).then((value) => {
      if (gone) return
      lines.current = new Map(isRecord(value) ? Object.entries(value).filter(([line]) => isKnown.current(line)) : [])
      setRead({ key, resumed: new Set(lines.current.keys()), turn: 0 })
    })
    return () => {
      gone = true
    }
  }, [org, key])
  return useMemo(() => {
    if (read?.key !== key) return null
    const put = (): void => {
      if (!org) return
      if (lines.current.size === 0) dropKept(org, key)
      else keepSoon(org, key, Object.fromEntries(lines.current))
    }
    return {
      resumed: read.resumed,
      turn: read.turn,
      place: (line) => ({
        read: () => lines.current.get(line) ?? null,
        keep: (value) => {
          lines.current.set(line, value)
          put()
        },
        drop: () => {
          if (!lines.current.delete(line)) return
          put()
          // Saved or taken back: no longer something to look at.
          if (read.resumed.has(line)) setRead((now) => now && { ...now, resumed: new Set([...now.resumed].filter((one) => one !== line)) })
        },
      }),
      drop: () => {
        lines.current.clear()
        put()
        setRead((now) => now && { ...now, resumed: new Set(), turn: now.turn + 1 })
      },
    }
  }, [read, key, org])
}

const nowhere: LineDrafts = { place: () => ({ read: () => null, keep: () => undefined, drop: () => undefined }), resumed: new Set(), drop: () => undefined, turn: 0 }
export const LineDraftsContext = createContext<LineDrafts>(nowhere)

/** The place of one line of the page. */
export function useLinePlace(line: string): DraftPlace {
  const drafts = useContext(LineDraftsContext)
  return useMemo(() => drafts.place(line), [drafts, line])
}

/** The words of a line that is not a record yet, kept like any other. `fits` says whether what was kept is such words. */
export function useKeptLine<T extends object>(line: string, empty: T, fits: (value: object) => value is T): [T, (next: T | ((now: T) => T)) => void] {
  const place = useLinePlace(line)
  const [typed, setTyped] = useState<T>(() => {
    const kept = place.read()
    return kept !== null && fits(kept) ? kept : empty
  })
  const untouched = JSON.stringify(typed) === JSON.stringify(empty)
  const latest = useRef(typed)
  useEffect(() => {
    if (latest.current === typed) return
    latest.current = typed
    if (untouched) place.drop()
    else place.keep(typed)
  }, [typed, untouched, place])
  return [typed, setTyped]
}
