import { useCallback, useState } from 'react'
import { flushSync } from 'react-dom'

const STEP = 40

export interface DrawnLines {
  /** Lines to draw, from the first. */
  count: number
  /** Draws as far as this line at once, so that it can take the focus. */
  reach: (index: number) => void
  /** Stands after the last line: more are drawn as it comes near the screen. */
  end: (element: HTMLElement | null) => (() => void) | undefined
}

/** A long list drawn as far as one has come: the first screen waits for no line that nobody sees. */
export function useDrawnLines(total: number, current: number): DrawnLines {
  const [reached, setReached] = useState(STEP)
  const count = Math.min(total, Math.max(reached, current + STEP))
  const end = useCallback(
    (element: HTMLElement | null) => {
      if (!element || count >= total) return undefined
      const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setReached(count + STEP), { rootMargin: '200px' })
      seen.observe(element)
      return () => seen.disconnect()
    },
    [count, total],
  )
  return { count, end, reach: (index) => flushSync(() => setReached((before) => Math.max(before, index + STEP))) }
}
