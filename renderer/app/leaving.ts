/** Leaving a page on which something stands that nobody wrote yet: asked once, whatever the way out. */
import { useEffect } from 'react'
import type { AroundNavHandler } from 'wouter'
import { create } from 'zustand'

interface Leaving {
  /** Path of the page that is not left unasked; null: none. */
  held: string | null
  /** What the person wanted, until they have answered. */
  onward: (() => void) | null
  stay: () => void
  leave: () => void
}

export const useLeavingQuestion = create<Leaving>()((set, get) => ({
  held: null,
  onward: null,
  stay: () => set({ onward: null }),
  leave: () => {
    const { onward } = get()
    set({ held: null, onward: null })
    onward?.()
  },
}))

const pathOf = (to: string): string => new URL(to, window.location.href).pathname

/** Around every navigation of the app: another view of the same page is not a way out. */
export const guardNavigation: AroundNavHandler = (navigate, to, options) => {
  const { held } = useLeavingQuestion.getState()
  if (held === null || pathOf(to) === held) navigate(to, options)
  else useLeavingQuestion.setState({ onward: () => navigate(to, options) })
}

/** While `stands`, this page is left only once the person has said so. */
export function useLeaving(stands: boolean): void {
  useEffect(() => {
    if (!stands) return undefined
    const held = window.location.pathname
    useLeavingQuestion.setState({ held })
    let address = window.location.href
    const keep = (): void => {
      if (window.location.pathname === held) address = window.location.href
    }
    const back = (event: PopStateEvent): void => {
      if (useLeavingQuestion.getState().held === null || window.location.pathname === held) return keep()
      // The browser has gone already: the page's address is put on top again, and taken off when the person does leave.
      event.stopImmediatePropagation()
      window.history.pushState(null, '', address)
      useLeavingQuestion.setState({ onward: () => window.history.back() })
    }
    // A window of the desktop app that may not unload cannot be closed at all: only browsers ask.
    const closing = (event: BeforeUnloadEvent): void => {
      if (window.callboard === undefined) event.preventDefault()
    }
    window.addEventListener('popstate', back, true)
    window.addEventListener('pushState', keep)
    window.addEventListener('replaceState', keep)
    window.addEventListener('beforeunload', closing)
    return () => {
      window.removeEventListener('popstate', back, true)
      window.removeEventListener('pushState', keep)
      window.removeEventListener('replaceState', keep)
      window.removeEventListener('beforeunload', closing)
      useLeavingQuestion.setState({ held: null, onward: null })
    }
  }, [stands])
}
