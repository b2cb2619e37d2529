import { useEffect, useLayoutEffect, useRef } from 'react'

/**
 * Shift and the keys of 1 and 2 take all of a side. By the place of the key and the modifier: on a French keyboard Shift is what types
 * the digit itself, so that the name of the key says nothing.
 */
export function useAllKeys(all: (side: 'mine' | 'theirs') => void): void {
  const latest = useRef(all)
  useLayoutEffect(() => {
    latest.current = all
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || (event.code !== 'Digit1' && event.code !== 'Digit2')) return
      const { target } = event
      if (target instanceof HTMLElement && target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]')) return
      event.preventDefault()
      latest.current(event.code === 'Digit1' ? 'mine' : 'theirs')
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
