import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

const LOOK_FOR_MS = 1500

/** After going to another page its heading takes the focus, once it is there; a field or a dialog that asked for it keeps it. */
export function usePageFocus(): void {
  const [path] = useLocation()
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return undefined
    before.current = path
    const until = performance.now() + LOOK_FOR_MS
    let frame = 0
    const look = (): void => {
      const held = document.activeElement
      if (held?.closest('#main [data-region=panel], #main input, #main select, #main textarea, [role=dialog]')) return
      const heading = document.querySelector<HTMLElement>('#main h1')
      if (heading) {
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
      } else if (performance.now() < until) frame = requestAnimationFrame(look)
    }
    // Two frames: the former page is gone by then.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look)
    })
    return () => cancelAnimationFrame(frame)
  }, [path])
}
