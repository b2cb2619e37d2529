import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

const LOOK_FOR_MS = 800

/** After going to another page its heading takes the focus, once it is there; a field or a dialog that asked for it keeps it. */
export function usePageFocus(): void {
  const [path] = useLocation()
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return undefined
    before.current = path
    const until = performance.now() + LOOK_FOR_MS
    let frame = 0
    let taken = false
    const look = (): void => {
      const held = document.activeElement
      if (held?.closest('#main [data-region=panel], #main input, #main select, #main textarea, [role=dialog]')) return
      const heading = document.querySelector<HTMLElement>('#main h1')
      if (taken && held !== null && held !== document.body && held !== heading) return
      if (heading && held !== heading) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
      }
      // The former page's heading may still be there, about to go: looked at again for a moment, until a person moves on.
      taken = taken || heading !== null
      if (performance.now() < until) frame = requestAnimationFrame(look)
    }
    // Two frames: the former page is gone by then.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look)
    })
    return () => cancelAnimationFrame(frame)
  }, [path])
}
