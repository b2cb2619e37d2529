import { useEffect, useState } from 'react'

const SIGNS = ['pointermove', 'keydown', 'input'] as const

/** True once the person moves or types on a page: what only choosing needs is asked then, not while the page opens. */
export function useStirred(): boolean {
  const [stirred, setStirred] = useState(false)
  useEffect(() => {
    if (stirred) return undefined
    const stir = (): void => setStirred(true)
    for (const sign of SIGNS) window.addEventListener(sign, stir, { passive: true })
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, stir)
    }
  }, [stirred])
  return stirred
}
